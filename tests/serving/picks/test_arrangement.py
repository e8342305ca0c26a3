"""The order in which the films of a list are shown."""

import numpy as np

from reelrec.serving.picks.arrangement import (
    PER_SERIES,
    after_predecessors,
    by_year,
    diverse,
    first_of_series,
    in_series_order,
    same_series,
)

ALIKE = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])


def test_without_strength_the_order_is_that_of_the_scores():
    assert diverse(np.array([3.0, 2.9, 2.8, 5.0]), ALIKE, 4, 0.0).tolist() == [3, 0, 1, 2]


def test_a_film_like_one_before_it_waits_by_hand():
    # After the first, the second loses 1 (cosine 1), the third nothing, the fourth .6.
    assert diverse(np.array([3.0, 2.9, 2.0, 2.4]), ALIKE, 3, 1.0).tolist() == [0, 2, 1]
    # Then the fourth is .8 close to the third: 2.4 - .8 = 1.6, and the second has 1.9.


def test_unlike_films_gain_nothing_from_being_unlike():
    opposite = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]])
    assert diverse(np.array([3.0, 2.0, 2.1]), opposite, 3, 1.0).tolist() == [0, 2, 1]


def ordered(*films: tuple[str, int], n: int = 99) -> list[int]:
    return in_series_order(*map(list, zip(*films, strict=True)), n)


def test_a_series_takes_its_places_by_year_and_others_keep_theirs():
    assert ordered(("Saw II", 2005), ("Stalker", 1979), ("Saw", 2004), ("Heat", 1995)) == [2, 1, 0, 3]


def test_of_a_series_only_the_first_few_stand_before_all_others():
    films = [*((f"Saw {part}", 2000 + part) for part in (6, 2, 3, 4, 5)), ("Stalker", 1979)]
    assert [films[place][1] for place in ordered(*films, n=4)] == [2002, 2003, 2006, 1979]
    assert [films[place][1] for place in ordered(*films)] == [2002, 2003, 2004, 1979, 2005, 2006]
    assert PER_SERIES == 3


def test_a_film_that_is_not_shown_takes_no_place_of_its_series():
    films = [("Thor: Ragnarok", 2017), ("Stalker", 1979), ("Heat", 1995), ("Thor", 2011)]
    assert ordered(*films, n=3) == [0, 1, 2]


def test_films_of_no_series_stay_as_they_are():
    assert ordered(("Heat", 1995), ("Heat", 1986), ("Stalker", 1979)) == [0, 1, 2]


def test_without_years_a_series_keeps_its_places_and_still_no_more_than_three_stand_first():
    titles = [*(f"Saw {part}" for part in (6, 2, 3, 4, 5)), "Stalker"]
    assert in_series_order(titles, None, 99) == [0, 1, 2, 5, 3, 4]
    assert in_series_order(titles, None, 4) == [0, 1, 2, 5]


def test_films_are_of_one_series_by_their_titles_or_because_one_follows_another():
    titles = ["Before Sunrise", "Saw", "Before Sunset", "Saw II", "Stalker", "Saw Mill"]
    before = np.array([-1, -1, 0, -1, -1, 3])
    first, saw, second, third, alone, mill = same_series(titles, range(6), before)
    assert first == second
    assert saw == third == mill  # the last follows the fourth
    assert len({first, saw, alone}) == 3
    assert same_series([], [], before) == []


def test_a_film_that_follows_a_film_outside_the_list_is_still_of_its_series():
    # 2 follows 1, which follows 0; 3 follows 0 too.
    names = same_series(["Third", "Another", "Alone"], [2, 3, 4], np.array([-1, 0, 1, 0, -1]))
    assert names[0] == names[1] != names[2]


def test_films_that_follow_each_other_in_a_circle_are_of_some_series():
    assert len(same_series(["One way", "Other way"], [0, 1], np.array([1, 0]))) == 2


def test_with_those_shown_no_series_has_more_than_three():
    assert first_of_series(["a", "a", "b", "a", "a", "b"], {}) == [0, 1, 2, 3, 5]
    assert first_of_series(["a", "a", "b", "a", "b"], {"a": 2, "c": 3}) == [0, 2, 4]
    assert first_of_series(["a", "b"], {"a": 3}) == [1]


def test_the_films_of_a_series_change_places_by_year_and_of_equals_the_first_stays_first():
    assert by_year(["a", "b", "a", "a"], [2003, 1990, 2001, 2002], [0, 1, 2, 3]) == [2, 1, 3, 0]
    assert by_year(["a", "a", "a"], [2001, 2001, 1999], [0, 1]) == [0, 1]  # the third is not shown


# Film 1 follows 0, 2 follows 1; 4 follows 3; 6 follows nothing.
BEFORE = np.array([-1, 0, 1, -1, 3, -1, -1])


def after(*films: int, seen: tuple[int, ...] = ()) -> list[int]:
    """The films in their new order."""
    awaited = np.ones(7, dtype=bool)
    awaited[[*seen]] = False
    numbers = np.array(films)
    return numbers[after_predecessors(numbers, BEFORE, awaited)].tolist()


def test_a_sequel_changes_places_with_what_it_follows():
    assert after(1, 5, 0, 6) == [0, 5, 1, 6]
    assert after(2, 5, 1, 6, 0) == [0, 5, 1, 6, 2]
    assert after(2, 1, 0) == [0, 1, 2]
    assert after(4, 2, 3, 0, 1) == [3, 0, 4, 1, 2]


def test_a_sequel_to_a_film_that_is_not_there_is_left_out():
    assert after(1, 5) == [5]
    assert after(2, 5, 1) == [5]  # and so is what follows it
    assert after(4, 5, 6) == [5, 6]


def test_what_was_seen_or_may_not_be_listed_counts_as_before():
    assert after(1, 5, seen=(0,)) == [1, 5]
    assert after(2, 1, seen=(0,)) == [1, 2]
    assert after(2, 5, seen=(0, 1)) == [2, 5]


def test_films_without_sequels_stay():
    assert after(6, 5, 3, 0) == [6, 5, 3, 0]
    assert after() == []
