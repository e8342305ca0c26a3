import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.corrections import gpt
from reelrec.models.corrections.episodes import evidence_of
from tests.fakes import corrections

N_ITEMS = 60
LONG = History.of(range(30), [0.5 + i % 10 / 2 for i in range(30)])


@pytest.fixture
def model():
    return corrections.random_gpt(corrections.random_bmf(N_ITEMS))


def test_an_item_that_comes_later_changes_nothing_before_it(model):
    evidence, _ = evidence_of(model.bmf, LONG)
    fewer = evidence._replace(**{part: getattr(evidence, part)[:12] for part in ("items", "ratings", "residuals")})
    for whole, cut in zip(model.read(evidence), model.read(fewer), strict=True):
        np.testing.assert_allclose(whole.keys[:, :13], cut.keys, atol=1e-5)
        np.testing.assert_allclose(whole.values[:, :13], cut.values, atol=1e-5)
        assert whole.keys.shape[1] == 31


def test_a_target_is_answered_alone_as_among_many(model):
    among = model.predict(LONG).mean
    alone = [model.predict(LONG, np.array([item])).mean[0] for item in (33, 47, 59)]
    np.testing.assert_allclose(among[[33, 47, 59]], alone, rtol=1e-5)


def test_many_targets_are_answered_in_pieces(model, monkeypatch):
    whole = model.predict(LONG)
    monkeypatch.setattr(gpt, "AT_ONCE", 7)
    np.testing.assert_allclose(model.predict(LONG).mean, whole.mean, rtol=1e-6)
    assert len(model.predict(LONG, np.arange(0)).mean) == 0


def test_ratings_matter(model):
    turned = History.of(LONG.items, 5.5 - LONG.ratings)
    assert np.abs(model.predict(LONG).mean - model.predict(turned).mean).max() > 0.1


def test_looked_at_is_a_share_of_the_attention(model):
    shares = model.looked_at(LONG, np.array([40, 41]))
    assert shares.shape == (2, 30)
    assert shares.min() >= 0
    assert (shares.sum(axis=1) < 1).all()
    assert (shares.sum(axis=1) > 0.3).all()


def test_looked_at_follows_the_order_of_the_history(model):
    order = np.random.default_rng(0).permutation(30)
    mixed = History.of(LONG.items[order], LONG.ratings[order])
    shares, straight = (model.looked_at(history, np.array([40])) for history in (mixed, LONG))
    np.testing.assert_allclose(shares, straight[:, order], atol=1e-6)


def test_only_the_items_with_the_highest_indices_of_a_long_history_are_read(model, monkeypatch):
    monkeypatch.setattr(gpt, "MAX_KNOWN", 10)
    shares = model.looked_at(LONG, np.array([40]))
    assert not shares[:, :20].any()
    assert shares[:, 20:].all()


def test_gelu_and_layer_norm_by_hand():
    np.testing.assert_allclose(gpt.gelu(np.float32([-10, 0, 1, 10])), [0, 0, 0.841192, 10], atol=1e-5)
    weights = {"n_weight": np.float32([1, 1, 2]), "n_bias": np.float32([0, 0, 1])}
    normed = gpt.layer_norm(weights, "n", np.float32([[1, 2, 3]]))
    np.testing.assert_allclose(normed, [[-1.224737, 0, 1 + 2 * 1.224737]], atol=1e-4)
