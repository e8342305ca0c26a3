"""Ratings out of five, ten or a hundred, with points, commas and drawn stars."""

from __future__ import annotations

from collections import Counter

import pytest

from reelrec.errors import ExportError
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.log import Log
from reelrec.sources.scales import Scale, scale_of
from tests.fakes.exports import DIARY, RATED, film, table


def ratings(*texts: object) -> bytes:
    return table(RATED, [film(f"Film {n}", 2000, f"f{n}", text) for n, text in enumerate(texts)])


def stars(log: Log) -> list[float | None]:
    return [found.stars for found in log.films]


@pytest.mark.parametrize(
    ("texts", "out_of"),
    [
        (["0.5", "3", "4.5", "5"], 5), (["9", "8", "10", "5", "3", "7"], 10), (["6"], 10), (["7.5", "8"], 10),
        (["85", "60", "100", "9"], 100), (["11"], 100), ([], 5), (["", "0"], 5), (["★★★½", "★"], 5), (["9/10"], 5),
        (["4.5", "3.5", "2", "4", "3", "5.5"], 5),  # a slip among half-stars
        (["4.5", "3.5", "2", "4", "3", "45"], 5), (["9", "8", "7", "8", "6", "75"], 10),
        (["4", "3", "2", "5", "1", "45"], 5), (["4.3", "11", "3.5"], 5),
    ],
)  # fmt: skip
def test_the_values_of_a_whole_file_tell_its_scale(texts, out_of):
    assert scale_of(Counter(texts)).out_of == out_of


@pytest.mark.parametrize(
    ("out_of", "text", "value"),
    [
        (5, "4.5", 4.5), (5, "4,5", 4.5), (5, "4.50", 4.5), (5, "5,0", 5.0), (5, ".5", 0.5), (5, "0", None),
        (5, "0.0", None), (5, "5.5", None), (5, "3.25", None), (5, "-1", None), (5, "four", None), (5, "", None),
        (5, "★★★½", 3.5), (5, "½", 0.5), (5, "★★★★★", 5.0), (5, "★★☆☆☆", 2.0), (5, "★★★★★★", None), (5, "***", 3.0),
        (5, "3½", 3.5), (5, "3 stars", 3.0), (5, "4★", 4.0), (5, "7/10", 3.5), (5, "4/5", 4.0), (5, "80%", 4.0),
        (5, "85 / 100", 4.5), (5, "nan", None), (5, "1e0", None), (5, "٣", None),
        (10, "7", 3.5), (10, "10", 5.0), (10, "5", 2.5), (10, "1", 0.5), (10, "7.5", 4.0), (10, "11", None),
        (10, "0", None), (10, "★★★★★", 5.0), (10, "4/5", 4.0),
        (100, "70", 3.5), (100, "85", 4.5), (100, "1", 0.5), (100, "100", 5.0), (100, "101", None), (100, "0", None),
    ],
)  # fmt: skip
def test_a_rating_of_any_scale_is_a_half_star(out_of, text, value):
    assert Scale(out_of).stars(text) == value


def test_ratings_out_of_ten_are_converted_and_said_to_be():
    log = read_export([("ratings.csv", ratings(9, 8, 10, 5, 3, 7))])
    assert stars(log) == [4.5, 4.0, 5.0, 2.5, 1.5, 3.5]
    sentence = "ratings.csv: These ratings go up to 10. They were read as out of ten: 7 is 3.5 stars."
    assert (log.scales, log.faults) == ((sentence,), (sentence,))
    assert all(found.rescaled for found in log.films)
    left = log.without_rescaled()
    assert (stars(left), left.scales) == ([None] * 6, ())
    assert all(found.seen for found in left.films)


def test_ratings_out_of_a_hundred_are_converted_and_said_to_be():
    log = read_export([("ratings.csv", ratings(85, 60, 7))])
    assert stars(log) == [4.5, 3.0, 0.5]
    assert "They were read as out of a hundred: 70 is 3.5 stars." in log.scales[0]


def test_the_column_rating10_says_its_scale():
    header = ("Name", "Year", "Rating10")
    log = read_export([("ratings.csv", table(header, [("Heat", 1995, 4), ("Up", 2009, 5)]))])
    assert stars(log) == [2.0, 2.5]
    assert log.scales
    both = read_export([("ratings.csv", table((*header, "Rating"), [("Heat", 1995, 8, 4), ("Up", 2009, 5, "")]))])
    assert (stars(both), both.scales) == ([4.0, 2.5], ())


@pytest.mark.parametrize(("scale", "first", "second"), [(5, 3.0, None), (10, 1.5, 4.5), (100, 0.5, 0.5)])
def test_the_person_who_asks_may_say_the_scale(scale, first, second):
    log = read_export([("ratings.csv", ratings(3, 9))], scale)
    assert stars(log) == [first, second]
    assert log.scales == ()


def test_a_scale_that_there_is_none_of_is_refused():
    with pytest.raises(ExportError, match="out of 5, 10 or 100, not 7"):
        read_export([("ratings.csv", ratings(3))], 7)


def test_a_diary_alone_has_its_scale_too_and_one_beside_ratings_is_not_asked_about():
    diary = table(DIARY, [film("Film 0", 2000, "d1", "9", "", "", "2024-01-01")])
    alone = read_export([("diary.csv", diary)])
    assert (stars(alone), len(alone.scales)) == ([4.5], 1)
    both = read_export([("diary.csv", diary), ("ratings.csv", ratings("4"))])
    assert (stars(both), both.scales) == ([4.0], ())


def test_ratings_in_a_watchlist_are_not_the_visitors():
    (found,) = read_export([("watchlist.csv", ratings(4))]).films
    assert (found.stars, found.watchlist, found.seen) == (None, True, False)
