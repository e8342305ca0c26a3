"""Exports of other sites with 200 rows each, in the shapes that the sites write, made of films that are given.

Of the rows of each, most are films of the catalogue with ratings of every height; some have no rating, some are series,
some are left out by what they are (episodes, games), three are films that nobody made, one has a rating that is none,
and one neither a title nor a number. `ROWS` of a `Sample` counts them.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reelrec.data.film import Film

N = 200
DAY = "2024-03-{:02}"


@dataclass(frozen=True)
class Row:
    """kind: "film", "series" or "episode". value: of ten, 0 for none. film: of the catalogue, None for no such film."""

    kind: str
    title: str
    year: int | None
    value: int
    day: str
    film: Film | None = None
    odd: bool = False  # its rating is a word
    empty: bool = False  # it has neither a title nor a number

    @property
    def imdb(self) -> str:
        """ "tt0113277"; an id that no film has for a film that nobody made."""
        if self.empty:
            return ""
        return f"tt{self.film.imdb_id if self.film else 99_000_000 + sum(map(ord, self.title)):07}"

    @property
    def tmdb(self) -> str:
        if self.empty:
            return ""
        return str(self.film.tmdb_id if self.film else 99_000_000 + sum(map(ord, self.title)))


@dataclass(frozen=True)
class Sample:
    """An export. stars: of each film of the catalogue that it rates, by number. out: rows left out. lost: films that
    are in no catalogue. seen: films without a rating."""

    name: str
    data: bytes
    stars: dict[int, float]
    seen: int
    lost: int
    out: int


def known(films: Sequence[Film], n: int) -> list[Film]:
    """The first n films whose ids of IMDb, TMDB and MovieLens and whose year are known, each title once."""
    titles: set[str] = set()
    found = []
    for film in films:
        if film.kind == "film" and film.year and film.tmdb_id and film.imdb_id and film.movielens_id:
            if film.title not in titles:
                found.append(film)
            titles.add(film.title)
        if len(found) == n:
            return found
    raise AssertionError("too few films")


def rows(films: Sequence[Film], series: bool = True) -> list[Row]:
    """The 200 rows. series: with series and episodes among them."""
    days = itertools.cycle(DAY.format(day) for day in range(1, 29))
    n_films = N - 8 - (11 if series else 0)
    made = [
        Row("film", film.title, film.year, place % 10 + 1, next(days), film)
        for place, film in enumerate(known(films, n_films + 5))
    ]
    rated, spare = made[:n_films], made[n_films:]
    made = [
        *rated,
        *(Row("film", row.title, row.year, 0, row.day, row.film) for row in spare[:3]),
        Row("film", spare[3].title, spare[3].year, 5, spare[3].day, spare[3].film, odd=True),
        *(Row("film", f"A Film That Nobody Made {n}", 1990 + n, 7, next(days)) for n in range(3)),
        Row("film", "", None, 6, next(days), empty=True),
    ]
    if series:
        made += [Row("series", f"A Series That Nobody Made {n}", 2001 + n, 8, next(days)) for n in range(6)]
        made += [Row("episode", f"An Episode {n}", 2001, 9, next(days)) for n in range(5)]
    assert len(made) == N
    return made


def imdb(films: Sequence[Film]) -> Sample:
    """ratings.csv as since 2024."""
    header = (
        "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
        "Num Votes,Release Date,Directors"
    )
    types = {"film": "Movie", "series": "TV Series", "episode": "TV Episode"}

    def cells(row: Row) -> list[object]:
        url = f"https://www.imdb.com/title/{row.imdb}/"
        return [
            row.imdb, _ten(row), row.day, row.title, row.title, url, types[row.kind], "7.1", "120", row.year,
            "Drama, Sci-Fi", "1000", f"{row.year}-05-01", "A. Person, B. Person",
        ]  # fmt: skip

    return _sample("ratings.csv", rows(films), lambda made: _csv(header, map(cells, made)))


def old_imdb(films: Sequence[Film]) -> Sample:
    """ratings.csv as until 2017, in quotes."""
    header = (
        "position,const,created,modified,description,Title,Title type,Directors,You rated,IMDb Rating,Runtime (mins),"
        "Year,Genres,Num. Votes,Release Date (month/day/year),URL"
    )
    types = {"film": "Feature Film", "series": "TV Series", "episode": "TV Episode"}

    def cells(row: Row) -> list[object]:
        day = f"Sat Mar {int(row.day[-2:]):2} 00:00:00 2024"
        return [
            1, row.imdb, day, "", "", row.title, types[row.kind], "A. Person", _ten(row), "7.1", "120", row.year,
            "drama", "1000", f"{row.year}-05-01", f"http://www.imdb.com/title/{row.imdb}/",
        ]  # fmt: skip

    sample = _sample("ratings.csv", rows(films), lambda made: _csv(header, map(cells, made), csv.QUOTE_ALL))
    return sample


def trakt(films: Sequence[Film]) -> Sample:
    """ratings-movies.json, with the shows and episodes that other files of the export have."""
    names = {"film": "movie", "series": "show", "episode": "episode"}

    def entry(row: Row) -> dict:
        ids = {"trakt": 1, "slug": "x", "imdb": row.imdb or None, "tmdb": int(row.tmdb) if row.tmdb else None}
        kind = names[row.kind]
        thing = {"title": row.title, "year": row.year, "ids": ids}
        if row.kind == "episode":
            thing = {"season": 1, "number": 2, "title": row.title, "ids": ids}
        value = "good" if row.odd else row.value or None
        return {"rated_at": f"{row.day}T20:15:00.000Z", "rating": value, "type": kind, kind: thing}

    return _sample("ratings-movies.json", rows(films), lambda made: json.dumps(list(map(entry, made))).encode())


def trakt_csv(films: Sequence[Film]) -> Sample:
    """The CSV of ratings that Trakt's members get."""
    header = (
        "rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,tvdb_id,url,released,season_number,"
        "episode_number,episode_title,episode_released,episode_trakt_rating,episode_trakt_id,episode_imdb_id,"
        "episode_tmdb_id,episode_tvdb_id,genres,rating"
    )
    names = {"film": "movie", "series": "show", "episode": "episode"}

    def cells(row: Row) -> list[object]:
        of_episode = [1, 2, "Part"] if row.kind == "episode" else ["", "", ""]
        return [
            f"{row.day}T13:48:52Z", names[row.kind], row.title, row.year, 8.3, 8, row.imdb, row.tmdb, "",
            "https://trakt.tv/movies/x", f"{row.year}-08-01", *of_episode, "", "", "", "", "", "", "action,drama",
            _ten(row),
        ]  # fmt: skip

    return _sample("ratings.csv", rows(films), lambda made: _csv(header, map(cells, made)))


def tmdb(films: Sequence[Film]) -> Sample:
    """The CSV of somebody's ratings."""
    header = "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated"

    def cells(row: Row) -> list[object]:
        of_episode = [1, 2] if row.kind == "episode" else ["", ""]
        rating = _ten(row) if row.odd else f"{row.value:.1f}" if row.value else ""
        released = f"{row.year}-05-04T00:00:00Z"
        kind = "movie" if row.kind == "film" else "tv"
        return [row.tmdb, row.imdb, kind, row.title, released, *of_episode, "7.229", rating, f"{row.day}T00:00:00Z"]

    return _sample("ratings.csv", rows(films), lambda made: _csv(header, map(cells, made)))


def movielens(films: Sequence[Film]) -> Sample:
    """movielens-ratings.csv; articles follow a comma."""
    header = "movie_id,imdb_id,tmdb_id,rating,average_rating,title"

    def cells(row: Row) -> list[object]:
        title = f"{row.title[4:]}, The" if row.title.startswith("The ") else row.title
        number = "" if row.empty else row.film.movielens_id if row.film else 9_900_000 + sum(map(ord, row.title))
        rating = "good" if row.odd else row.value / 2 if row.value else ""
        return [number, row.imdb[2:], row.tmdb, rating, 3.94, f"{title} ({row.year})" if title else ""]

    return _sample("movielens-ratings.csv", rows(films, series=False), lambda made: _csv(header, map(cells, made)))


def table(films: Sequence[Film]) -> Sample:
    """A spreadsheet's table of one's own, out of a hundred, with semicolons."""
    header = "No.;Film;Jahr;Note;Gesehen"
    made = rows(films, series=False)
    text = io.StringIO()
    text.write(f"{header}\r\n")
    writer = csv.writer(text, delimiter=";")
    for number, row in enumerate(made, start=1):
        value = "good" if row.odd else row.value * 10 if row.value else ""
        writer.writerow([number, row.title, row.year or "", value, row.day])
    return _sample("my films.csv", made, lambda _: text.getvalue().encode())


SAMPLES: dict[str, Callable[[Sequence[Film]], Sample]] = {
    "IMDb": imdb, "IMDb, until 2017": old_imdb, "Trakt, JSON": trakt, "Trakt, CSV": trakt_csv, "TMDB": tmdb,
    "MovieLens": movielens,
}  # fmt: skip


def _sample(name: str, made: Sequence[Row], data: Callable[[Sequence[Row]], bytes]) -> Sample:
    here = [row for row in made if row.film]
    return Sample(
        name=name,
        data=data(made),
        stars={row.film.number: row.value / 2 for row in here if row.film and row.value and not row.odd},
        seen=sum(row.odd or not row.value for row in here),
        lost=sum(row.film is None and not row.empty and row.kind != "episode" for row in made),
        out=sum(row.empty or row.kind == "episode" for row in made),
    )


def _ten(row: Row) -> object:
    return "good" if row.odd else row.value or ""


def _csv(header: str, made: Iterator[Sequence[object]], quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting)
    writer.writerow(header.split(","))
    writer.writerows(made)
    return text.getvalue().encode()
