import streamlit as st

from reelrec.ui.dashboards import datasets, demonstrations, new_people, notebook, opening, shelves

st.title("Models")
opening.draw()
for section in (notebook, demonstrations, datasets, new_people, shelves):
    section.draw()
