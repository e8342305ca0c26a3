"""Why a film gets these stars: a sum of what everybody, the visitor's own average and their films add to it.

    stars  =  everybody + average + sum of alone_i over the named films + sum of alone_kin + together

    everybody  =  v(nothing)                     average  =  v(crowd + offset) - v(crowd)
    alone_i    =  v(all) - v(all without i)      together =  what is left

v(history) is the predicted mean of the film. crowd are the visitor's films with the stars that everybody would be
expected to give them, offset is the mean of the visitor's stars minus these. alone_i is leave-one-out: what "don't
count this" takes away. Of the films, those are left out one at a time of which the model says in closed form that they
move the prediction most (`influence`); the largest are named. alone_kin leaves out all others of one kind at once:
those that have a genre, the director or the decade in common with the film, whichever moves it most for its size. These
effects do not add up, since films that say the same share one effect; the others, and what films say only together, are
the last term.

Sources: leave-one-out as a reason, and the test by deletion (`evaluate reasons`): Tintarev and Masthoff, "Explaining
Recommendations", Recommender Systems Handbook, 2015; Jain and Wallace, "Attention is not Explanation", NAACL 2019.
Shapley values would add up without a rest, and say what no click can repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import clipped
from reelrec.data.history import History
from reelrec.models.base import InfluencedRecommender, Recommender
from reelrec.models.facts.model import Facts
from reelrec.serving.engine import Engine
from reelrec.serving.picks.predictions import Estimate
from reelrec.serving.why.lines import Line, in_hundredths
from reelrec.translation import _
from reelrec.visitor.profile import Profile

NAMED = 6  # films, at most
TRIED = 12  # films that are left out one at a time
LEAST = 0.015  # stars of a named film
KINS, LEAST_KIN, LEAST_OF_KIN, MOST_KIN = 2, 3, 0.03, 0.3  # kinds; films of one; stars; its share of all rated films
AVERAGE_FROM = 10  # ratings, from which on the visitor's average is known


class Predictor(NamedTuple):
    """What predicts the stars of some films.

    mean: v of the formula, (m,) stars of m films. influence: (n_rated, m), by size roughly how far each rating moves
    them. crowd: (n,) stars that everybody would be expected to give items.
    """

    mean: Callable[[History, np.ndarray], np.ndarray]
    influence: Callable[[History, np.ndarray], np.ndarray]
    crowd: Callable[[np.ndarray], np.ndarray]


def of_model(engine: Engine, model: Recommender) -> Predictor:
    """The predictor of items. model: of stars."""

    def mean(history: History, items: np.ndarray) -> np.ndarray:
        return Estimate.of(model, history, items).mean

    return Predictor(
        mean=mean,
        influence=model.influence if isinstance(model, InfluencedRecommender) else _alike(engine),
        crowd=lambda items: clipped(mean(History.empty(), items)),
    )


def of_facts(facts: Facts, crowd: Predictor) -> Predictor:
    """The predictor of films that are no items. crowd: that of the items."""
    return Predictor(lambda history, films: facts.predict(history, films).mean, facts.influence, crowd.crowd)


def why(films: Catalogue, predictor: Predictor, profile: Profile, wanted: Sequence[Film]) -> list[tuple[Line, ...]]:
    """For each film the terms that add up to its predicted stars, to a hundredth.

    A film's own rating does not count, as in `engine.predict`.
    """
    whole = profile.history(films.n_items)
    numbers = np.array([film.number for film in wanted], dtype=np.int64)
    own = np.isin(numbers, whole.items)
    groups = [(whole, numbers[~own]), *((whole.without([number]), np.array([number])) for number in numbers[own])]
    made: dict[int, tuple[Line, ...]] = {}
    for history, items in groups:
        if len(items):
            made |= dict(zip(items.tolist(), _sums(films, history, items, predictor), strict=True))
    return [made[number] for number in numbers.tolist()]


def _sums(films: Catalogue, history: History, items: np.ndarray, predictor: Predictor) -> list[tuple[Line, ...]]:
    """The lines of each item. items: (m,), none of the history."""
    stars, everybody = predictor.mean(history, items), predictor.mean(History.empty(), items)
    rated, ratings = history.stars()
    offset, average = _average(history, items, predictor)
    alone = _alone(history, items, stars, predictor)
    sums = []
    for place, fall in enumerate(alone.T):
        order = np.argsort(-np.abs(fall), kind="stable")[:NAMED]
        named = [row for row in order.tolist() if abs(fall[row]) >= LEAST]
        lines = [Line("everybody", float(everybody[place]))]
        if len(rated) >= AVERAGE_FROM:
            lines.append(Line("average", float(average[place]), n=len(rated), offset=offset))
        lines += [Line("film", float(fall[row]), films.films[int(rated[row])], float(ratings[row])) for row in named]
        kins = _kins(films, history, int(items[place]), float(stars[place]), rated[named], predictor)
        lines += kins
        if len(history):
            rest = float(stars[place]) - sum(line.stars for line in lines)
            lines.append(Line("together", rest, n=len(history) - len(named) - sum(line.n for line in kins)))
        shown = float(clipped(stars[[place]])[0])
        if shown != stars[place]:
            lines.append(Line("scale", shown - float(stars[place])))
        sums.append(in_hundredths(lines, shown))
    return sums


def _average(history: History, items: np.ndarray, predictor: Predictor) -> tuple[float, np.ndarray]:
    """By how many stars the visitor is above everybody, and what that adds to each item: offset and average above."""
    rated, ratings = history.stars()
    if len(rated) < AVERAGE_FROM:
        return 0.0, np.zeros(len(items))
    crowd = predictor.crowd(rated)
    offset = np.mean(ratings - crowd)

    def at(stars: np.ndarray) -> np.ndarray:
        others = history.ratings.copy()
        others[np.isfinite(others)] = stars
        return predictor.mean(replace(history, ratings=others), items)

    return float(offset), at(clipped(crowd + offset)) - at(crowd)


def _alone(history: History, items: np.ndarray, stars: np.ndarray, predictor: Predictor) -> np.ndarray:
    """(n_rated, m) alone_i of the formula, 0 where a film was not left out. stars: (m,) with all films."""
    rated, _ = history.stars()
    alone = np.zeros((len(rated), len(items)))
    tried = np.arange(len(rated))
    if len(rated) > TRIED:
        influence = np.abs(predictor.influence(history, items))
        tried = np.unique(np.argsort(-influence, axis=0, kind="stable")[:TRIED])
    for row in tried.tolist():
        alone[row] = stars - predictor.mean(history.without([rated[row]]), items)
    return alone


def _kins(
    films: Catalogue, history: History, item: int, stars: float, named: np.ndarray, predictor: Predictor
) -> list[Line]:
    """The kinds of the visitor's other films without which the stars of an item move most; no film is in two.

    stars: with all films. named: (m,) films that have lines of their own.
    """
    rated = np.setdiff1d(history.stars()[0], named)
    kinds = _kinds(films, films.films[item], rated)
    found: list[Line] = []
    while len(found) < KINS:
        lines = []
        for shared, mask in kinds.items():
            if LEAST_KIN <= np.count_nonzero(mask) <= MOST_KIN * len(history):
                moved = stars - float(predictor.mean(history.without(rated[mask]), np.array([item]))[0])
                lines.append(Line("kin", moved, n=int(np.count_nonzero(mask)), shared=shared))
        moving = [line for line in lines if abs(line.stars) >= LEAST_OF_KIN]
        if not moving:
            break
        best = max(moving, key=lambda line: abs(line.stars) / line.n**0.5)  # a small kind says more
        found.append(best)
        taken = kinds.pop(best.shared)
        kinds = {shared: mask & ~taken for shared, mask in kinds.items()}
    return found


def _kinds(films: Catalogue, film: Film, rated: np.ndarray) -> dict[str, np.ndarray]:
    """What a film has in common with others, in words; (n,) bool, which of the rated films have it too."""
    kinds = {_(genre): _have(films, "genres", rated, genre) for genre in film.genres}
    if film.director:
        kinds[_("by {director}", director=film.director)] = _have(films, "director", rated, film.director)
    if film.year:
        kinds[_("of the {decade}s", decade=film.year // 10 * 10)] = films.year[rated] // 10 == film.year // 10
    return kinds


def _have(films: Catalogue, column: str, numbers: np.ndarray, fact: str) -> np.ndarray:
    """(n,) bool: whether the films have this fact in a column of the catalogue."""
    values = films.films.column(column, numbers)
    return np.array([value == fact or (not isinstance(value, str) and fact in (value or ())) for value in values])


def _alike(engine: Engine) -> Callable[[History, np.ndarray], np.ndarray]:
    """The influence of a model that does not know it: how alike films are, in place of how far they move each other."""
    model = engine.alike

    def influence(history: History, items: np.ndarray) -> np.ndarray:
        rated = history.take(np.isfinite(history.ratings))
        if model is None:
            return np.zeros((len(rated), len(items)))
        return model.contributions(rated, items, np.arange(len(rated)))

    return influence
