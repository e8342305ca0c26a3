"""ReelRec's entry: page config, shared state, navigation."""

import os

# Before numpy is loaded: with more, many clicks at once end the process (reelrec/ui/frame/threads.py).
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import streamlit as st

from reelrec import app
from reelrec.ui import address, state
from reelrec.ui.frame import guard, header, page, threads, tmdb
from reelrec.ui.rate import keep

pages = [
    st.Page("pages/rate/rate.py", title="Rate", default=True),
    st.Page("pages/for_you/for_you.py", title="For you", url_path="for_you"),
    st.Page("pages/letterboxd/letterboxd.py", title="Letterboxd", url_path="letterboxd"),
    st.Page("pages/models/models.py", title="Models", url_path="models"),
    st.Page("pages/about/about.py", title="About", url_path="about"),
    st.Page("pages/film/film.py", title="Film", url_path="film", visibility="hidden"),
]
shown = st.navigation(pages, position="hidden")
st.set_page_config(page_title=f"{shown.title} · ReelRec", page_icon="static/icon.png", layout="wide")
with guard.or_stop("ReelRec cannot start"):
    app.warm_up()
    threads.hold_blas_to_one()
arrived = address.begin()
state.enter(shown.title)
tmdb.begin()
page.style()
header.header()
try:
    if arrived or shown.title == "Models":  # which is the same for everybody, so it waits for no address
        page.banners()
        keep.warn_if_too_many(state.profile())
        shown.run()
        page.foot()
        tmdb.late_images()
    else:
        st.skeleton(height=400)
finally:  # also where a page stops half-way
    address.end(shown.url_path)
