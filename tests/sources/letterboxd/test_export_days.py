"""Days in every way that spreadsheets write them, and which entry of a diary is then the newest."""

from __future__ import annotations

import pytest

from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.letterboxd.export_days import days_of
from reelrec.sources.log import Log
from tests.fakes.exports import DIARY, table


def diary(*days_and_stars: tuple[str, object]) -> Log:
    """Entries of one film. days_and_stars: the day watched, and the stars."""
    rows = [(day, "Heat", 1995, f"https://boxd.it/d{n}", stars, "", "", day)
            for n, (day, stars) in enumerate(days_and_stars)]  # fmt: skip
    return read_export([("diary.csv", table(DIARY, rows))])


@pytest.mark.parametrize(
    "text",
    ["2026-04-03", " 2026-04-03 ", "2026-04-03T10:00:00Z", "2026-04-03 10:00:00", "2026/04/03", "2026.4.3", "20260403",
     "3 Apr 2026", "03-Apr-26", "3. April 2026", "Apr 3, 2026", "April 3rd, 2026", "Fri, 3 Apr 2026 10:00:00 +0000",
     "3.4.2026", "03.04.2026", "3. 4. 2026", "03.04.26"],
)  # fmt: skip
def test_a_day_that_is_written_in_one_way_only_is_read(text):
    assert days_of([[text]]).day(text).iso == "2026-04-03"
    assert not days_of([[text]]).faults


@pytest.mark.parametrize(
    ("first", "other", "iso"),
    [("3/4/2026", "6/30/2022", "2026-03-04"), ("3/4/2026", "30/6/2022", "2026-04-03"),
     ("3-4-2026", "30-6-2022", "2026-04-03"),
     ("03.04.2026", "06.30.2022", "2026-03-04"), ("3/4/26 10:15", "6/30/22 9:00", "2026-03-04")],
)  # fmt: skip
def test_the_whole_file_says_whether_the_day_or_the_month_comes_first(first, other, iso):
    assert days_of([[first, other]]).day(first).iso == iso


def test_a_number_over_twelve_in_either_column_of_days_is_enough():
    assert days_of([["3/4/2026", ""], ["", "2/13/2026"]]).day("3/4/2026").iso == "2026-03-04"


@pytest.mark.parametrize(
    ("rows", "iso"),
    [(["1/3/2026", "1/4/2026", "2/1/2026"], "2026-01-03"), (["1/3/2026", "2/3/2026", "1/4/2026"], "2026-03-01"),
     (["2/1/2026", "1/4/2026", "1/3/2026"], "2026-01-03")],
)  # fmt: skip
def test_else_the_order_of_the_rows_says_it(rows, iso):
    assert days_of([rows]).day("1/3/2026").iso == iso


def test_where_nothing_says_it_the_year_alone_counts_and_a_sentence_tells():
    days = days_of([["3/4/2026", "5/6/2022"]])
    assert (days.day("3/4/2026").iso, days.day("3/4/2026").order) == (None, "2026")
    assert days.faults == ["days such as “3/4/2026” can be read in two ways, so only their years count."]
    both = days_of([["30/1/2026", "1/30/2026", "3/4/2026"]])
    assert [both.day(text).iso for text in ("30/1/2026", "1/30/2026", "3/4/2026")] == ["2026-01-30", "2026-01-30", None]


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "31.2.2026", "13/13/2026", "0/0/2026", "2026", "3 Foo 2026"])
def test_what_is_no_day_is_told(text):
    days = days_of([[text]])
    assert days.day(text).iso is None
    assert days.faults == [f"days such as “{text}” could not be read, so they were left out."]


@pytest.mark.parametrize(
    "entries",
    [
        [("3/4/2025", 4.5), ("6/30/2022", 2)],
        [("6/30/2022", 2), ("3/4/2025", 4.5)],
        [("04.03.2025", 4.5), ("30.06.2022", 2)],
        [("3/4/2025", 4.5), ("5/6/2022", 2)],  # in two ways, but the years differ
        [("5/6/2022", 2), ("3/4/2025", 4.5)],
        [("2025-03-04T10:00:00Z", 4.5), ("2022-06-30T10:00:00Z", 2)],
        [("4 Mar 2025", 4.5), ("30 Jun 2022", 2)],
        [("", 2), ("", 4.5)],  # oldest first, as Letterboxd writes
        [("soon", 2), ("later", 4.5)],
    ],
)
def test_the_newest_entry_of_a_film_has_its_stars(entries):
    assert [found.stars for found in diary(*entries).films] == [4.5]


def test_of_two_entries_of_one_day_the_order_of_the_other_days_decides():
    falling = diary(("2025-03-04", 4.5), ("2025-03-04", 2), ("2024-01-01", 1))
    rising = diary(("2024-01-01", 1), ("2025-03-04", 2), ("2025-03-04", 4.5))
    assert [found.stars for found in (*falling.films, *rising.films)] == [4.5, 4.5]
