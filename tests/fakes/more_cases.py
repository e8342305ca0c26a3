"""A file of 200 rows for each shape of `more_sites`, with films of the shipped catalogue, and what it is out of."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest

from reelrec import app
from reelrec.sources.others import criticker, filmaffinity, filmweb, simkl, tv_time
from tests.fakes import more_sites as fakes

SITES = (criticker, simkl, tv_time, filmaffinity, filmweb)


@functools.cache
def films(most: int) -> list[fakes.Seen]:
    """GOOD films of the shipped catalogue whose title and year are theirs alone and that have both ids."""
    catalogue = app.catalogue()
    known = [film for film in catalogue.films.at(range(0, 40_000, 60)).values() if film.kind == "film" and film.imdb_id]
    alone = [film for film in known if film.year and catalogue.match_numbers(film.title, film.year) == [film.number]]
    return fakes.seen([film for film in alone if film.tmdb_id and film.same_as is None], most)


def hundred() -> list[fakes.Seen]:
    """The same with ratings from 10 to 100."""
    return [replace(one, rating=str(10 * int(one.rating))) for one in films(10)]


CASES = (
    (criticker, "ratings.xml", lambda: fakes.criticker_xml(hundred()), 100),
    (criticker, "ratings.csv", lambda: fakes.criticker_csv(hundred()), 100),
    (simkl, "SimklBackup.json", lambda: fakes.simkl_json(films(10)), 10),
    (simkl, "SimklBackup.csv", lambda: fakes.simkl_csv(films(10)), 10),
    (tv_time, "activity_history.csv", lambda: fakes.liberator_csv(films(5)), 5),
    (filmaffinity, "watched.csv", lambda: fakes.filmaffinity_backup(films(10)), 10),
    (filmaffinity, "votaciones_1.csv", lambda: fakes.filmaffinity_scraper(films(10)), 10),
    (filmweb, "ada_20230523.csv", lambda: fakes.filmweb_export_csv(films(10)), 10),
    (filmweb, "ada_20230523.json", lambda: fakes.filmweb_export_json(films(10)), 10),
    (filmweb, "Filmweb_watched_film.csv", lambda: fakes.filmweb_exporter(films(10)), 10),
    (filmweb, "movies_rated.csv", lambda: fakes.filmweb_csv(films(10)), 10),
)  # fmt: skip
BY_NAME = [pytest.param(*case, id=f"{case[0].NAME} {case[1]}") for case in CASES]
