"""The files of an upload and their bytes: from ZIPs, from ZIPs in them, or loose. Nothing is written to disk.

What cannot be read stays a file with the reason, and costs the others nothing. The limits on bytes, files and the ratio
of unpacking hold over all ZIPs of an upload together; the declared size and the size that is read are both checked.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reelrec.errors import ExportError
from reelrec.sources.budget import NO_LIMIT, Budget
from reelrec.translation import N_, _

MAX_UPLOAD_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 30_000_000  # ten thousand reviews have 10
MAX_RATIO = 200  # of unpacked to uploaded bytes, past the first LEAST_BYTES
LEAST_BYTES = 10_000_000
MAX_MEMBERS = 2_000
MAX_DEPTH = 3  # ZIPs in each other
TABLES = (".csv", ".txt", ".tsv", ".json", ".xml")
OTHER_FOLDERS = {"lists", "deleted", "orphaned", "__macosx", "..", ""}  # no live files of an export
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # zipfile has no limit when it unpacks other methods
WORKBOOK = {"[Content_Types].xml", "content.xml", "Index/Document.iwa", "Index.zip"}  # a file of each spreadsheet's own
WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IS_WORKBOOK = N_("it is the file of a spreadsheet. Save it there as CSV")
HOW = N_("Letterboxd makes one under Settings, Data, Export your data.")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an upload. folder: the ZIPs and folders around it; () for a loose file. why: why there are no data."""

    name: str
    folder: tuple[str, ...] = ()
    data: bytes = b""
    why: str = ""


@dataclass(slots=True)
class _Limits:
    """What all ZIPs of an upload may still hold."""

    bytes_left: int
    members_left: int = MAX_MEMBERS


def parts_of(uploads: Sequence[tuple[str, bytes]], budget: Budget = NO_LIMIT) -> list[Part]:
    """The files of an upload that may be tables. uploads: names and contents.

    Raises ExportError for no upload, and where the budget is used up.
    """
    if not uploads:
        raise ExportError(_("No file was given. Choose the ZIP of your export.") + " " + _(HOW))
    left = MAX_UPLOAD_BYTES
    taken: list[tuple[str, bytes] | Part] = []
    for given, data in sorted(uploads, key=lambda upload: len(upload[1])):
        name = _short(given.replace("\\", "/").strip())
        if len(data) > left:
            taken.append(Part(name, why=_("with it the upload is more than 10 MB, which no export is")))
        else:
            taken.append((name, data))
            left -= len(data)
    size = MAX_UPLOAD_BYTES - left
    limits = _Limits(min(MAX_UNPACKED_BYTES, max(LEAST_BYTES, MAX_RATIO * size)))
    parts: list[Part] = []
    for one in taken:
        if isinstance(one, Part):
            parts.append(one)
        elif _is_zip(*one):
            parts += _unpacked(Part(one[0], data=one[1]), limits, budget, 1)
        else:
            parts.append(Part(one[0], data=one[1], why=_(IS_WORKBOOK) if one[1].startswith(OLD_WORKBOOK) else ""))
    return parts


def _is_zip(name: str, data: bytes = b"") -> bool:
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06") or name.lower().endswith(".zip")


def _unpacked(zipped: Part, limits: _Limits, budget: Budget, depth: int) -> list[Part]:
    """The tables in a ZIP and in the ZIPs in it; one part with the reason where it cannot be read."""
    name, folder = zipped.name, zipped.folder
    if depth > MAX_DEPTH:
        return [Part(name, folder, why=_("it lies in too many ZIPs. Unpack them, and choose the one inside"))]
    try:
        with zipfile.ZipFile(io.BytesIO(zipped.data)) as archive:
            parts = list(budget.each(_members(zipped, archive, limits, budget, depth)))
    except _DAMAGED:
        return [Part(name, folder, why=_("it is damaged, or it is no ZIP. Download the export again"))]
    return parts or [Part(name, folder, why=_("it holds no CSV, JSON or XML file, such as ratings.csv"))]


def _members(zipped: Part, archive: zipfile.ZipFile, limits: _Limits, budget: Budget, depth: int) -> Iterator[Part]:
    """The tables of an open ZIP, those nearest its top first, since a limit may end the reading."""
    members = archive.infolist()
    limits.members_left -= len(members)
    if limits.members_left < 0:
        yield Part(zipped.name, zipped.folder, why=_("it holds {n:,} files, which no export does", n=len(members)))
        return
    if any(member.filename in WORKBOOK for member in members):
        yield Part(zipped.name, zipped.folder, why=_(IS_WORKBOOK))
        return
    paths = [(member.filename.replace("\\", "/").removeprefix("./").split("/"), member) for member in members]
    for (*folders, file), member in sorted(paths, key=lambda entry: (_is_zip(entry[0][-1]), len(entry[0]))):
        if not _is_live(folders, file) or file.startswith((".", "~$")):
            continue
        if file.lower().endswith(WORKBOOKS):
            yield Part(_short(file), (*zipped.folder, zipped.name, *folders), why=_(IS_WORKBOOK))
            continue
        if not file.lower().endswith((*TABLES, ".zip")):
            continue
        part = _read(archive, member, Part(_short(file), (*zipped.folder, zipped.name, *folders)), limits)
        if part.why or not _is_zip(file, part.data):
            yield part
        else:
            yield from _unpacked(part, limits, budget, depth + 1)


def _is_live(folders: Sequence[str], file: str) -> bool:
    """Whether a file of these folders is one of a member's as they are now; Trakt has a watchlist among its lists."""
    others = OTHER_FOLDERS - {"lists"} if file.lower().endswith(".json") else OTHER_FOLDERS
    return not any(folder.lower() in others or folder.startswith(".") for folder in folders)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, part: Part, limits: _Limits) -> Part:
    """The part with its bytes, or with the reason why they cannot be read."""
    if member.flag_bits & 1:
        return replace(part, why=_("it is locked with a password"))
    if member.compress_type not in PACKED:
        return replace(part, why=_("it is packed in an unusual way"))
    large = replace(part, why=_("unpacked, it is larger than an export is"))
    if member.file_size > limits.bytes_left:
        return large
    try:
        with archive.open(member) as file:
            data = file.read(limits.bytes_left + 1)  # a member may hold more than it declares
    except _DAMAGED:
        return replace(part, why=_("it is damaged. Download the export again"))
    limits.bytes_left -= min(len(data), limits.bytes_left)
    return large if len(data) > member.file_size else replace(part, data=data)


def _short(name: str) -> str:
    """A file name for a sentence: printable, at most 60 characters, the end of a longer path."""
    return "".join(c for c in name[-200:] if c.isprintable())[-60:] or "a file"
