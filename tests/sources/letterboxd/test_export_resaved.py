"""What spreadsheets, scripts and converters do to the cells of an export, and what is still read of them."""

from __future__ import annotations

import pytest

from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.letterboxd.export_days import days_of
from reelrec.sources.log import Log, clean_id, clean_year
from reelrec.sources.scales import Scale
from tests.fakes.exports import DIARY, NAMED, RATED, REVIEWS, film, table


def read(data: bytes, name: str = "ratings.csv") -> Log:
    return read_export([(name, data)])


def stars(log: Log) -> dict[str, float | None]:
    return {found.title: found.stars for found in log.films}


def test_semicolons_that_a_spreadsheet_put_behind_each_row_do_no_harm():
    rows = table(RATED, [film("Heat", 1995, "h1", "4.5"), film("Paris, Texas", 1984, "p1", "3")]).replace(
        b"\r\n", b";;;\r\n"
    )
    assert stars(read(rows)) == {"Heat": 4.5, "Paris, Texas": 3.0}
    (found,) = read(table(NAMED, [film("Heat", 1995, "h1")]).replace(b"\r\n", b";;\r\n"), "watched.csv").films
    assert found.code == "h1"


def test_two_files_put_together_are_one_with_one_header():
    first = table(RATED, [film("Heat", 1995, "h1", "4.5")])
    log = read(first + b"\xef\xbb\xbf" + table(RATED, [film("Up", 2009, "u1", "3")]))
    assert (stars(log), log.faults) == ({"Heat": 4.5, "Up": 3.0}, ())


@pytest.mark.parametrize("nothing", ["nan", "NaN", "NaT", "None", "<NA>", "null", "#N/A"])
def test_what_programs_write_for_no_value_is_no_value(nothing):
    rows = [(nothing, "Up", 2009, nothing, nothing), (nothing,) * 5, (nothing, "None", 1990, nothing, "3")]
    log = read(table(RATED, rows))
    assert stars(log) == {"Up": None, "None": 3.0}
    assert log.faults == ("ratings.csv, row 2: no rating, so the film counts as seen without stars.",)


def test_rows_of_spaces_are_empty():
    log = read(table(RATED, [film("Heat", 1995, "h1", "4.5")]) + b" , , , , \r\n" * 3 + b"x\r\n")
    assert log.faults[-1] == "ratings.csv, row 6: no title, so it was left out."
    assert len(log.films) == 1


@pytest.mark.parametrize(
    "text", ["1,995", "1.995", "1 995", "1\u202f995", "\u200e1995", "1995-12-15", "1995-01-01 00:00"]
)
def test_a_year_that_was_taken_for_a_number_or_a_day_is_read(text):
    assert clean_year(text) == 1995


@pytest.mark.parametrize("text", ["0", "1799", "2199", "19955", "199", "1,9,95", "995-01-01", ""])
def test_what_is_no_year_of_a_film_is_none(text):
    assert clean_year(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("https://www.imdb.com/title/tt0113277/", 113277), ("https://www.themoviedb.org/movie/949-heat?language=de", 949),
     ("https://www.themoviedb.org/tv/1396", None), ("tt0113277 x", None)],
)  # fmt: skip
def test_an_id_is_read_out_of_a_films_address(text, number):
    assert clean_id(text) == number


def test_a_day_as_a_spreadsheets_number_is_read():
    days = days_of([["45302", "45301.75"]])
    assert [days.day(text).iso for text in ("45302", "45301.75")] == ["2024-01-11", "2024-01-10"]
    assert not days.faults
    rows = [("45302", "Heat", 1995, "x", "4.5", "", "", "45302"), ("45301", "Heat", 1995, "y", "2", "", "", "45301")]
    assert stars(read(table(DIARY, rows), "diary.csv")) == {"Heat": 4.5}


@pytest.mark.parametrize(
    ("text", "value"),
    [("'4.5", 4.5), ("\u200e4.5", 4.5), ("04. Mai", 4.5), ("4-May", 4.5), ("03.Mai", 3.5), ("⭐⭐⭐⭐", 4.0),
     ("4⭐️", 4.0), ("4.5 out of 5 stars", 4.5), ("05. Mai", None), ("04. Jun", None)],
)  # fmt: skip
def test_a_rating_that_a_spreadsheet_changed_is_read(text, value):
    assert Scale(5).stars(text) == value


@pytest.mark.parametrize("written", ["AmÃ©lie", "Am&eacute;lie", "Am&amp;eacute;lie", "Amélie"])
def test_a_title_in_a_wrong_encoding_is_mended(written):
    assert stars(read(table(RATED, [film(written, 2001, "a1", "4")]))) == {"Amélie": 4.0}


def test_letters_that_only_look_like_a_wrong_encoding_stay():
    titles = ["Ça va", "Ã", "Æon Flux", "Ä", "Šimon", "日の港", "Â© x ñ"]
    assert set(stars(read(table(RATED, [film(title, 2001, f"a{n}", "4") for n, title in enumerate(titles)])))) == set(
        titles
    )


@pytest.mark.parametrize("damage", [b"\xf0\x9f", b"\xed\xa0\xbd\xed\xb8\x80", b"\xed\xa0\x80"])
def test_a_damaged_sign_in_a_review_does_not_change_the_title(damage):
    row = film("Amélie", 2001, "a1", "4", "", "J’ai aimé X", "", "2024-01-01")
    data = table(REVIEWS, [row]).replace(b"X", damage)
    assert stars(read(data, "reviews.csv")) == {"Amélie": 4.0}


def test_of_two_rows_of_a_film_the_newer_stars_count_in_any_order():
    newer, older = (
        film("Heat", 1995, "h1", given, day=day) for given, day in (("4.5", "2024-05-10"), ("2", "2020-01-10"))
    )
    others = [film("Up", 2009, "u1", "4", day="2023-01-01"), film("Her", 2013, "r1", "4", day="2024-01-01")]
    for rows in (
        [newer, older, *others],
        [older, newer, *others],
        [*others, newer, older],
        [*others[::-1], newer, older],
    ):
        assert stars(read(table(RATED, rows)))["Heat"] == 4.5
    assert stars(read(table(RATED, [newer, film("Heat", 1995, "h1", "", day="2025-01-01")])))["Heat"] == 4.5


def test_a_row_without_a_title_counts_by_its_link():
    coded, addressed = read(
        table(RATED, [film("", 1995, "h1", "4"), ("", "", "", "https://letterboxd.com/film/up/", "3")])
    ).films
    assert {(found.code, found.slug, found.title, found.stars) for found in (coded, addressed)} == {
        ("h1", None, "boxd.it/h1", 4.0),
        (None, "up", "letterboxd.com/film/up", 3.0),
    }


@pytest.mark.parametrize(
    ("link", "code", "slug"),
    [("HTTPS://BOXD.IT/2bg8", "2bg8", None), ("https://boxd.it/2bg8?utm_source=x", "2bg8", None),
     ("http://www.boxd.it/2bg8/#a", "2bg8", None), ("https://letterboxd.com/ann_b/film/heat-1995/", None, "heat-1995")],
)  # fmt: skip
def test_a_link_may_be_written_in_many_ways(link, code, slug):
    (found,) = read(table(RATED, [("2024-01-01", "Heat", 1995, link, "4")])).films
    assert (found.code, found.slug) == (code, slug)


def test_series_among_a_converters_films_are_television_and_have_no_films_id():
    header = ("rated_at", "type", "title", "year", "imdb_id", "tmdb_id", "season", "rating")
    rows = [("2024-01-10T10:00:00Z", "movie", "Heat", 1995, "tt0113277", 949, "", 9),
            ("2024-01-11T10:00:00Z", "show", "Breaking Bad", 2008, "tt0903747", 1396, "", 10),
            ("2024-01-12T10:00:00Z", "", "Fargo", 1996, "", 275, "2", 8)]  # fmt: skip
    heat, bad, fargo = read(table(header, rows)).films
    assert (heat.tmdb_id, heat.television, heat.stars, heat.date) == (949, False, 4.5, "2024-01-10")
    assert (bad.tmdb_id, bad.imdb_id, bad.television) == (None, 903747, True)
    assert (fargo.tmdb_id, fargo.television) == (None, True)


def test_what_a_converter_calls_planned_was_not_seen():
    header = ("Title", "Type", "Year", "Watchlist", "WatchedDate", "Rating")
    rows = [("Heat", "movie", 1995, "completed", "2024-01-01", 9), ("Up", "movie", 2009, "plantowatch", "", "")]
    films = {found.title: found for found in read(table(header, rows)).films}
    assert (films["Heat"].seen, films["Heat"].watchlist) == (True, False)
    assert (films["Up"].seen, films["Up"].watchlist) == (False, True)
