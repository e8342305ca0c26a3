"""A visitor's ratings: look at them, take them home as a file, bring them back."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.app import Profile, ReelRecError
from reelrec.ui import state
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, UNSEEN, Tile, tiles
from reelrec.visitor.link import MAX_RATINGS

UPLOAD = "profile-file"
FIRST = 48
ANSWERS = (SEEN, SET_ASIDE, UNSEEN)


def ratings(profile: Profile) -> None:
    """What was rated, to change it; the profile file, out and in; starting over."""
    stored = "" if app.keeps_events() else " Nothing is stored on our side."
    st.write(f"The address of this page holds your ratings: bookmark it or send it on.{stored}")
    rated = [app.catalogue().films[number] for number in reversed(profile.ratings)]
    if rated:
        tiles("Films you rated", [Tile(film) for film in rated[:FIRST]], key="rated", width="8rem")
        if len(rated) > FIRST:
            st.markdown(f":small[{FIRST} of {len(rated):,}; the file has them all.]")
    numbers = (profile.seen | profile.set_aside | profile.unseen) - profile.ratings.keys()
    marked = [app.catalogue().films[number] for number in sorted(numbers)]
    if marked:
        st.write("Films you answered without stars; a second tap takes the answer back.")
        tiles("Films you marked", [Tile(film) for film in marked[:FIRST]], key="marked", width="8rem", actions=ANSWERS)
    with st.container(horizontal=True):
        if profile != Profile():
            st.download_button(
                "Download my ratings",
                app.profile_file(profile),
                "reelrec-profile.json",
                "application/json",
                on_click="ignore",
                icon=":material/download:",
            )
            st.button("Start over", on_click=state.start_over, icon=":material/restart_alt:")
    st.file_uploader("Bring back a downloaded file", type="json", key=UPLOAD, max_upload_size=10)
    if st.session_state[UPLOAD] is not None:
        _bring_back(profile)


def warn_if_too_many(profile: Profile) -> None:
    """Say when the address cannot hold all ratings, and what to do."""
    if not app.fits_link(profile):
        st.warning(
            f"The address of this page holds at most {MAX_RATINGS:,} ratings, and as many films with another answer. "
            "Download your ratings on the Rate page to keep them all; the file can be brought back there.",
            title="More ratings than a link can hold",
        )


def _bring_back(profile: Profile) -> None:
    try:
        found, unknown = app.from_profile_file(st.session_state[UPLOAD].getvalue())
    except ReelRecError as error:
        st.error(f"{error} Your ratings here are unchanged.")
        return
    missing = f" {len(unknown)} films are unknown here." if unknown else ""
    st.text(f"The file has {len(found.ratings):,} ratings.{missing}")
    with st.container(horizontal=True):
        if profile.ratings:
            st.button("Add them to mine", on_click=_add, args=(found,))
        st.button("Use them instead" if profile.ratings else "Use them", on_click=_use, args=(found,))


def _add(found: Profile) -> None:
    state.change(app.merged(state.profile(), found), "The file’s ratings were added to yours.", lasting=True)


def _use(found: Profile) -> None:
    state.change(found, "Your ratings are now the file’s.", lasting=True)
