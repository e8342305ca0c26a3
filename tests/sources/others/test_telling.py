"""Whose files an upload holds, and what is said of those of nobody."""

import codecs
import json

import pytest

from reelrec import translation
from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import MAX_UPLOAD_BYTES
from reelrec.sources.log import Log
from reelrec.sources.others.loose import LooseTable, log_of
from reelrec.sources.others.registry import READERS, read_history
from tests.fakes.exports import RATED, film, packed, table

IMDB = b"Const,Your Rating,Date Rated,Title,Title Type,Year\ntt0113277,7,2024-01-01,Heat,Movie,1995\n"
WANTED = b"Position,Const,Created,Modified,Description,Title,Title Type,Year,Your Rating,Date Rated\n"
WATCHLIST = WANTED + b"1,tt0113277,2024-01-01,,,Heat,Movie,1995,,\n2,tt0078748,2024-01-01,,,Alien,Movie,1979,,\n"
MOVIE = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "imdb": "tt0113277", "tmdb": 949}}
RATING = {"rated_at": "2024-01-01T00:00:00.000Z", "rating": 8, "type": "movie", "movie": MOVIE}
TRAKT = json.dumps([RATING]).encode()
TMDB = b"TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n"


def test_ratings_and_a_watchlist_of_one_site_are_one_log():
    log = read_history([("ratings.csv", IMDB), ("a0b1.csv", WATCHLIST)])
    assert isinstance(log, Log)
    assert [(film.title, film.stars, film.seen, film.watchlist) for film in log.films] == [
        ("Alien", None, False, True),
        ("Heat", 3.5, True, True),
    ]
    assert (log.origin, log.rows) == ("IMDb", 3)


def test_files_of_two_sites_are_refused_by_their_names():
    with pytest.raises(ExportError, match="files of IMDb and Trakt"):
        read_history([("a.csv", IMDB), ("b.json", TRAKT)])


def test_files_of_two_sites_are_refused_in_the_language_of_whoever_brings_them(monkeypatch):
    monkeypatch.setattr(translation, "_asked", lambda: "de")
    with pytest.raises(ExportError, match="IMDb und Trakt"):
        read_history([("a.csv", IMDB), ("b.json", TRAKT)])


def test_a_whole_export_of_trakt_is_read_with_the_films_in_each_of_its_files_once():
    again = {"watched_at": "2024-02-01T00:00:00.000Z", "action": "watch", "type": "movie", "movie": MOVIE}
    seen = {"plays": 2, "last_watched_at": "2024-03-01T00:00:00.000Z", "movie": MOVIE}
    other = {"title": "Alien", "year": 1979, "ids": {"trakt": 2, "imdb": "tt0078748", "tmdb": 348}}
    listed = {"rank": 1, "id": 1, "listed_at": "2024-03-01T00:00:00.000Z", "type": "movie", "movie": other}
    files = {
        "ann/ratings/ratings-movies.json": TRAKT,
        "ann/watched/history-1.json": json.dumps([again]).encode(),
        "ann/watched/watched-movies.json": json.dumps([seen]).encode(),
        "ann/lists/watchlist.json": json.dumps([listed]).encode(),
        "ann/lists/my-list.json": json.dumps([listed]).encode(),
        "ann/user-profile.json": b'{"username": "ann"}',
    }
    log = read_history([("trakt.zip", packed(files))])
    assert isinstance(log, Log)
    heat, alien = sorted(log.films, key=lambda film: film.title, reverse=True)
    assert (heat.stars, heat.rewatched, heat.date, heat.watchlist) == (4.0, True, "2024-03-01", False)
    assert (alien.watchlist, alien.seen) == (True, False)
    assert log.faults == ("my-list.json: 1 entry of a list or collection was left out.",)


def trakt(**entry: object) -> list[tuple[int | None, float | None, str | None, bool, bool]]:
    films = [{**MOVIE, "ids": {"trakt": n, "tmdb": n}} for n in (7, 8)]
    found = [{"type": "movie", "movie": films[0], **entry}, {**RATING, "movie": films[1]}]
    log = read_history([("x.json", json.dumps(found).encode())])
    assert isinstance(log, Log)
    return [(film.tmdb_id, film.stars, film.date, film.seen, film.watchlist) for film in log.films if film.tmdb_id == 7]


def test_an_entry_of_trakt_whose_day_is_not_known_says_what_it_says():
    assert trakt(rated_at=None, rating=6) == [(7, 3.0, None, True, False)]
    assert trakt(watched_at=None) == [(7, None, None, True, False)]
    assert trakt(watched_at="unknown") == [(7, None, None, True, False)]
    assert trakt(rated_at=None, watched_at=None, listed_at="2024-01-01") == []
    head = b"rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,rating\n"
    log = read_history([("x.csv", head + b",movie,Heat,1995,8.1,1,tt0113277,949,7\n")])
    assert isinstance(log, Log)
    assert [(film.stars, film.date) for film in log.films] == [(3.5, None)]


def test_a_film_that_is_twice_in_a_history_of_trakt_was_seen_again():
    other = {"title": "Alien", "year": 1979, "ids": {"trakt": 2, "imdb": "tt0078748", "tmdb": 348}}
    days = ("2024-01-01T00:00:00.000Z", "2024-01-01T12:00:00.000Z")
    played = [{"id": n, "watched_at": day, "type": "movie", "movie": MOVIE} for n, day in enumerate(days)]
    once = {"id": 3, "watched_at": None, "type": "movie", "movie": other}
    log = read_history([("history.json", json.dumps([*played, once]).encode()), ("r.json", TRAKT)])
    assert isinstance(log, Log)
    assert {film.title: film.rewatched for film in log.films} == {"Heat": True, "Alien": False}


def test_favourites_of_trakt_are_liked():
    listed = {"listed_at": "2024-03-01T00:00:00.000Z", "type": "movie", "movie": MOVIE}
    log = read_history([("lists-favorites.json", json.dumps([listed]).encode())])
    assert isinstance(log, Log)
    assert (log.films[0].liked, log.films[0].seen, log.films[0].watchlist) == (True, True, False)


@pytest.mark.parametrize(("name", "says"), [("watchlist.csv", (True, False)), ("my favorites.csv", (False, True))])
def test_a_list_of_tmdb_is_told_by_its_name(name, says):
    log = read_history([(name, TMDB + b"949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,7.9,,\n")])
    assert isinstance(log, Log)
    assert (log.films[0].watchlist, log.films[0].liked) == says


def test_a_list_of_tmdb_without_ratings_and_name_is_asked_to_be_named():
    with pytest.raises(ExportError, match=r"Name it watchlist\.csv or favorites\.csv"):
        read_history([("x.csv", TMDB + b"949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,7.9,,\n")])


def test_a_user_of_a_movielens_data_set_is_read_and_two_are_refused():
    text = b"userId,movieId,rating,timestamp\n1,6,4.5,964982703\n"
    log = read_history([("ratings.csv", text)])
    assert isinstance(log, Log)
    assert [(film.movielens_id, film.stars, film.date) for film in log.films] == [(6, 4.5, "2000-07-30")]
    with pytest.raises(ExportError, match="several users"):
        read_history([("ratings.csv", text + b"2,6,4.5,964982703\n")])


def test_letterboxds_own_files_go_the_way_they_went():
    log = read_history([("ratings.csv", table(RATED, [film("Heat", 1995, "1", "4.5")]))])
    assert isinstance(log, Log)
    assert (log.origin, log.films[0].stars, log.asks) == ("export", 4.5, None)


def test_a_table_of_titles_and_ratings_is_no_export_of_letterboxd():
    """Its header is in files made for Letterboxd too, but nothing says that 4 is out of five."""
    found = read_history([("films.csv", b"Title,Year,Rating\nHeat,1995,4\nAlien,1979,5\n")])
    assert isinstance(found, LooseTable)
    assert found.guess == {"title": 0, "year": 1, "rating": 2}
    log = log_of(found, found.guess, None, Budget())
    assert log.asks is not None
    assert [film.stars for film in log.films] == [None, None]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.json", b'{"a": 1}', "JSON, but of no site"),
        ("x.json", b"[1, 2", "JSON, but of no site"),
        ("x.xml", b"<?xml version='1.0'?><recipes><recipe/></recipes>", "XML, but of no site"),
        ("x.csv", b"", "it is empty"),
        ("x.csv", b"Title,Rating\n", "a table without films"),
        ("x.txt", b"just a line of text\n", "its first line has just a line of text"),
        ("x.html", b"<html><body></body></html>", "a web page"),
        ("x.csv", b"a,b\n1,2\n" * 2_000_000, "more than 10 MB"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file of a spreadsheet"),
    ],
)
def test_a_file_of_nobody_is_told_in_a_sentence_with_what_to_bring(name, data, says):
    with pytest.raises(ExportError, match=f"{says}.* Bring an export of Letterboxd, IMDb, ") as error:
        read_history([(name, data)])
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("ratings.csv", IMDB.splitlines(keepends=True)[0], "no film in these files of IMDb"),
        ("ratings-movies.json", TRAKT[:-20], "it is damaged, or it is no JSON"),
        ("ratings-movies.json", TRAKT[:-1] + b"," + b"[" * 500_000, "more parts than a history of films"),
        ("ratings.csv", TMDB, "no film in these files of TMDB"),
    ],
)
def test_an_empty_a_damaged_and_a_hostile_file_of_a_site_are_told(name, data, says):
    with pytest.raises(ExportError, match=says):
        read_history([(name, data)])


def test_json_that_is_deep_is_refused_without_a_crash():
    with pytest.raises(ExportError, match="damaged"):
        read_history([("ratings-movies.json", TRAKT[:-1] + b"," + b"[" * 100_000)])


def test_more_rows_than_a_visit_keeps_are_cut_and_told():
    rows = b"".join(b"tt%07d,7,,Film %d,Movie,1995\n" % (n, n) for n in range(1, 50_011))
    data = IMDB.splitlines(keepends=True)[0] + rows
    assert len(data) < MAX_UPLOAD_BYTES
    log = read_history([("ratings.csv", data)], budget=Budget(60.0))
    assert isinstance(log, Log)
    assert len(log.films) == 50_000
    assert log.faults == ("ratings.csv: it has more than 50,000 rows; those after it were left out.",)


def test_a_budget_that_is_used_up_ends_the_reading():
    clock = iter(range(10_000_000))
    with pytest.raises(ExportError, match="takes too long"):
        read_history([("ratings.csv", IMDB)], budget=Budget(3, lambda: next(clock)))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
def test_a_name_alone_makes_no_file_one_of_a_site(reader):
    log = read_history([(f"{reader.NAME.lower()}-ratings.csv", table(RATED, [film("Heat", 1995, "1", "4.5")]))])
    assert isinstance(log, Log)
    assert log.origin == "export"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_of_a_site_is_read_in_every_encoding_of_unicode_that_programs_write(encoding, end):
    text = IMDB.decode().replace("Heat", "Amélie").replace("\n", end)
    data = text.encode(encoding)
    log = read_history([("x.csv", codecs.BOM_UTF32_LE + data if encoding == "utf-32-le" else data)])
    assert isinstance(log, Log)
    assert [(film.title, film.stars) for film in log.films] == [("Amélie", 3.5)]


def test_a_file_of_imdb_with_a_line_before_its_columns_is_told_what_is_in_the_way():
    with pytest.raises(ExportError, match="its first line is not the one that names the columns"):
        read_history([("ratings.csv", b"My ratings\n" + IMDB)])


def test_of_two_ratings_the_later_one_counts_whatever_was_written_between_them():
    rows = [("3", "2022-01-01"), ("", "2024-01-01"), ("9", "2023-01-01"), ("5", "2021-01-01"), ("1", "")]
    text = IMDB.splitlines()[0].decode() + "".join(f"\ntt0113277,{r},{day},Heat,Movie,1995" for r, day in rows)
    log = read_history([("x.csv", text.encode())])
    assert isinstance(log, Log)
    assert [(film.stars, film.date) for film in log.films] == [(4.5, "2024-01-01")]
