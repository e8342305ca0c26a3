"""The cut to n with its ties, and the dial from familiar films to hidden gems."""

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.models.lists.popularity import Popularity
from reelrec.serving import engine
from reelrec.serving.engine import Engine, top
from reelrec.serving.picks.dial import towards_gems
from reelrec.visitor.profile import Profile


def in_full(score: np.ndarray, allowed: np.ndarray, n: int) -> list[int]:
    """What `top` must give, by sorting everything."""
    return sorted(np.flatnonzero(allowed).tolist(), key=lambda item: (-score[item], item))[:n]


@pytest.mark.parametrize("seed", range(10))
def test_top_is_what_a_full_sort_gives_ties_included(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 400))
    score = rng.integers(0, 12, size).astype(np.float32)  # many equals
    allowed = rng.random(size) < 0.7
    for n in (1, 2, 5, 24, size, size + 10):
        assert top(score, allowed, n).tolist() == in_full(score, allowed, n)


def test_of_equal_scores_the_lower_number_comes_first():
    score = np.float32([1, 2, 2, 2, 1])
    assert top(score, np.ones(5, dtype=bool), 2).tolist() == [1, 2]
    assert top(np.zeros(5, np.float32), np.array([False, True, False, True, True]), 2).tolist() == [1, 3]


def test_top_of_nothing_is_nothing():
    assert top(np.float32([1, 2]), np.zeros(2, dtype=bool), 3).tolist() == []
    assert top(np.float32([1, 2]), np.ones(2, dtype=bool), 0).tolist() == []


class Stars(Popularity):
    """Predicts the stars it was made with, whoever asks."""

    unit = "stars"

    def __init__(self, stars: list[float]) -> None:
        self.stars = np.float32(stars)

    def score(self, history: History) -> np.ndarray:
        return self.stars


@pytest.fixture(scope="module")
def by_fame(make_film):
    """An engine over films of these numbers of ratings, ranked by fame, with these predicted stars."""

    def make(fame: list[int], stars: list[float]) -> Engine:
        films = Catalogue(make_film(i, n_ratings=int(n)) for i, n in enumerate(fame))
        popularity = Popularity()
        popularity.counts_, popularity.means_ = np.array(fame), np.full(len(fame), 3.0)
        models = {
            "popularity": popularity,
            "ranker": popularity,
            engine.STARS_MODEL: Stars(stars),
            engine.WHOLE_STARS_MODEL: Stars(stars),
        }
        return Engine(films, models.__getitem__)

    return make


def test_the_dials_trade_by_hand():
    # at .5, by its square a quarter: .75 lost for each e-fold of ratings above 2,000, an eighth of a star gained a star
    score, stars = np.float32([1.0, 0.5, 0.5]), np.float32([4.0, 4.0, 3.0])
    found = towards_gems(score, "preference", stars, 2000 * np.exp([2, 1, -3]), 0.5)
    expected = np.log(score) + stars / 8 - 0.75 * (np.log(2000) + np.array([2, 1, 0]))
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_of_equal_films_the_dials_end_puts_those_at_its_bound_first(by_fame):
    fame = np.geomspace(60_000, 100, 200).astype(int)
    picks = engine.recommend(by_fame(fame, [3.0] * 200), Profile(), 5, dial=1.0)[1]
    assert picks[0].film.n_ratings == pytest.approx(2_000, rel=0.035)  # films stand 3 % apart


def test_the_dial_lifts_no_film_that_hardly_scores():
    score = np.float32([1.0, 0.02, 0.01, 0.0, -0.5])
    found = towards_gems(score, "preference", np.full(5, 4.0), np.array([90_000, 0, 0, 0, 0]), 1.0)
    assert np.argsort(-found).tolist() == [0, 1, 2, 3, 4]
    assert np.isfinite(found).all()


def test_the_further_the_dial_the_less_known_the_films(by_fame):
    popular = by_fame(np.geomspace(60_000, 100, 200).astype(int), [3.0] * 200)
    shelves = [engine.recommend(popular, Profile(), 10, dial=dial)[1] for dial in (0.5, 0.625, 0.75, 0.875, 1.0)]
    fame = [np.mean([pick.film.n_ratings for pick in shelf]) for shelf in shelves]
    assert fame == sorted(fame, reverse=True)
    assert fame[0] > 10 * fame[-1]


def test_up_to_its_middle_the_dial_leaves_other_models_their_own_order(by_fame):
    popular = by_fame([50_000, 90_000, 100, 30_000], [1.0, 2.0, 5.0, 4.0])
    for dial in (0.0, 0.25, 0.5):
        assert [pick.film.number for pick in engine.recommend(popular, Profile(), 4, dial=dial)[1]] == [1, 0, 3, 2]


def test_at_the_dials_end_the_better_predicted_of_equally_known_films_wins(by_fame):
    picks = engine.recommend(by_fame([500] * 4, [3.0, 4.5, 2.0, 4.0]), Profile(), 4, dial=1.0)[1]
    assert [pick.film.number for pick in picks] == [1, 3, 0, 2]


def test_stars_are_shown_on_the_scale_whatever_the_model_says(by_fame):
    engines = by_fame([400, 300, 200], [9.0, -3.0, 3.7])
    for model in (None, engine.STARS_MODEL):
        picks = engine.recommend(engines, Profile(), 3, model)[1]
        assert {pick.film.number: round(pick.stars, 3) for pick in picks} == {0: 5.0, 1: 0.5, 2: 3.7}


def test_the_dial_works_for_a_list_of_stars_too(by_fame):
    engines = by_fame([60_000, 300, 60_000, 300], [4.5, 4.4, 3.0, 2.9])
    plain, gems = (engine.recommend(engines, Profile(), 4, engine.STARS_MODEL, dial)[1] for dial in (0.0, 1.0))
    assert [pick.film.number for pick in plain] == [0, 1, 2, 3]
    assert [pick.film.number for pick in gems] == [1, 3, 0, 2]
    assert [pick.stars for pick in gems] == pytest.approx([4.4, 2.9, 4.5, 3.0])  # the stars shown stay what they were
