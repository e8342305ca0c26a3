import streamlit as st

from reelrec.ui.dashboards import tabs

st.title("Models", anchor=False)
tabs.draw()
