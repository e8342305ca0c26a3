"""The bytes of a file as text: its encoding, its line ends, and the cells of a line."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator

CHUNK_BYTES = 1 << 20
MAX_LINES = 200_000  # a review has several
DELIMITERS = ",;\t|"
_MARKS = (
    (b"\xef\xbb\xbf", ""), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_WIDE = re.compile(rb"([^\0]\0){2}|(?:\0[^\0]){2}")  # two letters of UTF-16 without a byte order mark
_HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # of signs of UTF-16 that were encoded one by one

csv.field_size_limit(1 << 30)  # a review may be longer than the default allows; the bytes of a file are limited


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or UTF-32, or else line by line in UTF-8 or Windows' Latin letters."""
    return utf8(data).decode()


def utf8(data: bytes) -> bytes:
    """The text of a file in UTF-8. As bytes, because one odd sign makes a Python text of all four times as large."""
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    if not mark and (wide := _WIDE.match(data)):
        encoding = "utf-16-le" if wide[1] else "utf-16-be"
    data = data[len(mark) :]
    if encoding:
        data = data.decode(encoding, "replace").encode()
    elif not _is_utf8(data):
        data = b"".join(_decoded(line).encode() for line in itertools.islice(io.BytesIO(data), MAX_LINES))
    return data.replace(b"\0", b"").replace(b"\xef\xbb\xbf", b"")


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), CHUNK_BYTES):
            decoder.decode(data[start : start + CHUNK_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(line: bytes) -> str:
    """A line in UTF-8, even where a sign in it is damaged; in Windows' Latin letters where most of it is no UTF-8."""
    text = _HALVES.sub(b"", line).decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = len(text) - damaged - len(text.encode("ascii", "ignore"))
    return text.replace("\ufffd", "") if damaged <= whole or not damaged else line.decode("cp1252", "replace")


def lines_of(data: bytes) -> Iterator[str]:
    """The lines of a text in UTF-8, with any line end turned into one newline."""
    return iter(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=None))


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line; a quotation mark without a second one is left out."""
    if line.count('"') % 2:
        line = line.replace('"', "")
    return unwrapped(next(csv.reader([line], delimiter=delimiter), []), line, delimiter)


def unwrapped(cells: list[str], line: str, delimiter: str) -> list[str]:
    """The cells of a row; where the whole line is in quotes, those that are in it."""
    if len(cells) == 1 and delimiter in cells[0] and line.startswith('"'):
        return next(csv.reader([" ".join(cells[0].splitlines())], delimiter=delimiter), [])
    return cells
