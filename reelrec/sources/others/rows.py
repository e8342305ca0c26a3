"""What is in a file: the rows of a table, the entries of JSON, the elements of XML; and cheap looks at their heads.

Nothing here raises anything but ExportError, and the memory that a hostile file may take is bounded: JSON and XML of
many small parts are refused before they are parsed.
"""

from __future__ import annotations

import codecs
import itertools
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast
from xml.etree import ElementTree

from reelrec.errors import ExportError
from reelrec.sources.budget import Budget
from reelrec.sources.letterboxd.export_files import Part
from reelrec.sources.letterboxd.export_tables import Row as Row
from reelrec.sources.letterboxd.export_tables import Table
from reelrec.sources.lines import DELIMITERS, cells_of, lines_of, text_of, utf8
from reelrec.sources.notes import Note
from reelrec.translation import N_, _

HEAD_BYTES = 20_000
MAX_COLUMNS = 100
MAX_ENTRIES = 50_000
MAX_BRACKETS = 400_000  # of JSON: an entry of Trakt has three
MAX_COMMAS = 3_000_000
MAX_TAGS = 1_500_000  # of XML
MAX_DEPTH = 100  # of XML: an export has three levels
MAX_ATTRIBUTES = 100_000  # of XML: an export has none, and a parser holds those of one tag at once
AGAIN = N_("Download the export again")
MORE_PARTS = N_("it has more parts than an export of films does")
CHUNK_CHARS = 1 << 16
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>")
_KEY = re.compile(rb'"([^"\\]{1,40})"\s*:')
# What stands before a root is taken once, for good: a try at any other way to part it would double the time of each.
_ROOT = re.compile(r"\s*+(?:(?><\?.*?\?>|<!--.*?-->)\s*+)*+<([\w:.-]{1,60})[\s/>]", re.DOTALL)
_ATTRIBUTE = re.compile(r"=\s*+[\"']")


def column(name: str) -> str:
    """The name of a column in small letters and digits of any script: "Your Rating" gives "yourrating"."""
    return "".join(c for c in name[:100].casefold() if c.isalnum())


def columns(part: Part) -> tuple[str, ...]:
    """The names of the columns of a file's first line that has any, as by `column`; () where it is no table."""
    table = table_of(part.data[:HEAD_BYTES])
    return table.columns if table else ()


def table_of(data: bytes) -> Table | None:
    """The table whose header is the first line that is not empty; None where that line has one cell or is no text."""
    if data[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"", b"{", b"[", b"<", b"%"):
        return None
    if b"\0\0\0" in data[:64] and not data.startswith(UTF_32):  # no text
        return None
    text = utf8(data)
    for place, line in enumerate(lines_of(text), start=1):
        if not line.strip() or line.startswith("sep="):
            continue
        if len(line) > HEAD_BYTES:
            return None
        header, delimiter = max(((cells_of(line, sign), sign) for sign in DELIMITERS), key=lambda way: len(way[0]))
        if not 2 <= len(header) <= MAX_COLUMNS:
            return None
        names = tuple(cell.strip() for cell in header)
        return Table(text, delimiter, names, tuple(map(column, names)), place, has_titles=False, is_list=False)
    return None


def rows(part: Part, budget: Budget, note: Note, only: Collection[str] = ()) -> Iterator[tuple[int, Row]]:
    """The number of each row that is not empty, and its cells by the names of `columns`.

    note: takes a sentence about a row that is left out. only: the columns that are wanted, which saves time; () for
    all. Raises ExportError past the budget.
    """
    table = table_of(part.data)
    if table and only:
        table = replace(table, columns=tuple(name if name in only else "" for name in table.columns))
    for place, row in budget.each(table.rows(note)) if table else ():
        if row:
            yield place, row


def keys(part: Part) -> frozenset[str]:
    """The keys in the head of a JSON file; none where it is none."""
    head = utf8(part.data[:HEAD_BYTES]).lstrip()
    if head[:1] not in (b"{", b"["):
        return frozenset()
    return frozenset(key.decode("utf-8", "replace") for key in _KEY.findall(head))


def json_of(part: Part, budget: Budget) -> Any:
    """The value of a JSON file. Raises ExportError where it is none, or of too many parts."""
    budget.check()
    data = part.data
    if data.count(b"{") + data.count(b"[") > MAX_BRACKETS or data.count(b",") > MAX_COMMAS:
        raise ExportError(_("it has more parts than a history of films does"))
    try:
        value = json.loads(utf8(data))
    except (ValueError, RecursionError):
        raise ExportError(_("it is damaged, or it is no JSON.") + " " + _(AGAIN)) from None
    budget.check()
    return value


def entries(value: object, note: Note) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The number of each object in a JSON list, from 1; others are left out with a sentence."""
    for place, entry in enumerate(value if isinstance(value, list) else (), start=1):
        if place > MAX_ENTRIES:
            note(N_("it has more than {n:,} entries; those after them were left out."), n=MAX_ENTRIES)
            return
        if isinstance(entry, dict):
            yield place, entry
        else:
            note(N_("it is no entry of a film, so it was left out."), row=place)


def inner(value: object, *path: str) -> Any:
    """What lies at a path of keys in JSON's objects, None where there is nothing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(value: object) -> str:
    """A text or number of JSON as text, "" for anything else."""
    if isinstance(value, str):
        return value
    return f"{value:g}" if isinstance(value, float) else str(value) if type(value) is int and abs(value) < 1e12 else ""


def xml_root(part: Part) -> str:
    """The name of the root of an XML file, "" where it is none."""
    match = _ROOT.match(text_of(part.data[:HEAD_BYTES]))
    return match[1] if match else ""


def elements(part: Part, budget: Budget) -> Iterator[ElementTree.Element]:
    """The children of an XML file's root. Raises ExportError where it is none.

    A document type is refused unparsed, because it can define entities. The declaration is left out: the text is
    decoded here, whatever encoding it names.
    """
    data = _DECLARATION.sub("", text_of(part.data).strip())
    found = itertools.islice(_ATTRIBUTE.finditer(data), MAX_ATTRIBUTES + 1)
    n_attributes = sum(1 for _attribute in budget.each(found))
    if "<!DOCTYPE" in data or "<!ENTITY" in data or data.count("<") > MAX_TAGS or n_attributes > MAX_ATTRIBUTES:
        raise ExportError(_(MORE_PARTS))
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(events=("start", "end"))
    root: ElementTree.Element | None = None
    depth = count = 0
    try:
        for start in range(0, len(data), CHUNK_CHARS):
            parser.feed(data[start : start + CHUNK_CHARS])
            events = cast(Iterator[tuple[str, ElementTree.Element]], parser.read_events())
            for event, element in budget.each(events):
                depth += 1 if event == "start" else -1
                if depth > MAX_DEPTH:
                    raise ExportError(_(MORE_PARTS))
                root = element if root is None else root
                if event == "end" and depth == 1 and count < MAX_ENTRIES and root is not None:
                    count += 1
                    yield element
                    root.clear()
        parser.close()
    except (ElementTree.ParseError, ValueError):
        raise ExportError(_("it is damaged, or it is no XML.") + " " + _(AGAIN)) from None
