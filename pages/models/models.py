import streamlit as st

from reelrec.ui.dashboards import (
    datasets,
    demonstrations,
    doubt,
    new_users,
    notebook,
    opening,
    reviews,
    speed,
    splits,
    when,
)
from reelrec.ui.dashboards.interview import section as interview
from reelrec.ui.dashboards.lists import shelves
from reelrec.ui.dashboards.talk import deepfm, gpt

st.title("Models", anchor=False)
opening.draw()
for section in (
    notebook,
    demonstrations,
    deepfm,
    gpt,
    datasets,
    new_users,
    when,
    doubt,
    splits,
    shelves,
    reviews,
    interview,
    speed,
):
    section.draw()
