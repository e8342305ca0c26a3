"""A trial of what was loaded: whether it answers at all, and for the films of this catalogue.

A file may be the one of its manifest and still hold arrays of wrong kinds or sizes. Then its first use says so, here
rather than on a visitor's page.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.errors import ArtifactError
from reelrec.interview import screens
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import POLICIES
from reelrec.models.arrays import DAMAGE
from reelrec.models.base import ExplainingRecommender, ListMaker, UncertainRecommender
from reelrec.models.facts.model import Facts
from reelrec.models.review_text import ReviewText
from reelrec.visitor.profile import Profile

ASKED = (screens.SPARE_POLICY, "list-a-optimal")  # policies that need, between them, all that an interviewer holds
UNFIT = (*DAMAGE, AttributeError)


def trial(name: str, artifact: Any, films: Catalogue) -> None:
    """Ask an artifact for what pages will ask of it. Raises ArtifactError where it cannot answer."""
    try:
        with np.errstate(all="ignore"):
            finite = all(np.isfinite(answer).all() for answer in _answers(artifact, films))
    except UNFIT as error:
        raise ArtifactError(_damaged(name, type(error).__name__)) from error
    if not finite:
        raise ArtifactError(_damaged(name, "it answers with something else than numbers"))


def _damaged(name: str, why: str) -> str:
    return f"{name}.npz is damaged ({why}). Take it from the release again, or run: python -m reelrec train {name}"


def _answers(artifact: Any, films: Catalogue) -> list[np.ndarray]:
    """The numbers that an artifact answers with. Raises UNFIT."""
    ends = np.array([0, films.n_items - 1])
    history = History.of([0], [4.0])
    if isinstance(artifact, Interviewer):
        asked = [screens.ask(films, artifact, POLICIES, Profile(), policy) for policy in ASKED]
        return [np.array([screen.error, screen.error_after]) for screen in asked]
    if isinstance(artifact, ReviewText):
        return [*artifact.predict(["", artifact.terms_[0]])[:2]]
    if isinstance(artifact, Facts):
        last = np.array([len(films) - 1])
        return [artifact.probabilities(artifact.predict(history, last)), artifact.preference(history, last)]
    answers = []
    if isinstance(artifact, UncertainRecommender):
        prediction = artifact.predict(history, ends)
        answers += [prediction.mean, prediction.sd, artifact.probabilities(prediction)]
    elif hasattr(artifact, "score"):
        score = artifact.score(history)
        if score.shape != (films.n_items,):
            raise ValueError(f"{score.shape} scores for {films.n_items} films")
        answers += [score]
    if isinstance(artifact, ListMaker):
        answers += [artifact.ranked(history, np.arange(films.n_items) > 0, 1).scores, artifact.vectors(ends)]
    if isinstance(artifact, ExplainingRecommender):
        answers += [artifact.contributions(history, ends, np.array([0]))]
    return answers
