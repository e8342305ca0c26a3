"""How stars moved over the years."""

import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.visitor.taste.beside import beside
from reelrec.visitor.taste.years import YearOfRatings, by_year, change


@pytest.fixture
def dated(make_film):
    """What others give 3 stars, rated so, on these days: the ratings and their days by film number."""

    def of(*rows: tuple[float, str]):
        films = Catalogue([make_film(number, mean=3.0) for number in range(len(rows))])
        ratings = {number: stars for number, (stars, _) in enumerate(rows)}
        return beside(ratings, films), {number: day for number, (_, day) in enumerate(rows) if day}

    return of


def test_each_year_has_its_films_its_mean_and_that_of_others(dated):
    rows = [(4.0, "2021-05-01"), (2.0, "2019-01-01"), (3.0, "2021-12-31"), (5.0, "")]
    assert by_year(*dated(*rows)) == (
        YearOfRatings(year=2019, n=1, mean=2.0, others=3.0), YearOfRatings(year=2021, n=2, mean=3.5, others=3.0),
    )  # fmt: skip


def test_texts_that_are_no_days_are_left_out(dated):
    ratings, dates = dated((4.0, "soon"), (4.0, "2020-99-99"), (4.0, "20"), (4.0, "2020-02-02"))
    assert [year.year for year in by_year(ratings, dates)] == [2020]
    assert by_year(ratings, {}) == ()


def test_who_became_harsher_is_told_since_when_and_by_how_much(dated):
    rows = [(4.0, f"2019-01-{day:02}") for day in range(1, 31)] + [(3.0, f"2022-03-{day:02}") for day in range(1, 31)]
    found = change(*dated(*rows))
    assert (found.since, found.stands_out) == ("2022-03-01", True)
    assert (found.stars, found.others) == (pytest.approx(-1.0), pytest.approx(0.0))


def test_a_change_that_may_be_chance_does_not_stand_out(dated):
    rows = [(stars, f"20{year}-01-{day:02}") for year, all_stars in ((19, (1.0, 5.0, 3.0)), (22, (5.0, 1.5, 3.0)))
            for day, stars in enumerate(all_stars * 10, 1)]  # fmt: skip
    assert not change(*dated(*rows)).stands_out


def test_few_days_or_one_day_tell_no_change(dated):
    assert change(*dated(*[(4.0, f"2019-01-{day:02}") for day in range(1, 31)])) is None
    assert change(*dated(*[(4.0, "2019-01-01")] * 60)) is None
    assert change(*dated(*[(4.0, "")] * 60)) is None
