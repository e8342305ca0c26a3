import streamlit as st

from reelrec.ui.dashboards import (
    datasets,
    demonstrations,
    doubt,
    new_people,
    notebook,
    opening,
    reviews,
    shelves,
    speed,
    splits,
    when,
)
from reelrec.ui.dashboards.interview import section as interview
from reelrec.ui.dashboards.talk import deepfm, gpt

st.title("Models")
opening.draw()
for section in (
    notebook,
    demonstrations,
    deepfm,
    gpt,
    datasets,
    new_people,
    when,
    doubt,
    splits,
    shelves,
    reviews,
    interview,
    speed,
):
    section.draw()
