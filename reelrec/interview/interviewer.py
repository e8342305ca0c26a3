"""Somebody who asks: what the questions may be about, what is believed of those who answer, and how far off that is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.data.roles import Role
from reelrec.interview.belief import NOBODY, Belief
from reelrec.interview.gains import Gains
from reelrec.interview.pool import Pool, candidates
from reelrec.interview.seen import Seen
from reelrec.interview.state import State
from reelrec.models.arrays import Settings, read_arrays, write_arrays
from reelrec.models.bmf import BMF

HALF_NORMAL = np.sqrt(2.0 / np.pi)  # the mean absolute value of a standard normal variable
# Tuned on people 8 (LOG.md).
FAME = 0.5  # the power of its ratings with which a film counts among those to be predicted
OFF = 1.03  # the errors that there were, of those that were said
KEPT = 0.4  # of what a screen promises to take off the error, the share that came true


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewer:
    """model: gives the belief. seen: None where every film asked about is known to be seen.

    aim: (d, d) lower triangle L, L L' = the mean of z z' over all films, weighted with a power of their ratings. noise:
    the mean variance of a rating, weighted alike.
    """

    model: BMF
    pool: Pool
    aim: np.ndarray
    noise: float
    seen: Seen | None

    name: ClassVar[str] = "interview"
    builds_on: ClassVar[tuple[str, ...]] = (BMF.name,)
    parts: ClassVar[tuple[str, ...]] = (BMF.name, "catalogue")
    by_film: ClassVar[bool] = True
    learns_from: ClassVar[Role] = Role.TRAIN
    validates_on: ClassVar[Role | None] = None

    @classmethod
    def fit(cls, dataset: Dataset, model: BMF, films: Catalogue) -> Self:
        """What people have seen, and how much the films weigh, learned from the dataset."""
        items = candidates(films)
        aim, noise = target(model, dataset.counts())
        return cls(model=model, pool=Pool.of(model, films, items), aim=aim, noise=noise, seen=Seen.fit(dataset, items))

    def begin(self, people: int, enjoyment: np.ndarray | float = 0.0) -> State:
        """People of whom nothing is known. enjoyment: of all, or (people,)."""
        nothing = np.empty((people, 0), dtype=np.int64)
        enjoyment = np.broadcast_to(np.float64(enjoyment), (people,))
        return self._state(
            asked=nothing,
            had=nothing.astype(bool),
            items=nothing,
            ratings=nothing.astype(np.float64),
            enjoyment=enjoyment,
            screens=0,
        )

    def after_screen(self, state: State, places: np.ndarray, stars: np.ndarray) -> State:
        """The state after a screen. places, stars: (B, n), NaN for a film they have not seen."""
        had = ~np.isnan(stars)
        given = np.where(had, self.pool.items[places], NOBODY)
        items, ratings = np.hstack([state.items, given]), np.hstack([state.ratings, np.where(had, stars, 0.0)])
        order = np.argsort(items == NOBODY, axis=1, kind="stable")[:, : (items != NOBODY).sum(axis=1).max(initial=0)]
        items, ratings = (np.take_along_axis(part, order, axis=1) for part in (items, ratings))
        asked, had = np.hstack([state.asked, places]), np.hstack([state.had, had])
        return self._state(
            asked=asked,
            had=had,
            items=items,
            ratings=ratings,
            enjoyment=state.enjoyment,
            screens=state.screens + 1,
        )

    def meet(
        self, history: History, unseen: Collection[int], closed: Collection[int], enjoyment: float, screens: int = 0
    ) -> State:
        """One visitor. unseen: items they have not seen. closed: items not to be asked about, whatever was said."""
        had = np.isin(self.pool.items, history.items)
        known = np.flatnonzero(had | np.isin(self.pool.items, list(unseen)))
        items, ratings = history.stars()
        free = ~np.isin(self.pool.items, [*history.items, *unseen, *closed])
        return State(
            pool=self.pool,
            aim=self.aim,
            belief=Belief.of(self.model, history),
            chances=self._chances(known[None], had[known][None]),
            free=free[None],
            asked=known[None],
            had=had[known][None],
            items=items[None],
            ratings=ratings[None].astype(np.float64),
            enjoyment=np.array([enjoyment]),
            screens=screens,
        )

    def thinned(self, every: int) -> Interviewer:
        """The same with one in so many draws of the model; what is believed of the films is left as it is."""
        drawn = replace(self.pool, draws=self.pool.draws[::every], levels=self.pool.levels[::every])
        return replace(self, model=self.model.thinned(every), pool=drawn)

    def ablated(self, without_seen: bool, single_draw: bool) -> Interviewer:
        """The same interviewer without P(seen), or with a single draw of its model."""
        left = replace(self, seen=None) if without_seen else self
        return left.thinned(len(self.pool.draws)) if single_draw else left

    def errors(self, state: State, places: np.ndarray | None = None) -> np.ndarray:
        """(B,) stars: how far off predictions typically are; with a screen's places, (B, n), after it is answered."""
        gains, people = Gains(state), np.arange(len(state.chances))
        now = self._typical(gains, state)
        if places is None:
            return now
        for place in places.T:
            gains.suppose(place, state.chances[people, place])
        return now - KEPT * (now - self._typical(gains, state))

    def _typical(self, gains: Gains, state: State) -> np.ndarray:
        return OFF * HALF_NORMAL * np.sqrt(gains.left() + self.noise / state.belief.steadiness)

    def settings(self) -> Settings:
        """None: the tuned constants are the module's."""
        return {}

    def save(self, path: Path) -> None:
        assert self.seen is not None
        mean, covariance = (np.float32(part) for part in self.seen)
        arrays = {
            "items": self.pool.items,
            "aim": self.aim,
            "noise": self.noise,
            "mean": mean,
            "covariance": covariance,
        }
        write_arrays(path, self.settings(), arrays)

    @classmethod
    def load(cls, path: Path, model: BMF, films: Catalogue) -> Self:
        """Raises ArtifactError."""
        _, arrays = read_arrays(path, "items", "aim", "noise", "mean", "covariance")
        seen = Seen(arrays["mean"].astype(np.float64), arrays["covariance"].astype(np.float64))
        pool = Pool.of(model, films, arrays["items"])
        return cls(model=model, pool=pool, aim=arrays["aim"], noise=float(arrays["noise"]), seen=seen)

    def _state(
        self,
        *,
        asked: np.ndarray,
        had: np.ndarray,
        items: np.ndarray,
        ratings: np.ndarray,
        enjoyment: np.ndarray,
        screens: int,
    ) -> State:
        free = np.ones((len(asked), len(self.pool.items)), dtype=bool)
        np.put_along_axis(free, asked, False, axis=1)
        return State(
            pool=self.pool,
            aim=self.aim,
            belief=Belief.after(self.model, items, ratings),
            chances=self._chances(asked, had),
            free=free,
            asked=asked,
            had=had,
            items=items,
            ratings=ratings,
            enjoyment=enjoyment,
            screens=screens,
        )

    def _chances(self, asked: np.ndarray, had: np.ndarray) -> np.ndarray:
        return np.ones((len(asked), len(self.pool.items))) if self.seen is None else self.seen.chances(asked, had)


def target(model: BMF, counts: np.ndarray) -> tuple[np.ndarray, float]:
    """`aim` and `noise` of an Interviewer. counts: (n_items,) ratings of each film."""
    weights = counts.astype(np.float64) ** FAME
    weights /= weights.sum()
    draws = model.vectors(np.arange(len(counts))).astype(np.float64)
    moment = sum(films.T @ (films * weights[:, None]) for films in draws) / len(draws)
    return np.linalg.cholesky(moment), float(weights @ (1.0 / model.precisions_))
