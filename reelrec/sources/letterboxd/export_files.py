"""The files of an export in an upload, and their bytes: from a ZIP, or loose where a browser unpacked it.

Members of a ZIP are read by their known names, and nothing is written to disk, so that no member can choose a path. The
declared size and the size that is read are both checked.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from reelrec.errors import ExportError

MAX_UPLOAD_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 50_000_000
MAX_MEMBERS = 2_000
FILM_FILES = ("ratings.csv", "watched.csv", "likes/films.csv", "watchlist.csv")
FILES = (*FILM_FILES, "diary.csv", "reviews.csv")
OTHER_FILES = {"profile.csv", "comments.csv", "lists.csv"}  # in an export too, but without films
OTHER_FOLDERS = {"lists", "likes", "deleted", "orphaned", "__macosx", ".."}
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # zipfile has no limit when it unpacks other methods
HOW = "Letterboxd makes one under Settings, Data, Export your data."
_COPY = re.compile(r" ?\(\d+\)(?=\.\w+$)")  # "ratings (1).csv", as browsers name a second download
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError, OverflowError,
)  # fmt: skip


def files_of(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of an export by their names in FILES. uploads: one ZIP, or loose CSV files. Raises ExportError."""
    if not uploads:
        raise ExportError(f"No file was given. Choose the ZIP of your export; {HOW}")
    if sum(len(data) for _, data in uploads) > MAX_UPLOAD_BYTES:
        raise ExportError("This is more than 10 MB, which no export is. Choose the ZIP as Letterboxd gave it.")
    archives = [(name, data) for name, data in uploads if _is_zip(name, data)]
    if len(archives) > 1:
        raise ExportError("These are two exports at once. Choose one; the other can be brought in after it.")
    if archives and len(uploads) > 1:
        raise ExportError("This is a ZIP with other files beside it. Choose either the ZIP or the loose CSV files.")
    return _members(archives[0][1]) if archives else _loose(uploads)


def _is_zip(name: str, data: bytes) -> bool:
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06") or name.lower().endswith(".zip")


def _members(data: bytes) -> dict[str, bytes]:
    """The files of an export in a ZIP. Raises ExportError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except _DAMAGED as error:
        raise ExportError("This ZIP is damaged, or it is not a ZIP. Download the export again.") from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The files of an export in an open ZIP, checked before and while they are read. Raises ExportError."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ExportError(f"This ZIP holds {len(members):,} files, which no export does. Choose your export's.")
    too_large = ExportError("Unpacked, this ZIP is more than 50 MB, which no export is. Choose your export's.")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise too_large
    wanted: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        if (name := export_name(member.filename)) is not None:
            if name in wanted:
                raise ExportError(f"This ZIP holds {name} twice: two exports at once. Choose one of them.")
            wanted[name] = member
    if not wanted:
        if any(member.filename.lower().endswith(".zip") for member in members):
            raise ExportError("This ZIP holds another ZIP. Unpack it, and choose the one inside.")
        raise ExportError(f"This ZIP holds no file of a Letterboxd export, such as ratings.csv. {HOW}")
    if any(member.flag_bits & 1 for member in wanted.values()):
        raise ExportError("This ZIP is locked with a password. Choose the export as Letterboxd gave it.")
    if any(member.compress_type not in PACKED for member in wanted.values()):
        raise ExportError("This ZIP is packed in an unusual way. Choose the export as Letterboxd gave it.")
    files, left = {}, MAX_UNPACKED_BYTES
    for name, member in wanted.items():
        with archive.open(member) as file:
            files[name] = file.read(left + 1)  # a member may hold more than it declares
        left -= len(files[name])
        if left < 0:
            raise too_large
    return files


def _loose(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of an export among loose files. Raises ExportError."""
    files: dict[str, bytes] = {}
    for given, data in uploads:
        name = _loose_name(given, data)
        if name in OTHER_FILES:
            continue
        if name is None:
            raise ExportError(
                f"A CSV file is known by its name, and “{_short(given)}” is none of an export's. Choose the ZIP, or of "
                "its files ratings.csv, watched.csv, watchlist.csv, diary.csv, reviews.csv and, from likes, films.csv."
            )
        if name in files:
            raise ExportError(f"These are two exports at once: {name} came twice. Choose one of them.")
        files[name] = data
    if not files:
        raise ExportError("There are no films in these files. Choose ratings.csv or watched.csv, or the whole ZIP.")
    return files


def export_name(path: str) -> str | None:
    """The name in FILES of a member of a ZIP, at its top or in one folder; None for any other member."""
    parts = path.replace("\\", "/").lower().split("/")
    if parts[-2:] == ["likes", "films.csv"]:
        outer = parts[:-2]
        name = "likes/films.csv"
    else:
        outer, name = parts[:-1], parts[-1]
    if name not in FILES or len(outer) > 1 or (outer and (not outer[0] or outer[0] in OTHER_FOLDERS)):
        return None
    return name


def _loose_name(given: str, data: bytes) -> str | None:
    """The name in FILES or OTHER_FILES of a loose file; None for any other file.

    watched.csv and watchlist.csv have the same columns, so that the name decides. ratings.csv is known by its columns
    too.
    """
    name = _COPY.sub("", given.replace("\\", "/").rpartition("/")[2].strip().lower())
    if name == "films.csv":
        return "likes/films.csv"
    if name in FILES or name in OTHER_FILES:
        return name
    header = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    return "ratings.csv" if header == b"Date,Name,Year,Letterboxd URI,Rating" else None


def _short(name: str) -> str:
    """A file name for a sentence: printable, at most 60 characters."""
    return "".join(c for c in name if c.isprintable())[:60]
