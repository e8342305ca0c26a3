import streamlit as st

from reelrec.translation import _
from reelrec.ui.dashboards import tabs

st.title(_("Models"), anchor=False)
tabs.draw()
