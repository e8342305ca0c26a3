"""The ways to begin: rate films, bring a history from Letterboxd, look through somebody else's eyes."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.browser import links
from reelrec.ui.browser.links import Link

FOR_YOU = "pages/for_you/for_you.py"


def ways() -> None:
    """Draw them in one row."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ways"):
        links.links(
            Link(_("Rate films"), links.RATE, current=True),
            Link(_("Bring Letterboxd"), links.LETTERBOXD),
            key="ways-to-begin",
            label=_("Ways to begin"),
        )
        with st.popover(_("Try an example"), key="examples"):
            st.markdown(_("See the list through somebody else’s eyes. Your own ratings stay as they are."))
            for sample in app.sample_profiles():
                if st.button(f"**{_(sample.title)}**: {_(sample.about)}", key=f"sample-{sample.name}", type="tertiary"):
                    state.look_as(sample.name)
                    st.switch_page(FOR_YOU)
