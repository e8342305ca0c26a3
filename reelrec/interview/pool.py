"""The pool: the films that can be asked about, and what bmf and the ratings say about each."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Self

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.shared import shared
from reelrec.interview.starters import ordered
from reelrec.models.bmf.model import BMF

SIZE = 300
BEST_KNOWN = 100  # films of the pool that are taken for their fame alone; the others spread over decades and genres
REACH = 1500  # the best known films, from which the others are taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """K films.

    items: (K,). draws: (draws, K, d) vectors [1, q_i] of bmf. centres: (K, d) their mean over draws. unclear: (K, d, d)
    their covariance over draws. levels: (draws, K) stars, mu + b_i. noise: (K,) variance of one rating. fame: (K,)
    logarithm of the number of ratings. doubt: (K,) entropy of the ratings, in nats.
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
        """The pool of these items. items: (K,)."""
        draws = shared("pool.draws", lambda: model.vectors(items).astype(np.float64))
        centres = draws.mean(axis=0)
        away = draws - centres
        counts = np.array([films.films[item].histogram for item in items.tolist()], dtype=np.float64) + 1e-9
        shares = counts / counts.sum(axis=1, keepdims=True)
        return cls(
            items=items,
            centres=centres,
            draws=draws,
            levels=model.levels(items).astype(np.float64),
            noise=1.0 / model.precisions_[items].astype(np.float64),
            unclear=shared("pool.unclear", lambda: np.einsum("ske,skf->kef", away, away) / len(draws)),
            fame=np.log1p(films.n_ratings[items]),
            doubt=-(shares * np.log(shares)).sum(axis=1),
        )

    def at(self, places: np.ndarray) -> Pool:
        """The pool of the films at these places."""
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
    """(n,) item numbers, most rated first: the BEST_KNOWN films, and others of the best REACH spread over genres."""
    famous = films.best_known(REACH)
    chosen = {film.number for film in famous[: min(BEST_KNOWN, n)]}
    spread = (film.number for film in ordered(films, REACH) if film.number not in chosen)
    chosen.update(itertools.islice(spread, n - len(chosen)))
    return np.array([film.number for film in famous if film.number in chosen])
