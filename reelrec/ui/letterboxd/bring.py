"""A visitor's Letterboxd: an export dropped or a username typed, and whether it joins the ratings already here.

What was read stays in the session as an `Intake`; the uploaded bytes are let go as soon as they were read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from reelrec import app
from reelrec.app import Film, Intake, Profile, ReelRecError
from reelrec.ui import state, text

EXPORT_PAGE = "https://letterboxd.com/settings/data/"


def intake() -> Intake | None:
    return st.session_state[state.INTAKE]


def ways_in() -> None:
    """The two ways: an export, or a username."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Your export: everything")
        st.markdown(
            f"On Letterboxd, go to [Settings, Data]({EXPORT_PAGE}) and choose **Export your data**. Drop the ZIP here "
            "as it is, or CSV files out of it. On a phone, open that page in the browser, not in the app."
        )
        uploads = st.file_uploader(
            "ZIP or CSV files, 10 MB at most",
            accept_multiple_files=True,
            max_upload_size=10,
            key=f"export-{st.session_state[state.UPLOADS]}",
        )
    with right:
        st.subheader("Or a username: the newest fifty")
        st.markdown(
            "Letterboxd’s feed of a member holds about fifty films, the newest ones logged. Nothing else is read, and "
            "the name is not kept."
        )
        with st.form("feed", border=False, enter_to_submit=True):
            name = st.text_input("Letterboxd username", max_chars=200, placeholder="name, @name or its address")
            asked = st.form_submit_button("Read the feed", icon=":material/rss_feed:")
    if uploads:
        _read(
            "Reading the export", lambda: app.read_export([(file.name, file.getvalue()) for file in uploads]), uploads
        )
    elif asked:
        _read("Asking Letterboxd for the feed", lambda: app.read_feed(name))


def problem() -> None:
    """Why the last export or feed could not be read."""
    if said := st.session_state[state.INTAKE_PROBLEM]:
        here = " Your ratings here are unchanged." if state.profile().watched else ""
        st.error(text.plain(f"{said}{here}"))


def _read(what: str, read: Callable[[], Intake], uploads: Sequence[UploadedFile] = ()) -> None:
    """Show that something is happening, keep what was read, or say why it could not be; let go of the uploads."""
    with st.status(f"{what} …", expanded=False) as status:
        try:
            taken = read()
        except ReelRecError as error:
            st.session_state[state.INTAKE_PROBLEM] = str(error)
        else:
            status.update(label=f"{len(taken.log.films):,} films read, {taken.matched:,} found", state="complete")
            _keep(taken)
    st.session_state[state.UPLOADS] += 1  # another uploader, without the bytes
    _let_go(uploads)
    st.rerun()


def _let_go(uploads: Sequence[UploadedFile]) -> None:
    """Streamlit would keep the bytes until the visit ends, also those of an uploader that is gone."""
    run = get_script_run_ctx()
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in uploads:
            run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)


def _keep(taken: Intake) -> None:
    st.session_state[state.INTAKE] = taken
    st.session_state[state.INTAKE_PROBLEM] = None
    st.session_state[state.INTAKE_USE] = state.ASK
    if state.profile() == Profile():
        use()


def question(taken: Intake) -> None:
    """Whether the films read join, replace or leave alone what the visitor has here; asked until it is answered."""
    if st.session_state[state.INTAKE_USE] == state.TAKEN or not taken.matched:
        return
    mine, theirs = len(state.profile().watched), len(taken.profile.watched)
    with st.container(border=True, key="merge"):
        if st.session_state[state.INTAKE_USE] == state.LOOKED_AT:
            st.markdown("You are only looking: these films are not yours.")
        elif mine:
            st.markdown(
                f"**Are these films yours too?** You already have {text.films(mine)} here; what was read has "
                f"{text.films(theirs)}. Where both have a film, the stars just read count."
            )
        else:
            st.markdown("**These films are not yours yet.**")
        with st.container(horizontal=True):
            if mine:
                st.button("Mine too: add them", on_click=add, icon=":material/merge:")
            st.button("Use them instead of mine" if mine else "Use these films", on_click=use, icon=":material/check:")
            if st.session_state[state.INTAKE_USE] == state.ASK:
                st.button("Only look", on_click=look, icon=":material/visibility:")


def use() -> None:
    taken = intake()
    if taken.matched:
        count = len(taken.profile.watched)
        verb = "is" if count == 1 else "are"
        state.change(taken.profile, f"{text.films(count)} from Letterboxd {verb} yours now.", lasting=True)
    st.session_state[state.INTAKE_USE] = state.TAKEN


def add() -> None:
    taken = intake()
    count = len(taken.profile.watched)
    verb = "was" if count == 1 else "were"
    state.change(
        app.merged(state.profile(), taken.profile),
        f"{text.films(count)} from Letterboxd {verb} added to yours.",
        lasting=True,
    )
    st.session_state[state.INTAKE_USE] = state.TAKEN


def look() -> None:
    st.session_state[state.INTAKE_USE] = state.LOOKED_AT


def fix(place: int, film: Film) -> None:
    """The visitor says which film the log means."""
    taken, added = app.with_fix(intake(), place, film)
    if st.session_state[state.INTAKE_USE] == state.TAKEN:
        state.change(app.merged(state.profile(), added), f"“{film.name}” was found.")
    st.session_state[state.INTAKE] = taken


def mine() -> bool:
    """Whether what was read is the visitor's own, as far as they said."""
    return st.session_state[state.INTAKE_USE] == state.TAKEN
