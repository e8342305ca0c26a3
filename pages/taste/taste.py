import streamlit as st

from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.taste import tabs

st.title(_("Your taste"), anchor=False)
tabs.draw(state.profile())
