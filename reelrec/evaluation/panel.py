"""Test users in replayed interviews: which films each policy asked them about, and what their answers are worth.

Each user's ratings come in a seeded random order. The first half answers, the second half is hidden and measures. There
are two kinds of interview: one film at a time, out of all the films that the user has seen; or screens of the pool's
films, where "haven't seen" is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from reelrec import progress
from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import RELEVANT_STARS
from reelrec.data.history import History
from reelrec.evaluation import metrics
from reelrec.evaluation.report import Sums
from reelrec.evaluation.stars import Forecast, Targets, measures, together
from reelrec.interview.belief import NOBODY, Belief
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.list_belief import ListBelief
from reelrec.interview.policies import Choice
from reelrec.interview.pool import Pool
from reelrec.interview.replay import FILMS, SCREENS, answers, halves, interview
from reelrec.interview.state import State
from reelrec.models.bmf.model import BMF
from reelrec.models.lists.dae import DAE
from reelrec.serving.engine import top

ANSWERS = 10
RECALL, DEPTH = 20, 100  # of a list
SEED = 42
BATCH = 128  # users whose vectors are solved together
# Of lists: recall as a page would show them, with films that were seen and not asked about; and without any seen film.
LIST_METRICS = ("recall20", "new_recall20", "new_ndcg100")
STAR_METRICS = ("rmse", "mae", "nll")  # of those in `stars.measures`


class Answers(NamedTuple):
    """What every user had answered at one moment.

    items: (n_users, n), filled up with NOBODY. ratings: (n_users, n) stars. unseen: (n_users, m) items that they had
    not seen, filled up with NOBODY.
    """

    items: np.ndarray
    ratings: np.ndarray
    unseen: np.ndarray

    @classmethod
    def of(cls, state: State) -> Answers:
        """The answers of the people of this state."""
        return cls(state.items, state.ratings, np.where(state.had, NOBODY, state.pool.items[state.asked]))

    @classmethod
    def about(cls, items: np.ndarray, ratings: np.ndarray) -> Answers:
        """Answers about films that everybody had seen."""
        return cls(items, ratings, np.empty((len(items), 0), dtype=np.int64))

    def take(self, users: slice) -> Answers:
        """The answers of these users."""
        return Answers(*(part[users] for part in self))

    def history(self, user: int) -> History:
        """One user's stars."""
        given = self.items[user] != NOBODY
        items, ratings = self.items[user][given], self.ratings[user][given].astype(np.float32)
        return History(items, ratings, np.zeros(len(items), dtype=bool))


@dataclass(frozen=True, slots=True, kw_only=True)
class Screens:
    """The screens of one policy. answers: after each screen.

    shown, ratings: (n_users, SCREENS, FILMS) places in the pool of the films shown, and their stars, NaN where not
    seen. errors: (n_users, SCREENS) typical error that the meter gave after each screen. promised: the same, predicted
    before the screen was answered.
    """

    answers: list[Answers]
    ratings: np.ndarray
    shown: np.ndarray
    errors: np.ndarray
    promised: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The users, and the models that measure what is known of them. shown, hidden: the halves of each history.

    model: measures by its stars. lister: by its list. relevant: the hidden items of each user that are to be found.
    """

    shown: tuple[History, ...]
    hidden: tuple[History, ...]
    targets: Targets
    relevant: tuple[np.ndarray, ...]
    model: BMF
    lister: DAE

    @classmethod
    def of(cls, histories: Sequence[History], model: BMF, lister: DAE) -> Panel:
        shown, hidden = zip(*map(halves, histories), strict=True)
        targets = Targets.of([(history.items, history.ratings) for history in hidden])
        relevant = tuple(history.items[history.ratings >= RELEVANT_STARS] for history in hidden)
        return cls(shown=shown, hidden=hidden, targets=targets, relevant=relevant, model=model, lister=lister)

    def nothing(self) -> Answers:
        """What users had answered before the first question."""
        return Answers.about(np.empty((len(self.shown), 0), dtype=np.int64), np.empty((len(self.shown), 0)))

    def by_answers(self, interviewer: Interviewer, choose: Choice, films: Catalogue, seed: int = SEED) -> list[Answers]:
        """What users had answered after 1 … ANSWERS answers about films they have seen."""
        starts = progress.steps(range(0, len(self.shown), BATCH))
        asked = _joined([self._ask_film_by_film(interviewer, choose, films, seed, start) for start in starts])
        items, ratings = asked.items, asked.ratings
        return [Answers.about(items[:, : k + 1], ratings[:, : k + 1]) for k in range(ANSWERS)]

    def _ask_film_by_film(
        self, interviewer: Interviewer, choose: Choice, films: Catalogue, seed: int, start: int
    ) -> Answers:
        """The answers of the BATCH users from `start` on."""
        users = self.shown[start : start + BATCH]
        pools = [Pool.of(interviewer.model, films, history.items) for history in users]
        places, items = np.empty((2, len(users), ANSWERS), dtype=int)  # of the films asked about
        ratings = np.empty((len(users), ANSWERS))
        for k in range(ANSWERS):
            answered = Answers.about(items[:, :k], ratings[:, :k])
            beliefs = Belief.after(interviewer.model, answered.items, answered.ratings)
            list_beliefs = ListBelief.after(interviewer.lister, *answered)
            for user, (history, pool) in enumerate(zip(users, pools, strict=True)):
                one = slice(user, user + 1)
                known = beliefs.take(one), list_beliefs.take(one)
                state = _all_seen(pool, interviewer, *known, places[one, :k], answered.take(one))
                place = choose(state, 1, np.random.default_rng([seed, start + user, k]))[0, 0]
                places[user, k], items[user, k] = place, history.items[place]
                ratings[user, k] = history.ratings[place]
        return Answers.about(items, ratings)

    def by_screens(self, interviewer: Interviewer, choose: Choice, enjoyment: float = 0.0, seed: int = SEED) -> Screens:
        """What users had answered after 1 … SCREENS screens of FILMS films, and what was shown."""
        batches = [
            self._show_screens(interviewer, choose, enjoyment, seed, slice(start, start + BATCH))
            for start in progress.steps(range(0, len(self.shown), BATCH))
        ]
        return Screens(
            answers=[_joined(parts) for parts in zip(*(batch.answers for batch in batches), strict=True)],
            ratings=np.concatenate([batch.ratings for batch in batches]),
            shown=np.concatenate([batch.shown for batch in batches]),
            errors=np.concatenate([batch.errors for batch in batches]),
            promised=np.concatenate([batch.promised for batch in batches]),
        )

    def _show_screens(
        self, interviewer: Interviewer, choose: Choice, enjoyment: float, seed: int, part: slice
    ) -> Screens:
        """The screens of the users in `part`."""
        ratings = answers(interviewer.pool, self.shown[part])
        promised = []

        def choose_and_predict(state: State, n: int, rng: np.random.Generator) -> np.ndarray:
            places = choose(state, n, rng)
            promised.append(interviewer.errors(state, places))
            return places

        rng = np.random.default_rng([seed, part.start])
        states = list(interview(interviewer, choose_and_predict, ratings, rng, enjoyment=enjoyment))
        places = states[-1].asked
        shape = len(ratings), SCREENS, FILMS
        return Screens(
            answers=[Answers.of(state) for state in states],
            ratings=np.take_along_axis(ratings, places, axis=1).reshape(shape),
            shown=places.reshape(shape),
            errors=np.stack([interviewer.errors(state) for state in states], axis=1),
            promised=np.stack(promised, axis=1),
        )

    def forecast(self, answered: Answers) -> Forecast:
        """What `bmf` predicts for the hidden ratings after these answers."""
        predictions = []
        for start in range(0, len(self.hidden), BATCH):
            part = slice(start, start + BATCH)
            belief = Belief.after(self.model, answered.items[part], answered.ratings[part])
            for row, hidden in enumerate(self.hidden[part]):
                person = belief.person(row)
                known, ratings = answered.history(start + row).stars()
                habit = self.model.habit(ratings, self.model.expected(person, known))
                predictions.append(self.model.expected(person, hidden.items)._replace(habit=habit))
        return Forecast.of(self.model, together(predictions))

    def measured(self, policy: str, prefix: str, k: int, answered: Answers, forecast: Forecast) -> list[Sums]:
        """rmse, mae and nll of the hidden ratings, and LIST_METRICS of the hidden films that were liked."""
        stars = [sums for sums in measures(policy, k, self.targets, forecast) if sums.metric in STAR_METRICS]
        return [replace(sums, metric=prefix + sums.metric) for sums in [*stars, *self._lists(policy, k, answered)]]

    def _lists(self, policy: str, k: int, answered: Answers) -> list[Sums]:
        """Each of LIST_METRICS; users without a relevant hidden film count nothing."""
        values = np.zeros((len(LIST_METRICS), len(self.hidden)))
        for start in range(0, len(self.hidden), BATCH):
            part = slice(start, start + BATCH)
            known = ListBelief.after(self.lister, *answered.take(part))
            scores = self.lister.scores(known.hidden)
            users = zip(scores, answered.items[part], self.shown[part], self.relevant[part], strict=True)
            for user, (score, items, seen, relevant) in enumerate(users, start):
                if len(relevant):
                    as_shown, new = (_hits(score, out, relevant) for out in (items[items != NOBODY], seen.items))
                    values[:, user] = (
                        metrics.recall_at_k(as_shown, len(relevant), RECALL),
                        metrics.recall_at_k(new, len(relevant), RECALL),
                        metrics.ndcg_at_k(new, len(relevant), DEPTH),
                    )
        counts = np.array([len(relevant) > 0 for relevant in self.relevant], dtype=np.float64)
        return [
            Sums(model=policy, metric=metric, k=k, sums=sums, counts=counts)
            for metric, sums in zip(LIST_METRICS, values, strict=True)
        ]


def _hits(score: np.ndarray, left_out: np.ndarray, relevant: np.ndarray) -> np.ndarray:
    """(DEPTH,) bool: which of the first items of a list are among the relevant ones."""
    allowed = np.ones(len(score), dtype=bool)
    allowed[left_out] = False
    hits: np.ndarray = np.isin(top(score, allowed, DEPTH), relevant)
    return hits


def _all_seen(
    pool: Pool, interviewer: Interviewer, belief: Belief, list_belief: ListBelief, asked: np.ndarray, answered: Answers
) -> State:
    """The state of one user who has seen all films of the pool. asked: (1, n) places of the films answered about."""
    free = np.ones((1, len(pool.items)), dtype=bool)
    free[0, asked[0]] = False
    return State(
        pool=pool,
        aim=interviewer.aim,
        lister=interviewer.lister,
        relevance=None,
        belief=belief,
        list_belief=list_belief,
        chances=np.ones(free.shape),
        free=free,
        asked=asked,
        had=np.ones(asked.shape, dtype=bool),
        items=answered.items,
        ratings=answered.ratings,
        enjoyment=np.zeros(1),
        screens=asked.shape[1] // FILMS,
    )


def _joined(parts: Sequence[Answers]) -> Answers:
    """The answers of several groups of users, one after another."""

    def filled(arrays: Sequence[np.ndarray], value: float) -> np.ndarray:
        width = max(array.shape[1] for array in arrays)
        return np.concatenate(
            [np.pad(array, ((0, 0), (0, width - array.shape[1])), constant_values=value) for array in arrays]
        )

    items, ratings, unseen = zip(*parts, strict=True)
    return Answers(filled(items, NOBODY), filled(ratings, 0.0), filled(unseen, NOBODY))
