import streamlit as st

from reelrec.translation import _
from reelrec.ui import state
from reelrec.ui.lists import tabs
from reelrec.ui.why import asked

st.title(_("Your lists"), anchor=False)
tabs.draw(state.profile())
asked.answer(state.profile())
