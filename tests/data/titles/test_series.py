"""Series are told from titles."""

import pytest

from reelrec.data.titles.series import series


@pytest.mark.parametrize(
    "titles",
    [
        ("Toy Story", "Toy Story 2", "Toy Story 3"),
        ("The Godfather", "The Godfather Part II", "The Godfather Part III"),
        ("Kill Bill: Vol. 1", "Kill Bill: Vol. 2"),
        ("Star Wars", "Star Wars: Episode V – The Empire Strikes Back", "Star Wars: The Last Jedi"),
        ("Mission: Impossible", "Mission: Impossible II", "Mission: Impossible – Fallout"),
        ("Harry Potter and the Goblet of Fire", "Harry Potter and the Deathly Hallows: Part 1"),
        ("Twilight", "The Twilight Saga: New Moon", "The Twilight Saga: Breaking Dawn – Part 2"),
        ("The Avengers", "Avengers: Endgame"),
        ("Ocean's Eleven", "Ocean's Twelve"),
        ("Blade Runner", "Blade Runner 2049"),
        ("Dune", "Dune: Part Two"),
    ],
)
def test_films_of_a_series_share_a_name(titles):
    names = series([*titles, "Stalker"])
    assert len(set(names[:-1])) == 1
    assert names[0]
    assert names[-1] == ""


@pytest.mark.parametrize(
    "titles",
    [
        ("Before Sunrise", "Before Sunset"),  # says nothing of a series
        ("Crash", "Crash"),  # equal titles alone make none
        ("The Boy", "The Boy and the Heron"),
        ("Se7en", "Magnificent Seven"),
    ],
)
def test_films_that_only_look_alike_are_no_series(titles):
    assert series(titles) == [""] * len(titles)


def test_of_several_names_the_one_with_most_films_counts():
    titles = ("Harry Potter and the Deathly Hallows: Part 1", "Harry Potter and the Deathly Hallows: Part 2",
              "Harry Potter and the Goblet of Fire")  # fmt: skip
    assert set(series(titles)) == {"harry potter"}
