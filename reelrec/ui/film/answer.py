"""What a film would get from the visitor: one number, how sure it is, and what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.browser import links
from reelrec.ui.browser.component import component
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import SEEN, SET_ASIDE, Tile, tiles
from reelrec.ui.why import reasons

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.picks.predictions import Prediction
    from reelrec.visitor.profile import Profile

UNKNOWN = N_("Neither ratings of this one nor enough facts are known here, so ReelRec makes no guess at your stars.")
NO_STARS = N_("There are no predicted stars today.")
NO_RATINGS = N_("Guessed from its genres, director, cast and the like, because no ratings of it are known here.")
NOT_LEARNED = N_(
    "Guessed from its genres, director, cast and the like, because our models learn from ratings of films alone."
)
LOOKED_AT = N_(
    "Asked about this film, the GPT-style rater, one of ReelRec’s models, looked most at these of your films. It may "
    "have found them alike or unlike."
)
_bars = component("film-bars")


def answer(film: Film, profile: Profile, prediction: Prediction | None) -> None:
    """Draw the poster, and beside it the stars that the visitor would give and those that they gave."""
    given = profile.ratings.get(film.number)
    actions = [] if given else [SEEN, SET_ASIDE]
    unknown = NO_STARS if film.number < app.catalogue().n_items else UNKNOWN
    tile = _tile(film, prediction, given, n_known=_others(film, profile)) if prediction else Tile(film, why=_(unknown))
    tiles(film.name, [tile], key=f"film-{film.number}", layout="head", actions=actions, lists=True)
    reasons.again(profile, film)


def why(film: Film, profile: Profile, prediction: Prediction | None) -> None:
    """Draw what the predicted stars are made of, and the place in the list; folded, what another model looked at."""
    if prediction and prediction.stars is not None:
        asks = _("Why {stars:.2f} stars", stars=prediction.stars)
        if film.number in profile.ratings:
            asks = _("Why we said {stars:.2f} stars", stars=prediction.stars)
        st.header(asks, anchor=False)
        reasons.draw(profile, film)
    looked_at = app.looked_at(profile, film)
    if looked_at:
        with st.expander(_("What the GPT-style rater looked at"), key="looked-at"):
            st.markdown(_(LOOKED_AT))
            bars = [_bar(other, share, text.share(share)) for other, share in looked_at]
            _bars(key="attention", data={"label": _("Films that the GPT-style rater looked at"), "bars": bars})


def _others(film: Film, profile: Profile) -> int:
    """How many ratings the guess follows; a film's own stars do not count."""
    known = profile.known(app.catalogue().n_items).ratings
    return len(known) - (film.number in known)


def _tile(film: Film, prediction: Prediction, given: float | None, n_known: int) -> Tile:
    said = text.stars(prediction.stars)
    label, word = _("You would give it"), stars.verdict(prediction.chance, theirs=n_known > 0)
    if given:
        label, word = _("You gave it"), _("we said {stars:.1f}", stars=prediction.stars)
    elif not n_known:
        label = _("A newcomer would give it")
    return Tile(
        film,
        label=label,
        stars=text.stars(given) if given else said,
        word=word,
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
        low, high = prediction.low, prediction.high
        if inside:
            return _("Without your stars we expected {low:.1f} to {high:.1f}.", low=low, high=high)
        return _("Without your stars we expected {low:.1f} to {high:.1f}, so you surprised us.", low=low, high=high)
    between = _("between {low:.1f} and {high:.1f}", low=prediction.low, high=prediction.high)
    chance = stars.liking(prediction, n_known > 0)
    return " ".join(filter(None, (stars.sureness(n_known, between), f"{text.sentence(chance)}." if chance else "")))


def _from_facts(film: Film) -> str:
    """What the guess rests on where no model learned from ratings of the film."""
    if film.number < app.catalogue().n_items:
        return ""
    return _(NOT_LEARNED if film.n_ratings else NO_RATINGS)


def _bar(film: Film, length: float, figure: str = "") -> dict[str, object]:
    """A line of bars.js. length: of the longest possible bar, from 0 to 1."""
    href = links.to(links.FILM, id=film.slug)
    return {"name": film.name, "href": href, "length": round(length, 3), "figure": figure}
