"""The films that may be asked about: which they are, and what the models know of each."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Self

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.interview.starters import ordered
from reelrec.models.bmf import BMF

SIZE = 300
BEST_KNOWN = 100  # of the pool, whatever they are; the others are spread over decades, genres and fame
REACH = 1500  # the best known films, from which the others are taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """K films. items: (K,). centres: (K, d) mean over draws of their vectors; draws: (draws, K, d), levels: (draws, K).

    noise: (K,) variance of one rating. unclear: (K, d, d) covariance of the vector over draws. fame: (K,) logarithm of
    ratings. doubt: (K,) entropy of the ratings, in nats.
    """

    items: np.ndarray
    centres: np.ndarray
    draws: np.ndarray
    levels: np.ndarray
    noise: np.ndarray
    unclear: np.ndarray
    fame: np.ndarray
    doubt: np.ndarray

    @classmethod
    def of(cls, model: BMF, films: Catalogue, items: np.ndarray) -> Self:
        """These films."""
        draws = model.vectors(items).astype(np.float64)
        centres = draws.mean(axis=0)
        away = draws - centres
        counts = np.array([films.films[item].histogram for item in items], dtype=np.float64) + 1e-9
        shares = counts / counts.sum(axis=1, keepdims=True)
        return cls(
            items=items,
            centres=centres,
            draws=draws,
            levels=model.levels(items).astype(np.float64),
            noise=1.0 / model.precisions_[items].astype(np.float64),
            unclear=np.einsum("ske,skf->kef", away, away) / len(draws),
            fame=np.log1p(films.n_ratings[items]),
            doubt=-(shares * np.log(shares)).sum(axis=1),
        )

    def at(self, places: np.ndarray) -> Pool:
        """The same of fewer films."""
        return Pool(
            items=self.items[places],
            centres=self.centres[places],
            draws=self.draws[:, places],
            levels=self.levels[:, places],
            noise=self.noise[places],
            unclear=self.unclear[places],
            fame=self.fame[places],
            doubt=self.doubt[places],
        )


def candidates(films: Catalogue, n: int = SIZE) -> np.ndarray:
    """(n,) the best known films and, from more of them, others spread over decades and genres; most rated first."""
    famous = sorted((film for film in films.films if film.same_as is None), key=lambda film: -film.n_ratings)
    chosen = {film.number for film in famous[: min(BEST_KNOWN, n)]}
    spread = (film.number for film in ordered(films, REACH) if film.number not in chosen)
    chosen.update(itertools.islice(spread, n - len(chosen)))
    return np.array([film.number for film in famous if film.number in chosen])
