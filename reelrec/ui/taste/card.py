"""The fourth tab of Taste: a picture to share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import NothingRatedError, ReelRecError
from reelrec.translation import N_, _
from reelrec.ui import state, text
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link
from reelrec.ui.frame import turn
from reelrec.ui.made import MadeCard

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

WIDE, TALL = N_("Wide, for a link or a post"), N_("Tall, for a story")
SHAPE, NAME = "card-shape", "card-name"  # keys of widgets
MOST_LETTERS = 60
WIDTHS = {WIDE: 760, TALL: 380}  # px on the page


@turn.fragment()
def draw(profile: Profile) -> None:
    """Draw the tab: what is on the card can be chosen, then come the card, its file and its words."""
    with st.container(horizontal=True, vertical_alignment="top"):
        shape = st.segmented_control(
            _("Shape"),
            [WIDE, TALL],
            default=WIDE,
            required=True,
            key=SHAPE,
            persist_state="page",
            width="content",
            format_func=_,
        )
        name = st.text_input(
            _("Name on the card"), key=NAME, max_chars=MOST_LETTERS, persist_state="page", width=320,
            placeholder=_("None: it says “My taste”"), autocomplete="off", live="600ms",
        )  # fmt: skip
    try:
        made = _made(profile, name or "", shape == TALL)
    except NothingRatedError as error:
        st.info(text.plain(str(error)), title=_("No card yet"))
        links.links(Link(_("Rate films"), links.RATE, look="primary"), key="card-begin")
        return
    except ReelRecError as error:
        st.error(text.plain(str(error)))
        return
    for note in made.notes:
        st.info(note)
    with st.container(width=WIDTHS[shape or WIDE]):
        st.image(made.png, width="stretch", output_format="PNG", alt=made.alt)  # any other width makes it smaller
    st.download_button(
        _("Download the card"), made.png, "reelrec-taste.png", "image/png",
        on_click="ignore", icon=":material/download:", key="card-file",
    )  # fmt: skip
    st.markdown(text.small(_("The file holds the picture and its words, and nothing else of you.")))
    with st.expander(_("Text for people who cannot see the picture")):
        st.code(made.alt, language=None, wrap_lines=True)


def _made(profile: Profile, name: str, tall: bool) -> MadeCard:
    """The card of this profile, made once. Raises ReelRecError."""
    made = state.visit().made_card
    if made is None or (made.profile, made.name, made.tall) != (profile, name, tall):
        png, alt, notes = app.taste.card(profile, name, tall)
        made = state.visit().made_card = MadeCard(profile, name, tall, png, alt, notes)
    return made
