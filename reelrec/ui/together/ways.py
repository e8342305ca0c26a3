"""The ways to add somebody: their ReelRec link, a file of theirs, their Letterboxd username, or an invented visitor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import N_, _
from reelrec.ui import state, text
from reelrec.ui.together import people
from reelrec.ui.uploads import forget, refused

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

LINK, FILE, NAME, SAMPLE = N_("Their ReelRec link"), N_("A file"), N_("A username"), N_("An invented visitor")
WAY = "together-way"
TOKEN = re.compile(r"(?:^|[#&?])p=([^&#\s]*)")  # in a link
MOST_OF_A_LINK = 25_000  # letters


def draw(open_at_once: bool) -> None:
    """Draw the form, and what went wrong with the last one."""
    company = state.visit().company
    full = len(company.others) >= app.together.MOST - 1
    if full:
        st.markdown(text.small(_("{n} people are here: that is all there is room for.", n=app.together.MOST)))
    else:
        with st.expander(_("Add somebody"), expanded=open_at_once, icon=":material/person_add:", key="together-add"):
            _form()
    if company.problem:
        st.error(text.plain(company.problem))


def _form() -> None:
    forms = state.visit().company.forms  # another form after each that was sent
    way = st.pills(_("How"), [LINK, FILE, NAME, SAMPLE], default=LINK, required=True, key=WAY, format_func=_)
    with st.form(f"together-form-{forms}", border=False):
        given: Any
        if way == FILE:
            given = st.file_uploader(
                _("ReelRec’s profile file, or a Letterboxd export (ZIP or CSV), 10 MB at most"),
                accept_multiple_files=True, max_upload_size=10, key=f"together-file-{forms}",
            )  # fmt: skip
        elif way == NAME:
            given = st.text_input(_("Letterboxd username"), max_chars=200, placeholder=_("name, @name or its address"))
        elif way == SAMPLE:
            samples = {sample.name: sample for sample in app.sample_profiles()}
            given = st.selectbox(
                _("Which one?"),
                list(samples),
                format_func=lambda name: f"{_(samples[name].title)}: {_(samples[name].about)}",
            )
        else:
            given = st.text_input(
                _("Link with their ratings"), max_chars=MOST_OF_A_LINK, placeholder="https://…#p=…", autocomplete="off",
                help=_("The address of their page on ReelRec. They find “Copy my link” on their Rate page."),
            )  # fmt: skip
        name = st.text_input(
            _("Name"),
            max_chars=app.together.MOST_LETTERS,
            placeholder=_("What you call them"),
            autocomplete="off",
            width=260,
        )
        sent = st.form_submit_button(_("Add"), icon=":material/add:")
    st.markdown(
        text.small(
            ":material/lock: "
            + _("Their films stay in this visit and are kept nowhere. They are gone when this page is loaded again.")
        )
    )
    if sent:
        _take(way or LINK, given, name)


def _take(way: str, given: Any, name: str) -> None:
    """Add who was named, or keep the reason why not; nothing else changes."""
    company = state.visit().company
    uploads = list(given) if way == FILE else []
    try:
        called, profile = _read(way, given)
        people.add(name or called, profile)
    except ReelRecError as error:
        company.problem = _("{error} Nobody was added, and nothing is lost.", error=error)
    if uploads and (late := refused()):
        company.problem = _("Some files did not arrive. {late}", late=late)
    forget(uploads)
    company.forms += 1
    st.rerun()


def _read(way: str, given: Any) -> tuple[str, Profile]:
    """The name that goes with it, "" for none, and the profile. Raises ReelRecError."""
    if way == FILE:
        return _from_files([(file.name, file.getvalue()) for file in given])
    if way == NAME:
        if wait := state.visit().feeds.take():
            raise ReelRecError(_("That was many feeds. Ask for the next one in {wait:.0f} seconds.", wait=wait))
        with st.status(_("Asking Letterboxd for the feed …"), expanded=False):
            taken = app.read_feed(given)
            return taken.log.owner, taken.profile
    if way == SAMPLE:
        return next(_(known.title) for known in app.sample_profiles() if known.name == given), app.sample_profile(given)
    return "", app.from_link(token_in(given or ""))


def _from_files(files: Sequence[tuple[str, bytes]]) -> tuple[str, Profile]:
    if len(files) == 1 and files[0][0].casefold().endswith(".json"):
        return "", app.from_profile_file(files[0][1])[0]
    taken = app.history.read(files).intake
    if taken is None or taken.log.asks or taken.log.scales:  # only who gave the stars knows what they mean
        raise ReelRecError(
            _(
                "These files do not say for certain what is what, or what the ratings are out of. Let them bring the "
                "files on their own ReelRec page, where it is asked, and take their link."
            )
        )
    return "", taken.profile


def token_in(link: str) -> str:
    """The token of the ratings in a link, which may be the token alone. Raises ReelRecError where there is none."""
    link = link.strip()
    found = TOKEN.search(link)
    token = unquote(found[1]) if found else link
    if not token or (not found and re.search(r"[/:#?=\s]", link)):
        raise ReelRecError(_("This link has no ratings in it: behind its # it needs p= and what follows."))
    return token
