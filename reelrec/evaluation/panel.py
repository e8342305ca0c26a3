"""Test people being asked: which films each policy asked them about, and what their answers were worth.

Each person's ratings in a seeded random order; the first half answers, the second half is hidden and measures. Two ways
of asking: one film at a time, all of them seen, out of everything the person may answer with; or screens of the
pool's films, "haven't seen" being an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.history import History
from reelrec.evaluation import metrics
from reelrec.evaluation.protocols.new_users import together
from reelrec.evaluation.report import Sums
from reelrec.evaluation.stars import Forecast, Targets, measures
from reelrec.interview.belief import NOBODY, Belief
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import Choice
from reelrec.interview.pool import Pool
from reelrec.interview.replay import FILMS, SCREENS, answers, halves, interview
from reelrec.interview.state import State
from reelrec.models.base import Recommender
from reelrec.models.bmf import BMF
from reelrec.serving.engine import top

ANSWERS = 10
RECALL = 20
SEED = 42
AT_ONCE = 128  # people whose vectors are solved together
KEPT = ("rmse", "mae", "nll")  # of the measures of stars


class Told(NamedTuple):
    """What all people had answered at one moment. items: (n_people, n), filled up with NOBODY. ratings: stars."""

    items: np.ndarray
    ratings: np.ndarray


class Screens(NamedTuple):
    """told: after each screen. stars: (n_people, SCREENS, FILMS) of the films shown, NaN where not seen.

    shown: (n_people, SCREENS, FILMS) places in the pool. errors: (n_people, SCREENS) what the meter said after each,
    promised: before each, of the time after it.
    """

    told: list[Told]
    stars: np.ndarray
    shown: np.ndarray
    errors: np.ndarray
    promised: np.ndarray


@dataclass(frozen=True)
class Panel:
    """The people, and who measures what is known of them."""

    shown: tuple[History, ...]
    hidden: tuple[History, ...]
    targets: Targets
    model: BMF
    ranker: Recommender

    @classmethod
    def of(cls, histories: Sequence[History], model: BMF, ranker: Recommender) -> Panel:
        shown, hidden = zip(*map(halves, histories), strict=True)
        sizes = [len(history) for history in hidden]
        items, stars = (np.concatenate([getattr(one, name) for one in hidden]) for name in ("items", "ratings"))
        return cls(
            shown, hidden, Targets(np.repeat(np.arange(len(sizes)), sizes), items, stars, len(sizes)), model, ranker
        )

    def by_answers(self, interviewer: Interviewer, choose: Choice, films: Catalogue, seed: int = SEED) -> list[Told]:
        """What people had told after 1 … ANSWERS answers about films they have seen."""
        found = [
            self._answered(interviewer, choose, films, seed, start) for start in range(0, len(self.shown), AT_ONCE)
        ]
        items, ratings = (np.concatenate(part) for part in zip(*found, strict=True))
        return [Told(items[:, : k + 1], ratings[:, : k + 1]) for k in range(ANSWERS)]

    def _answered(self, interviewer: Interviewer, choose: Choice, films: Catalogue, seed: int, start: int) -> Told:
        """The answers of AT_ONCE people."""
        people = self.shown[start : start + AT_ONCE]
        pools = [Pool.of(interviewer.model, films, history.items) for history in people]
        asked, items, ratings = (np.empty((len(people), ANSWERS), dtype=kind) for kind in (int, int, np.float64))
        for k in range(ANSWERS):
            beliefs = Belief.after(interviewer.model, items[:, :k], ratings[:, :k])
            for person, (history, pool) in enumerate(zip(people, pools, strict=True)):
                told = asked[person, :k], items[person, :k], ratings[person, :k]
                state = _told(pool, interviewer, beliefs.at(person), *told)
                place = choose(state, 1, np.random.default_rng([seed, start + person, k]))[0, 0]
                asked[person, k], items[person, k], ratings[person, k] = (
                    place,
                    history.items[place],
                    history.ratings[place],
                )
        return Told(items, ratings)

    def by_screens(self, interviewer: Interviewer, choose: Choice, enjoyment: float = 0.0, seed: int = SEED) -> Screens:
        """What people had told after 1 … SCREENS screens of FILMS films, and what was shown."""
        found = [
            self._asked(interviewer, choose, enjoyment, seed, slice(start, start + AT_ONCE))
            for start in range(0, len(self.shown), AT_ONCE)
        ]
        told = [_joined(parts) for parts in zip(*(one.told for one in found), strict=True)]
        return Screens(told, *(np.concatenate([getattr(one, name) for one in found]) for name in Screens._fields[1:]))

    def _asked(self, interviewer: Interviewer, choose: Choice, enjoyment: float, seed: int, part: slice) -> Screens:
        stars = answers(interviewer.pool, self.shown[part])
        promised = []

        def promising(state, n, rng):
            places = choose(state, n, rng)
            promised.append(interviewer.errors(state, places))
            return places

        rng = np.random.default_rng([seed, part.start])
        states = list(interview(interviewer, promising, stars, rng, enjoyment=enjoyment))
        shown = states[-1].asked.reshape(len(stars), SCREENS, FILMS)
        given = np.take_along_axis(stars, states[-1].asked, axis=1).reshape(shown.shape)
        told = [Told(state.items, state.ratings) for state in states]
        errors = np.stack([interviewer.errors(state) for state in states], axis=1)
        return Screens(told, given, shown, errors, np.stack(promised, axis=1))

    def forecast(self, told: Told) -> Forecast:
        """Of the hidden ratings, through `bmf`."""
        found = []
        for start in range(0, len(self.hidden), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            belief = Belief.after(self.model, told.items[part], told.ratings[part])
            for row, hidden in enumerate(self.hidden[part]):
                person, history = belief.person(row), self._history(told, start + row)
                habit = self.model.habit(person, history)
                found.append(self.model.expected(person, hidden.items)._replace(habit=habit))
        return Forecast.of(self.model, together(found))

    def measured(self, name: str, prefix: str, k: int, told: Told, forecast: Forecast) -> list[Sums]:
        """rmse, mae and nll of the hidden ratings, and recall of the hidden films that were liked."""
        sums = [one for one in measures(name, k, self.targets, forecast) if one.metric in KEPT]
        return [replace(one, metric=prefix + one.metric) for one in [*sums, self._recall(name, k, told)]]

    def _recall(self, name: str, k: int, told: Told) -> Sums:
        found, counted = np.zeros(len(self.hidden)), np.zeros(len(self.hidden))
        for person, hidden in enumerate(self.hidden):
            liked = hidden.items[hidden.ratings >= RELEVANT_STARS]
            if len(liked):
                history = self._history(told, person)
                score = self.ranker.score(history)
                allowed = np.ones(len(score), dtype=bool)
                allowed[history.items] = False
                hits = np.isin(top(score, allowed, RECALL), liked)
                found[person], counted[person] = metrics.recall_at_k(hits, len(liked), RECALL), 1
        return Sums(name, f"recall{RECALL}", k, found, counted)

    def _history(self, told: Told, person: int) -> History:
        given = told.items[person] != NOBODY
        items, ratings = told.items[person][given], told.ratings[person][given].astype(np.float32)
        return History(items, ratings, np.zeros(len(items), dtype=bool))


def _told(
    pool: Pool, interviewer: Interviewer, belief: Belief, asked: np.ndarray, items: np.ndarray, ratings: np.ndarray
) -> State:
    """One person who has seen all films of their pool. asked, items, ratings: (n,) what they have answered."""
    free = np.ones((1, len(pool.items)), dtype=bool)
    free[0, asked] = False
    return State(
        pool=pool,
        aim=interviewer.aim,
        belief=belief,
        chances=np.ones(free.shape),
        free=free,
        asked=asked[None],
        had=np.ones((1, len(asked)), dtype=bool),
        items=items[None],
        ratings=ratings[None],
        enjoyment=np.zeros(1),
        screens=len(asked) // FILMS,
    )


def _joined(parts: Sequence[Told]) -> Told:
    """Of people in several groups, one after another."""
    width = max(part.items.shape[1] for part in parts)

    def filled(array: np.ndarray, value: float) -> np.ndarray:
        return np.pad(array, ((0, 0), (0, width - array.shape[1])), constant_values=value)

    return Told(
        np.concatenate([filled(part.items, NOBODY) for part in parts]),
        np.concatenate([filled(part.ratings, 0.0) for part in parts]),
    )
