import pytest

from reelrec.visitor import own_picks
from reelrec.visitor.profile import Profile

# The Lantern 4.2, Night Ferry 3.9 and its remake 2.6, Twin Rivers 3.4, Élodie 3.8, The Harbour 3.7
PERSON = Profile(
    ratings={0: 4.0, 1: 5.0, 2: 4.5, 3: 1.5, 5: 5.0, 6: 3.5},
    liked=frozenset({2, 5, 7}),
    dates={1: "2024-05-01", 3: "2025-01-09", 5: "2023-02-02", 7: "2025-06-01"},
    rewatched=frozenset({1}),
)


@pytest.fixture
def picks(films) -> own_picks.OwnPicks:
    return own_picks.own_picks(PERSON, films, 3)


def numbers(films) -> list[int]:
    return [film.number for film in films]


def test_the_best_rated_come_first_a_heart_before_none(picks):
    assert numbers(picks.best_rated) == [5, 1, 2]


def test_the_newest_logged_come_first_also_without_stars(picks):
    assert numbers(picks.newest) == [7, 3, 1]


def test_hearts_and_rewatches_have_their_own_headings(picks):
    assert numbers(picks.liked) == [7, 5, 2]
    assert numbers(picks.rewatched) == [1]


def test_above_and_below_the_crowd_go_by_the_distance_from_the_mean(picks):
    assert numbers(picks.above) == [2, 5, 1]
    assert numbers(picks.below) == [3]  # The Lantern is .2 below its mean, The Harbour .2: not worth telling


def test_the_histogram_is_of_shares_in_the_order_of_the_stars(picks):
    assert picks.histogram == pytest.approx((0, 0, 1 / 6, 0, 0, 0, 1 / 6, 1 / 6, 1 / 6, 2 / 6))


def test_somebody_without_films_has_empty_headings(films):
    picks = own_picks.own_picks(Profile(), films, 3)
    assert not any((picks.best_rated, picks.newest, picks.liked, picks.rewatched, picks.above, picks.below))
    assert sum(picks.histogram) == 0
