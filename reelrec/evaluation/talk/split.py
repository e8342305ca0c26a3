"""Films split, users in both parts, as the talk did it; and which films are liked, whoever the user is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_PLACE
from reelrec.evaluation.metrics import is_liked
from reelrec.evaluation.stars import Targets
from reelrec.evaluation.users import EvaluationData

# Training films and test films.
SIZES = {"30": (30, 0), "500+100": (500, 100), "1000+150": (1000, 150), "9000+1000": (9000, 1000)}
SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSplit:
    """One split of films, and the ratings of both parts.

    films: the catalogue's, training films first. `items` of both parts are places among them.
    """

    name: str
    films: tuple[Film, ...]
    training: Targets
    test: Targets


def film_split(data: EvaluationData, films: Sequence[Film], name: str) -> FilmSplit:
    """The best known films, of which a seeded choice is held out."""
    n_training, n_test = SIZES[name]
    best = np.argsort(-data.n_ratings, kind="stable")[: n_training + n_test]
    chosen = np.random.default_rng(SEED).permutation(best)
    place = np.full(len(films), -1)
    place[chosen] = np.arange(len(chosen))
    training: list[tuple[np.ndarray, np.ndarray]] = []
    test: list[tuple[np.ndarray, np.ndarray]] = []
    for history in data.histories:
        places = place[history.items]
        for part, inside in ((training, (places >= 0) & (places < n_training)), (test, places >= n_training)):
            part.append((places[inside], history.ratings[inside]))
    return FilmSplit(
        name=name,
        films=tuple(films[item] for item in chosen),
        training=Targets.of(training),
        test=Targets.of(test),
    )


def overlapping(split: FilmSplit) -> Targets:
    """The training ratings and a seeded half of the test ratings."""
    half = split.test.at(np.random.default_rng(SEED).random(len(split.test)) < 0.5)
    return Targets(
        user=np.concatenate([split.training.user, half.user]),
        items=np.concatenate([split.training.items, half.items]),
        ratings=np.concatenate([split.training.ratings, half.ratings]),
        n_users=split.training.n_users,
    )


def majority(part: Targets, n_films: int) -> np.ndarray:
    """(n_films,) bool: liked by at least half of these very users."""
    likes = np.bincount(part.items, is_liked(part.ratings), n_films)
    return 2 * likes >= np.bincount(part.items, minlength=n_films)


def liked_by_train_users(films: Sequence[Film]) -> np.ndarray:
    """(n_films,) bool: liked by at least half of the train users who rated it, whom the catalogue counts."""
    counts = np.array([film.histogram for film in films])
    return 2 * counts[:, LIKED_PLACE:].sum(axis=1) >= counts.sum(axis=1)
