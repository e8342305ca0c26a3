"""A history in any form: Letterboxd's export, another site's, or a table whose columns the visitor names.

Files are told by what is in them. Several files of one site are one log; those of two sites are refused, because a log
has one origin. Ratings become stars here, and only where the site says what they are out of or the visitor did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd import export
from reelrec.sources.letterboxd.export_files import Part, parts_of
from reelrec.sources.letterboxd.export_kinds import HEAD_BYTES, kind_of
from reelrec.sources.letterboxd.export_tables import table_of
from reelrec.sources.log import NO_FILMS, Log, LogFile, LoggedFilm
from reelrec.sources.others import (
    criticker,
    filmaffinity,
    filmweb,
    imdb,
    movielens,
    rows,
    simkl,
    tmdb,
    trakt,
    tv_time,
)
from reelrec.sources.others.joined import joined
from reelrec.sources.others.loose import LooseTable, loose_table
from reelrec.sources.others.site import Reader
from reelrec.sources.others.tv_time_votes import with_years
from reelrec.sources.scales import LETTERS, SCALES, Scale, question
from reelrec.translation import _, listed

READERS: tuple[Reader, ...] = (
    imdb, trakt, tmdb, movielens, simkl, tv_time, criticker, filmaffinity, filmweb,
)  # fmt: skip
LETTERBOXD = "Letterboxd"
SITES = (LETTERBOXD, *(reader.NAME for reader in READERS))
MAX_FAULTS, NAMED = export.MAX_FAULTS, export.NAMED
# Columns that only files of Letterboxd, and those made for it, have; others of its columns are in any table, and so are
# a column of links to elsewhere, and one that is called "Watched date" but not "WatchedDate".
ITS_OWN = {"uri", "rewatch", "rating10"}
ITS_LINKS = re.compile(rb"(?:boxd\.it|letterboxd\.com)/", re.IGNORECASE)


def read_history(
    uploads: Sequence[tuple[str, bytes]], scale: int | None = None, budget: Budget | None = None
) -> Log | LooseTable:
    """The log of an upload, or the table that it is where its columns have yet to be named. uploads: names, contents.

    scale: what the ratings are out of, one of SCALES or LETTERS; None where the files are to tell. Raises ExportError,
    which says what to do, where nothing could be read, where files are of several sites, or past the budget.
    """
    budget = budget or Budget()
    if scale not in (None, *SCALES, LETTERS):
        raise ExportError(_("Ratings are letters, or out of 5, 10 or 100, not {scale}.", scale=scale))
    parts = parts_of(uploads, budget)
    readers = [_reader_of(part, budget) for part in parts]
    found = [reader for reader in READERS if reader in readers]
    unknown = [part for part, reader in zip(parts, readers, strict=True) if reader is None]
    theirs = [LETTERBOXD] if found and any(_has_its_links(part) for part in unknown) else []
    if len(found) + len(theirs) > 1:
        sites = listed([*theirs, *(reader.NAME for reader in found)])
        raise ExportError(
            _("These are files of {sites}. Bring one site’s files first, and then add the next one’s.", sites=sites)
        )
    if found:
        parts = with_years(parts, budget) if found[0] is tv_time else parts
        return _SiteLog(found[0], budget).read(list(zip(parts, readers, strict=True)), scale)
    if any(_is_letterboxds(part, budget) for part in parts):
        if scale == LETTERS:
            raise ExportError(_("The ratings of an export of Letterboxd are no letters. Leave the scale out."))
        return export.read_parts(parts, scale, budget)
    tables = [table for part in parts if _may_be_loose(part, budget) and (table := loose_table(part, budget))]
    if not tables:
        raise _nothing_read(parts, budget)
    largest = max(tables, key=lambda table: table.n_rows)
    others = [LogFile(part.name, why=_why(part, budget)) for part in parts if part.name != largest.name]
    return replace(largest, files=(LogFile(largest.name, read_as="a table"), *others))


def _reader_of(part: Part, budget: Budget) -> Reader | None:
    """The reader that recognises a file, None where none does."""
    budget.check()
    return None if part.why else next((reader for reader in READERS if reader.recognises(part)), None)


def _is_letterboxds(part: Part, budget: Budget) -> bool:
    """Whether a file is one that Letterboxd made or takes, and not just any table of films."""
    if part.why or not kind_of(part.name, part.folder, part.data, budget)[0]:
        return False
    table = table_of(part.data[:HEAD_BYTES])
    if table is None:
        return False
    has_its_own = (
        ITS_OWN & set(table.columns)
        or "watcheddate" in map(str.lower, table.header)
        or ("url" in table.columns and ITS_LINKS.search(table.data))
    )
    return bool((part.folder and not table.has_titles) or has_its_own)


def _may_be_loose(part: Part, budget: Budget) -> bool:
    """Whether a file may be a table of somebody's own: none of the other files of an export of Letterboxd."""
    if part.why or kind_of(part.name, part.folder, part.data, budget)[1] == NO_FILMS:
        return False
    table = table_of(part.data[:HEAD_BYTES])
    return table is None or "uri" not in table.columns


def _has_its_links(part: Part) -> bool:
    """Whether a file has Letterboxd's column of links, which no other site's has."""
    table = None if part.why else table_of(part.data[:HEAD_BYTES])
    return table is not None and "uri" in table.columns


@dataclass(slots=True)
class _SiteLog:
    """Reads the files of one site into one log."""

    reader: Reader
    budget: Budget

    def read(self, parts: Sequence[tuple[Part, Reader | None]], scale: int | None) -> Log:
        """The log of these files, each with its reader. Raises ExportError where none of them can be read."""
        name = self.reader.NAME
        films: list[LoggedFilm] = []
        files: list[LogFile] = []
        faults: list[str] = []
        scales: list[Scale] = []
        n_rows = 0
        for part, reader in parts:
            if reader is None:
                why = part.why or (
                    NO_FILMS if part.folder else _("it is none of the files of {site} that have films", site=name)
                )
                files.append(LogFile(part.name, why=why))
                continue
            try:
                read = reader.read(part, self.budget, export.Notes(part.name, faults))
            except ExportError as error:
                self.budget.check()
                files.append(LogFile(part.name, why=str(error)))
                continue
            films += read.films
            n_rows += read.rows
            files.append(LogFile(part.name, read_as=name))
            scales += [read.scale] if read.scale else []
        faults = [*(file.fault for file in files if file.fault), *faults][:MAX_FAULTS]
        if not films:
            raise ExportError(" ".join((_("There is no film in these files of {site}.", site=name), *faults[:NAMED])))
        log = Log(name, "", tuple(joined(films, self.budget)), tuple(faults), tuple(files), rows=n_rows)
        return _with_stars(log, scales, scale)


def _with_stars(log: Log, scales: Sequence[Scale], asked: int | None) -> Log:
    """The log with stars where its scale is certain or was said, else with the question. asked: what somebody said."""
    from_zero = any(scale.from_zero for scale in scales)
    scale = Scale(SCALES[-1], from_zero=from_zero)
    films = (replace(film, rating="") if scale.is_empty(film.rating) else film for film in log.films)
    log = replace(log, films=tuple(films))
    ratings = [film.rating for film in log.films if film.rating]
    if not ratings:
        return log
    if asked is not None:
        return log.on_scale(Scale(asked, nearest=True, from_zero=from_zero))
    certain = scales[0] if scales and all(scale.certain and scale == scales[0] for scale in scales) else None
    if certain is None or any(map(certain.is_over, set(ratings))):
        return replace(log, asks=question(ratings, from_zero))
    return replace(log.on_scale(certain), told=(certain.sentence_of(log.origin),))


def _nothing_read(parts: Sequence[Part], budget: Budget) -> ExportError:
    """The error for an upload of which no file could be read."""
    reasons = " ".join(
        _("{name} was not read: {why}.", name=part.name, why=_why(part, budget)) for part in parts[:NAMED]
    )
    more = " " + _("Nor were {n:,} more.", n=len(parts) - NAMED) if len(parts) > NAMED else ""
    sites = listed(SITES, "or")
    bring = _("Bring an export of {sites}, or a table with a column of titles.", sites=sites)
    return ExportError(f"{reasons}{more} {bring}")


def _why(part: Part, budget: Budget) -> str:
    """Why a file that no reader recognises was not read."""
    if part.why:
        return part.why
    if rows.keys(part) or part.data[:1] in (b"[", b"{"):
        return _("it is JSON, but of no site that is known here")
    if root := rows.xml_root(part):
        return _("it is a web page") if root.lower() == "html" else _("it is XML, but of no site that is known here")
    if rows.columns(part) and loose_table(part, budget) is None:
        return _("it is a table without films")
    if rows.columns(part) and _may_be_loose(part, budget):
        return _("another table was read in its place")
    return kind_of(part.name, part.folder, part.data, budget)[1] or _("it is no table")
