"""Criticker's export of ratings: its XML, or the CSV beside it.

XML: a root `recentrankings` of `film` elements, each with filmid, filmname ("Heat (1995)"), filmlink, imdbid (not in
old files), score, quote, reviewdate ("Apr 23 2017, 08:18") and tier. CSV: Score, Film Name, Year, Date Rated, Mini
Review, URL, IMDB ID, with a space before each name but the first. The shapes are those that the public parsers of
StegSchreck/RatS (with a real file in its tests) and damienhaynes/TraktRater read.

The scale is never certain. Criticker's guide offers 0 to 100 and says that 1 to 10 or 1 to 5 do as well, and its export
has the numbers as the member gave them (TraktRater, issue 42). So the visitor is asked. `tier` is not read: it says in
which tenth of the member's own ratings a film lies, and not how good they found it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_days import days_of
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_id, clean_review
from reelrec.sources.notes import Note
from reelrec.sources.others.rows import Row, columns, elements, rows, xml_root
from reelrec.sources.others.site import LeftOut, Read, named
from reelrec.sources.scales import Scale, guessed
from reelrec.translation import N_

NAME = "Criticker"
ROOT = "recentrankings"
FULL = Scale(100)
_ID = re.compile(r"tt\d{5,9}", re.ASCII)


# The elements of the XML by the columns of the CSV.
ELEMENTS = {
    "filmname": "filmname", "score": "score", "url": "filmlink", "imdbid": "imdbid", "minireview": "quote",
    "daterated": "reviewdate",
}  # fmt: skip


def recognises(part: Part) -> bool:
    """Whether the root, or the columns, are Criticker's."""
    return xml_root(part) == ROOT or {"score", "filmname"} <= set(columns(part))


def read(part: Part, budget: Budget, note: Note) -> Read:
    """The films rated, without a scale that is certain; games are left out."""
    found = list(budget.each(_from_xml(part, budget) if xml_root(part) == ROOT else rows(part, budget, note)))
    days = days_of([[_day(row) for _, row in found]], budget)
    for fault in days.faults:
        note(fault)
    left_out, films = LeftOut(), list[LoggedFilm]()
    for place, row in budget.each(found):
        if "games." in (link := row.get("url", "")) or "/game/" in link:
            left_out.add(N_("video game"), N_("video games"))
        elif film := _film(row, days.day(_day(row)).iso):
            films.append(film)
        else:
            note(N_("no title, so it was left out."), row=place)
    left_out.tell(note)
    scores = [film.rating for film in films if film.rating]
    scale = replace(guessed(scores) or FULL, from_zero=True) if scores else None
    return Read(sorted(films, key=lambda film: film.date or ""), scale, len(found))


def _from_xml(part: Part, budget: Budget) -> Iterator[tuple[int, Row]]:
    """The films as rows of the CSV."""
    films = (element for element in elements(part, budget) if element.tag == "film")
    for place, film in enumerate(films, start=1):
        yield place, {column: (film.findtext(tag) or "").strip() for column, tag in ELEMENTS.items()}


def _film(row: Row, day: str | None) -> LoggedFilm | None:
    """The film of a row, None for one without a title and an id. day: when it was rated (ISO)."""
    title, year = named(row.get("filmname", ""), row.get("year", ""))
    given = row.get("imdbid", "").strip()
    imdb = clean_id(given) if _ID.fullmatch(given) else None
    if not title and imdb is None:
        return None
    review = clean_review(row.get("minireview", ""))
    return LoggedFilm(
        title=title or given,
        year=year,
        imdb_id=imdb,
        television="/tv/" in row.get("url", ""),
        seen=True,
        date=day,
        reviewed=bool(review),
        review=review,
        rating=row.get("score", "").strip(),
    )


def _day(row: Row) -> str:
    """The day of a row: of "Apr 23 2017, 08:18", or of an ISO time."""
    text = row.get("daterated", "").strip()
    return text.split(",")[0] if text.count(",") == 1 else text[:19]
