"""One film drawn at random, with the probability that is told."""

from collections import Counter

import numpy as np
import pytest
from scipy import stats

from reelrec import app
from reelrec.serving.picks import exploration
from reelrec.serving.picks.filters import Filters
from reelrec.serving.picks.predictions import Pick
from reelrec.visitor.profile import Profile

LIKES = Profile(ratings={1: 5.0, 3: 4.0})


@pytest.fixture
def close(make_film):
    """Picks with these scores."""

    def picks(*scores: float) -> list[Pick]:
        return [
            Pick(
                film=make_film(number), stars=3.5, low=None, high=None, chance=None, distribution=None, because=(),
                score=score,
            )
            for number, score in enumerate(scores)
        ]  # fmt: skip

    return picks


def test_films_are_drawn_as_often_as_is_told(close):
    picks = close(9.0, 7.0, 6.5, 4.0, 3.0)
    drawn = [exploration.draw(picks, f"{number:016x}") for number in range(4000)]
    counts = Counter(one.pick.film.slug for one in drawn)
    expected = np.array(drawn[0].probabilities) * len(drawn)
    observed = [counts[slug] for slug in drawn[0].candidates]
    assert stats.chisquare(observed, expected * (sum(observed) / expected.sum())).pvalue > 0.01


def test_what_is_told_is_the_films_own_probability(close):
    for number in range(20):
        one = exploration.draw(close(9.0, 7.0, 6.5), f"{number:016x}")
        assert one.probability == one.probabilities[one.candidates.index(one.pick.film.slug)]


def test_the_probabilities_by_hand():
    """Scores 1 and 3 stand one deviation below and above their mean."""
    better = np.e**2 / (1 + np.e**2)
    expected = [0.99 * (1 - better) + 0.005, 0.99 * better + 0.005]
    assert exploration.probabilities(np.array([1.0, 3.0])) == pytest.approx(expected)


def test_better_films_are_likelier_and_none_is_left_out():
    scores = np.array([50.0, *np.linspace(2, 1, exploration.CANDIDATES - 1)])
    chances = exploration.probabilities(scores)
    assert chances.sum() == pytest.approx(1)
    assert (np.diff(chances) <= 0).all()
    assert chances.min() >= exploration.LEAST
    assert exploration.probabilities(np.full(4, 2.0)) == pytest.approx([0.25] * 4)


def test_the_scale_of_the_scores_does_not_matter():
    scores = np.array([3.0, 2.0, 1.5, 0.1])
    assert exploration.probabilities(100 * scores - 7) == pytest.approx(exploration.probabilities(scores))


def test_a_visit_keeps_its_film_while_the_candidates_stay_and_draws_anew_when_they_change(close):
    visits = [f"{number:016x}" for number in range(200)]
    picks = close(3.0, 2.9, 2.8, 2.7, 2.6)
    first = [exploration.draw(picks, visit) for visit in visits]
    assert first == [exploration.draw(picks, visit) for visit in visits]
    fewer = [exploration.draw(picks[:4], visit) for visit in visits]
    assert sum(one.pick != other.pick for one, other in zip(first, fewer, strict=True)) > 100  # independent: about 150


def test_without_a_choice_there_is_no_exploration(close):
    assert exploration.draw(close(1.0), "0" * 16) is None
    assert exploration.draw([], "0" * 16) is None


@pytest.mark.usefixtures("tiny_artifacts")
def test_the_list_beside_an_exploration_is_the_list_without_and_the_exploration_follows_it():
    shelf, drawn = app.recommend_and_explore(LIKES, 5, "0" * 16)
    assert shelf == app.recommend(LIKES, 5)
    longer = [pick.film.slug for pick in app.recommend(LIKES, 14).picks]
    assert list(drawn.candidates) == longer[5:]
    assert drawn.pick.film.slug in longer[5:]


@pytest.mark.usefixtures("tiny_artifacts")
def test_nobody_without_a_film_gets_an_exploration_and_filters_hold_for_it():
    assert app.recommend_and_explore(Profile(), 5, "0" * 16)[1] is None
    horror = Filters(genres=frozenset({"Horror"}))
    assert app.recommend_and_explore(Profile(ratings={0: 5.0}), 1, "0" * 16, filters=horror)[1] is None
    dramas = Filters(genres=frozenset({"Drama"}))
    drawn = app.recommend_and_explore(Profile(ratings={4: 5.0}), 1, "0" * 16, filters=dramas)[1]
    assert "Drama" in drawn.pick.film.genres
