"""The engine: from a visitor's profile to a list of films. Pure functions over models.

One model orders the list and another predicts the stars, because a list in the order of predicted stars is worse than
one by popularity. What no model knows is decided here: seen films, filters, the dial, ties, and the cut to n.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import clipped
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.models.base import ExplainingRecommender, Recommender
from reelrec.serving.dial import towards_gems
from reelrec.serving.filters import EVERYTHING, Filters, on_watchlist
from reelrec.serving.predictions import Estimate, Pick, Prediction
from reelrec.serving.reasons import liked_films, reasons
from reelrec.visitor.profile import Profile

LIST_MODEL = "ranker"  # orders the list, unless the visitor chooses another
STARS_MODEL = "stack"  # predicts the stars of the films that are shown
WHOLE_STARS_MODEL = "bmf"  # predicts the stars of all films at once, for the dial
FALLBACK_MODEL = "popularity"  # orders the list while the profile is empty
SIMILAR_FAME = 0.2  # the power of its ratings by which a similar film's score is divided


@dataclass(frozen=True, slots=True)
class Engine:
    """The catalogue, and a function that gives a model by its name. All visitors share one; it never changes."""

    films: Catalogue
    model: Callable[[str], Recommender]


def recommend(
    engine: Engine,
    profile: Profile,
    n: int,
    model: str | None = None,
    dial: float = 0.0,
    filters: Filters = EVERYTHING,
) -> tuple[str, tuple[Pick, ...]]:
    """The name of the model that ordered the list, and at most n films the visitor has not seen, best first.

    model: None for the default, which is popularity while the profile is empty. dial: 0 (the model's own order) to 1
    (hidden gems). Raises OptionError.
    """
    if not 0.0 <= dial <= 1.0:
        raise OptionError(f"The dial goes from 0 (familiar) to 1 (hidden gems), not to {dial:g}.")
    history = profile.history(engine.films.n_items)
    name = model or (LIST_MODEL if len(history) else FALLBACK_MODEL)
    ranker = engine.model(name)
    estimate = Estimate.of(ranker, history) if ranker.unit == "stars" else None
    score = ranker.score(history) if estimate is None else estimate.mean
    allowed = filters.mask(engine.films) & on_watchlist(engine.films, profile, filters.watchlist)
    allowed[list(profile.watched | profile.set_aside)] = False
    allowed = allowed[: engine.films.n_items]
    if dial:
        stars = engine.model(WHOLE_STARS_MODEL).score(history) if estimate is None else estimate.mean
        score = towards_gems(score, ranker.unit, clipped(stars), engine.films.n_ratings[: len(score)], dial)
    best = top(score, allowed, n)
    # A model of stars shows its own, also where STARS_MODEL is more accurate.
    shown = Estimate.of(engine.model(STARS_MODEL), history, best) if estimate is None else estimate.at(best)
    rows = zip(best.tolist(), shown.figures(), _reasons(engine, history, best), score[best].tolist(), strict=True)
    return name, tuple(
        Pick(film=engine.films.films[item], because=because, score=value, **figures)
        for item, figures, because, value in rows
    )


def predict(engine: Engine, profile: Profile, film: Film) -> Prediction:
    """What the visitor would give this item, whether or not they rated it; their own rating of it does not count."""
    history = profile.history(engine.films.n_items).without([film.number])
    item = np.array([film.number])
    (figures,) = Estimate.of(engine.model(STARS_MODEL), history, item).figures()
    (because,) = _reasons(engine, history, item)
    return Prediction(film=film, because=because, **figures)


def similar(engine: Engine, film: Film, n: int) -> tuple[Film, ...]:
    """At most n films that people who love this one also love, more than their fame explains.

    Empty where the list model does not explain its scores, and for a film that is no item.
    """
    model = engine.model(LIST_MODEL)
    if not isinstance(model, ExplainingRecommender) or film.number >= engine.films.n_items:
        return ()
    loved = History.of([film.number], [5.0])
    n_items = engine.films.n_items
    (score,) = model.contributions(loved, np.arange(n_items))
    score /= np.maximum(engine.films.n_ratings[:n_items], 1) ** SIMILAR_FAME
    allowed = engine.films.listed[:n_items] & (score > 0)
    allowed[film.number] = False
    return tuple(engine.films.films[item] for item in top(score, allowed, n).tolist())


def top(score: np.ndarray, allowed: np.ndarray, n: int) -> np.ndarray:
    """The items of the n highest scores among the allowed, best first; of equals the lower number comes first."""
    candidates = np.flatnonzero(allowed)
    scores = score[candidates]
    if len(candidates) > n > 0:
        bar = -np.partition(-scores, n - 1)[n - 1]
        candidates = candidates[scores >= bar]  # more than n where several scores equal the bar
    return candidates[np.lexsort((candidates, -score[candidates]))][:n]


def _reasons(engine: Engine, history: History, items: np.ndarray) -> list[tuple[Film, ...]]:
    """The reasons for each item; none for a visitor who liked nothing yet."""
    liked = liked_films(history)
    if not len(liked):
        return [() for _ in items]
    return reasons(engine.model(LIST_MODEL), engine.films, liked, items)
