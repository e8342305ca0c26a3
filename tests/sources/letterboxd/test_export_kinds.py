"""Which file of an export each file is: by its columns first, by its name where columns are alike."""

from __future__ import annotations

import pytest

from reelrec.errors import ExportError
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.letterboxd.export_files import parts_of
from reelrec.sources.letterboxd.export_kinds import chosen
from tests.fakes import exports
from tests.fakes.exports import DIARY, NAMED, RATED, REVIEWS, film, packed, table


def read(*uploads: tuple[str, bytes]) -> dict[str, str]:
    """The files that are read, by what they are read as, to their names."""
    return {file.read_as: file.name for file in chosen(parts_of(uploads)).files if file.read_as}


def unread(*uploads: tuple[str, bytes]) -> dict[str, str]:
    """The files that are not read, to the reason."""
    return {file.name: file.why for file in chosen(parts_of(uploads)).files if not file.read_as}


def refusal(*uploads: tuple[str, bytes]) -> str:
    with pytest.raises(ExportError) as caught:
        read_export(uploads)
    return str(caught.value)


def test_a_first_line_without_a_word_is_told_to_be_no_table():
    assert refusal(("notes.csv", b",,,\n1,2\n")).startswith("notes.csv was not read: it is no table.")


DIARY_DATA = table(DIARY, [film("Copper Tide", 1953, "dIa01", "4", "", "", "2024-01-09")])
REVIEW_DATA = table(REVIEWS, [film("Copper Tide", 1953, "rEv01", "4", "", "Fine.", "", "2024-01-09")])


@pytest.mark.parametrize(
    ("given", "data", "kind"),
    [
        ("ratings.csv", exports.RATINGS, "ratings.csv"), ("RATINGS.CSV", exports.RATINGS, "ratings.csv"),
        ("ratings (1).csv", exports.RATINGS, "ratings.csv"), ("ratings(12).csv", exports.RATINGS, "ratings.csv"),
        ("letterboxd ratings.csv", exports.RATINGS, "ratings.csv"), ("ratings_old.csv", exports.RATINGS, "ratings.csv"),
        ("my own name.csv", exports.RATINGS, "ratings.csv"), ("", exports.RATINGS, "ratings.csv"),
        ("ratings.txt", exports.RATINGS, "ratings.csv"), ("films.csv", exports.RATINGS, "ratings.csv"),
        ("diary 2.csv", DIARY_DATA, "diary.csv"), ("whatever.csv", DIARY_DATA, "diary.csv"),
        ("C:\\Downloads\\diary.csv", DIARY_DATA, "diary.csv"), ("ratings.csv", DIARY_DATA, "diary.csv"),
        ("diary.csv", exports.RATINGS, "diary.csv"), ("x.csv", REVIEW_DATA, "reviews.csv"),
        ("watched.csv", exports.WATCHED, "watched.csv"), ("watched - Copy.csv", exports.WATCHED, "watched.csv"),
        ("Kopie von watched.csv", exports.WATCHED, "watched.csv"), ("watched_2024.csv", exports.WATCHED, "watched.csv"),
        ("watchlist (2).csv", exports.WATCHLIST, "watchlist.csv"),
        ("not watched: watchlist.csv", exports.WATCHLIST, "watchlist.csv"),
        ("Watch List.csv", exports.WATCHLIST, "watchlist.csv"),
        ("letterboxd-ada-watchlist.csv", exports.WATCHLIST, "watchlist.csv"),
        ("watchlist.csv", exports.RATINGS, "watchlist.csv"),
        ("films.csv", exports.WATCHED, "likes/films.csv"), ("films (1).csv", exports.WATCHED, "likes/films.csv"),
        ("films - Copy.csv", exports.WATCHED, "likes/films.csv"), ("likes.csv", exports.WATCHED, "likes/films.csv"),
        ("films - Cópia.csv", exports.WATCHED, "likes/films.csv"),
        ("films - Co\u0301pia (2).csv", exports.WATCHED, "likes/films.csv"),
        ("films — копия.csv", exports.WATCHED, "likes/films.csv"),
        ("films 副本.csv", exports.WATCHED, "likes/films.csv"),
        ("films - コピー.csv", exports.WATCHED, "likes/films.csv"),
        ("ada/likes/films.csv", exports.WATCHED, "likes/films.csv"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_columns_and_by_its_name_where_they_are_alike(given, data, kind):
    assert read((given, data)).keys() == {kind}


def test_renamed_copies_in_a_zip_are_known_too():
    files = {"export/diary 2.csv": DIARY_DATA, "export/watched - Copy.csv": exports.WATCHED,
             "export/likes/films 2.csv": exports.WATCHED}  # fmt: skip
    assert read(("e.zip", packed(files))).keys() == {"diary.csv", "watched.csv", "likes/films.csv"}


@pytest.mark.parametrize(
    "name", ["my films.csv", "unwatched.csv", "not watched.csv", "export.csv", "watched or liked.csv"]
)
def test_a_file_of_seen_or_of_wanted_films_is_asked_about(name):
    said = refusal((name, exports.WATCHED))
    assert f"{name} was not read: its columns are those of films seen and of films wanted alike." in said
    assert "Name it watched.csv if you have seen these films, watchlist.csv if you want to." in said
    log = read_export([(name, exports.WATCHED), ("ratings.csv", exports.RATINGS)])
    assert len(log.films) == 3


def test_a_second_download_keeps_its_meaning():
    log = read_export([("ratings (1).csv", exports.RATINGS), ("watchlist (1).csv", exports.WATCHLIST)])
    assert sum(found.seen for found in log.films) == 3
    assert sum(found.watchlist for found in log.films) == 2


def test_of_two_copies_of_a_file_the_newer_is_read_and_the_other_named():
    newer = table(RATED, [film("Copper Tide", 1953, "cT01", "1", day="2025-01-10")])
    for uploads in ([("ratings.csv", exports.RATINGS), ("ratings (1).csv", newer)],
                    [("ratings.csv", newer), ("ratings (1).csv", exports.RATINGS)]):  # fmt: skip
        log = read_export(uploads)
        assert [found.stars for found in log.films] == [1.0]
        (fault,) = log.faults
        assert "was read as ratings.csv in its place" in fault
    same = read_export([("ratings.csv", exports.RATINGS), ("ratings (1).csv", exports.RATINGS)])
    assert len(same.films) == 3
    assert "it is the same as" in same.faults[0]


def test_a_hostile_name_is_shown_short_and_without_signs_that_turn_the_text():
    said = refusal(("\u202e\x1b[31m" + "x" * 5_000, b"Date"))
    assert said.isprintable()
    assert len(said) < 350


def test_an_unpacked_export_may_be_handed_in_with_its_files_without_films():
    files = exports.everything()
    uploads = [(name, files[name]) for name in ("profile.csv", "comments.csv", "ratings.csv", "diary.csv")]
    assert read(*uploads).keys() == {"ratings.csv", "diary.csv"}
    assert not read_export(uploads).faults


def test_files_without_films_alone_are_refused():
    said = refusal(("profile.csv", exports.everything()["profile.csv"]))
    assert said.startswith("profile.csv was not read: it is one of an export's files without films.")


def test_watched_and_watchlist_look_alike_and_the_name_decides():
    data = table(NAMED, [film("Paper Orchard", 2025, "pO04")])
    watched, wanted = (read_export([(name, data)]).films[0] for name in ("watched.csv", "watchlist.csv"))
    assert (watched.seen, watched.watchlist) == (True, False)
    assert (wanted.seen, wanted.watchlist) == (False, True)


def test_a_byte_order_mark_does_not_hide_whose_columns_they_are():
    assert read(("mine.csv", b"\xef\xbb\xbf" + table(RATED))).keys() == {"ratings.csv"}


def test_a_list_is_wanted_films_where_it_is_called_watchlist_and_else_no_history():
    data = (exports.LIST + "1,Heat,1995,https://boxd.it/2bg8,\r\n2,Up,2009,https://boxd.it/1OEc,\r\n").encode()
    films = read_export([("watchlist.csv", data)]).films
    assert [(found.name, found.code, found.watchlist, found.seen) for found in films] == [
        ("Heat (1995)", "2bg8", True, False),
        ("Up (2009)", "1OEc", True, False),
    ]
    assert "seas.csv was not read: it is a list of 2 films, not a history of films seen." in refusal(("seas.csv", data))
    bare = b"Position,Name,Year,URL,Description\n1,Heat,1995,https://boxd.it/2bg8,\n"
    assert unread(("watched.csv", bare)) == {"watched.csv": "it is a list of 1 film, not a history of films seen"}


def test_imdbs_ratings_are_named_and_not_taken_for_stars():
    data = b"Const,Your Rating,Date Rated,Title,URL,Title Type,Year\ntt0113277,9,2024-01-01,Heat,x,movie,1995\n"
    assert "ratings.csv was not read: it is IMDb's own export" in refusal(("ratings.csv", data))
    wanted = b"Position,Const,Created,Title,URL,Title Type,Year\n1,tt0113277,2024-01-01,Heat,x,movie,1995\n"
    assert "watchlist.csv was not read: it is IMDb's own export" in refusal(("watchlist.csv", wanted))


def test_letterboxds_own_import_format_is_read():
    data = (
        b"LetterboxdURI,tmdbID,imdbID,Title,Year,Rating10,WatchedDate\n"
        b",949,tt0113277,Heat,1995,9,2024-01-01\n,,,Up,2009,,2024-01-02\n"
    )
    heat, up = read_export([("import.csv", data)]).films
    assert (heat.title, heat.tmdb_id, heat.imdb_id, heat.stars, heat.date) == ("Heat", 949, 113277, 4.5, "2024-01-01")
    assert (up.seen, up.stars) == (True, None)


@pytest.mark.parametrize("name", ["watchlist.csv", "diary.csv", "watched.csv", "likes.csv", "reviews.csv", "odd.csv"])
@pytest.mark.parametrize(
    "data",
    [b"", b"\r\n", b"\xef\xbb\xbf", b"\0" * 50, b"Rank,Year,Title,LetterboxdURI\n1,1974,The Conversation,x\n",
     b"<!DOCTYPE html><html></html>", b"%PDF-1.7\n\x93\x8c", b'{"films": []}', b"id,user\n1,2\n", bytes(range(256))],
    ids=["empty", "a line", "a mark", "zeros", "scraped", "html", "pdf", "json", "other", "bytes"],
)  # fmt: skip
def test_one_odd_file_costs_the_others_nothing_and_is_named(name, data):
    (fault,) = read_export([("ratings.csv", exports.RATINGS), (name, data)]).faults
    assert fault.startswith(f"{name} was not read: ")
    log = read_export([("e.zip", packed({"ratings.csv": exports.RATINGS, name: data}))])
    assert (len(log.films), log.faults) == (3, (fault,))


@pytest.mark.parametrize("data", [b"", b"<html>", b"a,b\n1,2\n", table(RATED)])
def test_ratings_that_cannot_be_read_leave_the_stars_of_the_diary(data):
    log = read_export([("ratings.csv", data), ("diary.csv", DIARY_DATA), ("watched.csv", exports.WATCHED)])
    assert {found.title: found.stars for found in log.films if found.stars} == {"Copper Tide": 4.0}
    assert len(log.films) == 4
