"""What a reader of another site's export is, and what the readers share to tell files and to take films out of them.

A reader is a module of this folder with three things, listed in `registry.py`:

    NAME: str                                       the site, as a sentence names it: "IMDb"
    recognises(part: Part) -> bool                  cheap, by content: columns, JSON keys, the XML root; not the name
    read(part: Part, budget: Budget, note: Note) -> Read

`recognises` never raises. `read` raises ExportError with a sentence for a file that cannot be read after all. A reader
leaves each rating as the text of the file in `LoggedFilm.rating`, and says with `Read.scale` what it is out of:
what uses it turns texts into stars, and asks the visitor first where the scale is not certain. So a reader cannot guess
in silence. What is left out is told by `note`: "row 7: no title, so it was left out.", or with a count where many rows
are alike (`LeftOut`). Series are marked (`television=True`); episodes, games and the like are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.log import LoggedFilm, clean_title, clean_year
from reelrec.sources.notes import Note
from reelrec.sources.scales import Scale
from reelrec.translation import _, ngettext

_WITH_YEAR = re.compile(r"(.{1,400}?)\s*\((\d{4})\)")

_TIMES = re.compile(r"(\d{1,9})(?:\.0*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader took out of a file.

    films: oldest first, each with its rating as the file's text. scale: of these ratings; None for a file without any.
    rows: how many films the file names, those that were left out with a sentence included.
    """

    films: Sequence[LoggedFilm]
    scale: Scale | None
    rows: int


class Reader(Protocol):
    """A module that reads one site's files."""

    NAME: str

    def recognises(self, part: Part) -> bool:
        """Whether a file is one of this site's."""

    def read(self, part: Part, budget: Budget, note: Note) -> Read:
        """The films of a file. Raises ExportError for one that cannot be read, and past the budget."""


def named(title: str, year: str = "") -> tuple[str, int | None]:
    """Title and year as a log has them: cleaned, and the year taken out of a title such as "Heat (1995)"."""
    clean, when = clean_title(title), clean_year(year)
    if when is None and (both := _WITH_YEAR.fullmatch(clean)):
        return both[1], clean_year(both[2])
    return clean, when


def times(text: str) -> int:
    """How many times a cell says, such as "2" or "2.0"; 0 for any other text."""
    match = _TIMES.fullmatch(text.strip()[:20])
    return int(match[1]) if match else 0


class LeftOut:
    """Counts rows that are left out by what they are, and says so once: "12 episodes were left out." """

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, one: str, many: str) -> None:
        """Count a row. one, many: what it is, as the catalogue has it: "video game", "video games"."""
        self._counts[one, many] += 1

    def tell(self, note: Note) -> None:
        """A sentence for each kind of row."""
        for (one, many), n in self._counts.items():
            note(
                ngettext("{n} {what} was left out.", "{n:,} {what} were left out.", n, what=_(one if n == 1 else many))
            )
