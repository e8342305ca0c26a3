"""Titles, years, stars and days, as they come from outside."""

from __future__ import annotations

import pytest

from reelrec.data.half_stars import HALF_STARS
from reelrec.sources.log import LoggedFilm, clean_day, clean_id, clean_stars, clean_title, clean_year


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Copper Tide", "Copper Tide"), ("  Two \t spaces\r\nand lines ", "Two spaces and lines"),
        ("Star Quay –\u00a0II", "Star Quay – II"), ("a\u200bb\u202ec\x00d\x1be\ufeff", "abcde"), ("WALL·O", "WALL·O"),
        ("日の港 🎬", "日の港 🎬"), ("\ud800lone", "lone"), ("\ue000own", "own"), ("", ""), ("\u200b\n", ""),
        ("<b>x</b>", "<b>x</b>"),
    ],
)  # fmt: skip
def test_a_title_is_one_line_without_control_signs(text, title):
    assert clean_title(text) == title


def test_a_title_is_cut():
    assert clean_title("x" * 400) == "x" * 300
    assert clean_title("\u200bx" * 400) == "x" * 300


@pytest.mark.parametrize(
    "text", ["1870", "1953", " 2026 ", "2100", "1953.0", "1953.", "1953,00", "(1953)", "[1953]", "'1953"]
)
def test_a_year_is_four_digits(text):
    assert clean_year(text) == int("".join(c for c in text.split(".")[0].split(",")[0] if c.isdigit()))


@pytest.mark.parametrize(
    "text", ["", "19x9", "195", "19530", "0000", "1869", "2101", "٢٠٢٦", "²000", "-195", "1953.5", "1953-01"]
)
def test_what_is_no_year_is_none(text):
    assert clean_year(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("949", 949), (" 949.0 ", 949), ("tt0113277", 113277), ("TT113277", 113277), ("", None), ("0", None),
     ("tt", None), ("9" * 10, None), ("٣", None), ("heat-1995", None), ("949.5", None)],
)  # fmt: skip
def test_an_id_is_a_number_with_or_without_imdbs_letters(text, number):
    assert clean_id(text) == number


@pytest.mark.parametrize("text", ["0.5", "1", "1.0", "3.5", "4.50", "5", "5.0", "2.00", ".5"])
def test_stars_are_halves_from_one_half_to_five(text):
    assert clean_stars(text) == float(text)


def test_the_stars_that_letterboxd_writes_are_those_of_the_scale():
    written = {clean_stars(f"{tenths / 10:.1f}") for tenths in range(100)} - {None}
    assert sorted(written) == HALF_STARS.tolist()


@pytest.mark.parametrize(
    "text",
    ["", "0", "0.0", "5.5", "6", "10", "-1", "+4", "4,5", "3.25", "nan", "inf", "1e0", "0_5", "four", "★★", "٣", "³",
     " 3", "3\n", "3.500", "0x3"],
)  # fmt: skip
def test_what_is_no_half_star_is_none(text):
    assert clean_stars(text) is None


@pytest.mark.parametrize(("text", "day"), [("2026-01-11", "2026-01-11"), (" 1999-12-31 ", "1999-12-31")])
def test_a_day_is_an_iso_day(text, day):
    assert clean_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "1/1/2026", "2026-02-30", "2026-13-01", "soon", "2026", "２０２６-01-01", "x" * 999]
)
def test_what_is_no_day_is_none(text):
    assert clean_day(text) is None


def test_a_film_is_called_by_title_and_year_where_it_has_one():
    assert LoggedFilm("Copper Tide", 1953).name == "Copper Tide (1953)"
    assert LoggedFilm("Copper Tide", None).name == "Copper Tide"


def test_a_film_has_the_address_of_its_code_else_of_its_slug():
    assert LoggedFilm("Heat", 1995, code="2bg8", slug="heat").address == "https://boxd.it/2bg8"
    assert LoggedFilm("Heat", 1995, slug="heat-1995").address == "https://letterboxd.com/film/heat-1995/"
    assert LoggedFilm("Heat", 1995).address == ""
