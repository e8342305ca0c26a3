"""The film that the address of the Film page names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import UnknownFilmError
from reelrec.translation import _
from reelrec.ui.browser import links
from reelrec.ui.frame import guard

if TYPE_CHECKING:
    from reelrec.data.film import Film


def film_or_stop() -> Film:
    """The film; where there is none, say so, show the way to the search, and stop the page."""
    try:
        return app.film(st.query_params.get("id", ""))
    except UnknownFilmError as error:
        st.set_page_config(page_title=f"{_('No such film')} · ReelRec")
        st.title(_("No such film"), anchor=False)
        st.error(str(error))
        links.links(links.Link(_("Rate films"), links.RATE), links.Link(_("For you"), links.FOR_YOU), key="no-film")
        guard.end_page()
