"""One film drawn at random from what came close, its probability known, so that other ways to choose can be judged.

    p_i  =  (1 - n LEAST) softmax(z)_i + LEAST,    z = (score - mean) / standard deviation, over the n candidates

The candidates are the CANDIDATES films that follow the shelf. LEAST bounds what one film can weigh in an estimate
(`evaluation.ope`). The draw hangs on the visit's number and the candidates alone: the same film as long as they stay,
and another, independent draw when they change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.serving.engine import Pick

CANDIDATES = 50
LEAST = 0.005
DIGITS = 6  # of a probability, as it is told


@dataclass(frozen=True, slots=True)
class Exploration:
    """The film drawn, its probability, and the slugs and probabilities of all that could have been, best first."""

    pick: Pick
    probability: float
    candidates: tuple[str, ...]
    probabilities: tuple[float, ...]


def draw(close: Sequence[Pick], visit: str) -> Exploration | None:
    """One of these picks, best first; None where there is no choice."""
    if len(close) < 2:
        return None
    slugs = tuple(pick.film.slug for pick in close)
    chances = probabilities(np.array([pick.score for pick in close]))
    digest = hashlib.sha256("\n".join((visit, *slugs)).encode()).digest()
    place = int(np.random.default_rng(int.from_bytes(digest)).choice(len(close), p=chances / chances.sum()))
    told = tuple(np.round(chances, DIGITS).tolist())
    return Exploration(close[place], told[place], slugs, told)


def probabilities(scores: np.ndarray) -> np.ndarray:
    """(n,) p of the formula."""
    spread = float(scores.std())
    z = (scores - scores.mean()) / spread if spread > 0 else np.zeros(len(scores))
    appeal = np.exp(z - z.max())
    return (1 - len(scores) * LEAST) * appeal / appeal.sum() + LEAST
