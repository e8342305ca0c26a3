"""The ways to bring a history: an export dropped, a username typed, or the export of an invented member, to try."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import events, state, text
from reelrec.ui.letterboxd import bring, other_sites

EXPORT_PAGE = "https://letterboxd.com/settings/data/"
PICTURES = Path("static/letterboxd")
# Picture, what it shows, what to do.
STEPS = (
    (
        "settings.svg",
        N_("Letterboxd’s settings, on their tab Data"),
        N_("On Letterboxd, open [Settings, Data]({page})."),
    ),
    ("export.svg", N_("A button, and below it a ZIP file"), N_("Choose **Export your data**. A ZIP file is saved.")),
    ("drop.svg", N_("A file above a field with a dashed edge"), N_("Drop the ZIP above, as it is.")),
)


def promise() -> None:
    """Say what one gets."""
    st.markdown(
        _(
            "Get your stars for {n:,} films, your watchlist in the order in which it suits you, and where "
            "your taste parts from everybody’s. Your history may come from Letterboxd, or from IMDb, Trakt, TMDB, "
            "MovieLens, Simkl, TV Time, Criticker, FilmAffinity, Filmweb, or any table.",
            n=app.catalogue().n_items,
        )
    )


def draw() -> None:
    """Draw the drop zone, the username and the steps."""
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="drop"):
        st.header(_("Your export: everything"), anchor=False)
        uploads = st.file_uploader(
            _("ZIP, CSV, JSON or XML files, 10 MB at most"), accept_multiple_files=True, max_upload_size=10,
            key=f"export-{state.visit().letterboxd.uploads}",
        )  # fmt: skip
        kept = _("Read while you wait and kept nowhere; your ratings are in your page’s address alone.")
        if events.recorder().keeps_events:
            kept = _("Read while you wait; your ratings are in your page’s address alone.")
        st.markdown(text.small(f":material/lock: {kept}"))
    with right:
        st.header(_("Or a Letterboxd username"), anchor=False)
        with st.form("feed", border=False, enter_to_submit=True):
            name = st.text_input(_("Letterboxd username"), max_chars=200, placeholder=_("name, @name or its address"))
            asked = st.form_submit_button(_("Read the feed"), icon=":material/rss_feed:")
        st.markdown(text.small(_("A member’s public feed has the newest fifty films. The name is not kept.")))
    if uploads:
        bring.export(uploads)
    elif asked:
        bring.feed(name)


def another() -> None:
    """Draw the same, folded, below what was read."""
    with st.expander(_("Bring another file or username"), icon=":material/upload:", key="another"):
        draw()
        other_sites.draw()


def how() -> None:
    """Draw how to come by an export, and a sample to try."""
    st.header(_("How to get your Letterboxd export"), anchor=False)
    columns = st.columns(len(STEPS), gap="medium")
    for place, (column, (picture, shows, step)) in enumerate(zip(columns, STEPS, strict=True)):
        with column, st.container(horizontal=True, vertical_alignment="center", key=f"step-{place}"):
            st.image(str(PICTURES / picture), width=120, alt=_(shows))
            st.markdown(_(step, page=EXPORT_PAGE))
    st.markdown(
        text.small(_("On a phone, open Letterboxd in the browser, not in its app. CSV files out of the ZIP do too."))
    )
    st.button(_("Try it with a sample export"), on_click=bring.sample, icon=":material/experiment:")
    other_sites.draw()
