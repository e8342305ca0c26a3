"""A visitor's ratings: look at them, take them home as a file, bring them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.ui import events, state
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, UNSEEN, Tile, tiles

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

UPLOAD = "profile-file"
FIRST = 48
ANSWERS = (SEEN, SET_ASIDE, UNSEEN)


def ratings(profile: Profile) -> None:
    """What was rated, to change it; the profile file, out and in; starting over."""
    stored = "" if events.recorder().keeps_events else " Nothing is stored on our side."
    st.write(f"The address of this page holds your ratings: bookmark it or send it on.{stored}")
    films = app.catalogue().films
    rated = [films[number] for number in reversed(list(profile.ratings))]
    if rated:
        tiles("Films you rated", [Tile(film) for film in rated[:FIRST]], key="rated", width="8rem")
        if len(rated) > FIRST:
            st.markdown(f":small[{FIRST} of {len(rated):,}; the file has them all.]")
    numbers = (profile.seen | profile.set_aside | profile.unseen) - profile.ratings.keys()
    marked = [films[number] for number in sorted(numbers)]
    if marked:
        st.write("Films you answered without stars; a second tap takes the answer back.")
        tiles("Films you marked", [Tile(film) for film in marked[:FIRST]], key="marked", width="8rem", actions=ANSWERS)
    with st.container(horizontal=True):
        if not profile.is_empty:
            st.download_button(
                "Download my ratings",
                app.profile_file(profile),
                "reelrec-profile.json",
                "application/json",
                on_click="ignore",
                icon=":material/download:",
            )
            st.button("Start over", on_click=_start_over, icon=":material/restart_alt:")
    st.file_uploader("Bring back a downloaded file", type="json", key=UPLOAD, max_upload_size=10)
    if st.session_state[UPLOAD] is not None:
        _bring_back(profile)


def warn_if_too_many(profile: Profile) -> None:
    """Say when the address cannot hold all ratings, and what to do."""
    if not app.fits_link(profile):
        st.warning(
            f"The address of this page holds at most {app.MAX_LINK_RATINGS:,} ratings, and as many films with another "
            "answer. Download your ratings on the Rate page to keep them all; the file can be brought back there.",
            title="More ratings than a link can hold",
        )


def _bring_back(profile: Profile) -> None:
    try:
        kept, unknown = app.from_profile_file(st.session_state[UPLOAD].getvalue())
    except ReelRecError as error:
        st.error(f"{error} Your ratings here are unchanged.")
        return
    missing = f" {len(unknown)} films are unknown here." if unknown else ""
    st.text(f"The file has {len(kept.ratings):,} ratings.{missing}")
    with st.container(horizontal=True):
        if profile.ratings:
            st.button("Add them to mine", on_click=_add, args=(kept,))
        st.button("Use them instead" if profile.ratings else "Use them", on_click=_use, args=(kept,))


def _add(kept: Profile) -> None:
    state.change(state.profile().merged(kept), "The file’s ratings were added to yours.", lasting=True)
    events.profile_changed()


def _use(kept: Profile) -> None:
    state.change(kept, "Your ratings are now the file’s.", lasting=True)
    events.profile_changed()


def _start_over() -> None:
    state.start_over()
    events.profile_changed()
