import streamlit as st

from reelrec import app
from reelrec.ui import state, text
from reelrec.ui.film import charts
from reelrec.ui.film.address import film_or_stop
from reelrec.ui.frame import tmdb
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile, tiles

film = film_or_stop()
st.set_page_config(page_title=f"{film.name} · ReelRec")
profile = state.profile()
prediction = app.predict(profile, film)
person = "You" if profile.ratings else "A newcomer"
given = profile.ratings.get(film.number)
st.title(text.plain(film.name))
left, right = st.columns([1, 2], gap="large")
with left:
    tiles(film.name, [Tile(film)], key=f"film-{film.number}", single=True, actions=[] if given else [SEEN, SET_ASIDE])
with right:
    st.text(" · ".join(charts.facts(film)))
    if film.cast:
        st.text(f"With {', '.join(film.cast)}")
    overview = st.empty()
    with st.container(horizontal=True):
        st.metric(
            f"{person} would give it",
            text.stars(prediction.stars),
            help="Worked out without your own stars." if given else None,
        )
        if prediction.chance is not None:
            likes = "you’ll like it" if profile.ratings else "a newcomer likes it"
            st.metric(f"Chance {likes}", text.percent(prediction.chance), help="That it gets 3.5 stars or more.")
        if film.mean is not None:
            st.metric("People give it", text.stars(film.mean), help=f"Mean of {film.n_ratings:,} ratings.")
        if given:
            st.metric("You gave it", text.stars(given))
    if prediction.low is not None:
        between = f"between {prediction.low:.1f} and {prediction.high:.1f}"
        st.text(stars.sureness(len(profile.ratings), between))
    if prediction.because:
        st.text(f"Close to films you liked: {' and '.join(liked.title for liked in prediction.because)}.")
    looked_at = app.looked_at(profile, film)
    if looked_at:
        names = ", ".join(f"{other.title} ({text.percent(share)})" for other, share in looked_at)
        st.text(f"Asked about it, the GPT rater, one of ReelRec’s models, looked most at {names}.")
    charts.histogram(film, given, prediction)
    with st.container(horizontal=True):
        for name, url in charts.links(film):
            st.link_button(name, url)

st.subheader("If you like this one")
alike = app.similar(film, 12)
if alike:
    tiles("Similar films", [Tile(other) for other in alike], key=f"similar-{film.number}")
else:
    st.info("Too few people rated this film to say what goes with it.")
tmdb.overview(film, overview)
