"""What an upload costs: the worst file of 49,999 rows of each reader is read in its seconds, or refused in them."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from random import Random

import pytest

from reelrec import app
from reelrec.data.catalogue import Catalogue
from reelrec.errors import ExportError
from reelrec.sources.budget import CPU_SECONDS, Budget
from reelrec.sources.letterboxd import feed_items
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.log import Log, LoggedFilm
from reelrec.visitor import profile_file
from reelrec.visitor.intake import take_in
from tests.fakes import exports
from tests.fakes.exports import DIARY, NAMED, RATED, REVIEWS, film, table

ROWS = 49_999
LATER = 0.4  # seconds: between two looks at the clock, and on a busy machine
HEADERS = {
    "ratings.csv": RATED, "diary.csv": DIARY, "reviews.csv": REVIEWS, "watched.csv": NAMED, "watchlist.csv": NAMED,
    "films.csv": NAMED,
}  # fmt: skip
MORE = {
    "ratings.csv": ("3.5",), "diary.csv": ("3.5", "", "", "2024-01-01"),
    "reviews.csv": ("", "", "word", "", "2024-01-01"),
}  # fmt: skip
TITLES: dict[str, Callable[[int], str]] = {
    "titles of no film": lambda n: f"Zq Nothing {n} Xw",
    "one title in every link": lambda _: "The Same",
    "brackets": lambda n: f"{n}" + " (ab)" * 16,
    "odd letters": lambda n: f"{n}" + "éØ – ﷺ" * 6,
    "entities": lambda n: f"{n}" + "&amp;amp;#39;" * 8,
}


@pytest.fixture(scope="module")
def films() -> Catalogue:
    """The catalogue that ships, with its indexes made, as the first visitor of a process makes them."""
    return app.catalogue().indexed()


def cost(work: Callable[[], object]) -> tuple[float, str]:
    """CPU seconds of some work, and the text of its ExportError."""
    start = time.thread_time()
    try:
        work()
        why = ""
    except ExportError as error:
        why = str(error)
    return time.thread_time() - start, why


def rows(name: str, title: Callable[[int], str]) -> bytes:
    return table(HEADERS[name], (film(title(n), 1950 + n % 70, f"z{n}", *MORE.get(name, ())) for n in range(ROWS)))


@pytest.mark.parametrize(
    ("name", "titles"),
    [(name, "titles of no film") for name in HEADERS]
    + [(name, titles) for name in ("ratings.csv", "reviews.csv") for titles in list(TITLES)[1:]],
)
def test_the_worst_file_of_each_kind_ends_within_the_budget(films, name, titles):
    data = rows(name, TITLES[titles])
    seconds, why = cost(lambda: app.read_export([(name, data)]))
    assert seconds < CPU_SECONDS + LATER
    assert not why or "takes too long" in why


def test_near_titles_and_every_way_to_write_a_day_end_within_the_budget(films):
    known = [one.title for one in films.best_known(9_000)]
    days = [f"{1 + n % 12}/{1 + n // 12 % 12}/20{n % 24:02}" for n in range(ROWS)]
    near = table(DIARY, (film(f"{known[n % 9_000]}{n % 7}", 1990, f"z{n}", "3", day=days[n]) for n in range(ROWS)))
    assert cost(lambda: app.read_export([("diary.csv", near)]))[0] < CPU_SECONDS + LATER


def test_twice_the_rows_of_one_title_take_twice_as_long_and_not_four_times(films):
    def seconds(n: int) -> float:
        links = table(RATED, (film("One Title", 2000, f"a{row}", "3") for row in range(n)))
        entries = table(DIARY, (film("One Title", 2000, f"d{row}", "3", "", "", "2024-01-01") for row in range(n)))
        return min(cost(lambda: app.read_export([("ratings.csv", links), ("diary.csv", entries)]))[0] for _ in range(2))

    assert seconds(12_000) < 3 * seconds(6_000)


def test_a_large_honest_export_never_meets_the_budget(films):
    known = [(one.title, one.year, one.boxd_code) for one in films.best_known(9_000)]
    seconds, why = cost(lambda: app.read_export([("e.zip", exports.real_format(known, 6_000))]))
    assert not why
    assert seconds < CPU_SECONDS


def test_the_largest_export_takes_less_than_100_mb_of_memory(films):
    text = [Random(n).randbytes(600).hex() * 10 for n in range(20)]
    rows = (film(f"Film {n} \U0001f600", 1990, f"z{n}", "", "", text[n % 20], "", "2024-01-01") for n in range(1_500))
    upload = exports.packed({"reviews.csv": table(REVIEWS, rows)})
    tracemalloc.start()
    try:
        app.read_export([("e.zip", upload)])
        assert tracemalloc.get_traced_memory()[1] < 100e6
    finally:
        tracemalloc.stop()


def test_what_is_over_the_budget_is_said_and_no_film_is_taken(films):
    over = Budget(-1.0)
    with pytest.raises(ExportError, match="takes too long to read"):
        read_export([("e.zip", exports.full())], None, over)
    with pytest.raises(ExportError, match="takes too long to read"):
        take_in(Log("export", "", (LoggedFilm("Heat", 1995),)), films, budget=over)


@pytest.mark.parametrize(
    "entry",
    [{"film": "x"}, {"film": "heat-1995", "stars": 4.5, "seen": True}, {"film": ["x"] * 9}],
    ids=["unknown", "known", "no text"],
)
def test_a_profile_file_of_its_largest_size_is_read_soon(films, entry):
    one = json.dumps(entry)
    most = min((profile_file.MAX_FILE_BYTES - 100) // (len(one) + 2), profile_file.MAX_FILMS)
    data = f'{{"format": "reelrec-profile", "version": 1, "films": [{", ".join([one] * most)}]}}'.encode()
    start = time.thread_time()
    profile_file.from_file(data, films)
    assert time.thread_time() - start < CPU_SECONDS


@pytest.mark.parametrize(
    "title",
    ["a" + " " * 3_900 + "b", "a" + " - ★★★" * 500, "(" * 3_900, "a" + ", 19" * 900, "&amp;#39;" * 430],
    ids=["spaces", "stars", "brackets", "years", "entities"],
)
def test_the_worst_heading_in_every_item_of_a_feed_is_read_soon(films, title):
    items = f"<item><title>{title}</title><pubDate>{title}</pubDate></item>" * 240
    start = time.thread_time()
    logged = feed_items.logged_films(f"<rss><channel>{items}</channel></rss>".encode())
    take_in(Log("rss", "alice", tuple(logged)), films)
    assert time.thread_time() - start < CPU_SECONDS
