"""The bytes of a table as rows: its encoding, its line ends, its delimiter, and the line that names its columns.

Spreadsheets and converters save an export again in many ways. The header decides the delimiter. A row with a cell too
many is repaired where one way alone gives a year, a link and a rating in their columns. Work is linear in the bytes.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reelrec.sources.lines import DELIMITERS, MAX_LINES, cells_of, lines_of, unwrapped, utf8
from reelrec.sources.notes import Note
from reelrec.translation import N_

MAX_ROWS = 50_000
MAX_ROW_CHARS = 2_000_000
MAX_HEADER_CHARS = 20_000
MAX_SHAPE_CHARS = 400  # of a cell that may look like a year, a link, a rating or a day
HEADER_LINES = 200  # in which the header must come; a list has a block of its own before it
COLUMNS = {
    "date": "date", "watcheddate": "watched", "name": "name", "title": "title", "year": "year", "letterboxduri": "uri",
    "url": "url", "rating": "rating", "rating10": "rating10", "rewatch": "rewatch", "review": "review",
    "tmdbid": "tmdb", "imdbid": "imdb", "position": "position", "ratedat": "date", "daterated": "date",
    "type": "type", "titletype": "type", "mediatype": "type", "season": "season", "episode": "season",
    "status": "status", "watchlist": "status",
}  # fmt: skip
KEYS = {"year", "uri", "tmdb", "imdb"}  # one of them stands beside the name of a film
NOTHING = {"nan", "nat", "none", "null", "<na>", "n/a", "#n/a"}  # how programs write a cell without a value
END = ""  # no line is empty, since each has its newline
LIST_MARK = "letterboxd list export"
_SHAPES = {
    "year": re.compile(r"[('\[ ]*\d{4}(?:[.,]0*)?[)\] ]*", re.ASCII),
    "uri": re.compile(r"\S*(?:boxd\.it|letterboxd\.com)/\S*"),
    "rating": re.compile(r"\d{1,3}(?:[.,]\d{1,2})?(?:\s*(?:/\s*\d+|%))?|[★☆½*]+", re.ASCII),
    "rewatch": re.compile(r"yes|no", re.IGNORECASE),
    "date": re.compile(r"(?=.*\d)[\w ./:,+-]{4,40}"),
    "watched": re.compile(r"(?=.*\d)[\w ./:,+-]{4,40}"),
}
_DECIMAL_COMMA = re.compile(r"\d{1,2},\d{1,2}", re.ASCII)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header was found.

    data: the whole file in UTF-8. columns: the name in COLUMNS of each column, "" for others. start: the number of the
    header's line. has_titles: its films are in a column Title, as in the files that Letterboxd imports. is_list: it is
    one of a member's lists.
    """

    data: bytes
    delimiter: str
    header: tuple[str, ...]
    columns: tuple[str, ...]
    start: int
    has_titles: bool
    is_list: bool

    def rows(self, note: Note) -> Iterator[tuple[int, Row]]:
        """The number of each row in the file, and its cells by column. note: takes a sentence about what is left out.

        An empty line is a row too, without cells, so that the numbers are those of the file.
        """
        for count, (place, cells) in enumerate(self._records(note)):
            if count == MAX_ROWS:
                note(N_("it has more than {n:,} rows; those after it were left out."), n=MAX_ROWS)
                return
            if len(cells) > len(self.columns):
                fitted = self._fitted(cells)
                if fitted is None:
                    note(N_("it has more cells than columns, so it was left out."), row=place)
                    continue
                cells = fitted
            yield place, {} if self._is_header(cells) else self._row(cells)

    def _row(self, cells: Sequence[str]) -> Row:
        """The cells of known columns; a review is needed only where there are no stars."""
        row: dict[str, str] = {}
        if self.delimiter == "," and cells and cells[-1].endswith((";", "\t", "|")):
            cells = [*cells[:-1], cells[-1].rstrip(";\t|")]  # empty columns that a spreadsheet added
        for column, cell in zip(self.columns, cells, strict=False):
            if column:
                row.setdefault(column, "" if 2 < len(cell) < 8 and column != "name" and _is_nothing(cell) else cell)
        if not any(map(str.strip, row.values())) or self._is_only_named_nothing(row):
            return {}
        if row.get("rating", "").strip():
            row.pop("review", None)
        return row

    def _is_only_named_nothing(self, row: Row) -> bool:
        """Whether a row has no more than a name such as "nan"."""
        return _is_nothing(row.get("name", "")[:8]) and not any(
            cell for column, cell in row.items() if column != "name"
        )

    def _is_header(self, cells: Sequence[str]) -> bool:
        """Whether a row is the header again, as where two files were put together."""
        return bool(cells) and cells[0].strip() == self.header[0] and [cell.strip() for cell in cells] == [*self.header]

    def _records(self, note: Note) -> Iterator[tuple[int, list[str]]]:
        """The cells of each row. A row that never ends, because a quotation mark is missing, is read line by line."""
        lines = self._lines(note)
        places = itertools.count(self.start + 1)
        record: list[str] = []
        while record != [END]:
            record.clear()
            for cells in csv.reader(_recorded(lines, record), delimiter=self.delimiter):
                ended = record[-1] == END  # within quotes
                if ended or self._swallowed(record):
                    note(N_("a quotation mark is missing, so text near it may be too."), row=next(places))
                    alone = (cells_of(line, self.delimiter) for line in record if line != END)
                    yield from ((next(places), row) for row in alone if self._is_whole(row))
                else:
                    yield next(places), unwrapped(cells, record[0], self.delimiter)
                if ended:
                    break
                record.clear()

    def _swallowed(self, record: Sequence[str]) -> bool:
        """Whether a row of several lines begins with a line that is a row already; a review may be of any lines."""
        return len(record) > 1 and "review" not in self.columns and self._is_whole(cells_of(record[0], self.delimiter))

    def _lines(self, note: Note) -> Iterator[tuple[int, str]]:
        """The lines after the header with their numbers, without those that are too long."""
        for place, line in enumerate(lines_of(self.data), start=1):
            if place <= self.start:
                continue
            if place > MAX_LINES:
                note(N_("it has more than {n:,} lines; those after them were left out."), n=MAX_LINES)
                return
            if len(line) > MAX_ROW_CHARS:
                note(N_("it has more than {n:,} characters, so it was left out."), row=place, n=MAX_ROW_CHARS)
                continue
            yield place, line

    def _fitted(self, cells: list[str]) -> list[str] | None:
        """As many cells as columns, where a comma in the rating or the name made more; None where it is unclear."""
        n, extra = len(self.columns), len(cells) - len(self.columns)
        if not any(cell.strip() for cell in cells[n:]):
            return cells[:n]
        ways = [way for commas in (0, 1) if (way := self._joined(cells, extra, commas)) and self._fits(way)]
        if len(ways) == 1:
            return ways[0]
        year = self.columns.index("year") if "year" in self.columns else None
        plain = year is not None and _SHAPES["year"].fullmatch(cells[year].strip())
        return cells[:n] if plain and not ways else None

    def _joined(self, cells: list[str], extra: int, commas: int) -> list[str] | None:
        """The cells with commas put back into the rating (0 or 1) and the name (the rest); None where that fails."""
        if self.delimiter != "," or extra > 20:
            return None
        joined = list(cells)
        wanted = [("rating", commas), ("name", extra - commas)]
        places = [(self.columns.index(column), more) for column, more in wanted if more and column in self.columns]
        if sum(more for _, more in places) != extra:
            return None
        for place, more in sorted(places):  # a join puts the columns behind it into their places
            joined[place : place + more + 1] = [",".join(joined[place : place + more + 1])]
        rating = joined[self.columns.index("rating")] if commas else ""
        return None if commas and not _DECIMAL_COMMA.fullmatch(rating.strip()) else joined

    def _is_whole(self, cells: Sequence[str]) -> bool:
        """Whether a line is a row of its own."""
        return len(cells) == len(self.columns) and self._fits(cells)

    def _fits(self, cells: Sequence[str]) -> bool:
        """Whether each cell looks like its column or is empty."""
        return all(
            not (text := cell.strip())
            or column not in _SHAPES
            or (len(text) <= MAX_SHAPE_CHARS and _SHAPES[column].fullmatch(text))
            for column, cell in zip(self.columns, cells, strict=True)
        )


def table_of(data: bytes) -> Table | None:
    """The table in a file; None where no line names the columns of films."""
    data = _without_empty_end(utf8(data))
    is_list = False
    for place, line in enumerate(itertools.islice(lines_of(data), HEADER_LINES), start=1):
        is_list = is_list or line[:100].casefold().lstrip('"').startswith(LIST_MARK)
        for delimiter in DELIMITERS if len(line) <= MAX_HEADER_CHARS else "":
            header = tuple(cell.strip() for cell in cells_of(line, delimiter))
            columns = tuple(COLUMNS.get(plain(cell), "") for cell in header)
            has_titles = "name" not in columns and "title" in columns
            if (has_titles or "name" in columns) and KEYS & set(columns):
                if has_titles:
                    columns = tuple("name" if column == "title" else column for column in columns)
                listed = is_list or ("position" in columns and "date" not in columns)
                return Table(data, delimiter, header, columns, place, has_titles, listed)
    return None


def plain(name: str) -> str:
    """The name of a column in small letters and digits: "Letterboxd URI" gives "letterboxduri"."""
    return re.sub(r"[^a-z0-9]", "", name[:100].lower())


def _without_empty_end(data: bytes) -> bytes:
    """The text without the empty rows at its end, of which spreadsheets write thousands."""
    end = len(data.rstrip(b"\r\n\t ,;|"))
    line_ends = [place for sign in (b"\r", b"\n") if (place := data.find(sign, end)) >= 0]
    return data[: min(line_ends)] if line_ends else data


def _is_nothing(cell: str) -> bool:
    return cell.strip().lower() in NOTHING


def _recorded(lines: Iterator[tuple[int, str]], record: list[str]) -> Iterator[str]:
    """The lines, each put into `record` first, and END at their end. A text of too many characters is cut.

    Past MAX_ROW_CHARS a row is within quotes, and only a line with an odd number of them can end those.
    """
    size = 0
    for _, line in lines:
        size = len(line) + (size if record else 0)  # who reads the rows empties the record after each
        if size > MAX_ROW_CHARS and record and line.count('"') % 2 == 0:
            continue
        record.append(line)
        yield line
    record.append(END)
