"""The counts of what an intake read and found."""

from __future__ import annotations

from reelrec.sources.log import Log, LogFile, LoggedFilm
from reelrec.visitor.intake import take_in
from reelrec.visitor.match_report import Count, Lost, match_report


def test_rated_seen_and_wanted_films_are_counted_apart(films):
    log = Log(
        "export",
        "",
        (
            LoggedFilm("Night Ferry", 1979, stars=4.0, seen=True),
            LoggedFilm("Never Made", 2000, code="zz", stars=3.0, seen=True),
            LoggedFilm("The Harbour", 2003, seen=True, watchlist=True),
            LoggedFilm("Grey Dawn", 1990, liked=True),
            LoggedFilm("Grey Dawn", 1992, watchlist=True),
            LoggedFilm("Nowhere", 1992, slug="nowhere", watchlist=True),
        ),
        faults=("A fault.",),
        files=(LogFile("ratings.csv", "ratings.csv"),),
    )
    report = match_report(take_in(log, films))
    assert (report.rated, report.seen, report.watchlist) == (Count(2, 1), Count(2, 2), Count(3, 2))
    assert report.unmatched == (
        Lost("Never Made", 2000, "https://boxd.it/zz", "unknown"),
        Lost("Nowhere", 1992, "https://letterboxd.com/film/nowhere/", "unknown"),
    )
    assert (report.files, report.faults) == (log.files, log.faults)


def test_a_film_that_the_visitor_named_is_found(films):
    taken = take_in(Log("export", "", (LoggedFilm("Never Made", 2000, stars=3.0, seen=True),)), films, {0: 1})
    report = match_report(taken)
    assert (report.rated, report.unmatched) == (Count(1, 1), ())
