"""A member's export from Letterboxd: the ZIP, or CSV files from it. It is read in memory and never written to disk.

Stars come from ratings.csv. It, watched.csv, watchlist.csv and likes/films.csv name a film by its boxd.it link. In
diary.csv and reviews.csv the link is that of the entry, so their rows are joined by title and year. The text of a
review is kept only where neither its row nor its film has stars.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reelrec.errors import ExportError
from reelrec.sources.letterboxd.export_files import FILES, FILM_FILES, files_of
from reelrec.sources.log import Log, LoggedFilm, clean_day, clean_review, clean_stars, clean_title, clean_year

MAX_ROWS = 50_000  # in one file
MAX_FILMS = 50_000  # in all files; a visit keeps them until it ends
MAX_FAULTS = 1_000  # sentences about rows
MAX_ROW_CHARS = 500_000
MAX_REVIEWS = 500  # texts that are kept
COLUMNS = {"Date", "Name", "Year", "Letterboxd URI", "Rating", "Rewatch", "Review", "Watched Date"}  # read
FILM_LINK = re.compile(r"(?:https?://)?(?:boxd\.it/([A-Za-z0-9]{1,12})|(?:www\.)?letterboxd\.com/film/([a-z0-9-]+))/?")

Row = Mapping[str, str]
Key = tuple[str | int | None, ...]  # equal for two rows of one film


def read_export(uploads: Sequence[tuple[str, bytes]]) -> Log:
    """The log of an export. uploads: names and contents of one ZIP, or of loose CSV files.

    Raises ExportError, which says what is wrong and what to do.
    """
    files = files_of(uploads)
    names = tuple(files)
    faults: list[str] = []
    films = _Films(faults)
    for name in filter(names.__contains__, FILES):
        for place, row in enumerate(_rows(name, files.pop(name)), start=2):  # with one table at a time in memory
            if name in FILM_FILES:
                films.add(name, place, row)
            else:
                films.add_entry(name, place, row, starred="ratings.csv" not in names)
        if len(films.by_key) > MAX_FILMS:
            raise ExportError(
                f"This export names more than {MAX_FILMS:,} films, more than ReelRec reads. Choose fewer of its files, "
                "such as ratings.csv alone."
            )
    if not films.by_key:
        raise ExportError(
            f"There is no film in this export yet: no row of {', '.join(names)} has one. Rate or log films first, and "
            "then export again."
        )
    ordered = sorted(films.by_key.values(), key=lambda film: film.date or "")
    return Log(origin="export", owner="", films=_few_reviews(ordered), faults=tuple(faults))


def _few_reviews(films: Sequence[LoggedFilm]) -> tuple[LoggedFilm, ...]:
    """The films, oldest first, with the reviews of the newest MAX_REVIEWS films without stars only."""
    reviewed = [place for place, film in enumerate(films) if film.review and film.stars is None]
    kept = set(reviewed[-MAX_REVIEWS:])
    return tuple(
        replace(film, review="") if film.review and place not in kept else film for place, film in enumerate(films)
    )


def _rows(name: str, data: bytes) -> list[Row]:
    """The rows as dicts by column name. Raises ExportError for a file that is no table of an export."""
    lines = _Lines(data)
    reader = csv.reader(lines)
    try:
        header = [column.strip() for column in next(reader, [])]
        _check(name, header)
        kept = [(place, column) for place, column in enumerate(header) if column in COLUMNS]
        rows: list[Row] = []
        for cells in reader:
            if len(rows) == MAX_ROWS:
                raise ExportError(f"{name} has more than {MAX_ROWS:,} rows, more than ReelRec reads. Shorten it.")
            empty = not any(cells)  # kept as a row, so that a fault can give the row's number
            row = {} if empty else {column: cells[place] for place, column in kept if place < len(cells)}
            if row.get("Rating", "").strip():
                row.pop("Review", None)  # a review is needed only where there are no stars
            rows.append(row)
            lines.left = MAX_ROW_CHARS
    except UnicodeDecodeError as error:
        raise ExportError(
            f"{name} is not UTF-8 text, so another program has saved it again. Use the file as Letterboxd gave it."
        ) from error
    except csv.Error as error:
        raise ExportError(f"{name} is damaged ({error}). Download the export again.") from error
    return rows


class _Lines:
    """The lines of a table. left: the number of characters that the current row may still have."""

    def __init__(self, data: bytes) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
        self.left = MAX_ROW_CHARS

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            raise csv.Error(f"a row has more than {MAX_ROW_CHARS:,} characters")
        if not line:
            raise StopIteration
        return line


def _check(name: str, header: list[str]) -> None:
    """Raises ExportError for the header of a file that is no table of an export."""
    wanted = ["Name", "Year", *(["Rating"] if name == "ratings.csv" else [])]
    if all(column in header for column in wanted):
        return
    if len(header) == 1 and ";" in header[0]:
        raise ExportError(
            f"{name} has semicolons between its columns, so a spreadsheet has saved it again. "
            "Use the file as Letterboxd gave it."
        )
    columns = ", ".join(clean_title(column)[:20] for column in header[:6]) or "nothing"
    raise ExportError(
        f"{name} is not from a Letterboxd export: its first line has {columns}, not {', '.join(wanted)}. "
        "Use the file as Letterboxd gave it."
    )


class _Films:
    """The films that the rows name; several rows of one film become one film."""

    def __init__(self, faults: list[str]) -> None:
        self.by_key: dict[Key, LoggedFilm] = {}
        self._named: defaultdict[Key, set[Key]] = defaultdict(set)  # title and year to keys
        self._days: dict[Key, str] = {}  # the newest day of an entry
        self._rated: dict[Key, str] = {}  # the newest day of an entry with stars
        self._worded: dict[Key, str] = {}  # the newest day of an entry with a review and no stars
        self._logged: set[Key] = set()
        self._faults = faults

    def add(self, name: str, place: int, row: Row) -> None:
        """Add a row of a file in which the link is that of the film. place: the number of the row."""
        named = self._title(name, place, row)
        if named is None:
            return
        link = FILM_LINK.fullmatch(row.get("Letterboxd URI", "").strip())
        code, slug = link.groups() if link else (None, None)
        key = (code, slug, "link") if link else named
        film = self.by_key.get(key) or LoggedFilm(title=named[0], year=named[1], code=code, slug=slug)
        self._named[named].add(key)
        day = film.date or clean_day(row.get("Date", ""))
        if name == "ratings.csv":
            film = replace(film, seen=True, stars=self._stars(name, place, row), date=day)
        elif name == "watched.csv":
            film = replace(film, seen=True, date=day)
        elif name == "watchlist.csv":
            film = replace(film, watchlist=True)  # its day is not one of watching
        else:
            film = replace(film, liked=True, date=day)
        self.by_key[key] = film

    def add_entry(self, name: str, place: int, row: Row, starred: bool) -> None:
        """Add a row of the diary or the reviews, in which the link is that of the entry. starred: its stars count."""
        named = self._title(name, place, row)
        if named is None:
            return
        keys = self._named[named] or {named}
        keys = {key for key in keys if key in self.by_key and self.by_key[key].seen} or keys
        if len(keys) > 1:  # two films have this title and year, and the row does not say which it means
            return
        (key,) = keys
        film = self.by_key.get(key) or LoggedFilm(title=named[0], year=named[1])
        day = clean_day(row.get("Watched Date", "")) or clean_day(row.get("Date", "")) or ""
        if day >= self._days.get(key, ""):
            self._days[key] = day
            film = replace(film, date=day or film.date)
        if "Review" in row and day >= self._worded.get(key, ""):
            self._worded[key] = day
            film = replace(film, review=clean_review(row["Review"]))
        if starred and row.get("Rating", "").strip() and day >= self._rated.get(key, ""):
            self._rated[key] = day
            film = replace(film, stars=self._stars(name, place, row))
        again = row.get("Rewatch", "").strip().lower() == "yes" or (name == "diary.csv" and key in self._logged)
        if name == "diary.csv":
            self._logged.add(key)
        film = replace(
            film, seen=True, rewatched=film.rewatched or again, reviewed=film.reviewed or name == "reviews.csv"
        )
        self._named[named].add(key)
        self.by_key[key] = film

    def _fault(self, sentence: str) -> None:
        """Note a fault, up to MAX_FAULTS of them."""
        if len(self._faults) < MAX_FAULTS:
            self._faults.append(sentence)

    def _title(self, name: str, place: int, row: Row) -> tuple[str, int | None] | None:
        """Title and year of a row; None for a row without a title."""
        title = clean_title(row.get("Name", ""))
        if not row:
            return None
        if not title:
            self._fault(f"{name}, row {place}: no title, so it was left out.")
            return None
        return title, clean_year(row.get("Year", ""))

    def _stars(self, name: str, place: int, row: Row) -> float | None:
        """The stars of a row; None, with a fault noted, for a row without a half-star."""
        text = row.get("Rating", "").strip()
        stars = clean_stars(text)
        if stars is None:
            reason = f"“{clean_title(text)[:20]}” is no rating" if text else "no rating"
            self._fault(f"{name}, row {place}: {reason}, so the film counts as seen without stars.")
        return stars
