"""A table of no site known here: the visitor says which column is what, and what the ratings are out of."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export import Notes
from reelrec.sources.letterboxd.export_days import days_of
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.letterboxd.export_tables import Table
from reelrec.sources.log import Log, LogFile, LoggedFilm, clean_id, clean_title
from reelrec.sources.notes import Note, silent
from reelrec.sources.others import rows
from reelrec.sources.others.joined import joined
from reelrec.sources.others.site import named
from reelrec.sources.scales import SCALES, Scale, ScaleQuestion, question
from reelrec.translation import N_, _, ngettext

NAME = N_("a table")
SHOWN_ROWS = 5
SHOWN_CHARS = 60
MAX_CHARS = 60  # of a rating
MAX_FAULTS = 1_000
ZERO = ("0", "0.0")
MAX_BYTES = 10_000_000  # a visit keeps the table until its columns are named
# What a column of a table may be, and the names that such columns have, as by `rows.column`, likeliest first.
_WORDS = {
    "title": "title name film movie filmtitle movietitle originaltitle filmname titel titre título titulo titolo tytuł",
    "year": "year releaseyear yearofrelease filmyear released releasedate jahr année annee año anno rok",
    "rating": (
        "yourrating myrating userrating rating stars score myscore grade mark rating10 bewertung note nota voto "
        "ocena puntuación wertung"
    ),
    "date": "datewatched watcheddate watchedat watched dateseen daterated ratedat date datum fecha",
    "imdb": "imdbid imdb const tconst imdburl",
    "tmdb": "tmdbid tmdb themoviedbid",
}
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({what: tuple(text.split()) for what, text in _WORDS.items()})


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table whose columns nobody has named yet.

    header: the names of its columns. first: its first rows, cut for showing. n_rows: its rows. guess: for each of NAMES
    the place of the column that it may be, where one is. files: of the upload, those that were not read included.
    """

    name: str
    table: Table
    header: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    n_rows: int
    guess: Mapping[str, int]
    files: tuple[LogFile, ...] = ()

    def ratings(self, place: int) -> ScaleQuestion:
        """What to ask of the ratings in the column at that place."""
        return question(cells[place] for _number, cells in self.rows(silent, (place,)))

    def rows(self, note: Note, only: Collection[int] = ()) -> Iterator[tuple[int, Sequence[str]]]:
        """The number of each row that is not empty, and its cells. only: the columns that are wanted; () for all."""
        places = [str(place) if not only or place in only else "" for place in range(len(self.header))]
        for number, row in replace(self.table, columns=tuple(places)).rows(note):
            if row:
                yield number, [row.get(place, "") for place in places]


def loose_table(part: Part, budget: Budget) -> LooseTable | None:
    """The table in a file; None where there is none, or one without a row. Raises ExportError past the budget."""
    if len(part.data) > MAX_BYTES or (table := rows.table_of(part.data)) is None:
        return None
    header = tuple(
        clean_title(cell)[:SHOWN_CHARS] or _("column {place}", place=place)
        for place, cell in enumerate(table.header, 1)
    )
    loose = LooseTable(part.name, table, header, (), 0, _guess(table.columns))
    numbered = budget.each(loose.rows(silent))
    first = tuple(
        tuple(clean_title(cell)[:SHOWN_CHARS] for cell in cells)
        for _number, cells in itertools.islice(numbered, SHOWN_ROWS)
    )
    n_rows = len(first) + sum(1 for _row in numbered)
    return replace(loose, first=first, n_rows=n_rows) if n_rows else None


def log_of(table: LooseTable, columns: Mapping[str, int], out_of: int | None, budget: Budget) -> Log:
    """The log of a table. columns: for each of NAMES that it has, the place of the column. out_of: of its ratings.

    Raises ExportError for a table without films, where no column is that of titles, and past the budget.
    """
    places = {what: place for what, place in columns.items() if what in NAMES and 0 <= place < len(table.header)}
    if "title" not in places:
        raise ExportError(_("Say which column has the titles: without them no film can be found."))
    faults: list[str] = []
    note = Notes("", faults)
    read = list(budget.each(table.rows(note, places.values())))
    days = days_of([[cells[places["date"]] for _number, cells in read] if "date" in places else []], budget)
    films = []
    for number, cells in budget.each(read):
        said = {what: cells[place].strip() for what, place in places.items()}
        title, year = named(said["title"], said.get("year", ""))
        if not title:
            note(N_("no title, so it was left out."), row=number)
            continue
        films.append(
            LoggedFilm(
                title=title,
                year=year,
                tmdb_id=clean_id(said.get("tmdb", "")),
                imdb_id=clean_id(said.get("imdb", "")),
                rating=_rating(said.get("rating", "")),
                seen=True,
                date=days.day(cells[places["date"]]).iso if "date" in places else None,
            )
        )
    if not films:
        raise ExportError(
            _(
                "{name} has no film: no row has a title in the column “{column}”.",
                name=table.name,
                column=table.header[places["title"]],
            )
        )
    if "rating" in places and (n := sum(cells[places["rating"]].strip() in ZERO for _number, cells in read)):
        note(ngettext("a rating of 0 was taken as none ({n} row).", "a rating of 0 was taken as none ({n:,} rows).", n))
    one_each = joined(films, budget)
    log = Log(NAME, "", tuple(one_each), tuple(faults[:MAX_FAULTS]), table.files, rows=len(read))
    if "rating" not in places:
        return log
    return (
        log.on_scale(Scale(out_of, nearest=True))
        if out_of is not None
        else replace(log, asks=table.ratings(places["rating"]))
    )


def _rating(text: str) -> str:
    """The text of a rating, "" for one that says that there is none."""
    return "" if Scale(SCALES[-1]).is_empty(text[:MAX_CHARS]) else text[:MAX_CHARS]


def _guess(columns: Sequence[str]) -> dict[str, int]:
    """For each of NAMES the place of the column with the first of its names, no column twice."""
    guess: dict[str, int] = {}
    for what, names in NAMES.items():
        named_so = (columns.index(name) for name in names if name in columns)
        place = next((place for place in named_so if place not in guess.values()), None)
        if place is not None:
            guess[what] = place
    return guess
