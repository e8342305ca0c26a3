"""Training a network: what it learns that `bmf` does not know, and when it stops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.corrections.deepfm import DeepFM
from reelrec.models.corrections.gpt import GPT
from tests.fakes import corrections

pytestmark = pytest.mark.train
QUICK = {"passes": 4, "epochs": 60, "learning_rate": 0.01, "dropout": 0.0, "embedding_dim": 8}
MODELS = {"deepfm": DeepFM, "gpt": GPT}


@pytest.fixture(scope="module")
def ignorant():
    """A `bmf` that predicts about three stars for everything, and whose factors say next to nothing."""
    return corrections.bmf(np.zeros(20), np.random.default_rng(4).normal(0, 0.05, (20, 2)), mean=3.0)


def rmse(model, dataset: Dataset) -> float:
    """Over the last four items of each user, the others being known."""
    errors = []
    for history in dataset.histories():
        prediction = model.predict(history.head(len(history) - 4), history.items[-4:])
        errors.append(prediction.mean - history.ratings[-4:])
    return float(np.sqrt(np.mean(np.square(errors))))


@pytest.mark.parametrize("name", MODELS)
def test_it_learns_for_new_users_what_bmf_does_not_know(name, ignorant, two_tastes):
    new = two_tastes.user_ids < 40
    model = MODELS[name](ignorant, **QUICK).fit(two_tastes.only(~new))
    assert rmse(ignorant, two_tastes.only(new)) > 1.5
    assert rmse(model, two_tastes.only(new)) < 0.8


@pytest.mark.parametrize("name", MODELS)
def test_it_stays_bmf_where_no_epoch_helps_the_validation_users(name, ignorant, two_tastes):
    """`bmf` is right about these validation users."""
    known = History.of([0, 1], [5.0, 1.0])
    validation = replace(two_tastes, ratings=np.full_like(two_tastes.ratings, 3.0))
    model = MODELS[name](ignorant, **QUICK | {"epochs": 3}).fit(two_tastes, validation)
    np.testing.assert_allclose(model.score(known), ignorant.score(known), rtol=1e-6)


@pytest.mark.parametrize("name", MODELS)
def test_the_same_seed_gives_the_same_weights(name, ignorant, two_tastes):
    settings = QUICK | {"epochs": 1, "passes": 1}
    first, again, other = (MODELS[name](ignorant, **settings | {"seed": seed}).fit(two_tastes) for seed in (1, 1, 2))
    for key in first.weights_:
        np.testing.assert_array_equal(first.weights_[key], again.weights_[key])
    assert not np.array_equal(first.weights_["films"], other.weights_["films"])


def test_the_loss_by_hand():
    import torch
    from scipy.stats import norm

    from reelrec.models.corrections.network_training import losses

    batch = {
        "mean": torch.tensor([[3.0, 0.0]] * 2), "sd": torch.ones((2, 2)), "ratings": torch.tensor([[4.0, 0.0]] * 2),
        "is_target": torch.tensor([[True, False]] * 2),
    }  # fmt: skip
    thresholds = torch.arange(0.75, 5, 0.5)
    shift, scale = torch.tensor([[0.5, 9.0]] * 2), torch.log(torch.tensor([[2.0, 9.0]] * 2))
    nll, squares = losses(lambda _: (shift, scale), batch, thresholds)
    chance = norm.cdf((4.25 - 3.5) / 2) - norm.cdf((3.75 - 3.5) / 2)
    assert float(nll) == pytest.approx(-2 * np.log(chance), rel=1e-5)
    assert float(squares) == pytest.approx(2 * 0.25)
