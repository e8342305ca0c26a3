"""A replayed interview: people answer from ratings they once gave, and "haven't seen" to everything else.

Nothing is simulated, so nothing can be gamed. Of each person half of the ratings is hidden: no policy learns them, and
what is believed of the person is measured on them. The layout is that of NICF (Zou et al., SIGIR 2020), with screens of
films in place of single ones and with the error of predictions in place of a sum of liked films.
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
    """What a person may answer with, and what is hidden. The history comes in random order."""
    cut = len(history) // 2
    hidden = slice(cut, None)
    return history.head(cut), history.take(hidden)


def answers(pool: Pool, people: Sequence[History]) -> np.ndarray:
    """(B, K) the stars that each person would give each film of the pool, NaN where they have not seen it."""
    found = np.full((len(people), pool.items.max() + 1), np.nan)
    for row, history in zip(found, people, strict=True):
        known = history.items < len(row)
        row[history.items[known]] = history.ratings[known]
    return found[:, pool.items]


def interview(
    interviewer: Interviewer,
    choose: Choice,
    stars: np.ndarray,
    rng: np.random.Generator,
    screens: int = SCREENS,
    films: int = FILMS,
    enjoyment: np.ndarray | float = 0.0,
) -> Iterator[State]:
    """The state after each screen of that many films, people answering by `stars`, (B, K), as `answers` gives them."""
    state = interviewer.begin(len(stars), enjoyment)
    for _ in range(screens):
        places = choose(state, films, rng)
        state = interviewer.after_screen(state, places, np.take_along_axis(stars, places, axis=1))
        yield state
