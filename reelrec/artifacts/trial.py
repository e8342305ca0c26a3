"""A trial of what was loaded: whether it answers at all, and for the films of this catalogue.

A file may be the one of its manifest and still hold arrays of wrong kinds or sizes. Then its first use says so, here
rather than on a visitor's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from reelrec.data.history import History
from reelrec.errors import ArtifactError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.interview.policies import POLICIES
from reelrec.models.arrays import DAMAGE
from reelrec.models.base import ExplainingRecommender, ListMaker, UncertainRecommender
from reelrec.models.facts.model import Facts
from reelrec.models.film_map import FilmMap
from reelrec.models.review_text import ReviewText

ASKED = ("a-optimal", "list-a-optimal")  # policies that need, between them, all that an interviewer holds
SCREEN = 2  # films


def trial(name: str, artifact: Any, n_items: int) -> None:
    """Ask an artifact for what pages will ask of it. n_items: of the catalogue. Raises ArtifactError."""
    try:
        with np.errstate(all="ignore"):
            for answer in _answers(artifact, n_items):
                if not np.isfinite(answer).all():
                    raise ValueError("it answers with something else than numbers")
    except DAMAGE as error:
        raise ArtifactError(
            f"{name}.npz is damaged ({type(error).__name__}: {error}). Take it from the release again, or run: "
            f"python -m reelrec train {name}"
        ) from error


def _answers(artifact: Any, n_items: int) -> Iterator[np.ndarray]:
    """The numbers that an artifact answers with. Raises one of DAMAGE."""
    if isinstance(artifact, Interviewer):
        yield from _screens(artifact)
    elif isinstance(artifact, Policies):
        for policy in artifact.policies_.values():
            x = np.ones((1, SCREEN, len(policy.weights_["linear"])))
            yield _sized(policy.values(np.ones((1, SCREEN)), x, np.zeros(1)), (1, SCREEN))
    elif isinstance(artifact, ReviewText):
        prediction = artifact.predict(["", artifact.terms_[0]])
        yield _sized(prediction.mean, (2,))
        yield _sized(prediction.sd, (2,))
    elif isinstance(artifact, FilmMap):
        yield _sized(artifact.places, (n_items, 2))
        yield _sized(artifact.centres, (len(artifact.names_), 2))
    elif n_items:
        yield from _of_films(artifact, n_items)


def _screens(interviewer: Interviewer) -> Iterator[np.ndarray]:
    """The errors before each of two screens of a policy, and after the last."""
    for name in ASKED:
        state = interviewer.begin(1)
        for _ in range(2):
            yield _sized(interviewer.errors(state), (1,))
            places = POLICIES[name](state, min(SCREEN, int(state.free.sum())), np.random.default_rng(0))
            state = interviewer.after_screen(state, places, np.full(places.shape, 3.5))
        yield _sized(interviewer.errors(state), (1,))


def _of_films(artifact: Any, n_items: int) -> Iterator[np.ndarray]:
    """What a model says of the first item and of the last, or of every item, to somebody who rated the first."""
    ends, history = np.array([0, n_items - 1]), History.of([0], [4.0])
    if isinstance(artifact, Facts):
        yield artifact.preference(history, ends)
    if isinstance(artifact, Facts | UncertainRecommender):
        prediction = artifact.predict(history, ends)
        yield _sized(prediction.mean, (2,))
        yield _sized(prediction.sd, (2,))
        yield _sized(artifact.probabilities(prediction), (2, 10))
    elif hasattr(artifact, "score"):
        for known in (history, History.empty()):
            yield _sized(artifact.score(known), (n_items,))
    if isinstance(artifact, ListMaker) and n_items > 1:
        yield artifact.ranked(history, np.arange(n_items) > 0, 1).scores
        yield artifact.vectors(ends)
    if isinstance(artifact, ExplainingRecommender):
        yield artifact.contributions(history, ends, np.array([0]))


def _sized(answer: Any, shape: tuple[int, ...]) -> np.ndarray:
    """The answer itself. Raises ValueError where it has another shape, TypeError where it is no array of numbers."""
    if not isinstance(answer, np.ndarray) or answer.dtype.kind not in "fiu":
        raise TypeError("an array of numbers is expected")
    if answer.shape != shape:
        raise ValueError(f"{answer.shape} numbers where {shape} are expected")
    return answer
