import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation.comparators.leader import REG_USER, REG_USER_BIAS, Leader, sample
from reelrec.models.registry import MODELS


@pytest.fixture
def by_hand() -> Leader:
    """Three films, one factor, mean of 7 points; film 2 was in no sample."""
    model = Leader(embedding_dim=1)
    model.mean_, model.longest_ = 7.0, 10.0
    model.known_ = np.array([True, True, False])
    model.item_bias_ = np.float32([1.0, 0.0, 0.0])
    model.item_factors_ = np.float32([[1.0], [-1.0], [0.0]])
    return model


def test_a_stranger_gets_the_films_mean_in_stars(by_hand):
    assert by_hand.score(History.empty()).tolist() == [4.0, 3.5, 3.5]


def test_a_newcomer_by_hand(by_hand):
    """Film 0 at 5 stars is 2 points over its 8: the vector first, then the bias from what is left."""
    history = History.of([0], [5.0])
    vector = 2 / (1 + REG_USER * (1 + 1))
    bias = (2 - vector) / (1 + REG_USER_BIAS * (1 + 1))
    expected = np.array([8 + bias + vector, 7 + bias - vector, 7 + bias]) / 2
    assert by_hand.score(history) == pytest.approx(expected)
    assert by_hand.score(history).dtype == np.float32


def test_a_vector_longer_than_that_of_most_people_is_shortened_and_the_bias_takes_the_rest(by_hand):
    by_hand.longest_ = 0.5
    bias = 1.5 / (1 + REG_USER_BIAS * 2)
    assert by_hand.score(History.of([0], [5.0]))[1] == pytest.approx((7 + bias - 0.5) / 2)


def test_a_film_outside_the_sample_teaches_nothing(by_hand):
    known, more = History.of([0], [5.0]), History.of([0, 2], [5.0, 0.5])
    np.testing.assert_array_equal(by_hand.score(known), by_hand.score(more))


def test_the_sample_is_of_people_with_some_of_their_ratings_each(people):
    sampled = sample(people, size=195, per_user=10, seed=1)  # of 60 people with 25 ratings each
    assert sampled.n_users == 20
    assert np.diff(sampled.start).tolist() == [10] * 20
    assert set(sampled.user_ids) < set(people.user_ids)
    for place, user_id in enumerate(sampled.user_ids):
        own = people.history(list(people.user_ids).index(user_id))
        stars = dict(zip(own.items, own.ratings, strict=True))
        mine = sampled.history(place)
        assert len(set(mine.items)) == 10
        assert [stars[item] for item in mine.items] == mine.ratings.tolist()
    assert sample(people, 195, 10, seed=1).sha256 == sampled.sha256 != sample(people, 195, 10, seed=2).sha256


def test_who_has_few_ratings_gives_all_and_a_small_data_set_is_taken_whole(people):
    whole = sample(people, size=10**6, per_user=300, seed=1)
    assert whole.sha256 == people.sha256


def test_it_is_measured_and_not_shipped(by_hand, tmp_path):
    assert "leader" not in MODELS
    for attempt in (by_hand.save, Leader.load):
        with pytest.raises(OptionError, match="fitted to be measured"):
            attempt(tmp_path / "leader.npz")


@pytest.mark.train
def test_fitted_on_opposite_tastes_it_tells_them_apart(two_tastes):
    pytest.importorskip("surprise")
    model = Leader(embedding_dim=4, epochs=40).fit(two_tastes)
    assert model.mean_ == pytest.approx(2 * two_tastes.ratings.mean(), abs=1e-6)
    even = model.score(History.of([0, 1, 2, 3], [5.0, 1.0, 5.0, 1.0]))
    odd = model.score(History.of([0, 1, 2, 3], [1.0, 5.0, 1.0, 5.0]))
    assert even[4::2].min() > even[5::2].max() + 1
    assert odd[5::2].min() > odd[4::2].max() + 1
    assert 0 < even.min() < even.max() < 6


@pytest.mark.train
def test_films_that_nobody_in_the_sample_rated_have_no_taste(two_tastes):
    pytest.importorskip("surprise")
    some = two_tastes.only(np.arange(two_tastes.n_users) < 1)  # one person, 14 of 20 films
    model = Leader(embedding_dim=3, epochs=1).fit(some)
    unknown = some.counts() == 0
    assert unknown.sum() == 6
    assert not model.known_[unknown].any()
    assert not model.item_factors_[unknown].any()
