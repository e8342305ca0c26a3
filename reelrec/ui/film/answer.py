"""What a film would get from the visitor: one number, how sure it is, and what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.ui import links, text
from reelrec.ui.component import component
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile, tiles
from reelrec.ui.why import reasons

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.predictions import Prediction
    from reelrec.visitor.profile import Profile

UNKNOWN = "Neither ratings of this one nor enough facts are known here, so ReelRec makes no guess at your stars."
NO_STARS = "There are no predicted stars today."
FROM_FACTS = "Guessed from its genres, director, cast and the like, because "
NO_RATINGS, NOT_LEARNED = "no ratings of it are known here.", "our models learn from ratings of films alone."
LOOKED_AT = (
    "Asked about this film, the GPT-style rater, one of ReelRec’s models, looked most at these of your films. It may "
    "have found them alike or unlike."
)
_bars = component("film-bars")


def answer(film: Film, profile: Profile, prediction: Prediction | None) -> None:
    """Draw the poster, and beside it the stars that the visitor would give and those that they gave."""
    given = profile.ratings.get(film.number)
    actions = [] if given else [SEEN, SET_ASIDE]
    unknown = NO_STARS if film.number < app.catalogue().n_items else UNKNOWN
    tile = _tile(film, prediction, given, n_known=_others(film, profile)) if prediction else Tile(film, why=unknown)
    tiles(film.name, [tile], key=f"film-{film.number}", layout="head", actions=actions, lists=True)
    reasons.again(profile, film)


def why(film: Film, profile: Profile, prediction: Prediction | None) -> None:
    """Draw what the predicted stars are made of, and the place in the list; folded, what another model looked at."""
    if prediction and prediction.stars is not None:
        said = "we said " if film.number in profile.ratings else ""
        st.header(f"Why {said}{prediction.stars:.2f} stars", anchor=False)
        reasons.draw(profile, film)
    looked_at = app.looked_at(profile, film)
    if looked_at:
        with st.expander("What the GPT-style rater looked at", key="looked-at"):
            st.markdown(LOOKED_AT)
            bars = [_bar(other, share, text.share(share)) for other, share in looked_at]
            _bars(key="attention", data={"label": "Films that the GPT-style rater looked at", "bars": bars})


def _others(film: Film, profile: Profile) -> int:
    """How many ratings the guess follows; a film's own stars do not count."""
    known = profile.known(app.catalogue().n_items).ratings
    return len(known) - (film.number in known)


def _tile(film: Film, prediction: Prediction, given: float | None, n_known: int) -> Tile:
    said = text.stars(prediction.stars)
    person = "You" if n_known else "A newcomer"
    return Tile(
        film,
        label="You gave it" if given else f"{person} would give it",
        stars=text.stars(given) if given else said,
        word=f"we said {prediction.stars:.1f}" if given else stars.verdict(prediction.chance, theirs=n_known > 0),
        picture=stars.picture(prediction, n_known > 0, given),
        chance=_sureness(prediction, n_known, given),
        why=_from_facts(film),
    )


def _sureness(prediction: Prediction, n_known: int, given: float | None) -> str:
    """How sure the guess is; of a film that was rated, whether it was a surprise."""
    if prediction.low is None or prediction.high is None:
        return ""
    if given:
        inside = prediction.low <= given <= prediction.high
        between = f"{prediction.low:.1f} to {prediction.high:.1f}"
        return f"Without your stars we expected {between}{'' if inside else ', so you surprised us'}."
    between = f"between {prediction.low:.1f} and {prediction.high:.1f}"
    chance = stars.liking(prediction, n_known > 0)
    return " ".join(filter(None, (stars.sureness(n_known, between), f"{text.sentence(chance)}." if chance else "")))


def _from_facts(film: Film) -> str:
    """What the guess rests on where no model learned from ratings of the film."""
    if film.number < app.catalogue().n_items:
        return ""
    return FROM_FACTS + (NOT_LEARNED if film.n_ratings else NO_RATINGS)


def _bar(film: Film, length: float, figure: str = "") -> dict[str, object]:
    """A line of bars.js. length: of the longest possible bar, from 0 to 1."""
    href = links.to(links.FILM, id=film.slug)
    return {"name": film.name, "href": href, "length": round(length, 3), "figure": figure}
