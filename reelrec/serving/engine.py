"""The main job: from a profile to a list with stars and reasons. Pure functions over models.

One model makes the list and another gives the stars (DESIGN: ranking by predicted stars is worse than popularity).
What no model knows lives here once: seen films, filters, the dial, ties, and the cut to n.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reelrec.data import half_stars
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.models import base, predictive
from reelrec.models.base import Recommender, UncertainRecommender
from reelrec.serving.dial import towards_gems
from reelrec.serving.filters import EVERYTHING, Filters, on_watchlist
from reelrec.visitor.profile import Profile

LIST_MODEL = "ranker"
STARS_MODEL = "stack"  # of the films that are shown
WHOLE_STARS_MODEL = "bmf"  # where those of all films are needed at once
FALLBACK_MODEL = "popularity"
SIMILAR_FAME = 0.2  # the power of its ratings that a similar film's score is divided by
RANGE = 0.8  # share of the ratings that fall from low to high
REASONS = 2


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a visitor would give a film, 0.5-5.0 stars, and the liked films that speak for it.

    low, high: where 8 of 10 such ratings fall. chance: of 3.5 stars or more. distribution: the chance of each
    half-star, 0.5 … 5.0. All four are None where the model does not know its own error.
    """

    film: Film
    stars: float
    low: float | None
    high: float | None
    chance: float | None
    distribution: tuple[float, ...] | None
    because: tuple[Film, ...]


@dataclass(frozen=True, slots=True)
class Pick(Prediction):
    """A prediction in a list, with the number that put it there."""

    score: float


@dataclass(frozen=True, slots=True)
class Engine:
    """The catalogue and a way to get a model by its name; shared by all visitors and never changed."""

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
    """The name of the model that ranked, and at most n films the person has not seen, best first.

    model: None for the default, which is popularity while the profile is empty. dial: 0 (the model's own order) to 1
    (hidden gems). Raises OptionError.
    """
    if not 0.0 <= dial <= 1.0:
        raise OptionError(f"The dial goes from 0 (familiar) to 1 (hidden gems), not to {dial:g}.")
    history = profile.history()
    name = model or (LIST_MODEL if len(history) else FALLBACK_MODEL)
    ranker = engine.model(name)
    by_stars = ranker.unit == "stars"
    stars = _stars(ranker, history) if by_stars else None  # its own, also where another model's would be better
    score = stars.mean if by_stars else ranker.score(history)
    allowed = filters.mask(engine.films) & on_watchlist(engine.films, profile, filters.watchlist)
    allowed[engine.films.with_twins(profile.watched | profile.set_aside)] = False
    if dial:
        expected = score if by_stars else engine.model(WHOLE_STARS_MODEL).score(history)
        score = towards_gems(score, ranker.unit, _clipped(expected), engine.films.n_ratings, dial)
    best = top(score, allowed, n)
    stars = stars.at(best) if by_stars else _stars(engine.model(STARS_MODEL), history, best)
    reasons = _reasons(engine, history, best)
    films = engine.films.films
    return name, tuple(
        Pick(films[i], *figures, because, float(score[i]))
        for i, figures, because in zip(best, _figures(stars), reasons, strict=True)
    )


def predict(engine: Engine, profile: Profile, film: Film) -> Prediction:
    """What the person would give this film, whether or not they have rated it; a given rating does not count."""
    history = profile.history().without(engine.films.with_twins([film.number]))
    (figures,) = _figures(_stars(engine.model(STARS_MODEL), history, np.array([film.number])))
    (because,) = _reasons(engine, history, [film.number])
    return Prediction(film, *figures, because)


def similar(engine: Engine, film: Film, n: int) -> tuple[Film, ...]:
    """Films that people who love this one also love, more than its fame explains."""
    loved = History.of([film.number], [5.0])
    (score,) = engine.model(LIST_MODEL).contributions(loved, np.arange(len(engine.films.films)))
    score /= np.maximum(engine.films.n_ratings, 1) ** SIMILAR_FAME
    allowed = engine.films.shown & (score > 0)
    allowed[engine.films.with_twins([film.number])] = False
    return tuple(engine.films.films[i] for i in top(score, allowed, n))


def top(score: np.ndarray, allowed: np.ndarray, n: int) -> np.ndarray:
    """The items of the n highest scores among the allowed, best first; of equals the lower number comes first."""
    candidates = np.flatnonzero(allowed)
    scores = score[candidates]
    if len(candidates) > n > 0:
        bar = -np.partition(-scores, n - 1)[n - 1]
        candidates = candidates[scores >= bar]  # more than n where several stand at the bar
    return candidates[np.lexsort((candidates, -score[candidates]))][:n]


class _Stars(NamedTuple):
    """What a model expects of some films, mean (n,) stars, unclipped; told is None where it knows no error."""

    model: Recommender
    mean: np.ndarray
    told: base.Prediction | None

    def at(self, places: np.ndarray) -> _Stars:
        """The same of fewer films."""
        return _Stars(self.model, self.mean[places], self.told.at(places) if self.told else None)


def _stars(model: Recommender, history: History, items: np.ndarray | None = None) -> _Stars:
    """Of these films, or of all."""
    if isinstance(model, UncertainRecommender):
        told = model.predict(history, items)
        return _Stars(model, told.mean, told)
    score = model.score(history)
    return _Stars(model, score if items is None else score[items], None)


def _figures(stars: _Stars) -> list[tuple]:
    """For each film stars, low, high, chance and distribution, as a Prediction has them."""
    if stars.told is None:
        return [(mean, None, None, None, None) for mean in _clipped(stars.mean).tolist()]
    return figures(stars.model, stars.told)


def figures(model: UncertainRecommender, told: base.Prediction) -> list[tuple]:
    """The same of what a model says that knows how sure it is."""
    means, (low, high) = _clipped(told.mean), predictive.interval(told, RANGE)
    chances = model.probabilities(told)  # (n, 10)
    liked, shapes = predictive.chance_of_liking(chances), map(tuple, chances.tolist())
    return list(zip(means.tolist(), low.tolist(), high.tolist(), liked.tolist(), shapes, strict=True))


def _clipped(stars: np.ndarray) -> np.ndarray:
    return half_stars.clipped(stars)


def _reasons(engine: Engine, history: History, items: Collection[int]) -> list[tuple[Film, ...]]:
    """For each item the liked films of the history that speak for it most, at most two."""
    loved = history.liked | (history.ratings >= LIKED_STARS)
    if not loved.any():
        return [() for _ in items]
    liked = history.take(loved)
    contributions = engine.model(LIST_MODEL).contributions(liked, np.asarray(items))  # (n_liked, n_items)
    order = np.argsort(-contributions, axis=0, kind="stable")[:REASONS]
    return [
        tuple(engine.films.films[liked.items[i]] for i in column if contributions[i, place] > 0)
        for place, column in enumerate(order.T)
    ]
