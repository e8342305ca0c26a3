"""The tables of an export as films: which file says what, and what becomes of rows that cannot be read whole."""

from __future__ import annotations

import pytest

from reelrec.errors import ExportError
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.letterboxd.export_kinds import FILM_FILES
from reelrec.sources.log import Log, LoggedFilm
from tests.fakes import exports
from tests.fakes.exports import DIARY, NAMED, RATED, film, packed, table


def loose(**tables: bytes) -> Log:
    """Loose CSV files by their names without ending; `likes` is likes/films.csv."""
    return read_export([(f"{'films' if name == 'likes' else name}.csv", data) for name, data in tables.items()])


def by_name(log: Log) -> dict[str, LoggedFilm]:
    films = {found.title: found for found in log.films}
    assert len(films) == len(log.films)
    return films


def refusal(**tables: bytes) -> str:
    with pytest.raises(ExportError) as caught:
        loose(**tables)
    return str(caught.value)


def test_a_full_export_is_read_whole():
    log = read_export([("letterboxd-ada-2024-06-30-10-11-utc.zip", exports.full())])
    assert (log.origin, log.owner, log.faults) == ("export", "", ())
    assert by_name(log) == {
        found.title: found
        for found in (
            LoggedFilm(
                "Copper Tide", 1953, "cT01", stars=4.5, seen=True, liked=True, date="2024-05-20", rewatched=True
            ),
            LoggedFilm("The Glass Meridian", 1950, "gM0", stars=3.0, seen=True, date="2024-02-10", reviewed=True),
            LoggedFilm("Howler's Keep", 1956, "hK002", stars=0.5, seen=True, date="2024-03-12"),
            LoggedFilm("Salt & Ember", 1959, "sE03", seen=True, date="2023-04-13"),
            LoggedFilm("Slow Signal", 1999, seen=True, date="2024-05-21"),
            LoggedFilm("Hollow Choir", 1971, "hC06", liked=True, date="2024-02-03"),
            LoggedFilm("Paper Orchard", 2025, "pO04", watchlist=True),
            LoggedFilm("Unmade", None, "uM05", watchlist=True),
        )
    }


def test_films_are_oldest_first_and_those_without_a_day_before_them():
    days = [found.date or "" for found in read_export([("e.zip", exports.full())]).films]
    assert days == sorted(days)
    assert days[:2] == ["", ""]


def test_deleted_and_orphaned_rows_are_ignored():
    titles = {found.title for found in read_export([("e.zip", exports.full())]).films}
    assert not titles & {"A Deleted Film", "An Orphan", "A Listed Film"}


def test_the_link_of_a_diary_entry_or_a_review_is_never_a_films_key():
    log = read_export([("e.zip", exports.full())])
    assert not [found for found in log.films if found.code and found.code.startswith(("dIa", "rEv", "dEl"))]
    alone = loose(diary=table(DIARY, [film("Slow Signal", 1999, "dIa03", "4", "", "", "2024-01-01")]))
    assert alone.films[0].code is None


def test_a_byte_order_mark_is_no_part_of_a_name():
    with_mark, without = (
        read_export([("e.zip", data)])
        for data in (exports.bom(), packed({"ratings.csv": exports.RATINGS, "watched.csv": exports.WATCHED}))
    )
    assert with_mark == without


def test_films_that_were_only_watched_have_no_stars():
    log = read_export([("e.zip", exports.watched_only())])
    assert [(found.seen, found.stars) for found in log.films] == [(True, None)] * 4


def test_an_export_without_rows_says_so():
    with pytest.raises(
        ExportError, match=r"no film in this export yet: no row of ratings\.csv.*Rate or log films first"
    ):
        read_export([("e.zip", exports.header_only())])


def test_columns_are_found_by_name():
    log = read_export([("e.zip", exports.extra_columns_reordered())])
    assert log.films == (LoggedFilm("Copper Tide", 1953, "cT01", stars=4.5, seen=True, date="2024-01-10"),)


def test_a_row_that_cannot_be_read_whole_leaves_a_sentence():
    log = read_export([("e.zip", exports.bad_rows())])
    found = by_name(log)
    stars = {title: found[title].stars for title in found}
    assert stars == {
        "Copper Tide": 4.5, "No Stars": None, "Zero": None, "Above": None, "Comma": 4.5, "Word": None, "No Year": 3.0,
        "Odd Year": 3.0, "Short Row": None, "boxd.it/a9": 3.0, "NulInside": 3.0,
        "No Link": 2.0,
    }  # fmt: skip
    assert all(one.seen for one in found.values())
    assert (found["No Year"].year, found["Odd Year"].year, found["No Link"].code) == (None, None, None)
    assert log.faults[:4] == (
        "ratings.csv: days such as “no day” could not be read, so they were left out.",
        "ratings.csv, row 3: no rating, so the film counts as seen without stars.",
        "ratings.csv, row 4: “0” is no rating, so the film counts as seen without stars.",
        "ratings.csv, row 5: “5.5” is no rating, so the film counts as seen without stars.",
    )
    assert len(log.faults) == 6
    assert log.faults[-1] == "ratings.csv, row 10: no rating, so the film counts as seen without stars."


def test_a_sentence_about_a_hostile_cell_is_short_and_on_one_line():
    (fault,) = loose(ratings=table(RATED, [film("A", 2000, "a", "\u202e" + "<b>\n" * 9_000)])).faults
    assert len(fault) < 100
    assert fault.isprintable()


def test_a_review_of_many_lines_is_one_row():
    found = by_name(read_export([("e.zip", exports.multiline())]))
    assert [title for title, one in found.items() if one.reviewed] == ["Copper Tide", "Salt & Ember"]
    assert len(found) == 4


def test_two_films_of_one_name_and_year_are_not_mixed_up():
    log = read_export([("e.zip", exports.dups())])
    twins = {found.code: found for found in log.films if found.title == "Amber Engine"}
    assert {code: found.stars for code, found in twins.items()} == {"aE1": 5.0, "aE2": 1.0}
    assert not any(found.rewatched for found in twins.values())  # which of them the diary means is not said
    assert len(log.films) == 4  # the film that stands twice on the watchlist is one


def test_of_two_films_of_one_name_the_diary_means_the_one_that_was_seen():
    entry = table(DIARY, [film("Amber Engine", 2023, "dIa9", "3", "Yes", "", "2024-04-04")])
    wanted, watched = (table(NAMED, [film("Amber Engine", 2023, code)]) for code in ("aE1", "aE2"))
    log = loose(watched=watched, watchlist=wanted, diary=entry)
    assert {found.code: (found.seen, found.rewatched) for found in log.films} == {
        "aE1": (False, False),
        "aE2": (True, True),
    }


def test_typography_arrives_as_written_on_one_line():
    titles = {found.title for found in read_export([("e.zip", exports.typography())]).films}
    assert titles == {
        "Star Quay: Episode II – The Return", "PUMP·O", "The Ferryman’s Wife", 'The "Quiet" Hour', "(Un)made", "...",
        "*weather", "El Niño", "Tide, Low", "日の港",
    }  # fmt: skip


def test_a_loose_ratings_file_is_read():
    assert {found.stars for found in loose(ratings=exports.RATINGS).films} == {4.5, 3.0, 0.5}


def test_a_watchlist_alone_is_not_seen():
    log = loose(watchlist=exports.WATCHLIST)
    assert [(found.seen, found.watchlist, found.date) for found in log.films] == [(False, True, None)] * 2


def test_a_seen_film_on_the_watchlist_keeps_the_day_it_was_seen():
    (found,) = loose(
        watched=table(NAMED, [film("A", 2000, "a", day="2020-01-01")]),
        watchlist=table(NAMED, [film("A", 2000, "a", day="2024-01-01")]),
    ).films
    assert (found.seen, found.watchlist, found.date) == (True, True, "2020-01-01")


def test_a_heart_given_later_does_not_change_the_day():
    (found,) = loose(
        ratings=table(RATED, [film("A", 2000, "a", "4", day="2020-01-01")]),
        likes=table(NAMED, [film("A", 2000, "a", day="2024-01-01")]),
    ).films
    assert (found.liked, found.date) == (True, "2020-01-01")


def test_a_heart_without_stars_is_a_heart():
    (found,) = loose(likes=table(NAMED, [film("Hollow Choir", 1971, "hC06")])).films
    assert (found.liked, found.stars, found.seen) == (True, None, False)


def test_links_of_exports_before_2020_name_the_slug():
    old = "https://letterboxd.com/film/copper-tide-1953/"
    (found,) = loose(ratings=table(RATED, [("2019-01-01", "Copper Tide", 1953, old, "4")])).films
    assert (found.slug, found.code) == ("copper-tide-1953", None)


def test_a_code_and_a_slug_that_are_spelled_alike_are_two_films():
    rows = [film("One", 2000, "tide", "4"), ("2019-01-01", "Other", 1990, "letterboxd.com/film/tide", "2")]
    assert {found.title: found.stars for found in loose(ratings=table(RATED, rows)).films} == {"One": 4.0, "Other": 2.0}


@pytest.mark.parametrize(
    "link", ["", "boxd.it/", "https://boxd.it/a/b", "https://example.org/x", "https://boxd.it/é", "boxd.it/" + "a" * 13]
)
def test_a_link_that_is_no_films_is_not_used(link):
    (found,) = loose(ratings=table(RATED, [("2024-01-01", "Copper Tide", 1953, link, "4")])).films
    assert (found.code, found.slug, found.stars) == (None, None, 4.0)


def test_a_web_page_called_ratings_csv_is_refused():
    said = refusal(ratings=exports.html())
    assert said.startswith("ratings.csv was not read: its first line has <!DOCTYPE html>, not Name, Year, Rating.")
    assert "Use the export as Letterboxd gave it." in said


def test_ratings_without_the_column_of_stars_are_refused():
    assert "not Name, Year, Rating." in refusal(ratings=exports.WATCHED)


def test_the_zip_and_its_loose_files_mean_the_same():
    files = {name: data for name, data in exports.everything().items() if name in FILM_FILES}
    zipped, loose_files = (
        read_export(uploads)
        for uploads in ([("e.zip", packed(files))], [(name.rpartition("/")[2], data) for name, data in files.items()])
    )
    assert (zipped.films, zipped.faults) == (loose_files.films, loose_files.faults)
