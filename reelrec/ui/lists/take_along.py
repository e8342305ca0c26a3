"""The visitor's own list to take along: as a CSV for Letterboxd, as a link that holds nothing else, and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import text
from reelrec.ui.browser import links
from reelrec.ui.browser.address import SHARED

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

NAME = "list-name"  # the key of the box
FILE = "reelrec-my-list.csv"


def draw(profile: Profile) -> None:
    """Draw the ways out."""
    films = [app.catalogue().films[number] for number in profile.shortlist]
    st.header(_("Take it along"), anchor=False)
    typed = st.text_input(
        _("Name of the list"), key=NAME, max_chars=app.lists.MAX_NAME_CHARS, persist_state="page", width=320,
        placeholder=_("None"), autocomplete="off", live="600ms",
    )  # fmt: skip
    name = app.lists.clean_name(typed or "")
    st.download_button(
        _("CSV for a Letterboxd list"), app.lists.letterboxd_csv(films), FILE, "text/csv",
        on_click="ignore", icon=":material/download:", key="my-list-csv",
        help=_("On Letterboxd: New list, then Import. It marks nothing as watched."),
    )  # fmt: skip
    token = app.lists.link_token(name, profile.shortlist)
    href = f"{links.to(links.LISTS, list='My list')}#{SHARED}={token}"
    links.copy(_("Copy the link"), key="my-list-link", href=href, shows=_("Link to this list"))
    st.markdown(f":small[{_holds(len(films), name)}]")
    with st.expander(_("As text")):
        st.code(app.lists.plain_text(films, name), language=None, wrap_lines=True)


def _holds(n: int, name: str) -> str:
    """What the link tells whoever opens it."""
    if name:
        holds = _("The link holds {films} in this order and the name “{name}”, and nothing else: no stars, no "
                  "watchlist, nothing of you.", films=text.films(n), name=text.plain(name))  # fmt: skip
    else:
        holds = _("The link holds {films} in this order and no name, and nothing else: no stars, no watchlist, nothing "
                  "of you.", films=text.films(n))  # fmt: skip
    return f"{holds} " + _(
        "Whoever opens it sees what they would give these films, and can take some over.",
    )
