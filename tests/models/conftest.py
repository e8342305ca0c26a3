"""Every model, fitted once on each of the invented data sets."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.models.bmf.model import BMF
from reelrec.models.registry import MODELS

FITTED_BY = {
    "knn": "surprise",
    "svd": "surprise",
    "bmf": "torch",
    "dae": "torch",
    "deepfm": "torch",
    "gpt": "torch",
}  # whose `fit` needs a package of requirements-train.txt
SETTINGS = {  # for so few users
    "svd": {"epochs": 200},
    "bmf": {"embedding_dim": 3, "components": 4, "samples": 4, "burn_in": 20, "thin": 2},
    "ease": {"reg": 50.0, "floor": 0.03, "power": 2.0},
    "ranker": {"reg": 50.0},
    "dae": {"embedding_dim": 8, "epochs": 200, "dropout": 0.0},
    "deepfm": {"embedding_dim": 4, "width": 8, "keys": 8, "passes": 1, "epochs": 2},
    "gpt": {"embedding_dim": 8, "layers": 1, "passes": 1, "epochs": 2},
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with the argument `name` runs for every model; with `other` too, for every pair of models."""
    names = set(metafunc.fixturenames) - {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
    if {"name", "other"} <= names:
        pairs = itertools.permutations(MODELS, 2)
        metafunc.parametrize(("name", "other"), [pytest.param(*pair, marks=_marks(*pair)) for pair in pairs])
    elif "name" in names:
        metafunc.parametrize("name", [pytest.param(name, marks=_marks(name)) for name in MODELS])


def _marks(*names: str) -> list[pytest.MarkDecorator]:
    needed = {part for name in names for part in (name, *MODELS[name].parts)}
    return [pytest.mark.train] if FITTED_BY.keys() & needed else []


@pytest.fixture(scope="session")
def fitted(people, two_tastes):
    """The model of that name, fitted on `people` or on `two tastes`."""

    @functools.cache
    def fit(name: str, data: str = "people"):
        if name in FITTED_BY:
            pytest.importorskip(FITTED_BY[name])
        dataset = {"people": people, "two tastes": two_tastes}[data]
        return MODELS[name](*parts(name, data), **SETTINGS.get(name, {})).fit(dataset)

    def parts(name: str, data: str = "people") -> list:
        return [fit(part, data) for part in MODELS[name].parts]

    fit.parts = parts
    return fit


@pytest.fixture(scope="session")
def truth() -> tuple[Dataset, np.ndarray]:
    """300 users and 60 items with ratings from a model of two factors, and each user's true stars of each item."""
    rng = np.random.default_rng(5)
    items = np.column_stack([rng.normal(0, 0.5, 60), rng.normal(0, 0.6, (60, 2))])
    users = np.column_stack([rng.normal(0, 0.4, 300), rng.normal(0, 0.8, (300, 2))])
    stars = 3.2 + users[:, :1] + items[:, 0] + users[:, 1:] @ items[:, 1:].T
    rated = rng.random((300, 60)) < 0.5
    noisy = np.clip(np.round((stars + rng.normal(0, 0.5, stars.shape)) * 2) / 2, 0.5, 5.0)
    rows, columns = np.nonzero(rated)
    dataset = Dataset(
        name="truth",
        user_ids=np.arange(300),
        item_ids=np.arange(60),
        start=np.r_[0, np.cumsum(rated.sum(axis=1))],
        items=columns.astype(np.int32),
        ratings=noisy[rows, columns].astype(np.float32),
    )
    return dataset, stars


@pytest.fixture(scope="session")
def fitted_small(truth) -> BMF:
    """`bmf` fitted on `truth`."""
    pytest.importorskip("torch")
    return BMF(embedding_dim=2, components=4, samples=6, burn_in=40, thin=3).fit(truth[0])
