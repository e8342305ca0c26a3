import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import state, text
from reelrec.ui.film import answer, charts, where
from reelrec.ui.film.address import film_or_stop
from reelrec.ui.frame import tmdb
from reelrec.ui.shelf.tiles import Tile, tiles

film = film_or_stop()
st.set_page_config(page_title=f"{film.name} · ReelRec")
where.ask_ahead(film)
profile = state.profile()
prediction = app.predict(profile, film)
st.title(text.plain(film.name), anchor=False)
st.text(" · ".join(charts.facts(film)))
left, right = st.columns([3, 2], gap="large")
with left:
    answer.answer(film, profile, prediction)
with right:
    offers, overview = st.container(), st.empty()
    if film.cast:
        st.text(_("With {cast}", cast=", ".join(film.cast)))
    links = st.container(horizontal=True)
    for name, url in charts.links(film):
        links.link_button(name, url)
answer.why(film, profile, prediction)
charts.histogram(film, profile.ratings.get(film.number), prediction)

alike = app.similar(film, 12) if film.number < app.catalogue().n_items else None
if alike is not None:
    st.header(_("If you like this one"), anchor=False)
    if alike:
        similar = [Tile(other) for other in alike]
        tiles(_("Similar films"), similar, key=f"similar-{film.number}", layout="strip", lists=True)
    else:
        st.info(_("Too few people rated this film to say what goes with it."))
where.draw(film, offers, links)
tmdb.overview(film, overview)
