"""A member's export from Letterboxd: the ZIP, or CSV files from it. It is read in memory and never written to disk.

A file that cannot be read costs the others nothing: it is named with the reason. Stars come from ratings.csv, and where
there is none from the diary and the reviews.
"""

from __future__ import annotations

from collections.abc import Sequence

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import HOW, Part, parts_of
from reelrec.sources.letterboxd.export_films import Films
from reelrec.sources.letterboxd.export_kinds import FILES, chosen
from reelrec.sources.letterboxd.export_tables import table_of
from reelrec.sources.log import Log, LogFile
from reelrec.sources.scales import SCALES
from reelrec.translation import _

MAX_FAULTS = 1_000  # sentences
MAX_REVIEWS = 500  # texts that are kept
NAMED = 5  # files in the sentence of an error


def read_export(uploads: Sequence[tuple[str, bytes]], scale: int | None = None, budget: Budget | None = None) -> Log:
    """The log of an export. uploads: names and contents of a ZIP, or of loose CSV files.

    scale: what the ratings are out of, 5, 10 or 100; None lets their values tell. budget: of the upload, by default a
    new one. Raises ExportError, which says what to do, where nothing could be read or the budget is used up.
    """
    budget = budget or Budget()
    return read_parts(parts_of(uploads, budget), scale, budget)


def read_parts(parts: Sequence[Part], scale: int | None, budget: Budget) -> Log:
    """The same of an upload's files."""
    if scale not in (None, *SCALES):
        raise ExportError(_("Ratings are out of 5, 10 or 100, not {scale}.", scale=scale))
    upload = chosen(parts, budget)
    if not upload.parts:
        raise _nothing_read(upload.files)
    names = {file.read_as: file.name for file in upload.files if file.read_as}
    faults = [file.fault for file in upload.files if file.fault][:MAX_FAULTS]
    films = Films(budget)
    for kind in FILES:
        budget.check()
        if kind in names and (table := table_of(upload.parts.pop(kind).data)):  # with one table at a time in memory
            films.read(kind, names[kind], table, scale, Notes(names[kind], faults))
    if not films:
        none = _("There is no film in this export yet: no row of {files} has one.", files=", ".join(names.values()))
        more = _("Rate or log films first, and then export again.")
        raise ExportError(" ".join((none, *faults[:NAMED], more)))
    return Log(
        origin="export",
        owner="",
        films=tuple(films.ordered(MAX_REVIEWS)),
        faults=tuple(faults),
        files=tuple(upload.files),
        scales=tuple(films.scales),
    )


class RowFault(str):
    """A sentence about one row of a file."""


class Notes:
    """Takes sentences about a file and puts its name before them; "" for a file that needs none."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self._name, self._faults = name, faults

    def __call__(self, text: str, /, row: int | None = None, **values: object) -> None:
        """Take a sentence of the catalogue. row: the one that it is about. values: of its places."""
        if len(self._faults) >= MAX_FAULTS:
            return
        sentence = _(text, **values)
        if row is not None:
            about_row = _("row {row}: {what}", row=row, what=sentence)
            self._faults.append(RowFault(f"{self._name}, {about_row}" if self._name else about_row))
        else:
            self._faults.append(f"{self._name}: {sentence}" if self._name else sentence)


def _nothing_read(files: Sequence[LogFile]) -> ExportError:
    """The error for an upload of which no file could be read."""
    reasons = " ".join(_("{name} was not read: {why}.", name=file.name, why=file.why) for file in files[:NAMED])
    more = " " + _("Nor were {n:,} more.", n=len(files) - NAMED) if len(files) > NAMED else ""
    return ExportError(reasons + more + " " + _("Use the export as Letterboxd gave it.") + " " + _(HOW))
