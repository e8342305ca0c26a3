"""Exploration: one film drawn at random with a known probability, for off-policy evaluation (the protocol `ope`).

    p_i  =  (1 - n LEAST) softmax(z)_i + LEAST,    z = (score - mean) / standard deviation, over the n candidates

The candidates are the CANDIDATES films after the shelf. LEAST bounds the weight of one film in an estimate. The draw is
seeded by the visit's number and the candidates: it stays while they stay, and is drawn anew when they change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec.serving.picks.predictions import Pick

CANDIDATES = 50
LEAST = 0.005
DIGITS = 6  # of a probability that is shown or logged


@dataclass(frozen=True, slots=True)
class Exploration:
    """The film that was drawn. candidates, probabilities: slugs and chances of all candidates, best first."""

    pick: Pick
    probability: float
    candidates: tuple[str, ...]
    probabilities: tuple[float, ...]


def draw(close: Sequence[Pick], visit: str) -> Exploration | None:
    """One of these picks, which come best first; None for fewer than two."""
    if len(close) < 2:
        return None
    slugs = tuple(pick.film.slug for pick in close)
    chances = probabilities(np.array([pick.score for pick in close]))
    digest = hashlib.sha256("\n".join((visit, *slugs)).encode()).digest()
    place = int(np.random.default_rng(int.from_bytes(digest)).choice(len(close), p=chances / chances.sum()))
    rounded = tuple(np.round(chances, DIGITS).tolist())
    return Exploration(pick=close[place], probability=rounded[place], candidates=slugs, probabilities=rounded)


def probabilities(scores: np.ndarray) -> np.ndarray:
    """(n,) p of the formula, which adds up to 1."""
    spread = float(scores.std())
    z = (scores - scores.mean()) / spread if spread > 0 else np.zeros(len(scores))
    appeal = np.exp(z - z.max())
    chances: np.ndarray = (1 - len(scores) * LEAST) * appeal / appeal.sum() + LEAST
    return chances
