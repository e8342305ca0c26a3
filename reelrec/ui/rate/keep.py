"""A visitor's ratings: look at them, take them home as a file, bring them back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import _, ngettext
from reelrec.ui import events, state, text
from reelrec.ui.browser import links
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, UNSEEN, Tile, tiles
from reelrec.ui.uploads import forget
from reelrec.ui.visit import Keeping, Returned
from reelrec.ui.why import reasons

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from reelrec.visitor.profile import Profile

UPLOAD, KEPT = "profile-file", "kept-here"
FIRST = 48
ANSWERS = (SEEN, SET_ASIDE, UNSEEN)


def ratings(profile: Profile) -> None:
    """Where the ratings are kept; what was rated, to change it; the profile file, out and in; starting over."""
    _where(profile)
    films = app.catalogue().films
    rated = [films[number] for number in reversed(list(profile.ratings))]
    if rated:
        tiles(_("Films you rated"), [Tile(film) for film in rated[:FIRST]], key="rated", width="8rem")
        if len(rated) > FIRST:
            st.markdown(text.small(_("{n} of {of:,}; the file has them all.", n=FIRST, of=len(rated))))
    _uncounted(profile)
    numbers = (profile.seen | profile.set_aside | profile.unseen) - profile.ratings.keys()
    marked = [films[number] for number in sorted(numbers)]
    if marked:
        st.write(_("Films you answered without stars; a second tap takes the answer back."))
        tiles(
            _("Films you marked"), [Tile(film) for film in marked[:FIRST]], key="marked", width="8rem", actions=ANSWERS
        )
    with st.container(horizontal=True):
        if not profile.is_empty:
            st.download_button(
                _("Download my ratings"),
                app.profile_file(profile),
                "reelrec-profile.json",
                "application/json",
                on_click="ignore",
                icon=":material/download:",
            )
            st.button(
                _("Forget me"),
                on_click=_forget,
                icon=":material/delete:",
                help=_("Here, in the address, on this device."),
            )
    _bring_back(profile)


def _uncounted(profile: Profile) -> None:
    """The watched films that are told not to count, each with its way back."""
    films = app.catalogue().films
    if not profile.uncounted:
        return
    st.write(_("Films that you told not to count; a tap lets one count again."))
    with st.container(horizontal=True):
        for number in sorted(profile.uncounted)[:FIRST]:
            name = text.plain(films[number].name)
            st.button(_("Count {film}", film=name), key=f"count-{number}", on_click=reasons.count_again, args=(number,))


def warn_if_too_many(profile: Profile) -> None:
    """Say when the address cannot hold all ratings or all of the visitor's own list, and what to do."""
    if len(profile.shortlist) > app.lists.MAX_FILMS:
        st.warning(
            _(
                "The address of this page holds the first {n:,} films of your list. Download your ratings "
                "on the Rate page to keep all of it; the file can be brought back there.",
                n=app.lists.MAX_FILMS,
            ),
            title=_("More films than a link can hold"),
        )
    if not app.fits_link(replace(profile, shortlist=())):
        st.warning(
            _(
                "The address of this page holds at most {n:,} ratings, and as many films with "
                "another answer. Download your ratings on the Rate page to keep them all; the file can be brought "
                "back there.",
                n=app.MAX_LINK_RATINGS,
            ),
            title=_("More ratings than a link can hold"),
        )


def _bring_back(profile: Profile) -> None:
    """Take a downloaded file, and ask what becomes of its ratings."""
    returned = state.visit().returned
    upload = st.file_uploader(
        _("Bring back a downloaded file"), type="json", key=f"{UPLOAD}-{returned.files}", max_upload_size=10
    )
    if upload is not None:
        _read(upload)
    if returned.problem:
        st.error(text.plain(_("{problem} Your ratings here are unchanged.", problem=returned.problem)))
    if returned.profile is None:
        return
    n, unknown = len(returned.profile.ratings), returned.unknown
    told = [ngettext("The file has {n} rating.", "The file has {n:,} ratings.", n)]
    if unknown:
        told.append(ngettext("{n} film is unknown here.", "{n:,} films are unknown here.", unknown))
    st.text(" ".join(told))
    with st.container(horizontal=True):
        if profile.ratings:
            st.button(_("Add them to mine"), on_click=_add, args=(returned.profile,))
        st.button(_("Use them instead") if profile.ratings else _("Use them"), on_click=_use, args=(returned.profile,))


def _read(upload: UploadedFile) -> None:
    """Keep what the file says, or why it cannot be read, and draw the page with another uploader, without its bytes."""
    returned = Returned(files=state.visit().returned.files + 1)
    try:
        returned.profile, unknown = app.from_profile_file(upload.getvalue())
        returned.unknown = len(unknown)
    except ReelRecError as error:
        returned.problem = str(error)
    state.visit().returned = returned
    forget([upload])
    st.rerun()


def _add(kept: Profile) -> None:
    _take(state.own_profile().merged(kept), _("The file’s ratings were added to yours."))


def _use(kept: Profile) -> None:
    _take(kept, _("Your ratings are now the file’s."))


def _take(profile: Profile, notice: str) -> None:
    state.look_as_oneself()
    state.change(profile, notice, lasting=True)
    state.visit().returned = Returned(files=state.visit().returned.files)
    events.profile_changed()


def _where(profile: Profile) -> None:
    """Say where the ratings are, and let this device keep them if the visitor wants that."""
    stored = "" if events.recorder().keeps_events else _("Nothing is stored on our side.")
    st.write(
        _(
            "Your ratings are in the address of this page, behind the #, where no server and no log sees them. "
            "Bookmark it, or send it to whoever may see them."
        )
        + f" {stored}"
    )
    if profile.is_empty or state.visit().looking:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.session_state[KEPT] = state.visit().keeping.on
        st.toggle(_("Keep my ratings on this device"), key=KEPT, on_change=_keep)
        links.copy(_("Copy my link"), key="copy-link")


def _keep() -> None:
    state.visit().keeping = Keeping(on=st.session_state[KEPT], forget=not st.session_state[KEPT])


def _forget() -> None:
    state.forget()
    events.profile_changed()
