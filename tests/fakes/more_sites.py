"""Files of Criticker, Simkl, TV Time, FilmAffinity and Filmweb in the shapes that public parsers read, for given films.

Each has 200 rows: GOOD rated films, and of each of these FEW: a series, a film whose rating is on no scale (or, where a
site writes none, without one), and a row without a title.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

GOOD, FEW = 185, 5
ROWS = GOOD + 3 * FEW
BAD = "splendid"
UUID = "002e2d8f-aee0-40ce-aa39-{:012x}"


@dataclass(frozen=True)
class Seen:
    """A film with a rating on the scale of its file."""

    title: str
    year: int | None
    tmdb: int | None
    imdb: int | None
    rating: str
    day: str

    @property
    def tt(self) -> str:
        return f"tt{self.imdb:07}" if self.imdb else ""


def seen(films: Iterable[object], most: int, seed: int = 1) -> list[Seen]:
    """GOOD films of these, each with a rating from 1 to `most`; each rating comes at least once."""
    random = Random(seed)
    chosen = random.sample(list(films), GOOD)
    ratings = [*range(1, most + 1), *random.choices(range(1, most + 1), k=GOOD)][:GOOD]
    return [
        Seen(film.title, film.year, film.tmdb_id, film.imdb_id, str(rating), f"20{10 + n % 14}-0{1 + n % 9}-1{n % 10}")
        for n, (film, rating) in enumerate(zip(chosen, ratings, strict=True))
    ]


def table(header: Sequence[str], rows: Iterable[Sequence[object]], comma: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=comma, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def criticker_xml(films: Sequence[Seen]) -> bytes:
    """In Latin-1, as the site says; a sign that it lacks is a reference."""
    names = [(f"{one.title} ({one.year})" if one.year else one.title, "film", one.tt, one.rating) for one in films]
    names += [(f"A Series {n} (2001)", "tv", "", "70") for n in range(FEW)]
    names += [(f"Odd Film {n} (2001)", "film", "", BAD) for n in range(FEW)]
    names += [("", "film", "", "70")] * FEW
    days = [one.day for one in films] + ["2011-11-11"] * 3 * FEW
    rows = "".join(
        f" <film>\n  <filmid>{n}</filmid>\n  <filmname>{escape(name)}</filmname>\n"
        f"  <filmlink>https://www.criticker.com/{kind}/A-{n}/rating/ada</filmlink>\n  <imdbid>{imdb}</imdbid>\n"
        f"  <img>https://www.criticker.com/img/{n}.jpg</img>\n  <score>{score}</score>\n"
        f"  <summary>A man &amp; a boat. (imdb)</summary>\n  <quote></quote>\n"
        f"  <reviewdate>{_month(day)}</reviewdate>\n  <tier>{1 + n % 10}</tier>\n </film>\n"
        for n, ((name, kind, imdb, score), day) in enumerate(zip(names, days, strict=True))
    )
    head = "<?xml version='1.0' encoding='iso-8859-1'?>\n<recentrankings>\n <pageno>1</pageno>\n"
    return f"{head} <totalpages>1</totalpages>\n{rows}</recentrankings>\n".encode("latin-1", "xmlcharrefreplace")


def criticker_csv(films: Sequence[Seen]) -> bytes:
    header = ("Score", " Film Name", " Year", " Date Rated", " Mini Review", " URL", " IMDB ID")
    link = "https://www.criticker.com/{}/A/"
    rows = [(one.rating, one.title, one.year, _month(one.day), "", link.format("film"), one.tt) for one in films]
    rows += [("70", f"A Series {n}", 2001, "", "", link.format("tv"), "") for n in range(FEW)]
    rows += [(BAD, f"Odd Film {n}", 2001, "", "Fine.", link.format("film"), "") for n in range(FEW)]
    rows += [("70", "", "", "", "", link.format("film"), "")] * FEW
    return table(header, rows)


def _month(day: str) -> str:
    """ "Apr 23 2017, 08:18" of 2017-04-23."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    year, month, number = day.split("-")
    return f"{names[int(month) - 1]} {number} {year}, 08:18"


def simkl_json(films: Sequence[Seen]) -> bytes:
    """The last FEW of the films are of Simkl's anime."""

    def entry(key: str, one: Seen | None, rating: object = None, title: str = "", **more: object) -> dict:
        ids = {"simkl": 7, "slug": "a", "imdb": one.tt, "tmdb": str(one.tmdb)} if one else {"simkl": 8}
        film = {"title": one.title if one else title, "poster": "12/345", "year": one.year if one else 2001, "ids": ids}
        day = f"{one.day}T10:00:00Z" if one else None
        return {"last_watched_at": day, "status": "completed", "user_rating": rating, key: film} | more

    rated = [(one, int(one.rating)) for one in films]
    movies = [entry("movie", one, rating) for one, rating in rated[:-FEW]]
    movies += [entry("movie", None, BAD, f"Odd Film {n}") for n in range(FEW)]
    movies += [entry("movie", None, 7)] * FEW
    anime = [entry("show", one, rating, anime_type="movie") for one, rating in rated[-FEW:]]
    anime += [entry("show", None, 7, "A Series", anime_type="tv")]
    return json.dumps(
        {"shows": [entry("show", None, 7, f"A Series {n}") for n in range(FEW - 1)], "anime": anime, "movies": movies}
    ).encode()


SIMKL = (
    "SIMKL_ID", "Title", "Type", "Year", "Watchlist", "LastEpWatched", "WatchedDate", "Rating", "Memo", "TVDB", "TMDB",
    "IMDB",
)  # fmt: skip


def simkl_csv(films: Sequence[Seen]) -> bytes:
    header = SIMKL
    rows: list[tuple[object, ...]] = [
        (7, one.title, "movie", one.year or "", "completed", "", f"{_german(one.day)} 21:50:41", one.rating, "", "",
         one.tmdb or "", one.tt)
        for one in films
    ]  # fmt: skip
    rows += [(8, f"A Series {n}", "tv", 2001, "watching", "s1e2", "", "7", "", "", 99, "") for n in range(FEW)]
    rows += [(9, f"Odd Film {n}", "movie", 2001, "completed", "", "", BAD, "", "", "", "") for n in range(FEW)]
    rows += [(9, "", "movie", "", "completed", "", "", "7", "", "", "", "")] * FEW
    return table(header, rows)


def _german(day: str) -> str:
    return "-".join(reversed(day.split("-")))


VOTE = {"1": 1, "2": 27, "3": 28, "4": 29, "5": 3}
TRACKING = (
    "watch_count", "uuid", "type", "series_name", "type-uuid-n", "updated_at", "user_id", "created_at", "series_id",
    "release_date", "alpha_range_key", "movie_name", "entity_type", "watch_date_range_key", "country",
)  # fmt: skip


def tv_time(films: Sequence[Seen], odd_votes: bool = True) -> dict[str, bytes]:
    """The files of its ZIP. films: rated from 1 to 5. The tracking has as many rows of episodes as of films."""

    def row(n: int, title: str, year: object, kind: str = "watch", entity: str = "movie", series: str = "") -> tuple:
        uuid = UUID.format(n)
        day = films[n % len(films)].day
        released = f"{year}-05-05" if year else "0001-01-01 00:00:00"
        return ("", uuid, kind, series, f"{kind}-{uuid}-0", f"{day} 11:26:55", "36089951", f"{day} 11:26:55", "",
                released, "", title, entity, "", "NL")  # fmt: skip

    rows = [row(n, one.title, one.year) for n, one in enumerate(films)]
    rows += [row(n, "", "", "watch", "episode", "A Series") for n in range(len(films))]
    rows += [row(900, "", "", "count-watch-episode-series", "", "A Series")]
    rows += [row(1_000 + n, f"Odd Film {n}", 2001) for n in range(2 * FEW)]
    rows += [row(2_000 + n, "", 2001) for n in range(FEW)]
    votes = [("0", one.title, UUID.format(n), _vote(n, VOTE[one.rating]), "36089951") for n, one in enumerate(films)]
    votes += [("77", "", UUID.format(n), f"77-36089951-{VOTE['5']}", "36089951") for n in range(FEW)]
    if odd_votes:
        votes += [("0", f"Odd Film {n}", UUID.format(1_000 + n), _vote(1_000 + n, 4), "36089951") for n in range(FEW)]
    header = ("episode_id", "movie_name", "uuid", "vote_key", "user_id")
    episodes = [("1", f"watch-episode-{n}", "82066", "Fringe", 10, 1331151, 2) for n in range(40)]
    return {
        "gdpr-data/tracking-prod-records.csv": table(TRACKING, rows),
        "gdpr-data/tracking-prod-records-v2.csv": table(
            ("ep_watch_count", "key", "s_id", "series_name", "ep_no", "ep_id", "season_number"), episodes
        ),
        "gdpr-data/ratings-live-votes.csv": table(header, votes),
        "gdpr-data/emotions-live-votes.csv": table(header, [(*vote[:3], _vote(0, 36), vote[4]) for vote in votes]),
        "gdpr-data/access_token.csv": table(("user_id", "token"), [("36089951", "not for anybody")]),
        "gdpr-data/ip_address.csv": table(("ip", "created_at"), [("192.0.2.7", "2020-01-01")]),
    }


def _vote(n: int, number: int) -> str:
    return f"{UUID.format(n)}-36089951-{number}"


LIBERATOR = (
    "imdb_id", "tvdb_id", "type", "title", "season", "episode", "is_special", "is_watched", "watched_at", "status",
    "is_watchlisted", "rating",
)  # fmt: skip


def liberator_csv(films: Sequence[Seen]) -> bytes:
    """`activity_history.csv` of TV Time Liberator. films: rated from 1 to 5, which it writes as 2 to 10."""
    rows: list[tuple[object, ...]] = [
        (one.tt or "-1", n, "movie", one.title, "", "", "false", "true", f"{one.day}T12:00:00Z", "", "false",
         2 * int(one.rating))
        for n, one in enumerate(films)
    ]  # fmt: skip
    rows += [
        ("tt1", n, "show", "A Series", 3, n, "false", "true", "2023-06-01", "ended", "false", 8) for n in range(FEW)
    ]
    rows += [("-1", n, "movie", f"Odd Film {n}", "", "", "false", "true", "", "", "false", BAD) for n in range(FEW)]
    rows += [("-1", n, "movie", "", "", "", "false", "true", "", "", "false", "") for n in range(FEW)]
    return table(LIBERATOR, rows)


def filmaffinity_backup(films: Sequence[Seen], genre: bool = True) -> bytes:
    """`watched.csv` of filmaffinity-backup, or a file of a list (without genre)."""
    header = ("title", "original title", "year", "country", "user score", "FA score", "FA movie ID", "directors")
    rows: list[tuple[object, ...]] = [
        (f"El título {n}", one.title, one.year or "", "España", one.rating, "7,1", 100_000 + n, "Ada Moss, Ben Hale")
        for n, one in enumerate(films)
    ]
    rows += [(f"A Series {n} (Miniserie de TV)", "", 2001, "España", 7, "7,1", n, "") for n in range(FEW)]
    rows += [(f"Odd Film {n} (TV)", "", 2001, "España", BAD, "7,1", n, "") for n in range(FEW)]
    rows += [("", "", "", "España", 7, "7,1", n, "") for n in range(FEW)]
    if genre:
        return table(("genre", *header), (("Drama", *row) for row in rows), ";")
    return table(header, rows, ";")


def filmaffinity_scraper(films: Sequence[Seen]) -> bytes:
    """`votaciones_1.csv` of filmaffinity-scraper."""
    rows: list[tuple[object, ...]] = [(one.title, one.year or "N/A", one.rating) for one in films]
    rows += [(f"Una serie {n} (Serie de TV)", 2001, 7) for n in range(FEW)]
    rows += [(f"Odd Film {n}", 2001, BAD) for n in range(FEW)]
    rows += [("", 2001, 7)] * FEW
    return table(("titulo", "año", "mi_votacion"), rows)


FILMWEB = (
    "timestamp", "favorite", "user_rating", "global_rating", "global_rating_count", "original_title", "pl_title",
    "year", "movie_id", "url", "date",
)  # fmt: skip


def filmweb_rows(films: Sequence[Seen]) -> list[tuple[object, ...]]:
    """Rows of filmweb-export, which has no series; the FEW are films seen without a vote."""
    link = "https://www.filmweb.pl/film/a-1"
    rows: list[tuple[object, ...]] = [
        (1588407481213, True if n % 10 == 0 else None, int(one.rating), 7.9, 3777, one.title, f"Tytuł {n}", one.year,
         str(n), link, one.day)
        for n, one in enumerate(films)
    ]  # fmt: skip
    rows += [
        (1, None, None, 7.9, 1, f"Unrated Film {n}", "Tytuł", 2001, str(n), link, "2020-01-01") for n in range(FEW)
    ]
    rows += [(1, None, BAD, 7.9, 1, f"Odd Film {n}", "Tytuł", 2001, str(n), link, "2020-01-01") for n in range(FEW)]
    return rows + [(1, None, 7, 7.9, 1, "", "", 2001, "9", link, "2020-01-01")] * FEW


def filmweb_export_csv(films: Sequence[Seen]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, dialect="unix")
    writer.writerow(FILMWEB)
    writer.writerows(filmweb_rows(films))
    return text.getvalue().encode()


def filmweb_export_json(films: Sequence[Seen]) -> bytes:
    return json.dumps([dict(zip(FILMWEB, row, strict=True)) for row in filmweb_rows(films)]).encode()


def filmweb_exporter(films: Sequence[Seen]) -> bytes:
    """`Filmweb_watched_film.csv` of FilmwebExporter, which puts only a title with a comma into quotation marks."""
    lines = ["movieId,title,year,fullRating,voteCount,voteDate,userRating,favorite"]
    rows = [(one.title, one.year, one.day, one.rating, "tak" if n % 10 == 0 else "nie") for n, one in enumerate(films)]
    rows += [(f"Unrated Film {n}", 2001, "-", "-", "nie") for n in range(FEW)]
    rows += [(f"Odd Film {n}", 2001, "-", BAD, "nie") for n in range(FEW)]
    rows += [("", 2001, "-", "7", "nie")] * FEW
    for n, (title, year, day, vote, favorite) in enumerate(rows):
        named = f'"{title}"' if "," in title else title
        lines.append(f"{n},{named},{year},7.91448,3777,{day},{vote},{favorite}")
    return ("\n".join(lines) + "\n").encode()


def filmweb_csv(films: Sequence[Seen]) -> bytes:
    """`movies_rated.csv` of filmweb-csv."""
    rows: list[tuple[object, ...]] = [
        (f"Tytuł {n}", one.title, one.year, one.day, one.rating) for n, one in enumerate(films)
    ]
    rows += [("Tytuł", f"Unrated Film {n}", 2001, "2020-01-01", 0) for n in range(FEW)]
    rows += [("Tytuł", f"Odd Film {n}", 2001, "2020-01-01", BAD) for n in range(FEW)]
    rows += [("", "", 2001, "2020-01-01", 7)] * FEW
    return table(("title", "original_title", "year", "date", "rate"), rows, ";")


SHAPES = (
    criticker_xml, criticker_csv, simkl_json, simkl_csv, liberator_csv, filmaffinity_backup, filmaffinity_scraper,
    filmweb_export_csv, filmweb_export_json, filmweb_exporter, filmweb_csv,
)  # fmt: skip
