"""What a film would get from the visitor, what others give it, and the reasons, as the Film page says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import text
from reelrec.ui.shelf import stars

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.predictions import Prediction
    from reelrec.visitor.profile import Profile

UNKNOWN = "Neither ratings of this one nor enough facts are known here, so ReelRec makes no guess at your stars."
FROM_FACTS = "Guessed from its genres, director, cast and the like, because "
NO_RATINGS, NOT_LEARNED = "no ratings of it are known here.", "our models learn from ratings of films alone."


def figures(film: Film, profile: Profile, prediction: Prediction | None) -> None:
    """The figures in a row, then how sure the guess is and what it rests on."""
    given = profile.ratings.get(film.number)
    known = profile.known(app.catalogue().n_items).ratings
    n_known = len(known) - (film.number in known)  # a film's own stars do not count
    with st.container(horizontal=True):
        if prediction:
            _expected(prediction, n_known, given)
        if film.mean is not None:
            st.metric("People give it", text.stars(film.mean), help=f"Mean of {film.n_ratings:,} ratings.")
        if given:
            st.metric("You gave it", text.stars(given))
    if prediction is None:
        st.text(UNKNOWN)
        return
    if film.number >= app.catalogue().n_items:
        st.text(FROM_FACTS + (NOT_LEARNED if film.n_ratings else NO_RATINGS))
    if prediction.low is not None:
        between = f"between {prediction.low:.1f} and {prediction.high:.1f}"
        st.text(stars.sureness(n_known, between))
    if prediction.because:
        st.text(f"Close to films you liked: {' and '.join(reason.film.title for reason in prediction.because)}.")
    looked_at = app.looked_at(profile, film)
    if looked_at:
        names = ", ".join(f"{other.title} ({text.share(share)})" for other, share in looked_at)
        st.text(f"Asked about it, the GPT rater, one of ReelRec’s models, looked most at {names}.")


def _expected(prediction: Prediction, n_known: int, given: float | None) -> None:
    """The predicted stars and the chance of liking. n_known: how many ratings they follow."""
    person = "You" if n_known else "A newcomer"
    why = "Worked out without your own stars." if given else None
    st.metric(f"{person} would give it", text.stars(prediction.stars), help=why)
    if prediction.chance is not None:
        likes = "you’ll like it" if n_known else "a newcomer likes it"
        st.metric(f"Chance {likes}", text.percent(prediction.chance), help="That it gets 3.5 stars or more.")
