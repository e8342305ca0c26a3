import streamlit as st

from reelrec import app
from reelrec.ui import state, text
from reelrec.ui.film import charts, figures
from reelrec.ui.film.address import film_or_stop
from reelrec.ui.frame import tmdb
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile, tiles

film = film_or_stop()
st.set_page_config(page_title=f"{film.name} · ReelRec")
profile = state.profile()
prediction = app.predict(profile, film)
given = profile.ratings.get(film.number)
st.title(text.plain(film.name), anchor=False)
left, right = st.columns([1, 2], gap="large")
with left:
    actions = [] if given else [SEEN, SET_ASIDE]
    tiles(film.name, [Tile(film)], key=f"film-{film.number}", layout="single", actions=actions, width="20rem")
with right:
    st.text(" · ".join(charts.facts(film)))
    if film.cast:
        st.text(f"With {', '.join(film.cast)}")
    overview = st.empty()
    figures.figures(film, profile, prediction)
    charts.histogram(film, given, prediction)
    with st.container(horizontal=True):
        for name, url in charts.links(film):
            st.link_button(name, url)

if film.number < app.catalogue().n_items:
    st.header("If you like this one")
    alike = app.similar(film, 12)
    if alike:
        tiles("Similar films", [Tile(other) for other in alike], key=f"similar-{film.number}")
    else:
        st.info("Too few people rated this film to say what goes with it.")
tmdb.overview(film, overview)
