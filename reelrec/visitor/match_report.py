"""What an intake read and found, counted for the visitor: the page draws it, and `match` prints it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from reelrec.sources.letterboxd.export import RowFault
from reelrec.sources.log import LogFile, LoggedFilm
from reelrec.visitor.intake import Intake


@dataclass(frozen=True, slots=True)
class Count:
    """How many films were read, and how many of them were found."""

    read: int
    found: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A film that was not found. uri: its address at Letterboxd, "" where the log has none. why: as in `Unmatched`."""

    title: str
    year: int | None
    uri: str
    why: str


@dataclass(frozen=True, slots=True)
class MatchReport:
    """Films are counted by what was said of them: stars, or a rating whose scale is yet to be known; seen (or liked)
    without either; wanted.

    A film that was seen and is still wanted counts in both. faults: sentences about files and rows. n_rows: how many of
    them are about a row.
    """

    files: tuple[LogFile, ...]
    rated: Count
    seen: Count
    watchlist: Count
    unmatched: tuple[Lost, ...]
    faults: tuple[str, ...]
    n_rows: int

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON has it: lists, numbers and texts."""
        return {name: value for name, value in asdict(self).items() if name != "n_rows"}


def match_report(taken: Intake) -> MatchReport:
    """Count what an intake read and found."""
    log = taken.log
    lost_places = {lost.place for lost in taken.unmatched}

    def count(belongs: Callable[[LoggedFilm], bool]) -> Count:
        places = [place for place, film in enumerate(log.films) if belongs(film)]
        return Count(read=len(places), found=sum(place not in lost_places for place in places))

    return MatchReport(
        files=log.files,
        rated=count(lambda film: film.stars is not None or bool(film.rating)),
        seen=count(lambda film: film.stars is None and not film.rating and (film.seen or film.liked)),
        watchlist=count(lambda film: film.watchlist),
        unmatched=tuple(Lost(lost.film.title, lost.film.year, lost.film.address, lost.why) for lost in taken.unmatched),
        faults=log.faults,
        n_rows=sum(isinstance(fault, RowFault) for fault in log.faults),
    )
