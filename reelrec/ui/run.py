"""One run of a visit: the state it has, the header, the page, and what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.browser import address
from reelrec.ui.frame import guard, header, page, threads, tmdb
from reelrec.ui.frame.turn import turn
from reelrec.ui.rate import keep

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def run(pages: Sequence[StreamlitPage]) -> None:
    """Draw the page that the visitor is on, when it is this run's turn."""
    shown = st.navigation(list(pages), position="hidden")
    st.set_page_config(page_title=f"{_(shown.title)} · ReelRec", page_icon="static/icon.png", layout="wide")
    with app.counters.RERUNS.measured(shown.title), turn():
        with guard.or_stop(_("ReelRec cannot start")):
            app.warm_up()
            threads.hold_blas_to_one()
        arrived = address.begin()
        state.enter(shown.title)
        tmdb.begin()
        page.style()
        header.header()
        try:
            if arrived or shown.title == "Models":  # which is the same for everybody, so it waits for no address
                page.banners()
                keep.warn_if_too_many(state.profile())
                shown.run()
                page.foot()
                tmdb.late_images()
            else:
                st.skeleton(height=400)
        finally:  # also where a page stops half-way
            address.end(shown.url_path)
