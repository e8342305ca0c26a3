"""What facts say of films that nobody has rated."""

import numpy as np
import pytest

from reelrec.data.film_features import film_features
from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import ArtifactError
from reelrec.models.facts.model import Facts, covariances, item_vectors, trust, unseen_errors
from reelrec.models.lists.ranker import Ranker
from tests.fakes import corrections

N_ITEMS, N_FILMS = 120, 130
NEW = np.arange(N_ITEMS, N_FILMS)
GENRES = [("War",) if film % 2 else ("Drama",) for film in range(N_FILMS - 1)] + [()]  # of the last nothing is known
DIRECTORS = [f"Director {film % 7}" if film % 3 else None for film in range(N_FILMS - 1)] + [None]
FEATURES = film_features(genres=GENRES, directors=DIRECTORS, n_items=N_ITEMS)
FAN_OF_WAR = History.of([1, 3, 5, 0, 2, 4], [5.0, 5.0, 4.5, 1.0, 0.5, 1.0])
FAN_OF_DRAMA = History.of([1, 3, 5, 0, 2, 4], [1.0, 0.5, 1.0, 5.0, 5.0, 4.5])


@pytest.fixture(scope="module")
def bmf():
    """War films differ from dramas by the first factor, and are better by half a star."""
    rng, war = np.random.default_rng(4), np.arange(N_ITEMS) % 2
    factors = np.column_stack([2.0 * war - 1.0, np.zeros(N_ITEMS)]) + rng.normal(0, 0.05, (N_ITEMS, 2))
    return corrections.bmf(0.5 * war - 0.25, factors)


@pytest.fixture(scope="module")
def ranker():
    """Fitted on 200 users, who watch either war films or dramas."""
    rng, rows = np.random.default_rng(5), []
    for user in range(200):
        rows.append(rng.permutation(np.arange(user % 2, N_ITEMS, 2))[:20])
    items = np.concatenate(rows).astype(np.int32)
    start = np.arange(0, len(items) + 1, 20)
    ratings = np.full(len(items), 4.0, dtype=np.float32)
    return Ranker(reg=50.0).fit(Dataset("x", np.arange(200), np.arange(N_ITEMS), start, items, ratings))


@pytest.fixture(scope="module")
def facts(bmf, ranker):
    return Facts(bmf, ranker, few=5.0).fit(FEATURES)


def test_a_new_film_is_placed_where_the_items_of_its_genre_are(facts):
    vectors = facts.vectors(NEW[:-1])
    war = NEW[:-1] % 2 == 1
    assert (vectors[war, 1] > 0.8).all()
    assert (vectors[~war, 1] < -0.8).all()
    np.testing.assert_allclose(vectors[war, 0].mean() - vectors[~war, 0].mean(), 0.5, atol=0.1)


def test_opposite_tastes_get_opposite_stars_and_lists_of_films_that_nobody_rated(facts):
    war = NEW[:-1] % 2 == 1
    for history, like in ((FAN_OF_WAR, war), (FAN_OF_DRAMA, ~war)):
        for score in (facts.predict(history, NEW[:-1]).mean, facts.preference(history, NEW[:-1])):
            assert score.dtype == np.float32
            assert score[like].min() > score[~like].max()


def test_films_asked_for_get_what_they_get_among_all(facts):
    some = NEW[[4, 1]]
    asked, everything = facts.predict(FAN_OF_WAR, some), facts.predict(FAN_OF_WAR)
    np.testing.assert_allclose(asked.mean, everything.mean[some], rtol=1e-5)
    np.testing.assert_allclose(asked.sd, everything.sd[some], rtol=1e-5)
    np.testing.assert_array_equal(facts.score(FAN_OF_WAR), everything.mean)
    np.testing.assert_array_equal(facts.preference(FAN_OF_WAR, some), facts.preference(FAN_OF_WAR)[some])
    assert facts.n_films == N_FILMS


def test_an_empty_history_and_films_that_are_no_items_are_allowed(facts):
    assert np.isfinite(facts.score(History.empty())).all()
    assert np.isfinite(facts.preference(History.empty())).all()
    with_new = History.of([*FAN_OF_WAR.items, 125], [*FAN_OF_WAR.ratings, 0.5])
    np.testing.assert_array_equal(facts.score(with_new), facts.score(FAN_OF_WAR))


def test_stars_are_shown_where_genre_or_director_is_known(facts):
    assert facts.is_telling(np.array([0, 1, N_FILMS - 1])).tolist() == [True, True, False]


def test_a_film_of_a_known_director_is_surer_where_directors_say_something(bmf, ranker):
    rng = np.random.default_rng(6)
    noisy = corrections.bmf(np.where(np.arange(N_ITEMS) % 3, 0.0, rng.normal(0, 1.0, N_ITEMS)), np.zeros((N_ITEMS, 2)))
    sd = Facts(noisy, ranker).fit(FEATURES).predict(History.empty(), np.array([120, 121])).sd
    assert sd[1] < sd[0] - 0.1  # film 120 has no director


def test_what_facts_leave_open_is_added_to_the_range(facts, bmf):
    assert (facts.predict(FAN_OF_WAR, NEW).sd > np.sqrt(facts.noise_ / bmf.fold_in(FAN_OF_WAR).steadiness.mean())).all()


def test_more_films_at_the_end_change_nothing_for_the_others(facts, bmf, ranker):
    more = film_features(genres=[*GENRES, ("Opera",)], directors=[*DIRECTORS, "Somebody"], n_items=N_ITEMS)
    grown = Facts(bmf, ranker, few=5.0).fit(more)
    np.testing.assert_allclose(grown.score(FAN_OF_WAR)[:-1], facts.score(FAN_OF_WAR), rtol=1e-5)
    assert not grown.is_telling(np.array([N_FILMS]))[0]  # no item is an opera or by somebody


def test_a_loaded_model_says_what_the_saved_one_said(facts, bmf, ranker, tmp_path):
    facts.save(tmp_path / "facts.npz")
    loaded = Facts.load(tmp_path / "facts.npz", bmf, ranker)
    assert loaded.settings() == facts.settings()
    np.testing.assert_array_equal(loaded.score(FAN_OF_WAR), facts.score(FAN_OF_WAR))
    np.testing.assert_array_equal(loaded.preference(FAN_OF_WAR), facts.preference(FAN_OF_WAR))
    arrays = [array for array in vars(loaded).values() if isinstance(array, np.ndarray)]
    assert not [array for array in arrays if array.flags.writeable]


def test_a_damaged_file_names_the_command(tmp_path):
    (tmp_path / "facts.npz").write_bytes(b"garbage")
    with pytest.raises(ArtifactError, match=r"facts.npz is damaged.*train facts"):
        Facts.load(tmp_path / "facts.npz", None, None)


def test_an_item_is_trusted_as_far_as_it_is_rated():
    assert trust(np.array([0, 300, 900]), 300.0).tolist() == [0.0, 0.5, 0.75]


def test_errors_are_those_of_items_that_the_regression_did_not_see(facts, bmf):
    """With a column for each item, nothing can be learned of an item from the others."""
    own = film_features(directors=[f"Director {item}" for item in range(N_ITEMS) for _ in range(3)])["director"][::3]
    targets = item_vectors(bmf)
    errors = unseen_errors(own, np.ones(N_ITEMS), targets, folds=5, seed=1)
    np.testing.assert_allclose(errors, targets, atol=1e-6)


def test_each_group_has_its_own_covariance_and_an_empty_one_that_of_all():
    errors, weights = np.array([[1.0], [3.0], [5.0]]), np.array([1.0, 1.0, 2.0])
    both = covariances(errors, weights, np.array([False, True, True]))
    assert both.ravel().tolist() == [1.0, pytest.approx((9 + 2 * 25) / 3)]
    assert covariances(errors, weights, np.ones(3, dtype=bool)).ravel().tolist() == [15.0, 15.0]
