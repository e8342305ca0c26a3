"""The network for short histories as it is served, by hand and against torch."""

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.lists.dae import DAE, in_bytes
from reelrec.models.lists.levels import LIKED, SEEN, SET_ASIDE, UNSEEN, levels, sizes
from tests.fakes import list_models

N, D = 30, 8


@pytest.fixture
def model() -> DAE:
    return list_models.random_dae(N, D)


def test_levels_are_half_stars_then_marks():
    history = History.of([4, 9, 2, 7], [0.5, np.nan, 5.0, np.nan], [False, True, True, False])
    marked = history.with_marks([11, 12], [13])
    assert levels(marked).tolist() == [0, LIKED, 9, SEEN, SET_ASIDE, SET_ASIDE, UNSEEN]


def test_the_sizes_by_hand():
    np.testing.assert_allclose(sizes(np.array([0, 3])), [[0, 1, 0], [np.log(4), 0.25, np.log(4) ** 2 / 10]], rtol=1e-6)


def test_the_formula_by_hand(model):
    w = model.weights_
    history = History.of([4, 9], [2.0, 5.0]).with_marks([1], [])
    embedded = (w["items"] * w["item_scales"][:, None])[[4, 9, 1]] * w["gates"][[3, 9, SET_ASIDE]]
    x = embedded.sum(axis=0) / np.sqrt(3) + w["sizes_weight"] @ sizes(np.array(2)) + w["sizes_bias"]

    def norm(x, name):
        away = x - x.mean()
        return away / np.sqrt((away**2).mean() + 1e-5) * w[f"{name}_weight"] + w[f"{name}_bias"]

    def gelu(x):
        return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))

    h = gelu(norm(x, "enter"))
    h = norm(h + gelu(w["hidden_weight"] @ h + w["hidden_bias"]), "leave")
    expected = (w["outputs"] * w["output_scales"][:, None]) @ h + w["output_bias"]
    np.testing.assert_allclose(model.score(history), expected, rtol=1e-4, atol=1e-5)


def test_a_contribution_is_what_the_score_loses_without_the_item(model):
    history = History.of([4, 9, 2], [2.0, 5.0, np.nan], [False, False, True]).with_marks([1], [20])
    items = np.array([0, 7, 25])
    lost = model.contributions(history, items, np.array([0, 2]))
    for row, place in enumerate((0, 2)):
        without = history.take(np.delete(np.arange(3), place))
        np.testing.assert_allclose(lost[row], (model.score(history) - model.score(without))[items], atol=1e-5)


def test_marks_change_the_scores(model):
    plain = History.of([4], [5.0])
    for marked in (plain.with_marks([9], []), plain.with_marks([], [9])):
        assert np.abs(model.score(plain) - model.score(marked)).max() > 0.01


def test_a_byte_is_half_a_scale_off_at_most():
    weights = np.random.default_rng(0).normal(0, 1, (20, 50))
    numbers, scales = in_bytes(weights)
    assert numbers.dtype == np.int8
    assert np.abs(numbers).max(axis=1).tolist() == [127] * 20
    assert (np.abs(numbers * scales[:, None] - weights) <= 0.5001 * scales[:, None]).all()
    assert in_bytes(np.zeros((1, 3)))[0].tolist() == [[0, 0, 0]]


def test_vectors_have_length_one(model):
    np.testing.assert_allclose(np.linalg.norm(model.vectors(np.arange(5)), axis=1), 1.0, rtol=1e-5)


@pytest.mark.train
def test_torch_trains_what_numpy_serves(people):
    """The network's own scores of a history are those of the arrays, but for the rounding to bytes."""
    torch = pytest.importorskip("torch")
    from reelrec.models.lists import dae_net
    from reelrec.models.lists.reveal import collated

    net = dae_net.Net(people.n_items, D, torch.zeros(people.n_items), seed=1).eval()
    weights = {name.replace(".", "_"): w.numpy() for name, w in net.state_dict().items()}
    for side in ("item", "output"):
        weights[f"{side}s"], weights[f"{side}_scales"] = in_bytes(weights[f"{side}s"])
    made = DAE(embedding_dim=D)
    made.keep(**{name: weights[name] for name in DAE.arrays})
    history = History.of([3, 1, 8], [4.0, 1.0, np.nan], [False, False, True]).with_marks([5], [9])
    told = np.concatenate([history.items, history.set_aside, history.unseen])
    shown = collated(np.zeros(len(told), dtype=int), told, levels(history), 1)
    with torch.no_grad():
        (scores,) = net(shown, torch.arange(people.n_items)).numpy()
    np.testing.assert_allclose(made.score(history), scores, atol=0.02)


@pytest.mark.train
def test_likes_of_one_taste_bring_films_of_that_taste_and_dislikes_push_them_away(fitted, two_tastes):
    model = fitted("dae", "two tastes")
    score = {stars: model.score(History.of([0, 2, 4], [stars] * 3)) for stars in (0.5, 5.0)}
    rest = np.arange(6, two_tastes.n_items)
    loved, hated = (score[stars][rest] for stars in (5.0, 0.5))
    assert np.corrcoef(loved - hated, rest % 2 == 0)[0, 1] > 0.3
