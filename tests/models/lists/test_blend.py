"""The blend by hand: a network that says nothing, a ranker, and stars."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.lists.blend import Blend
from reelrec.models.lists.ranker import Ranker
from tests.fakes import list_models
from tests.fakes.unsure import Unsure


class Stars:
    """Three stars and a half for even items, two and a half for odd ones."""

    def __init__(self, n_items: int) -> None:
        self.counts_ = np.ones(n_items)

    def score(self, history: History) -> np.ndarray:
        return np.where(np.arange(len(self.counts_)) % 2 == 0, 3.5, 2.5).astype(np.float32)


@pytest.fixture
def blend(people) -> Blend:
    ranker = Ranker(reg=5.0).fit(people)
    return list_models.blend(list_models.cold_dae(people.n_items), ranker, Unsure(Stars(people.n_items)))


LOVED = History.of([0, 4, 8], [5.0, 4.5, 1.0])


def test_the_score_by_hand(blend):
    signed = blend.ranker.signed(LOVED, 0.3 / (1 + (3 / 50) ** 2))
    z = (signed - signed.mean()) / signed.std()
    base = blend.dae.score(LOVED) + z
    np.testing.assert_allclose(blend.base(LOVED), base, atol=1e-5)
    stars = blend.stack.predict(LOVED).mean
    expected = base + 0.4 * stars - 3.0 * np.maximum(3.35 - stars, 0)
    np.testing.assert_allclose(blend.score(LOVED), expected, atol=1e-4)


def test_weights_are_interpolated_in_the_size_and_the_place(people):
    model = list_models.blend(list_models.cold_dae(people.n_items), Ranker().fit(people), None)
    table = np.float32([[[0, 0], [1, 2]], [[4, 0], [5, 2]]])
    model.keep(sizes=np.array([1, 7]), places=np.array([0.0, 1.0]), table=table)
    assert model.weights(1, 0.0) == (0, 0)
    assert model.weights(1, 0.5) == (0.5, 1)
    assert model.weights(3, 0.0) == pytest.approx((2, 0))  # ln 4 lies halfway between ln 2 and ln 8
    assert model.weights(0, 1.0) == (1, 2)
    assert model.weights(500, 1.0) == (5, 2)


def test_the_ranking_is_that_of_the_scores_of_the_allowed_items(blend, people):
    allowed = np.ones(people.n_items, dtype=bool)
    allowed[[0, 4, 8, 9]] = False
    score = blend.score(LOVED)
    found = blend.ranked(LOVED, allowed, 5)
    order = sorted(np.flatnonzero(allowed).tolist(), key=lambda item: (-score[item], item))
    assert found.items.tolist() == order[:5]
    np.testing.assert_allclose(found.scores, score[found.items], atol=1e-5)
    np.testing.assert_allclose(found.stars.mean, blend.stack.predict(LOVED).mean[found.items])


def test_only_the_first_items_have_their_stars_predicted_by_all(blend, people, monkeypatch):
    monkeypatch.setattr("reelrec.models.lists.blend.CANDIDATES", 6)
    rough = blend.stack.rough_means(LOVED)
    monkeypatch.setattr(blend.stack, "rough_means", lambda user: rough + 0.25)
    base, score = blend.base(LOVED), blend.score(LOVED)
    first = base + 0.4 * (rough + 0.25) - 3.0 * np.maximum(3.1 - rough, 0)
    asked = [item for item in np.argsort(-first).tolist() if item not in LOVED.items][:6]
    np.testing.assert_allclose(score[asked], (base + 0.4 * rough - 3.0 * np.maximum(3.35 - rough, 0))[asked], atol=1e-4)
    others = np.setdiff1d(np.arange(people.n_items), asked)
    np.testing.assert_allclose(score[others], first[others], atol=1e-4)


def test_low_stars_push_away(people):
    ranker = Ranker(reg=5.0).fit(people)
    loved, hated = (ranker.signed(History.of([0], [stars]), 0.3) for stars in (5.0, 0.5))
    assert np.corrcoef(loved, hated)[0, 1] < -0.99
    loved, hated = (ranker.score(History.of([0], [stars])) for stars in (5.0, 0.5))
    assert np.corrcoef(loved, hated)[0, 1] > 0.99  # without the sign they bring the same films


def test_a_contribution_is_the_networks_and_the_rankers(blend):
    items = np.array([3, 6])
    signed = blend.ranker.signed(LOVED, 0.3 / (1 + (3 / 50) ** 2))
    of_ranker = blend.ranker.contributions(LOVED, items, np.array([1]), 0.3 / (1 + (3 / 50) ** 2))
    np.testing.assert_allclose(blend.contributions(LOVED, items, np.array([1])), of_ranker / signed.std(), rtol=1e-4)


def test_who_is_known_by_nothing_gets_the_networks_list(blend):
    np.testing.assert_allclose(blend.base(History.empty()), blend.dae.score(History.empty()), atol=1e-6)


def test_several_rankings_of_one_history_are_those_of_each_alone(blend, people):
    allowed = np.ones(people.n_items, dtype=bool)
    places = (0.0, 0.5, 1.0)
    together = [blend.ranked(LOVED, allowed, 5, place) for place in places]
    for place, one in zip(places, together, strict=True):
        alone = blend.ranked(replace(LOVED), allowed, 5, place)  # another object: nothing is remembered of it
        assert alone.items.tolist() == one.items.tolist()
        np.testing.assert_array_equal(alone.scores, one.scores)


def test_what_is_remembered_is_that_of_the_same_history_and_model_alone(blend, people):
    first = blend.score(LOVED)
    other = History.of([0, 4, 8], [1.0, 0.5, 5.0])
    assert not np.array_equal(blend.score(other), first)
    np.testing.assert_array_equal(blend.score(LOVED), first)
    fewer = list_models.blend(blend.dae, Ranker(reg=500.0).fit(people), Unsure(Stars(people.n_items)))
    assert not np.array_equal(fewer.score(LOVED), first)
