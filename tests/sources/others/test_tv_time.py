"""TV Time: films out of a ZIP of series, votes as stars, and the files of two browser extensions."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export import Notes
from reelrec.sources.letterboxd.export_files import Part, parts_of
from reelrec.sources.log import Log
from reelrec.sources.others import tv_time
from reelrec.sources.others.registry import read_history
from reelrec.sources.others.site import Read
from reelrec.sources.others.tv_time_votes import with_years
from tests.fakes import more_sites as fakes
from tests.fakes.exports import packed
from tests.fakes.more_sites import FEW, GOOD, Seen, table

FILMS = [Seen(f"Film {n}", 1950 + n % 70, None, None, str(1 + n % 5), f"2020-01-{1 + n % 28:02}") for n in range(GOOD)]
TRACKING = ("uuid", "type", "entity_type", "movie_name", "release_date", "alpha_range_key", "watch_date_range_key",
            "created_at", "type-uuid-n")  # fmt: skip
VOTES = ("uuid", "movie_name", "vote_key")


def read(name: str, data: bytes) -> tuple[Read, list[str]]:
    notes: list[str] = []
    return tv_time.read(Part(name, data=data), Budget(), Notes("", notes)), notes


def tracking(*rows: tuple[str, ...]) -> Read:
    return read("tracking-prod-records.csv", table(TRACKING, rows))[0]


def votes(*rows: tuple[str, ...], name: str = "ratings-live-votes.csv") -> tuple[Read, list[str]]:
    return read(name, table(VOTES, rows))


def test_the_zip_gives_its_films_and_says_what_it_leaves_out():
    parts = parts_of([("gdpr-data.zip", packed(fakes.tv_time(FILMS)))])
    found = {part.name: (part, tv_time.recognises(part)) for part in parts}
    assert [name for name, (_, known) in found.items() if not known] == ["access_token.csv", "ip_address.csv"]
    seen, told = read("tracking-prod-records.csv", found["tracking-prod-records.csv"][0].data)
    assert (len(seen.films), seen.rows, seen.scale) == (GOOD + 2 * FEW, GOOD + 3 * FEW, None)
    assert "185 episodes of series were left out." in told
    assert sum("no title" in note for note in told) == FEW
    series, told = read("tracking-prod-records-v2.csv", found["tracking-prod-records-v2.csv"][0].data)
    assert (list(series.films), told) == ([], ["it has series alone, and no films."])
    emotions, told = read("emotions-live-votes.csv", found["emotions-live-votes.csv"][0].data)
    assert (list(emotions.films), told) == ([], ["it has emotions, and no ratings."])


def test_votes_are_the_five_stars_that_the_site_showed():
    rated, told = read("ratings-live-votes.csv", fakes.tv_time(FILMS)["gdpr-data/ratings-live-votes.csv"])
    assert {film.title: rated.scale.stars(film.rating) for film in rated.films if film.rating} == {
        one.title: float(one.rating) for one in FILMS
    }
    assert rated.scale.certain
    assert rated.rows == GOOD + FEW
    assert "5 ratings of episodes were left out." in told
    assert sum("none of TV Time's five votes" in note for note in told) == FEW
    assert any("bad, ok, good, great and wow" in note for note in told)


@pytest.mark.parametrize("key", ["u-36-2", "u-36-4", "u-36-5", "u-36-0", "u-36-30", "u-36-129", "u-36-", "", "3", "x"])
def test_a_vote_that_is_none_of_the_five_gives_no_stars(key):
    rated, told = votes(("u", "Heat", key))
    assert [(film.title, film.rating, film.seen) for film in rated.films] == [("Heat", "", True)]
    assert len(told) == 1


def test_ratings_and_emotions_are_told_apart_by_their_names_alone():
    assert votes(("u", "Heat", "u-1-3"), name="ratings-v2-prod-votes (1).csv")[0].films[0].rating == "5/5"
    assert not votes(("u", "Heat", "u-1-3"), name="emotions-v2-prod-votes.csv")[0].films
    with pytest.raises(ExportError, match="Name it as in its ZIP"):
        votes(("u", "Heat", "u-1-3"), name="votes.csv")


def test_ratings_take_the_year_from_the_tracking_beside_them():
    files = fakes.tv_time(FILMS)
    parts = parts_of([("gdpr-data.zip", packed(files))])
    dated = {part.name: part for part in with_years(parts, Budget())}
    rated, _ = read("ratings-live-votes.csv", dated["ratings-live-votes.csv"].data)
    assert {film.title: film.year for film in rated.films if film.rating} == {one.title: one.year for one in FILMS}
    alone = [part for part in parts if "ratings" in part.name]
    assert with_years(alone, Budget()) == alone


def test_a_film_watched_twice_is_one_film_seen_again():
    twice = tracking(
        ("u", "watch", "movie", "Heat", "1995-12-15", "", "watch-date-1590000000", "2020-06-01 10:00:00", "watch-u-0"),
        ("u", "rewatch", "movie", "Heat", "1995-12-15", "", "watch-date-1690000000", "2023-08-01 10:00:00", ""),
        ("v", "watch", "movie", "Ran", "1985-05-31", "", "", "2021-01-02 10:00:00", ""),
        ("w", "towatch", "movie", "Heat", "1986-01-01", "", "", "2021-01-02 10:00:00", ""),
        ("v", "towatch", "movie", "Ran", "1985-05-31", "", "", "2021-01-01 10:00:00", ""),
        ("v", "follow", "movie", "Ran", "1985-05-31", "", "", "2021-01-01 10:00:00", ""),
    )
    facts = [(film.name, film.seen, film.watchlist, film.rewatched, film.date) for film in twice.films]
    assert facts == [
        ("Heat (1986)", False, True, False, None),
        ("Ran (1985)", True, False, False, "2021-01-02"),
        ("Heat (1995)", True, False, True, "2023-07-22"),
    ]


@pytest.mark.parametrize(
    ("name", "slug", "title"),
    [
        ("승리호", "watch-alpha-space-sweepers", "space sweepers"), ("Amélie", "watch-alpha-amelie", "Amélie"),
        ("What Happened?", "towatch-alpha-what-happened", "What Happened?"), ("승리호", "", "승리호"),
        ("El rey león", "watch-alpha-the-lion-king", "the lion king"), ("Heat", "watch-alpha-", "Heat"),
    ],
)  # fmt: skip
def test_a_name_in_another_language_gives_way_to_the_english_words(name, slug, title):
    found = tracking(("u", "watch", "movie", name, "2021-02-05", slug, "", "2021-03-01 10:00:00", ""))
    assert [film.title for film in found.films] == [title]


@pytest.mark.parametrize("day", ["0001-01-01 00:00:00", "", "0000", "soon"])
def test_an_unknown_year_is_none(day):
    assert tracking(("u", "watch", "movie", "Heat", day, "", "", "", "")).films[0].year is None


def test_the_files_of_tv_time_out_and_of_the_liberator_are_read():
    rows = [{"id": {"tvdb": 1, "imdb": "tt0113277"}, "uuid": "u", "title": "Heat", "year": 1995, "created_at": "2020",
             "watched_at": "2021-05-06T10:00:00Z", "is_watched": True, "rewatch_count": 2},
            {"id": {"tvdb": 2, "imdb": "-1"}, "uuid": "v", "title": "Ran", "year": 1985, "watched_at": None,
             "is_watched": False, "rewatch_count": 0}]  # fmt: skip
    part = Part("tvtime-movies-2026-07-06.json", data=json.dumps(rows).encode())
    assert tv_time.recognises(part)
    facts = [
        (film.name, film.imdb_id, film.seen, film.watchlist, film.rewatched, film.date)
        for film in read(part.name, part.data)[0].films
    ]
    assert sorted(facts) == [
        ("Heat (1995)", 113277, True, False, True, "2021-05-06"), ("Ran (1985)", None, False, True, False, None),
    ]  # fmt: skip
    header = ("uuid", "tvdb_id", "imdb_id", "title", "year", "created_at", "watched_at", "is_watched", "rewatch_count")
    csv = table(header, [("u", 1, "tt0113277", "Heat", 1995, "", "2021-05-06", "true", 2)])
    assert [film.name for film in read("tvtime-movies-2026-07-06.csv", csv)[0].films] == ["Heat (1995)"]


def test_series_of_the_extensions_are_counted_and_left_out():
    shows = [{"uuid": "u", "title": "Fringe", "id": {"tvdb": 82066, "imdb": "tt1"}, "is_watched": True,
              "seasons": [{"number": 1, "episodes": []}]}] * 3  # fmt: skip
    found, told = read("tvtime-series-2026-07-06.json", json.dumps(shows).encode())
    assert (list(found.films), told) == ([], ["3 episodes of series were left out."])


def extension(*ratings: object) -> bytes:
    found = [
        {"uuid": str(n), "title": f"Film {n}", "year": 1990, "is_watched": True, "rating": given}
        for n, given in enumerate(ratings)
    ]
    return json.dumps(found).encode()


def test_every_rating_of_an_extension_is_out_of_ten_or_none_is():
    """7.5 is no vote, but it says of 4.5 that it is no half-star; and one value above ten makes all a question."""
    log = read_history([("movies.json", extension(8, 4.5, 7.5, 0, None))])
    assert isinstance(log, Log)
    assert [film.stars for film in log.films] == [4.0, 2.5, 4.0, None, None]
    log = read_history([("movies.json", extension(80, 8, 4.5))])
    assert isinstance(log, Log)
    assert log.asks is not None
    assert [film.stars for film in log.on_scale(log.asks.scale(100)).films] == [4.0, 0.5, 0.5]


def test_votes_beside_an_extensions_ratings_stay_out_of_five_whatever_is_said_of_those():
    vote = table(VOTES, [("u", "Heat", "u-1-3")])
    log = read_history([("ratings-live-votes.csv", vote), ("movies.json", extension(8))])
    assert isinstance(log, Log)
    assert log.asks is not None
    assert {film.title: film.stars for film in log.on_scale(log.asks.scale(10)).films} == {"Heat": 5.0, "Film 0": 4.0}


@pytest.mark.parametrize(
    ("count", "again"), [("2", True), ("1.0", True), ("0", False), ("0.0", False), ("-1", False), ("null", False)]
)
def test_a_film_was_seen_again_where_its_count_says_so(count, again):
    row = ("1", "tt0113277", "Heat", "true", count)
    csv = table(("tvdb_id", "imdb_id", "title", "is_watched", "rewatch_count"), [row])
    assert [film.rewatched for film in read("movies.csv", csv)[0].films] == [again]


def test_a_row_with_more_cells_than_columns_leaves_the_other_votes_as_they_are():
    parts = parts_of([("gdpr-data.zip", packed(fakes.tv_time(FILMS)))])
    spoiled = [replace(part, data=part.data.replace(b",Film 1,", b",Film 1,a,b,c,d,e,f,g,h,i,j,")) for part in parts]
    assert spoiled != parts
    dated = {part.name: part for part in with_years(spoiled, Budget())}
    rated, _ = read("ratings-live-votes.csv", dated["ratings-live-votes.csv"].data)
    assert len([film for film in rated.films if film.year]) >= len(FILMS) - 1
