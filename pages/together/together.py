import streamlit as st

from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.together import evening

st.title(_("A film for all of you"), anchor=False)
evening.draw(state.profile())
