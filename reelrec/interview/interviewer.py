"""The interviewer: the state of an interview before and after each screen, and the error of the predictions then.

It holds what all interviews share: bmf and dae for the beliefs, the pool, the target of the A-optimal design, P(seen)
and the moments of relevance.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role
from reelrec.interview.belief import NOBODY, Belief
from reelrec.interview.gains import Gains
from reelrec.interview.list_belief import ListBelief
from reelrec.interview.pool import Pool, candidates
from reelrec.interview.relevance import Relevance
from reelrec.interview.seen import Seen
from reelrec.interview.state import State
from reelrec.models.arrays import Settings, read_arrays, write_arrays
from reelrec.models.bmf.model import BMF
from reelrec.models.lists.dae import DAE

HALF_NORMAL = np.sqrt(2.0 / np.pi)  # the mean absolute value of a standard normal variable
# Chosen on tune users (LOG.md).
FAME = 0.5  # the power of its number of ratings with which a film counts among the films to be predicted
OFF = 1.03  # the measured mean absolute error, divided by the predicted one
KEPT = 0.4  # the measured drop of the error by a screen, divided by the predicted one


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewer:
    """What all interviews share.

    model: gives the belief about stars. lister: gives the belief about the list. aim: (d, d) lower triangle L, L L' =
    the mean of z z' over all films, weighted with the power FAME of their number of ratings. noise: the mean variance
    of a rating, weighted alike. relevance: of the pool's films. seen: gives P(seen); None where every film asked about
    counts as seen.
    """

    model: BMF
    lister: DAE
    pool: Pool
    aim: np.ndarray
    noise: float
    relevance: Relevance
    seen: Seen | None

    name: ClassVar[str] = "interview"
    builds_on: ClassVar[tuple[str, ...]] = (BMF.name, DAE.name)
    parts: ClassVar[tuple[str, ...]] = (BMF.name, DAE.name, "catalogue")
    by_film: ClassVar[bool] = True
    learns_from: ClassVar[Role] = Role.TRAIN
    validates_on: ClassVar[Role | None] = None

    @classmethod
    def fit(cls, dataset: Dataset, model: BMF, lister: DAE, films: Catalogue) -> Self:
        """The interviewer of fitted models.

        dataset: for P(seen), relevance and the films' weights; its items are film numbers.
        """
        items = candidates(films)
        aim, noise = target(model, dataset.counts())
        return cls(
            model=model,
            lister=lister,
            pool=Pool.of(model, films, items),
            aim=aim,
            noise=noise,
            relevance=Relevance.fit(dataset, items),
            seen=Seen.fit(dataset, items),
        )

    def begin(self, people: int, enjoyment: np.ndarray | float = 0.0) -> State:
        """The state of new users before the first screen. people: how many. enjoyment: of all, or (people,)."""
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
        """The state after a screen. places: (B, n) of its films. stars: (B, n) the answers, NaN for "haven't seen"."""
        had = ~np.isnan(stars)
        items = np.hstack([state.items, np.where(had, self.pool.items[places], NOBODY)])
        ratings = np.hstack([state.ratings, np.where(had, stars, 0.0)])
        most = (items != NOBODY).sum(axis=1).max(initial=0)
        order = np.argsort(items == NOBODY, axis=1, kind="stable")[:, :most]  # ratings first, padding cut
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
        """The state of one visitor with this history, B = 1.

        unseen: items they said they have not seen. closed: further items that must not be asked about.
        """
        had = np.isin(self.pool.items, history.items)
        known = np.flatnonzero(had | np.isin(self.pool.items, list(unseen)))
        items, ratings = history.stars()
        free = ~np.isin(self.pool.items, [*history.items, *unseen, *closed])
        return State(
            pool=self.pool,
            aim=self.aim,
            lister=self.lister,
            relevance=self.relevance,
            belief=Belief.of(self.model, history),
            list_belief=ListBelief.of(self.lister, history.with_marks(history.set_aside, list(unseen))),
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
        """The interviewer with one in `every` draws of bmf; the pool keeps its mean vectors and covariances."""
        drawn = replace(self.pool, draws=self.pool.draws[::every], levels=self.pool.levels[::every])
        return replace(self, model=self.model.thinned(every), pool=drawn)

    def ablated(self, without_seen: bool, single_draw: bool) -> Interviewer:
        """The same interviewer without P(seen), or with a single draw of its model."""
        ablated = replace(self, seen=None) if without_seen else self
        return ablated.thinned(len(self.pool.draws)) if single_draw else ablated

    def errors(self, state: State, places: np.ndarray | None = None) -> np.ndarray:
        """(B,) stars: the expected mean absolute error of all predictions.

        places: (B, n) of a screen, for the error after its answers; None for the error now.
        """
        gains, people = Gains(state), np.arange(len(state.chances))
        now = self._mean_error(gains, state)
        if places is None:
            return now
        for place in places.T:
            gains.suppose(place, state.chances[people, place])
        return now - KEPT * (now - self._mean_error(gains, state))

    def _mean_error(self, gains: Gains, state: State) -> np.ndarray:
        """(B,) stars, of the Gaussian of each prediction."""
        return OFF * HALF_NORMAL * np.sqrt(gains.left() + self.noise / state.belief.steadiness)

    def settings(self) -> Settings:
        """None: the tuned constants are the module's."""
        return {}

    def save(self, path: Path) -> None:
        """Write the pool's items, the target, P(seen) and relevance to an .npz file; bmf and dae are not in it."""
        assert self.seen is not None
        arrays = {
            "items": self.pool.items,
            "aim": self.aim,
            "noise": self.noise,
            "mean": self.seen.mean.astype(np.float32),
            "covariance": self.seen.covariance.astype(np.float32),
            "relevance": self.relevance.covariance.astype(np.float32),
            "relevance_aim": self.relevance.aim.astype(np.float32),
        }
        write_arrays(path, self.settings(), arrays)

    @classmethod
    def load(cls, path: Path, model: BMF, lister: DAE, films: Catalogue) -> Self:
        """The interviewer that `save` wrote, built on the models that it was fitted with. Raises ArtifactError."""
        _, arrays = read_arrays(path, "items", "aim", "noise", "mean", "covariance", "relevance", "relevance_aim")
        return cls(
            model=model,
            lister=lister,
            pool=Pool.of(model, films, arrays["items"]),
            aim=arrays["aim"],
            noise=float(arrays["noise"]),
            relevance=Relevance(covariance=arrays["relevance"], aim=arrays["relevance_aim"]),
            seen=Seen(mean=arrays["mean"].astype(np.float64), covariance=arrays["covariance"].astype(np.float64)),
        )

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
        """The state after these answers: beliefs and P(seen), and every film free that was not asked about."""
        free = np.ones((len(asked), len(self.pool.items)), dtype=bool)
        np.put_along_axis(free, asked, False, axis=1)
        unseen = np.where(had, NOBODY, self.pool.items[asked])
        return State(
            pool=self.pool,
            aim=self.aim,
            lister=self.lister,
            relevance=self.relevance,
            belief=Belief.after(self.model, items, ratings),
            list_belief=ListBelief.after(self.lister, items, ratings, unseen),
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
        """(B, K) P(seen)."""
        return np.ones((len(asked), len(self.pool.items))) if self.seen is None else self.seen.chances(asked, had)


def target(model: BMF, counts: np.ndarray) -> tuple[np.ndarray, float]:
    """`aim` and `noise` of an Interviewer. counts: (n_items,) the number of ratings of each film."""
    weights = counts.astype(np.float64) ** FAME
    weights /= weights.sum()
    draws = model.vectors(np.arange(len(counts))).astype(np.float64)
    moment = sum(films.T @ (films * weights[:, None]) for films in draws) / len(draws)
    return np.linalg.cholesky(moment), float(weights @ (1.0 / model.precisions_))
