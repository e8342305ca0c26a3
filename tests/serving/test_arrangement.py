"""The order in which the films of a list are shown."""

import numpy as np

from reelrec.serving.arrangement import PER_SERIES, diverse, in_series_order

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
