"""A trial of an artifact that was just loaded: it answers for an invented person, so that a page need not find out.

A file can be the one of the manifest and still hold texts for numbers, or arrays that do not go together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reelrec.data.history import History
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.models.base import UncertainRecommender
from reelrec.models.facts.model import Facts
from reelrec.models.review_text import ReviewText

FILMS = 3  # of the invented person
ASKED = 8  # films, of a model that can be asked about some alone


def try_out(artifact: Any, n_items: int) -> None:
    """Ask an artifact what it is for. n_items: of the catalogue. Raises ValueError, or whatever its arithmetic raises.

    Models that predict stars are asked about a few items, all others for a score of every item.
    """
    few = np.unique(np.linspace(0, n_items - 1, FILMS).astype(np.int64)) if n_items else np.empty(0, dtype=np.int64)
    person = History.of(few, np.linspace(1, 5, len(few)).round())
    if isinstance(artifact, Facts):
        _check(artifact.preference(person))
        _check(artifact.predict(person, few).mean, len(few))
    elif isinstance(artifact, UncertainRecommender):
        asked = np.arange(min(ASKED, n_items))
        for history in (person, History.empty()):
            prediction = artifact.predict(history, asked)
            _check(prediction.mean, len(asked))
            _check(prediction.sd, len(asked))
            _check(artifact.probabilities(prediction))
        _check(artifact.predict(person, few[-1:]).mean, len(few[-1:]))
    elif isinstance(artifact, ReviewText):
        prediction = artifact.predict(["A quiet film, and a good one.", ""])
        _check(prediction.mean, 2)
    elif isinstance(artifact, Interviewer):
        state = artifact.begin(1)
        for _ in range(min(2, len(artifact.pool.items))):
            _check(artifact.errors(state), 1)
            state = artifact.after_screen(state, state.free.argmax(axis=1)[:, None], np.full((1, 1), 3.5))
    elif isinstance(artifact, Policies):
        for policy in artifact.policies_.values():
            n = len(policy.weights_["linear"])
            _check(policy.values(np.ones((1, ASKED)), np.ones((1, ASKED, n)), np.zeros(1)), 1)
    elif hasattr(artifact, "score"):
        for history in (person, History.empty()):
            _check(artifact.score(history), n_items)


def _check(answer: Any, n: int | None = None) -> None:
    """Raises ValueError or TypeError for an answer that is not n rows of finite numbers. n: None for any."""
    if not isinstance(answer, np.ndarray) or answer.dtype.kind not in "fiu" or answer.ndim == 0:
        raise TypeError("an array of numbers is expected")
    if n is not None and len(answer) != n:
        raise ValueError(f"{n} numbers are expected, not {len(answer)}")
    if not np.isfinite(answer).all():
        raise ValueError("a number is not finite")
