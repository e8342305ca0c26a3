import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.corrections.episodes import ASKED, KNOWN, SHOWN_AT_MOST, episodes, evidence_of
from tests.fakes import corrections


@pytest.fixture
def base(people):
    return corrections.random_bmf(people.n_items)


def test_what_is_asked_for_is_never_known_and_is_the_persons_own(base, people):
    met = list(episodes(base, people, np.random.default_rng(1)))
    assert len(met) == people.n_users
    stars = [dict(zip(one.items.tolist(), one.ratings.tolist(), strict=True)) for one in people.histories()]
    for one in met:
        known, asked = one.known.items.tolist(), one.items.tolist()
        assert asked
        assert not set(known) & set(asked)
        given = dict(zip(known + asked, [*one.known.ratings, *one.ratings], strict=True))
        assert any(given.items() <= mine.items() for mine in stars)


def test_nothing_of_what_is_asked_for_reaches_what_is_told(base, people):
    """With the asked stars turned round, evidence and expectation are the same."""
    for one in episodes(base, people, np.random.default_rng(1)):
        evidence, expected = evidence_of(base, History.of(one.known.items, one.known.ratings), one.items)
        np.testing.assert_array_equal(expected.mean, one.expected.mean)
        np.testing.assert_array_equal(evidence.residuals, one.known.residuals[np.argsort(one.known.items)])


def test_episodes_are_short_and_long_and_within_their_bounds(base, people):
    rng = np.random.default_rng(2)
    sizes = [len(one.known.items) for _ in range(20) for one in episodes(base, people, rng)]
    most = min(int(SHOWN_AT_MOST * 25), KNOWN)
    assert set(sizes) == set(range(most + 1))
    assert np.median(sizes) < most / 2
    assert all(len(one.items) <= ASKED for one in episodes(base, people, rng))


def test_a_surprise_is_what_leaving_the_rating_out_would_have_shown(base):
    """With one person's steadiness given, leverage and leaving one out are the same thing."""
    base.freedom_ = 1e9
    history = History.of([3, 8, 15, 20, 31], [4.0, 1.5, 5.0, 3.0, 2.5])
    evidence, _ = evidence_of(base, history)
    for place, item in enumerate(history.items):
        others = np.delete(np.arange(5), place)
        left = History.of(history.items[others], history.ratings[others])
        told = base.expected(base.fold_in(left), np.array([item]))
        spread = told.sd[0] ** 2 - 0.01  # without what the two draws' biases, .1 up and down, disagree by
        assert evidence.residuals[place] == pytest.approx(
            (history.ratings[place] - told.mean[0]) / spread**0.5, rel=0.02
        )


def test_what_bmf_expects_of_some_films_is_what_it_expects_of_them_among_all(base):
    history, some = History.of([3, 8, 15], [4.0, 1.5, 5.0]), np.array([7, 2, 30])
    one, other = base.predict(history, some), base.predict(history).at(some)
    for part, same in zip(one, other, strict=True):
        np.testing.assert_allclose(part, same, rtol=1e-5)


def test_an_episode_knows_its_films_in_a_random_order_each_with_its_own_stars_and_surprise(base, people):
    some = [one for one in episodes(base, people, np.random.default_rng(1)) if len(one.known.items) > 8]
    assert any((np.diff(one.known.items) < 0).any() for one in some)
    for one in some:
        evidence, _ = evidence_of(base, History.of(one.known.items, one.known.ratings))
        assert (np.diff(evidence.items) > 0).all()
        for part in ("ratings", "residuals"):
            served = dict(zip(evidence.items.tolist(), getattr(evidence, part), strict=True))
            assert [served[item] for item in one.known.items.tolist()] == list(getattr(one.known, part))
