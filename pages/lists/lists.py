import streamlit as st

from reelrec.ui import state
from reelrec.ui.lists import tabs

st.title("Your lists", anchor=False)
tabs.draw(state.profile())
