"""What a drawn page says to people: every text that Streamlit and our components are handed."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator

import pyarrow.ipc
from google.protobuf.json_format import MessageToDict

from tests.pages.visits import Drawn, Visit
from tests.texts.bracketed import LEFT, RIGHT
from tests.texts.hard_coded import is_read

# What components and charts are handed that is no text of ours: of films, of people, of looks, of addresses.
DATA = {
    "title", "year", "director", "slug", "href", "src", "srcset", "key", "look", "session", "typed", "path", "page",
    "waits", "carried", "color", "colour", "colors", "fill", "font", "family", "type", "mode", "xref", "yref", "side",
    "orientation", "hoverinfo", "template", "layout_template", "d", "run", "policy", "model", "id", "page_script_hash",
    "pageScriptHash", "url", "fileUrl", "js_content", "jsContent", "cssContent", "componentName", "elementId", "formId",
    "queryParamKey", "hash", "textposition", "icon", "pageIcon", "cast",
    "people", "name_of_series", "series", "theme", "language",
}  # fmt: skip
CODE = re.compile(r"`[^`]*`|\]\([^)]*\)|<style>.*?</style>|https?://\S+|:material/\w+:|:[a-z-]+-badge\[", re.DOTALL)
TABLE = "/////"  # how Arrow's bytes begin in base64
JSON = {"json", "spec", "figure"}  # parts that hold JSON as a text


def said(page: Drawn) -> list[str]:
    """Every text of a page but its data, with the brackets of the catalogue."""
    return [text for element in _leaves(page.at._tree) for text in _texts(element)]


def hard_coded(page: Drawn) -> set[str]:
    """The texts of a page that people read and that are in no catalogue, without what data stand in them."""
    names = _names(page)
    return {text for text in said(page) if is_read(_without(names, _outside(CODE.sub(" ", text))))}


def _leaves(block: object) -> Iterator[object]:
    proto = getattr(block, "proto", None)
    if proto is not None:
        yield proto
    for child in getattr(block, "children", {}).values():
        yield from _leaves(child)


def _texts(proto: object) -> Iterator[str]:
    yield from _strings(MessageToDict(proto)) if hasattr(proto, "DESCRIPTOR") else ()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith(TABLE):
            yield from _cells(value)
        elif not value.startswith("data:"):
            yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in JSON and isinstance(part, str) and part[:1] in "{[":
                yield from _strings(json.loads(part))
            elif name not in DATA:
                yield from _strings(part)


def _cells(table: str) -> Iterator[str]:
    """The headings and the texts of a table, from Arrow's bytes in base64."""
    read = pyarrow.ipc.open_stream(base64.b64decode(table)).read_all()
    yield from (name for name in read.column_names if not name.startswith("__"))
    for column in read.columns:
        yield from (cell for cell in column.to_pylist() if isinstance(cell, str))


def _outside(text: str) -> str:
    """What stands outside of all brackets."""
    outside, depth = [], 0
    for letter in text:
        depth += (letter == LEFT) - (letter == RIGHT)
        if depth == 0:
            outside.append(" " if letter == RIGHT else letter)
    return "".join(outside)


def _names(page: Drawn) -> list[str]:
    """The names of the films that the page shows, the longest first."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, dict):
            found.update(str(value[key]) for key in ("title", "name", "director") if isinstance(value.get(key), str))
            for part in value.values():
                look(part)
        elif isinstance(value, list):
            for part in value:
                look(part)

    if isinstance(page, Visit):
        look([*page.components().values()])
    return sorted(filter(None, found), key=len, reverse=True)


def _without(names: list[str], text: str) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text
