"""Films split, people in both parts, as the talk did it; and what is liked without asking who is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_PLACE
from reelrec.evaluation.metrics import is_liked
from reelrec.evaluation.stars import Targets
from reelrec.evaluation.users import EvaluationData

# Films that train and films that are asked about.
SIZES = {"30": (30, 0), "500+100": (500, 100), "1000+150": (1000, 150), "9000+1000": (9000, 1000)}
SEED = 42


@dataclass(frozen=True, slots=True)
class Experiment:
    """One split of films. films: the catalogue's; `items` of both parts are places among them, training films first."""

    name: str
    films: tuple[Film, ...]
    known: Targets
    asked: Targets


def experiment(sample: EvaluationData, films: Sequence[Film], name: str) -> Experiment:
    """The best known films, of which a seeded choice is held out."""
    n_known, n_asked = SIZES[name]
    best = np.argsort(-sample.n_ratings, kind="stable")[: n_known + n_asked]
    chosen = np.random.default_rng(SEED).permutation(best)
    place = np.full(len(films), -1)
    place[chosen] = np.arange(len(chosen))
    parts = [[], []]
    for history in sample.histories:
        places = place[history.items]
        for part, of in zip(parts, ((places >= 0) & (places < n_known), places >= n_known), strict=True):
            part.append((places[of], history.ratings[of]))
    return Experiment(name, tuple(films[item] for item in chosen), *map(_targets, parts))


def overlapping(split: Experiment) -> Targets:
    """The training ratings and a seeded half of the test ratings."""
    half = np.random.default_rng(SEED).random(len(split.asked.stars)) < 0.5
    pairs = ((getattr(split.known, of), getattr(split.asked, of)[half]) for of in ("person", "items", "stars"))
    return Targets(*map(np.concatenate, pairs), split.known.n_people)


def majority(part: Targets, n_films: int) -> np.ndarray:
    """(n_films,) bool: liked by at least half of these very people."""
    likes = np.bincount(part.items, is_liked(part.stars), n_films)
    return 2 * likes >= np.bincount(part.items, minlength=n_films)


def liked_by_others(films: Sequence[Film]) -> np.ndarray:
    """(n_films,) bool: liked by at least half of the people 0-7 who rated it, whom the catalogue counts."""
    counts = np.array([film.histogram for film in films])
    return 2 * counts[:, LIKED_PLACE:].sum(axis=1) >= counts.sum(axis=1)


def _targets(parts: Sequence[tuple[np.ndarray, np.ndarray]]) -> Targets:
    items, stars = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Targets(np.repeat(np.arange(len(parts)), [len(of) for of, _ in parts]), items, stars, len(parts))
