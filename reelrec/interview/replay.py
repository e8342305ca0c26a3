"""A replayed interview: users answer with ratings that they gave in the past, and "haven't seen" to all other films.

No answer is simulated. Half of each user's ratings is hidden: no policy sees them, and the belief is measured on them.
The layout is that of NICF (Zou et al., SIGIR 2020), with screens of films in place of single films, and with the error
of predictions in place of the sum of liked films.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reelrec.data.history import History
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import Choice
from reelrec.interview.pool import Pool
from reelrec.interview.state import State

SCREENS, FILMS = 5, 12


def halves(history: History) -> tuple[History, History]:
    """The ratings that answer, and the hidden ones. history: in random order."""
    cut = len(history) // 2
    return history.head(cut), history.take(slice(cut, None))


def answers(pool: Pool, people: Sequence[History]) -> np.ndarray:
    """(B, K) the stars that each person gave each film of the pool, NaN where they have not seen it."""
    stars = np.full((len(people), pool.items.max() + 1), np.nan)
    for row, history in zip(stars, people, strict=True):
        known = history.items < len(row)
        row[history.items[known]] = history.ratings[known]
    return stars[:, pool.items]


def interview(
    interviewer: Interviewer,
    choose: Choice,
    stars: np.ndarray,
    rng: np.random.Generator,
    screens: int = SCREENS,
    films: int = FILMS,
    enjoyment: np.ndarray | float = 0.0,
) -> Iterator[State]:
    """The state after each screen. stars: (B, K) the people's answers, of `answers`. films: on each screen."""
    state = interviewer.begin(len(stars), enjoyment)
    for _ in range(screens):
        places = choose(state, films, rng)
        state = interviewer.after_screen(state, places, np.take_along_axis(stars, places, axis=1))
        yield state
