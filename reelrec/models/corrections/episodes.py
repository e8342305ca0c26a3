"""What `deepfm` and `gpt` start from: what `bmf` makes of a person's ratings, and training people met as newcomers.

An episode is one person in a random order. The first n ratings are known, n drawn with a lead for few,
and some of the others are asked for: a visitor at a moment of their visit. What is asked for is never known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from reelrec.data.dataset import Dataset
from reelrec.data.history import History
from reelrec.models.base import Prediction
from reelrec.models.bmf import BMF

SHOWN_AT_MOST = 0.85
ASKED = 64  # ratings of an episode, at most
KNOWN = 300  # ratings of an episode, at most


class Evidence(NamedTuple):
    """A person as `bmf` sees them. items, ratings: (n,) rated. residuals: (n,) of `BMF.residuals`.

    vector, sd: (d,) of the posterior over the person's vector. steadiness: how little they scatter, 1 for usual.
    """

    items: np.ndarray
    ratings: np.ndarray
    residuals: np.ndarray
    vector: np.ndarray
    sd: np.ndarray
    steadiness: float


class Episode(NamedTuple):
    """known: what is shown. items, ratings: (m,) what is asked for. expected: by `bmf`, (m,)."""

    known: Evidence
    items: np.ndarray
    ratings: np.ndarray
    expected: Prediction


def evidence_of(bmf: BMF, history: History, items: np.ndarray | None = None) -> tuple[Evidence, Prediction]:
    """The evidence of a history, and what `bmf` expects of these items, or of all.

    Its films stand by their number, so that nothing depends on the order in which they were rated.
    """
    order = np.argsort(history.items)
    history = history.take(order)
    person, (rated, ratings) = bmf.fold_in(history), history.stars()
    evidence = Evidence(
        rated,
        ratings,
        bmf.residuals(person, rated, ratings),
        person.vectors.mean(axis=0).astype(np.float32),
        np.sqrt(np.einsum("sdd->sd", person.covariances).mean(axis=0)).astype(np.float32),
        float(person.steadiness.mean()),
    )
    return evidence, bmf.expected(person, items)._replace(habit=bmf.habit(person, history))


def episodes(bmf: BMF, dataset: Dataset, rng: np.random.Generator) -> Iterator[Episode]:
    """One of each person, in a random order of people; who has fewer than two ratings is left out."""
    for user in rng.permutation(dataset.n_users):
        history = dataset.history(user)
        if len(history) < 2:
            continue
        order = rng.permutation(len(history))
        most = min(int(SHOWN_AT_MOST * len(history)), KNOWN)
        n = int((most + 1) * rng.random() ** 2)
        yield episode(bmf, history, order[:n], order[n : n + ASKED])


def episode(bmf: BMF, history: History, known: np.ndarray, asked: np.ndarray) -> Episode:
    """known, asked: places in the history, none in both."""
    shown = history.take(known)
    items = history.items[asked]
    evidence, expected = evidence_of(bmf, shown, items)
    order = np.searchsorted(evidence.items, shown.items)  # a random one again, so that none is learned
    parts = {name: getattr(evidence, name)[order] for name in ("items", "ratings", "residuals")}
    return Episode(evidence._replace(**parts), items, history.ratings[asked], expected)
