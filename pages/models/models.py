import streamlit as st

from reelrec.ui.dashboards import (
    datasets,
    demonstrations,
    doubt,
    new_people,
    notebook,
    opening,
    shelves,
    speed,
    splits,
)

st.title("Models")
opening.draw()
for section in (notebook, demonstrations, datasets, new_people, doubt, splits, shelves, speed):
    section.draw()
