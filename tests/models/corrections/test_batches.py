"""Batches and dropout follow the users, however many workers share them."""

from types import SimpleNamespace

import numpy as np
import pytest

from reelrec.data.ratings.workers import ALONE
from reelrec.models.corrections.episodes import episodes
from tests.fakes import corrections
from tests.fakes.workers import together

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def ignorant():
    return corrections.bmf(np.zeros(20), np.random.default_rng(4).normal(0, 0.05, (20, 2)), mean=3.0)


def epoch_of(base, dataset, workers, epoch=0) -> list:
    """The batches of an epoch, as lists of episodes."""
    from reelrec.models.corrections.batches import batches

    return list(batches(list(episodes(base, dataset, 0, 0)), workers, 7, epoch))


def test_batches_hold_every_episode_once_and_similar_lengths_together(ignorant, two_tastes):
    from reelrec.models.corrections.batches import BATCH, n_batches

    parts = epoch_of(ignorant, two_tastes, ALONE)
    assert sorted(episode.key for part in parts for episode in part) == two_tastes.user_keys.tolist()
    assert len(parts) == n_batches(two_tastes.n_users) == -(-two_tastes.n_users // BATCH)
    spans = [np.ptp([len(episode.known.items) for episode in part]) for part in parts]
    assert np.mean(spans) < np.ptp([len(episode.known.items) for part in parts for episode in part]) / 2


def test_another_epoch_brings_others_of_the_same_length_together(monkeypatch):
    from reelrec.models.corrections import batches

    monkeypatch.setattr(batches, "WINDOW", 2)  # so that 256 episodes have two windows
    episodes = [
        SimpleNamespace(key=key, known=SimpleNamespace(items=range(key))) for key in range(256)
    ]  # no two of one length
    first, other = (
        [{episode.key for episode in part} for part in batches.batches(episodes, ALONE, 7, epoch)] for epoch in (0, 1)
    )
    still = sum(len(one & another) ** 2 for one in first for another in other) / sum(len(one) ** 2 for one in first)
    assert still == pytest.approx(0.5, abs=0.1)  # pairs


def test_workers_hold_parts_of_the_batches_that_one_alone_has(ignorant, two_tastes):
    alone = epoch_of(ignorant, two_tastes, ALONE)
    shares = together(3, two_tastes, lambda share: epoch_of(ignorant, share, share.workers))
    assert {len(share) for share in shares} == {len(alone)}
    for whole, *parts in zip(alone, *shares, strict=True):
        assert sorted(e.key for e in whole) == sorted(e.key for part in parts for e in part)


@pytest.mark.parametrize(("n", "batches_of_them"), [(0, 0), (1, 1), (64, 1), (65, 2), (2048, 32), (2049, 64)])
def test_the_number_of_batches(n, batches_of_them):
    from reelrec.models.corrections.batches import n_batches

    assert n_batches(n) == batches_of_them


def test_dropout_of_a_user_depends_neither_on_the_others_nor_on_the_padding():
    import torch

    from reelrec.models.corrections.batches import Dropout

    noise = torch.tensor([11, -5, 8])
    among, alone = Dropout(0.4, noise), Dropout(0.4, noise[1:2])
    for _ in range(2):  # of two layers
        wide, narrow = among(torch.ones(3, 4, 9, 30)), alone(torch.ones(1, 4, 7, 13))
        assert torch.equal(wide[1:2, :, :7, :13], narrow)


def test_dropout_keeps_the_mean_and_differs_by_user_layer_and_epoch():
    import torch

    from reelrec.models.corrections.batches import Dropout, noisy

    noise = torch.arange(500)
    drop = Dropout(0.25, noise)
    first, second = drop(torch.ones(500, 40)), drop(torch.ones(500, 40))
    assert sorted(set(first.flatten().tolist())) == pytest.approx([0, 1 / 0.75])
    assert first.mean() == pytest.approx(1, abs=0.02)
    again = Dropout(0.25, noisy({"noise": noise}, 1, 0)["noise"])(torch.ones(500, 40))
    other = Dropout(0.25, noisy({"noise": noise}, 1, 1)["noise"])(torch.ones(500, 40))
    for one, another in ((first, second), (first[1:], first[:-1]), (again, other)):
        agree = float(((one > 0) == (another > 0)).float().mean())
        assert agree == pytest.approx(0.75**2 + 0.25**2, abs=0.02)


def test_no_dropout_changes_nothing():
    import torch

    from reelrec.models.corrections.batches import Dropout

    x = torch.ones(3, 2)
    assert Dropout(0.0, torch.arange(3))(x) is x
