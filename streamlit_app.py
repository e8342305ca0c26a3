"""ReelRec's entry: page config, shared state, navigation."""

import os

# Before numpy is loaded: with more, many clicks at once end the process (reelrec/ui/frame/threads.py).
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import streamlit as st

from reelrec import app
from reelrec.ui import address, state
from reelrec.ui.frame import chrome, guard, threads, tmdb
from reelrec.ui.rate import keep

pages = [
    st.Page("pages/rate/rate.py", title="Rate", default=True),
    st.Page("pages/letterboxd/letterboxd.py", title="Letterboxd", url_path="letterboxd"),
    st.Page("pages/for_you/for_you.py", title="For you", url_path="for_you"),
    st.Page("pages/models/models.py", title="Models", url_path="models"),
    st.Page("pages/about/about.py", title="About", url_path="about"),
]
film = st.Page("pages/film/film.py", title="Film", url_path="film", visibility="hidden")
page = st.navigation([*pages, film], position="hidden")
st.set_page_config(page_title=f"{page.title} · ReelRec", page_icon="static/icon.png", layout="wide")
with guard.or_stop("ReelRec cannot start"):
    app.warm_up()
    threads.hold_blas_to_one()
address.begin()
state.enter(page.title)
tmdb.begin()
chrome.header(pages)
keep.warn_if_too_many(state.profile())
page.run()
tmdb.late_images()
chrome.notices()
address.end()
state.forget_notice()
