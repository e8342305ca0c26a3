import streamlit as st

from reelrec.ui import state
from reelrec.ui.lists import tabs
from reelrec.ui.why import asked

st.title("Your lists", anchor=False)
tabs.draw(state.profile())
asked.answer(state.profile())
