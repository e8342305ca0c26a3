import streamlit as st

from reelrec.ui import state
from reelrec.ui.together import evening

st.title("A film for all of you", anchor=False)
evening.draw(state.profile())
