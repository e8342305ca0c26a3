"""The talk's network: what reaches it, and what a prior does."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from reelrec.errors import OptionError
from reelrec.evaluation.stars import Targets
from reelrec.evaluation.talk import deepfm, seed_deepfm
from reelrec.evaluation.talk.seed_deepfm import OVERLAP, PUBLISHED


def turned_round(part: Targets) -> Targets:
    """The same questions with the opposite answers."""
    return replace(part, ratings=5.5 - part.ratings)


@pytest.mark.train
@pytest.mark.parametrize("mistakes", [(), PUBLISHED])
def test_the_answers_of_the_test_ratings_change_nothing_that_is_learned(split, text, mistakes):
    lied = replace(split, test=turned_round(split.test))
    honest, other = (seed_deepfm.fitted(of, text, mistakes, (seed_deepfm.EPOCHS,))[0] for of in (split, lied))
    np.testing.assert_array_equal(honest.training_right, other.training_right)
    assert honest.loss == other.loss
    np.testing.assert_array_equal(honest.test_right, ~other.test_right)  # the same guesses, the opposite truth


@pytest.mark.train
def test_windows_that_overlap_do_leak(split, text):
    lied = replace(split, test=turned_round(split.test))
    losses = [seed_deepfm.fitted(of, text, (OVERLAP,), (seed_deepfm.EPOCHS,))[0].loss for of in (split, lied)]
    assert losses[0] != losses[1]


@pytest.mark.train
def test_without_a_prior_ratings_are_learned_by_heart(split):
    apart = {"text": np.eye(len(split.films), dtype=np.float32)}  # every film can be told from all others
    bent, held = (deepfm.train(apart, split.training, split.test, prior, (300,))[0] for prior in (False, True))
    assert bent.training_right.mean() > 0.95
    assert held.training_right.mean() < 0.8


@pytest.mark.train
def test_the_same_seed_gives_the_same_network_and_leaves_torchs_own_alone(split, text):
    import torch

    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    first, second = (seed_deepfm.fitted(split, text, PUBLISHED, (seed_deepfm.EPOCHS,))[0] for _ in range(2))
    assert first.loss == second.loss
    assert torch.equal(before, torch.random.get_rng_state())


def test_without_torch_it_says_what_to_run(split, text, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(OptionError, match=r"torch is not installed.*pip install -r requirements-train.txt"):
        seed_deepfm.fitted(split, text, (), (1,))
