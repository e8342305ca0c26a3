"""Which model is best for one person, or that it may be noise."""

import numpy as np
import pytest

from reelrec.serving.portrait.best_model import best_model, times_drawn


def losses(rng, n: int, means: list[float]) -> dict[str, np.ndarray]:
    """Errors that models share for the most part, with these means."""
    shared = np.abs(rng.normal(0, 0.5, n))
    return {f"m{i}": shared + mean + rng.normal(0, 0.1, n) for i, mean in enumerate(means)}


def test_a_model_that_is_far_ahead_is_best_for_sure():
    found = best_model(losses(np.random.default_rng(1), 200, [0.3, 0.0, 0.3, 0.4]), np.ones(200))
    assert (found.name, found.level_with, found.is_sure) == ("m1", (), True)
    assert found.share == 1.0


def test_what_is_level_is_named_and_what_is_behind_is_not():
    found = best_model(losses(np.random.default_rng(1), 200, [0.0, 0.001, 0.3]), np.ones(200))
    assert {found.name, *found.level_with} == {"m0", "m1"}
    assert not found.is_sure
    assert 0.2 < found.share < 1


@pytest.mark.parametrize("n", [10, 60])
def test_chance_alone_sets_a_model_behind_for_one_person_in_twenty(n):
    """Eight models without a difference; that any is said to be behind is a false alarm."""
    rng = np.random.default_rng(5)
    found = [best_model(losses(rng, n, [0.0] * 8), np.ones(n)) for _ in range(150)]
    assert not any(best.is_sure for best in found)
    assert sum(len(best.level_with) < 7 for best in found) / 150 < 0.10


def test_equal_models_are_level_and_nothing_is_divided_by_zero():
    same = np.array([0.1, 0.5, 0.9])
    found = best_model({"a": same, "b": same.copy()}, np.ones(3))
    assert (found.name, found.level_with) == ("a", ("b",))


def test_one_model_or_one_rating_compares_nothing():
    assert best_model({"a": np.ones(9)}, np.ones(9)) is None
    assert best_model({"a": np.ones(1), "b": np.zeros(1)}, np.ones(1)) is None
    assert best_model({"a": np.ones(3), "b": np.zeros(3)}, np.zeros(3)) is None


def test_the_spread_of_a_share_of_pairs_is_that_of_whole_draws():
    """The linear part of the bootstrap of a share of pairs, beside the bootstrap that counts pairs anew."""
    rng = np.random.default_rng(3)
    n = 40
    stars, scores = rng.integers(1, 6, n), rng.normal(size=(2, n))
    scores[0] += stars
    more = stars[:, None] > stars
    wrong = [np.where(more, said[:, None] < said, False).astype(float) for said in scores]
    drawn = np.concatenate(list(times_drawn(n)))
    compared = np.einsum("di,ij,dj->d", drawn, more, drawn)
    whole = [np.einsum("di,ij,dj->d", drawn, pairs, drawn) / compared for pairs in wrong]
    each = [pairs.sum(axis=0) + pairs.sum(axis=1) for pairs in wrong]
    weights = more.sum(axis=0) + more.sum(axis=1)
    linear = [2 * (drawn @ column) / (drawn @ weights) for column in each]
    assert np.std(linear[0] - linear[1]) == pytest.approx(np.std(whole[0] - whole[1]), rel=0.1)
    found = best_model({"near": each[0], "far": each[1]}, weights, of_pairs=True)
    assert found.name == "near"
    assert found.is_sure


def test_every_draw_has_as_many_ratings_as_there_are():
    assert set(np.concatenate(list(times_drawn(7))).sum(axis=1).tolist()) == {7.0}
