"""Letterboxd exports as they come and as they can go wrong: bytes of ZIPs and CSV files with invented films.

`real_format(films, n)` makes a whole export of the real one's shape for films that are given.

| case | tests in tests/sources/letterboxd: test_export.py, test_export_files.py (f), _kinds (k), _limits (l) |
|---|---|
| full | test_a_full_export_is_read_whole, test_deleted_and_orphaned_rows_are_ignored |
| nested | test_an_export_that_was_packed_again_in_folders_is_read (f) |
| bom | test_a_byte_order_mark_is_no_part_of_a_name |
| watched_only | test_films_that_were_only_watched_have_no_stars |
| header_only | test_an_export_without_rows_says_so |
| extra_columns_reordered | test_columns_are_found_by_name |
| bad_rows | test_a_row_that_cannot_be_read_whole_leaves_a_sentence |
| multiline | test_a_review_of_many_lines_is_one_row |
| dups | test_two_films_of_one_name_and_year_are_not_mixed_up |
| typography | test_typography_arrives_as_written_on_one_line |
| loose ratings.csv, watchlist.csv | test_a_loose_ratings_file_is_read, test_a_watchlist_alone_is_not_seen |
| loose "ratings (1).csv" | test_a_second_download_keeps_its_meaning (k) |
| html | test_a_web_page_called_ratings_csv_is_refused |
| huge_cell | test_a_huge_cell_is_cut (l) |
| NUL (in bad_rows) | test_a_row_that_cannot_be_read_whole_leaves_a_sentence |
| diary_rows(30_000) | test_thirty_thousand_diary_rows_are_read_in_seconds (l) |
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import string
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from random import Random

RATED = ("Date", "Name", "Year", "Letterboxd URI", "Rating")
NAMED = RATED[:4]
DIARY = (*RATED, "Rewatch", "Tags", "Watched Date")
REVIEWS = (*RATED, "Rewatch", "Review", "Tags", "Watched Date")
LIST = (
    "Letterboxd list export v7\r\nDate,Name,Tags,URL,Description\r\n2024-01-01,Seas,,https://boxd.it/LiSt1,\r\n\r\n"
    "Position,Name,Year,URL,Description\r\n"
)
PROFILE = "Date Joined,Username,Given Name,Family Name,Email Address,Location,Website,Bio,Pronoun,Favorite Films\r\n"

Row = Sequence[object]


def table(header: Sequence[str], rows: Iterable[Row] = (), ends: str = "\r\n", comma: str = ",") -> bytes:
    """CSV as Letterboxd writes it: UTF-8 without a byte order mark, quotes only where they are needed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=ends, delimiter=comma)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def packed(files: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 6, 30, 10, 11, 0)), content, how)
    return data.getvalue()


def film(name: str, year: object, code: str, *more: object, day: str = "2024-02-03") -> Row:
    return (day, name, year, f"https://boxd.it/{code}", *more)


RATINGS = table(RATED, [
    film("Copper Tide", 1953, "cT01", "4.5", day="2024-01-10"),
    film("The Glass Meridian", 1950, "gM0", "3", day="2024-02-11"),
    film("Howler's Keep", 1956, "hK002", "0.5", day="2024-03-12"),
])  # fmt: skip
WATCHED = table(NAMED, [
    film("Copper Tide", 1953, "cT01", day="2023-01-10"),
    film("The Glass Meridian", 1950, "gM0", day="2023-02-11"),
    film("Howler's Keep", 1956, "hK002", day="2023-03-12"),
    film("Salt & Ember", 1959, "sE03", day="2023-04-13"),
])  # fmt: skip
WATCHLIST = table(NAMED, [film("Paper Orchard", 2025, "pO04", day="2024-06-01"), film("Unmade", "", "uM05")])


def everything() -> dict[str, bytes]:
    """The files of a whole export."""
    return {
        "profile.csv": PROFILE.encode() + b'2019-01-01,ada,Ada,Example,ada@example.org,,,"Two\nlines",they,"a, b"\r\n',
        "ratings.csv": RATINGS,
        "watched.csv": WATCHED,
        "watchlist.csv": WATCHLIST,
        "comments.csv": table(("Date", "Content", "Comment"), [("2024-01-01", "https://boxd.it/cOmm1", "Yes.\nNo.")]),
        "diary.csv": table(DIARY, [
            film("Copper Tide", 1953, "dIa01", "4", "", "harbour, sea", "2024-01-09"),
            film("Copper Tide", 1953, "dIa02", "5", "Yes", "", "2024-05-20"),
            film("Slow Signal", 1999, "dIa03", "", "", "", "2024-05-21"),
        ]),
        "reviews.csv": table(REVIEWS, [film("The Glass Meridian", 1950, "rEv01", "3", "", "Fine.", "", "2024-02-10")]),
        "likes/films.csv": table(NAMED, [film("Copper Tide", 1953, "cT01"), film("Hollow Choir", 1971, "hC06")]),
        "likes/lists.csv": table(("Date", "Content"), [("2024-01-01", "https://boxd.it/lLi01")]),
        "likes/reviews.csv": table(("Date", "Content"), [("2024-01-01", "https://boxd.it/lRe01")]),
        "lists/seas.csv": (LIST + "1,A Listed Film,1980,https://boxd.it/l1,\r\n").encode(),
        "deleted/lists/old.csv": LIST.encode(),
        "deleted/diary.csv": table(DIARY, [film("A Deleted Film", 1990, "dEl01", "1", "", "", "2020-01-01")]),
        "deleted/reviews.csv": table(REVIEWS),
        "orphaned/diary.csv": table(DIARY, [("2021-01-01", "An Orphan", "", "", "2", "", "", "2021-01-01")]),
        "orphaned/reviews.csv": table(REVIEWS),
    }  # fmt: skip


def full() -> bytes:
    return packed(everything())


def nested() -> bytes:
    """As macOS packs a folder."""
    folder = "letterboxd-ada-2024-06-30-10-11-utc"
    marks = {
        f"__MACOSX/{folder}/._ratings.csv": b"\x00\x05\x16\x07",
        "__MACOSX/._ratings.csv": b"\x00",
        f"{folder}/": b"",
    }
    return packed(marks | {f"{folder}/{name}": data for name, data in everything().items()})


def bom() -> bytes:
    return packed({"ratings.csv": b"\xef\xbb\xbf" + RATINGS, "watched.csv": b"\xef\xbb\xbf" + WATCHED})


def watched_only() -> bytes:
    return packed({"watched.csv": WATCHED})


def header_only() -> bytes:
    return packed({"ratings.csv": table(RATED), "watched.csv": table(NAMED), "diary.csv": table(DIARY)})


def extra_columns_reordered() -> bytes:
    header = ("Rating", "Mood", "Letterboxd URI", "Year", "Name", "Date", "Rating Note")
    return packed(
        {"ratings.csv": table(header, [("4.5", "sad", "https://boxd.it/cT01", 1953, "Copper Tide", "2024-01-10", "1")])}
    )


def bad_rows() -> bytes:
    """Thirteen rows after the header, of which three are whole."""
    rows = [
        film("Copper Tide", 1953, "a1", "4.5"), film("No Stars", 2000, "a2", ""), film("Zero", 2000, "a3", "0"),
        film("Above", 2000, "a4", "5.5"), film("Comma", 2000, "a5", "4,5"), film("Word", 2000, "a6", "four"),
        film("No Year", "", "a7", "3"), film("Odd Year", "19x9", "a8", "3"), ("2024-01-01", "Short Row"),
        (), film("", 2000, "a9", "3"), film("Nul\x00Inside", 2000, "b1", "3"),
        ("no day", "No Link", 2000, "see above", "2", "one", "too many"),
    ]  # fmt: skip
    return packed({"ratings.csv": table(RATED, rows)})


def multiline() -> bytes:
    review = 'He said "never again, never",\r\nand then,\n\nagain.\r\n2024-01-01,Not A Row,2000,https://boxd.it/x,5'
    rows = [
        film("Copper Tide", 1953, "rEv01", "4.5", "", review, "a, b", "2024-01-09"),
        film("Salt & Ember", 1959, "rEv02"),
    ]
    return packed({"ratings.csv": RATINGS, "reviews.csv": table(REVIEWS, rows)})


def dups() -> bytes:
    """Two films of one name and year, a film watched three times, and one on the watchlist twice."""
    leos = [film("Amber Engine", 2023, "aE1", "5"), film("Amber Engine", 2023, "aE2", "1")]
    days = ("2024-01-01", "2024-02-02", "2024-03-03")
    diary = [film("Copper Tide", 1953, f"dIa{n}", "2", "", "", day) for n, day in enumerate(days)]
    diary.append(film("Amber Engine", 2023, "dIa9", "3", "Yes", "", "2024-04-04"))
    twice = [film("Paper Orchard", 2025, "pO04"), film("Paper Orchard", 2025, "pO04")]
    ratings = table(RATED, [*leos, film("Copper Tide", 1953, "cT01", "4")])
    return packed({"ratings.csv": ratings, "diary.csv": table(DIARY, diary), "watchlist.csv": table(NAMED, twice)})


TYPOGRAPHY = (
    "Star Quay: Episode II –\u00a0The Return", "PUMP·O", "The Ferryman’s Wife", 'The "Quiet" Hour', "(Un)made", "...",
    "*weather", "El Niño", "Tide,\u200b Low", "日の港",
)  # fmt: skip


def typography() -> bytes:
    return packed({"ratings.csv": table(RATED, [film(name, 2000, f"t{n}", "4") for n, name in enumerate(TYPOGRAPHY)])})


def html() -> bytes:
    return b"<!DOCTYPE html>\n<html><body>Please sign in, then, export.</body></html>\n"


def huge_cell() -> bytes:
    return table(RATED, [film("x" * 200_000, 2000, "hC1", "3")])


def diary_rows(n: int) -> bytes:
    """A diary of n rows about a third as many films."""
    rows = (
        film(f"Film {row % (n // 3)}", 1950 + row % 70, f"d{row}", (row % 10 + 1) / 2, "", "", f"20{row % 24:02}-01-01")
        for row in range(n)
    )
    return table(DIARY, rows)


def real_format(films: Iterable[tuple[str, int | None, str | None]], n: int, seed: int = 1) -> bytes:
    """A whole export with n ratings. films: title, year and boxd.it code, None where one is to be invented.

    About a third of the rated films are in the diary, every tenth is liked, a fifth as many were watched without
    stars and as many are on the watchlist, as far as there are films.
    """
    random = Random(seed)
    films = list(films)
    random.shuffle(films)
    known = {code for _, _, code in films if code}
    signs = string.ascii_letters + string.digits
    fresh = (code for code in ("".join(random.choices(signs, k=5)) for _ in itertools.count()) if code not in known)
    rows = [(title, year or "", code or next(fresh)) for title, year, code in films]
    rated, unrated, wanted = rows[:n], rows[n : n + n // 5], rows[n + n // 5 : n + 2 * (n // 5)]
    first = datetime.date(2015, 1, 1)
    days = [str(first + datetime.timedelta(days=2 * place)) for place in range(len(rows))]
    steps = [f"{half / 2:g}" for half in random.choices(range(1, 11), (1, 2, 2, 5, 6, 14, 15, 22, 12, 10), k=n)]
    ratings = [film(*row, stars, day=day) for row, stars, day in zip(rated, steps, days, strict=False)]
    diary = [
        film(*row[:2], next(fresh), stars, "Yes" if place % 15 == 0 else "", "", day, day=day)
        for place, (row, stars, day) in enumerate(zip(rated, steps, days, strict=False))
        if place % 3 == 0
    ]
    reviews = [(*row[:6], "Two lines,\nof words.", *row[6:]) for row in diary[::5]]
    watched = [film(*row, day=day) for row, day in zip([*rated, *unrated], days, strict=False)]
    empty = {f"{folder}/{name}.csv": table(header) for folder in ("deleted", "orphaned")
             for name, header in (("diary", DIARY), ("reviews", REVIEWS))}  # fmt: skip
    return packed({
        "profile.csv": PROFILE.encode(),
        "ratings.csv": table(RATED, ratings),
        "watched.csv": table(NAMED, watched),
        "watchlist.csv": table(NAMED, (film(*row) for row in wanted)),
        "diary.csv": table(DIARY, diary),
        "reviews.csv": table(REVIEWS, reviews),
        "comments.csv": table(("Date", "Content", "Comment")),
        "likes/films.csv": table(NAMED, (film(*row) for row in rated[::10])),
        "lists/seas.csv": LIST.encode(),
    } | empty)  # fmt: skip
