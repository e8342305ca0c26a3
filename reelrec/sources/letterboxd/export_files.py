"""Which files of an upload are a Letterboxd export's, and their bytes: from a ZIP, or loose as a browser unpacked it.

Members are picked by name out of a known few; nothing is written, so no member can choose a path. Sizes are checked as
declared and as really read.
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
OTHER_FILES = {"profile.csv", "comments.csv", "lists.csv"}  # an export's too, without films
OTHER_FOLDERS = {"lists", "likes", "deleted", "orphaned", "__macosx", ".."}
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # zipfile unpacks the others without any limit
HOW = "Letterboxd makes one under Settings, Data, Export your data."
_COPY = re.compile(r" ?\(\d+\)(?=\.\w+$)")  # "ratings (1).csv", as browsers name a second download
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError, OverflowError,
)  # fmt: skip


def files_of(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """Names out of FILES, and contents. uploads: what was handed in, one ZIP or any CSV files. Raises ExportError."""
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except _DAMAGED as error:
        raise ExportError("This ZIP is damaged, or it is not a ZIP. Download the export again.") from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
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
    found, left = {}, MAX_UNPACKED_BYTES
    for name, member in wanted.items():
        with archive.open(member) as file:
            found[name] = file.read(left + 1)  # what a member declares may be a lie
        left -= len(found[name])
        if left < 0:
            raise too_large
    return found


def _loose(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for given, data in uploads:
        name = _loose_name(given, data)
        if name in OTHER_FILES:
            continue
        if name is None:
            raise ExportError(
                f"A CSV file is known by its name, and “{_short(given)}” is none of an export's. Choose the ZIP, or of "
                "its files ratings.csv, watched.csv, watchlist.csv, diary.csv, reviews.csv and, from likes, films.csv."
            )
        if name in found:
            raise ExportError(f"These are two exports at once: {name} came twice. Choose one of them.")
        found[name] = data
    if not found:
        raise ExportError("There are no films in these files. Choose ratings.csv or watched.csv, or the whole ZIP.")
    return found


def export_name(path: str) -> str | None:
    """The file of an export that a member's path means: at the top, or in one folder; None for all others."""
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
    """watched.csv and watchlist.csv look alike inside, so the name decides; only ratings have their own columns."""
    name = _COPY.sub("", given.replace("\\", "/").rpartition("/")[2].strip().lower())
    if name == "films.csv":
        return "likes/films.csv"
    if name in FILES or name in OTHER_FILES:
        return name
    header = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    return "ratings.csv" if header == b"Date,Name,Year,Letterboxd URI,Rating" else None


def _short(name: str) -> str:
    return "".join(c for c in name if c.isprintable())[:60]
