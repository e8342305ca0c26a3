import streamlit as st

from reelrec.ui.dashboards import (
    datasets,
    demonstrations,
    doubt,
    interview,
    new_people,
    notebook,
    opening,
    reviews,
    shelves,
    speed,
    splits,
    talk_deepfm,
    talk_gpt,
    when,
)

st.title("Models")
opening.draw()
for section in (
    notebook,
    demonstrations,
    talk_deepfm,
    talk_gpt,
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
