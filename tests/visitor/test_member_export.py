"""How much of an invented member's export is found, how much wrongly, and how long that takes."""

from __future__ import annotations

import html
import time

import pytest

from reelrec import app
from reelrec.sources.log import Log, LoggedFilm, clean_title
from reelrec.visitor.intake import take_in
from tests.fakes.member_export import Row, member_export


def named(title: str, year: int | None) -> tuple[str, int | None]:
    return clean_title(html.unescape(title)), year


def number_of(film: LoggedFilm) -> int | None:
    """The film that is found for one logged film; None where none is."""
    profile = take_in(Log("export", "", (film,)), app.catalogue()).profile
    return next(iter(profile.watched | profile.watchlist), None)


def wrong(films: tuple[LoggedFilm, ...], rows: list[Row]) -> list[str]:
    """The films for which another one is found."""
    meant = {named(row.title, row.year): row.number for row in rows}
    return [
        film.name
        for film in films
        if (number := number_of(film)) is not None and number != meant[named(film.title, film.year)]
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_a_thousand_films_93_percent_are_found_and_one_in_a_thousand_wrongly_at_most(seed):
    app.catalogue().match("Heat", 1995)  # the index of titles is made once for all visitors
    data, rows = member_export(app.catalogue(), seed)
    began = time.process_time()
    taken = app.read_export([("letterboxd-ann-2026-05-01-12-00-utc.zip", data)])
    report = app.match_report(taken)
    assert time.process_time() - began < 1
    read = report.rated.read + report.seen.read + report.watchlist.read
    found = report.rated.found + report.seen.found + report.watchlist.found
    assert read == len(rows) >= 970
    assert found >= 0.93 * read
    assert len(wrong(taken.log.films, rows)) <= 0.001 * read
