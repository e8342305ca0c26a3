"""Which file of an export each file of an upload is: by its columns, and by its name where columns are alike.

Of several exports in one upload one is read: of those with at least half as many files as the fullest, that nearest the
top of its ZIP, then the newest by the date in its folder's name. Folders and ZIPs whose files are all others are parts
of it. Loose files stand in for what a ZIP lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reelrec.sources.budget import NO_LIMIT, Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.letterboxd.export_tables import Table, plain, table_of
from reelrec.sources.lines import text_of
from reelrec.sources.log import NO_FILMS, LogFile, clean_title
from reelrec.translation import _, ngettext

RATINGS, WATCHED, LIKES, WATCHLIST = "ratings.csv", "watched.csv", "likes/films.csv", "watchlist.csv"
DIARY, REVIEWS = "diary.csv", "reviews.csv"
FILM_FILES = (RATINGS, WATCHED, LIKES, WATCHLIST)
FILES = (*FILM_FILES, DIARY, REVIEWS)
OTHER_FILES = {"profile", "comments", "lists"}  # in an export too, but without films
HEAD_BYTES = 200_000
OTHER_PACKING = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")  # RAR, 7-Zip, gzip
_IN_NAME = {
    RATINGS: {"rating", "ratings"}, WATCHED: {"watched"}, LIKES: {"likes", "liked"}, DIARY: {"diary"},
    REVIEWS: {"review", "reviews"},
}  # fmt: skip
_COPY = {
    "copy", "of", "kopie", "von", "copia", "de", "copie", "cópia", "kopia", "kopi", "kopio", "kópia", "kopya", "kopija",
    "копия", "копія", "másolat", "コピー", "副本", "拷贝", "복사본", "letterboxd", "csv", "txt", "tsv", "old", "new",
}  # fmt: skip
_NOT = {"not", "un", "non", "never", "haven", "havent", "unseen"}  # not watched
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:[-_.](\d\d)[-_.](\d\d))?")
_DAYS = re.compile(rb"(?<!\d)(?:19|20)\d\d-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Chosen:
    """parts: the parts that are read, by their names in FILES. files: all files, read or not."""

    parts: dict[str, Part]
    files: list[LogFile]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A part, the file of an export that it is ("" for none), why it is none, and the name for sentences."""

    part: Part
    kind: str
    why: str
    name: str


def chosen(parts: Sequence[Part], budget: Budget = NO_LIMIT) -> Chosen:
    """One part for each file of an export, and what is said of all others. Raises ExportError past the budget."""
    judged = [_judged(part, budget) for part in parts]
    exports: defaultdict[tuple[str, ...], list[_Judged]] = defaultdict(list)
    for one in judged:
        if one.part.folder and one.kind:
            exports[_export_folder(one.part)].append(one)
    best = _best(exports)
    read_folders = _parts_of_one(best, exports) if best else set()
    files = [
        LogFile(
            _named_export(folder, ones, best),
            why=_("it is another export; the one in {folder} was read", folder=_named_folder(best)),
        )
        for folder, ones in exports.items()
        if folder not in read_folders
    ]
    taken: dict[str, Part] = {}
    near = [one for one in judged if _is_near(one, read_folders)]
    near.sort(key=lambda one: not one.part.folder)  # loose files stand in for what the ZIP lacks
    for kind in FILES:
        alike = [one for one in near if one.kind == kind]
        packed = [one for one in alike if one.part.folder]
        if not alike:
            continue
        alike_read = packed or alike
        read = alike_read[0] if len(alike_read) == 1 else max(alike_read, key=lambda one: _newness(one.part, budget))
        taken[kind] = read.part
        files.append(LogFile(read.name, read_as=kind))
        for one in alike:
            if one is not read:
                files.append(LogFile(one.name, why=_why_not(one, read)))
    files += [LogFile(one.name, why=one.why) for one in near if not one.kind]
    return Chosen(taken, files)


def kind_of(name: str, folder: Sequence[str], data: bytes, budget: Budget = NO_LIMIT) -> tuple[str, str]:
    """The name in FILES of a file, or "" and why it is none of them. Raises ExportError past the budget."""
    stem = name.lower().rpartition("/")[2]
    named = _named(stem, folder)
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        return "", _("it is empty")
    if data.startswith(OTHER_PACKING):
        return "", _("it is packed, and not as a ZIP. Unpack it first")
    table = table_of(data[:HEAD_BYTES])
    if table is None:
        if stem.rpartition(".")[0] in OTHER_FILES or "likes" in [part.lower() for part in folder[-1:]]:
            return "", NO_FILMS
        if not (header := _first_line(data)):
            return "", _("it is no table")
        return "", _("its first line has {header}, not {wanted}", header=header, wanted=_wanted(named))
    columns = set(table.columns)
    if "const" in {plain(cell) for cell in table.header}:
        return "", _("it is IMDb's own export, but its first line is not the one that names the columns")
    if table.has_titles and not columns & {"rating", "rating10", "watched", "tmdb", "imdb"}:
        return "", _("its first line has {header}, not {wanted}", header=_header(table), wanted=_wanted(named))
    if table.is_list and named != WATCHLIST:
        return "", _list_of(data, budget)
    return _by_columns(columns, named, table)


def _by_columns(columns: set[str], named: str, table: Table) -> tuple[str, str]:
    """The file with these columns and this name, or "" and why it is none."""
    if "review" in columns:
        return REVIEWS, ""
    if named == WATCHLIST and not columns & {"rewatch", "watched"}:
        return WATCHLIST, ""
    if columns & {"rewatch", "watched"}:
        return DIARY, ""
    if columns & {"rating", "rating10"}:
        return (DIARY if named == DIARY else RATINGS), ""
    if named == RATINGS:
        return "", _("its first line has {header}, not {wanted}", header=_header(table), wanted=_wanted(named))
    if named:
        return named, ""
    return "", (
        _(
            "its columns are those of films seen and of films wanted alike. Name it watched.csv if you have seen these "
            "films, watchlist.csv if you want to"
        )
    )


def _judged(part: Part, budget: Budget) -> _Judged:
    budget.check()
    folder = part.folder
    likes = f"{folder[-1]}/" if folder and folder[-1].lower() == "likes" else ""
    kind, why = ("", part.why) if part.why else kind_of(part.name, folder, part.data, budget)
    return _Judged(part, kind, why, likes + part.name)


def _named(stem: str, folder: Sequence[str]) -> str:
    """The name in FILES that a file's name means, also in copies such as "diary 2.csv"; "" where it says nothing."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", stem))
    if "watchlist" in "".join(words):
        return WATCHLIST
    if _NOT & set(words):
        return ""
    in_likes = bool(folder) and folder[-1].lower() == "likes"
    if (in_likes or not folder) and set(words) - _COPY == {"films"}:
        return LIKES
    found = [kind for kind, names in _IN_NAME.items() if names & set(words)]
    return found[0] if len(found) == 1 else ""


def _export_folder(part: Part) -> tuple[str, ...]:
    """The folder of the export that a part of a ZIP belongs to."""
    return part.folder[:-1] if part.folder[-1].lower() == "likes" else part.folder


def _best(exports: dict[tuple[str, ...], list[_Judged]]) -> tuple[str, ...] | None:
    """The folder of the export that is read; None where no ZIP holds one."""
    if not exports:
        return None
    most = max(map(_n_kinds, exports.values()))
    whole = [folder for folder, ones in exports.items() if 2 * _n_kinds(ones) >= most]
    nearest = min(map(len, whole))
    return max(
        (folder for folder in whole if len(folder) == nearest),
        key=lambda folder: (_date("/".join(folder)), len(exports[folder])),
    )


def _n_kinds(ones: Sequence[_Judged]) -> int:
    return len({one.kind for one in ones})


def _parts_of_one(best: tuple[str, ...], exports: dict[tuple[str, ...], list[_Judged]]) -> set[tuple[str, ...]]:
    """The folders that are read: the best one, and those with none of the files that are in others of them."""
    folders, kinds = {best}, {one.kind for one in exports[best]}
    for folder in sorted(exports, key=lambda folder: (len(folder), folder)):
        more = {one.kind for one in exports[folder]}
        if not more & kinds:
            folders.add(folder)
            kinds |= more
    return folders


def _why_not(one: _Judged, read: _Judged) -> str:
    """Why a file was not read where another of its kind was."""
    name = read.name
    if name == one.name:
        is_elsewhere = read.part.folder != one.part.folder
        name = _("another of that name")
        if is_elsewhere:
            name = _("the one in {folder}", folder=_named_folder(read.part.folder))
    same = one.part.data == read.part.data
    return (
        _("it is the same as {name}", name=name)
        if same
        else _("{name} was read as {kind} in its place", name=name, kind=read.kind)
    )


def _is_near(one: _Judged, read_folders: set[tuple[str, ...]]) -> bool:
    """Whether a part is loose or in a folder that is read."""
    return not read_folders or not one.part.folder or _export_folder(one.part) in read_folders


def _date(path: str) -> tuple[str, ...]:
    """The last date in a path, () where there is none."""
    dates = _DATE.findall(path)
    return dates[-1] if dates else ()


def _newness(part: Part, budget: Budget) -> tuple[bytes, int]:
    """What the newest of several files has most of: the newest ISO day in it, b"" where there is none, and its size."""
    budget.check()
    return max((match[0] for match in budget.each(_DAYS.finditer(part.data))), default=b""), len(part.data)


def _named_folder(folder: Sequence[str] | None) -> str:
    """A folder for a sentence: its last two parts."""
    return "".join(c for c in "/".join(folder[-2:])[-100:] if c.isprintable()) if folder else ""


def _named_export(folder: tuple[str, ...], ones: Sequence[_Judged], best: Sequence[str] | None) -> str:
    """A folder for a sentence, or the only file in it where the export that is read lies below it."""
    is_above = len(ones) == 1 and folder == tuple(best or ())[: len(folder)]
    return _named_folder((*folder, ones[0].name) if is_above else folder)


def _list_of(data: bytes, budget: Budget) -> str:
    """What a list is that was read as far as its head."""
    table = table_of(data)
    rows = budget.each(table.rows(lambda *_note, **_values: None)) if table else ()
    n = sum(bool(row.get("name", "").strip()) for _place, row in rows)
    return ngettext("it is a list of {n} film, not a history of films seen",
                    "it is a list of {n:,} films, not a history of films seen", n)  # fmt: skip


def _wanted(named: str) -> str:
    return "Name, Year, Rating" if named == RATINGS else "Name, Year"


def _header(table: Table) -> str:
    return ", ".join(clean_title(cell)[:20] for cell in table.header[:6] if cell)


def _first_line(data: bytes) -> str:
    """What the first line of a file has, for a sentence; "" where it has no cell with text."""
    line = next((line for line in text_of(data[:2_000]).splitlines() if line.strip()), "")
    return ", ".join(clean_title(cell)[:20] for cell in line.split(",")[:6] if clean_title(cell))
