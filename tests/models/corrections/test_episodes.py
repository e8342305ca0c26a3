import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.corrections.episodes import MAX_KNOWN, MAX_KNOWN_SHARE, MAX_TARGETS, episodes, evidence_of
from tests.fakes import corrections


@pytest.fixture
def base(people):
    return corrections.random_bmf(people.n_items)


def test_targets_are_never_known_and_are_the_users_own_ratings(base, people):
    made = list(episodes(base, people, 1, 0))
    assert len(made) == people.n_users
    ratings_of = [dict(zip(*history.stars(), strict=True)) for history in people.histories()]
    for episode in made:
        known, targets = episode.known.items.tolist(), episode.items.tolist()
        assert targets
        assert not set(known) & set(targets)
        shown = dict(zip(known + targets, [*episode.known.ratings, *episode.ratings], strict=True))
        assert any(shown.items() <= own.items() for own in ratings_of)


def test_the_targets_ratings_change_neither_evidence_nor_expectation(base, people):
    for episode in episodes(base, people, 1, 0):
        evidence, expected = evidence_of(base, History.of(episode.known.items, episode.known.ratings), episode.items)
        np.testing.assert_array_equal(expected.mean, episode.expected.mean)
        np.testing.assert_array_equal(evidence.residuals, episode.known.residuals[np.argsort(episode.known.items)])


def test_episodes_are_short_and_long_and_within_their_bounds(base, people):
    sizes = [len(episode.known.items) for turn in range(20) for episode in episodes(base, people, 2, turn)]
    most = min(int(MAX_KNOWN_SHARE * 25), MAX_KNOWN)
    assert set(sizes) == set(range(most + 1))
    assert np.median(sizes) < most / 2
    assert all(len(episode.items) <= MAX_TARGETS for episode in episodes(base, people, 2, 0))


def test_a_residual_is_that_of_leaving_the_rating_out(base):
    """With the user's steadiness fixed, leverage and leaving one out are the same thing."""
    base.freedom_ = 1e9
    history = History.of([3, 8, 15, 20, 31], [4.0, 1.5, 5.0, 3.0, 2.5])
    evidence, _ = evidence_of(base, history)
    for place, item in enumerate(history.items):
        others = base.fold_in(history.take(np.delete(np.arange(5), place)))
        prediction = base.expected(others, np.array([item]))
        spread = prediction.sd[0] ** 2 - 0.01  # without the variance of the two draws' biases, .1 up and down
        error = history.ratings[place] - prediction.mean[0]
        assert evidence.residuals[place] == pytest.approx(error / spread**0.5, rel=0.02)


def test_bmf_predicts_some_items_as_it_predicts_them_among_all(base):
    history, some = History.of([3, 8, 15], [4.0, 1.5, 5.0]), np.array([7, 2, 30])
    alone, among_all = base.predict(history, some), base.predict(history).at(some)
    for part, same in zip(alone, among_all, strict=True):
        np.testing.assert_allclose(part, same, rtol=1e-5)


def test_an_episode_has_a_random_order_in_which_ratings_and_residuals_follow_their_items(base, people):
    long = [e for e in episodes(base, people, 1, 0) if len(e.known.items) > 8]
    assert any((np.diff(episode.known.items) < 0).any() for episode in long)
    for episode in long:
        evidence, _ = evidence_of(base, History.of(episode.known.items, episode.known.ratings))
        assert (np.diff(evidence.items) > 0).all()
        for part in ("ratings", "residuals"):
            by_item = dict(zip(evidence.items.tolist(), getattr(evidence, part), strict=True))
            assert [by_item[item] for item in episode.known.items.tolist()] == list(getattr(episode.known, part))


def test_an_episode_follows_its_user_whoever_else_is_there(base, people):
    alone = {episode.key: episode for episode in episodes(base, people.only(people.user_ids % 2 == 0), 1, 3)}
    among = {episode.key: episode for episode in episodes(base, people, 1, 3)}
    assert alone.keys() == {key for key in among if key % 2 == 0}
    for key, episode in alone.items():
        assert episode.items.tolist() == among[key].items.tolist()
        assert episode.known.items.tolist() == among[key].known.items.tolist()


@pytest.mark.parametrize(("seed", "turn"), [(2, 0), (1, 1)])
def test_another_seed_and_another_pass_give_other_episodes(base, people, seed, turn):
    first, other = list(episodes(base, people, 1, 0)), list(episodes(base, people, seed, turn))
    begins = [[int([*made.known.items, *made.items][0]) for made in part] for part in (first, other)]
    sizes = [[len(made.known.items) for made in part] for part in (first, other)]
    for one, another in (begins, sizes):  # the order of the items, and how many are known
        assert np.mean(np.equal(one, another)) < 0.3
