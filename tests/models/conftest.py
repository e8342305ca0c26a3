"""Every model, fitted once on each of the invented data sets."""

from __future__ import annotations

import functools
import itertools

import pytest

from reelrec.models.registry import MODELS

FITTED_BY = {
    "knn": "surprise",
    "svd": "surprise",
    "bmf": "torch",
    "deepfm": "torch",
    "gpt": "torch",
}  # whose `fit` needs a package of requirements.txt
SETTINGS = {  # for so few people
    "svd": {"epochs": 200},
    "bmf": {"embedding_dim": 3, "components": 4, "samples": 4, "burn_in": 20, "thin": 2},
    "ease": {"reg": 50.0, "floor": 0.03, "power": 2.0},
    "ranker": {"reg": 50.0},
    "deepfm": {"embedding_dim": 4, "width": 8, "keys": 8, "passes": 1, "epochs": 2},
    "gpt": {"embedding_dim": 8, "layers": 1, "passes": 1, "epochs": 2},
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `name` runs for every model; with `other`, for every pair of two."""
    asked = set(metafunc.fixturenames) - {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
    if {"name", "other"} <= asked:
        pairs = itertools.permutations(MODELS, 2)
        metafunc.parametrize(("name", "other"), [pytest.param(*pair, marks=_marks(*pair)) for pair in pairs])
    elif "name" in asked:
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
