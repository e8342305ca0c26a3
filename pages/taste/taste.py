import streamlit as st

from reelrec.ui import state
from reelrec.ui.taste import tabs

st.title("Your taste", anchor=False)
tabs.draw(state.profile())
