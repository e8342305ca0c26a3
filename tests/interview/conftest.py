"""Interviewers over forty and eighty films, and the people on whose histories a policy is trained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.interview import rewards
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.rewards import Learners
from reelrec.models.bmf.model import BMF
from tests.fakes import corrections, list_models

K = 80  # films of a training


@pytest.fixture
def interviewer(make_film, people) -> Interviewer:
    """Over forty films. The draws of its model differ, and the ratings of some films are noisier than others'."""
    return Interviewer.fit(people, unlike_bmf(40), list_models.random_dae(40), many(make_film, 40))


@pytest.fixture
def reinforce(monkeypatch) -> ModuleType:
    """The training, small: four people and three roll-outs of each an update, ten hidden ratings a person."""
    from reelrec.interview import reinforce

    for name, value in {"PEOPLE": 4, "ROLLOUTS": 3, "EVERY": 2, "WIDTH": 5}.items():
        monkeypatch.setattr(reinforce, name, value)
    monkeypatch.setattr(rewards, "HIDDEN", 10)
    return reinforce


@pytest.fixture(scope="module")
def crowd(make_people) -> Dataset:
    """40 people, 80 films, 45 ratings each."""
    slugs = [f"film-{i}" for i in range(K)]
    return Dataset.from_frame("crowd", make_people(40, slugs, 45), slugs)


@pytest.fixture(scope="module")
def eighty(make_film, crowd) -> Interviewer:
    """Over eighty films: enough for five screens."""
    return Interviewer.fit(crowd, unlike_bmf(K), list_models.random_dae(K), many(make_film, K))


@pytest.fixture(scope="module")
def histories(crowd) -> list[History]:
    """Twelve people with 30 to 41 ratings, in random order."""
    found = []
    for user in range(12):
        history, order = crowd.history(user), np.random.default_rng(user).permutation(45)[: 30 + user]
        found.append(history.take(order))
    return found


@pytest.fixture(scope="module")
def taking_part(eighty) -> Callable[..., Learners]:
    """Lets people with these histories take part in interviews. Their keys are their places."""

    def make(histories: Sequence[History], workers: Workers = ALONE) -> Learners:
        return Learners.of(eighty, np.arange(len(histories), dtype=np.uint64), histories, workers)

    return make


@pytest.fixture(scope="module")
def others(histories) -> list[History]:
    """The same people, who hide other films with other stars."""
    found, rng = [], np.random.default_rng(9)
    for history in histories:
        cut = len(history) // 2
        hidden = rng.permutation(np.setdiff1d(np.arange(K), history.items[:cut]))[: len(history) - cut]
        stars = rng.integers(1, 11, len(hidden)) / 2
        found.append(History.of(np.r_[history.items[:cut], hidden], np.r_[history.ratings[:cut], stars]))
    return found


def many(make_film, n: int) -> Catalogue:
    """Films less and less known; people agree on them more or less."""
    histograms = np.random.default_rng(3).integers(1, 60, (n, 10)).tolist()
    return Catalogue(make_film(i, n_ratings=1000 - 10 * i, histogram=tuple(histograms[i])) for i in range(n))


def unlike_bmf(n_items: int) -> BMF:
    model, rng = corrections.random_bmf(n_items), np.random.default_rng(6)
    away = np.concatenate([np.zeros((2, n_items, 1)), rng.normal(0, 0.2, (2, n_items, 2))], axis=2, dtype=np.float32)
    model._items = model._items + away
    model.precisions_ = rng.uniform(0.5, 3.0, n_items).astype(np.float32)
    model._noise = 1.0 / model.precisions_
    return model
