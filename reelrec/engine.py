"""The main job: from a profile to a list with stars and reasons. Pure functions over models.

One model makes the list and another gives the stars (DESIGN: ranking by predicted stars is worse than popularity).
What no model knows lives here once: seen films, filters, the dial, ties, and the cut to n.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reelrec.catalogue import Catalogue, Film
from reelrec.dataset import History, Profile
from reelrec.errors import OptionError
from reelrec.models import base, predictive
from reelrec.models.base import Recommender, UncertainRecommender

LIST_MODEL = "ranker"
STARS_MODEL = "stack"  # of the films that are shown
WHOLE_STARS_MODEL = "bmf"  # where those of all films are needed at once
FALLBACK_MODEL = "popularity"
UNSUNG = 2_000  # ratings: with fewer a film gains nothing more from the dial
GEM_FAME, GEM_STARS = 3.0, 0.5  # at the dial's end: what a film loses for each e-fold above, what a predicted star adds
SIMILAR_FAME = 0.2  # the power of its ratings that a similar film's score is divided by
FAINT = 0.04  # of the best score; the dial lifts nothing that scores less
LIKED_STARS = 3.5
RANGE = 0.8  # share of the ratings that fall from low to high
REASONS = 2


@dataclass(frozen=True, slots=True)
class Filters:
    """Which films may be shown. Ranges are inclusive; an empty set or None lets everything pass.

    watchlist: "shown" among the others, "hidden", or "only" what is on it.
    """

    genres: frozenset[str] = frozenset()
    without_genres: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    runtime: tuple[int, int] | None = None
    languages: frozenset[str] = frozenset()
    watchlist: str = "shown"

    def mask(self, films: Catalogue) -> np.ndarray:
        """(n_films,) bool. Raises OptionError for a genre or language that no film has, or a range upside down."""
        passed = films.shown.copy()
        if self.genres:
            passed &= _any(self.genres, films.genres, "genre")
        if self.without_genres:
            passed &= ~_any(self.without_genres, films.genres, "genre")
        if self.languages:
            passed &= _any(self.languages, films.languages, "language")
        for name, bounds, values in (
            ("years", self.years, films.year),
            ("runtime", self.runtime, films.runtime),
        ):
            if bounds is not None:
                if bounds[0] > bounds[1]:
                    raise OptionError(f"The {name} {bounds[0]} to {bounds[1]} are upside down: the lower number first.")
                passed &= (values > 0) & (values >= bounds[0]) & (values <= bounds[1])  # 0 is unknown
        return passed


EVERYTHING = Filters()


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
    allowed = filters.mask(engine.films) & _on_watchlist(engine.films, profile, filters.watchlist)
    allowed[_same_films(engine.films, profile.watched | profile.set_aside)] = False
    if dial:
        expected = score if by_stars else engine.model(WHOLE_STARS_MODEL).score(history)
        score = _towards_gems(score, ranker.unit, _clipped(expected), engine.films.n_ratings, dial)
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
    history = profile.history().without(_same_films(engine.films, [film.number]))
    (figures,) = _figures(_stars(engine.model(STARS_MODEL), history, np.array([film.number])))
    (because,) = _reasons(engine, history, [film.number])
    return Prediction(film, *figures, because)


def similar(engine: Engine, film: Film, n: int) -> tuple[Film, ...]:
    """Films that people who love this one also love, more than its fame explains."""
    loved = History.of([film.number], [5.0])
    (score,) = engine.model(LIST_MODEL).contributions(loved, np.arange(len(engine.films.films)))
    score /= np.maximum(engine.films.n_ratings, 1) ** SIMILAR_FAME
    allowed = engine.films.shown & (score > 0)
    allowed[_same_films(engine.films, [film.number])] = False
    return tuple(engine.films.films[i] for i in top(score, allowed, n))


def top(score: np.ndarray, allowed: np.ndarray, n: int) -> np.ndarray:
    """The items of the n highest scores among the allowed, best first; of equals the lower number comes first."""
    candidates = np.flatnonzero(allowed)
    scores = score[candidates]
    if len(candidates) > n > 0:
        bar = -np.partition(-scores, n - 1)[n - 1]
        candidates = candidates[scores >= bar]  # more than n where several stand at the bar
    return candidates[np.lexsort((candidates, -score[candidates]))][:n]


def _on_watchlist(films: Catalogue, profile: Profile, wanted: str) -> np.ndarray:
    """(n_films,) bool: what the watchlist lets through. Raises OptionError."""
    listed = np.zeros(len(films), dtype=bool)
    listed[_same_films(films, profile.watchlist)] = True
    ways = {"shown": np.ones(len(films), dtype=bool), "hidden": ~listed, "only": listed}
    if wanted not in ways:
        raise OptionError(f"The watchlist cannot be {wanted!r}. Known: {', '.join(ways)}.")
    return ways[wanted]


def _same_films(films: Catalogue, numbers: Collection[int]) -> list[int]:
    """These films and the other rows the catalogue has of them."""
    return [*numbers, *(twin for number in films.same.keys() & set(numbers) for twin in films.same[number])]


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
    return np.clip(stars, predictive.LOWEST, predictive.HIGHEST)


def _towards_gems(score: np.ndarray, unit: str, stars: np.ndarray, n_ratings: np.ndarray, dial: float) -> np.ndarray:
    """The score with its films' fame taken off, and predicted stars put on, by the square of the dial.

    A film loses GEM_FAME for each e-fold of ratings above UNSUNG. Scores of preference enter by their logarithm, and
    those under a FAINT share of the best, which say little, far behind the others; stars are doubled to that spread.
    """
    appeal = 2.0 * score if unit == "stars" else _log_of_clear(score)
    fame = np.log(np.maximum(n_ratings, UNSUNG))
    return appeal + dial**2 * (GEM_STARS * stars - GEM_FAME * fame)


def _log_of_clear(score: np.ndarray) -> np.ndarray:
    """The logarithm, from FAINT of the highest score up; below it a steep line, in the same order."""
    faint = max(FAINT * float(score.max()), 1e-6)
    return np.log(np.maximum(score, faint)) + 20.0 * np.minimum(score / faint - 1.0, 0.0)


def _reasons(engine: Engine, history: History, items: Collection[int]) -> list[tuple[Film, ...]]:
    """For each item the liked films of the history that speak for it most, at most two."""
    loved = history.liked | (history.ratings >= LIKED_STARS)
    if not loved.any():
        return [() for _ in items]
    liked = History(history.items[loved], history.ratings[loved], history.liked[loved])
    contributions = engine.model(LIST_MODEL).contributions(liked, np.asarray(items))  # (n_liked, n_items)
    order = np.argsort(-contributions, axis=0, kind="stable")[:REASONS]
    return [
        tuple(engine.films.films[liked.items[i]] for i in column if contributions[i, place] > 0)
        for place, column in enumerate(order.T)
    ]


def _any(names: Collection[str], masks: dict[str, np.ndarray], kind: str) -> np.ndarray:
    unknown = [name for name in names if name not in masks]
    if unknown:
        raise OptionError(f"There is no {kind} called {unknown[0]!r}. Known: {', '.join(list(masks)[:25])}.")
    return np.any([masks[name] for name in names], axis=0)
