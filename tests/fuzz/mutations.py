"""Ways to spoil a valid input: bytes in, bytes out. A mutation that cannot read its input spoils it as bytes."""

from __future__ import annotations

import base64
import copy
import csv
import encodings.aliases
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Mutation = Callable[[Random, bytes], bytes]
MOST_BYTES = 200_000
PIECES = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3\x28", b"\x80", b"\r", b"\n", b"\t", b" " * 400, b",",
    b";", b'"', b'""', b"'", b"<", b">", b"&", b"&#0;", b"&amp;amp;", b"]]>", b"<![CDATA[", b"<!DOCTYPE x>",
    b"<a>" * 99,
    b"9" * 400, b"9" * 5000, b"-1", b"0", b"1e309", b"NaN", b"Infinity", b"null", b"true", b"[]", b"{}", b"[" * 2000,
    b"(1999)", b"/", b"..", b"=cmd()", b"12/31/1999", b"0000-00-00", "é½★ﷺİıßΣ".encode(), "٣٤٥".encode(),
    "\u202e\u2028\U000e0041".encode(), "e\u0301".encode() * 60,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**18, 10**400, 0.5, -0.0, 1e308, float("nan"), float("inf"), "", "x", "9" * 5000,
    "\ud800", "é" * 300, "a" * 20_000, [], {}, [[]], [None], {"": None}, ["x"] * 600, {"a": {"b": [{}]}},
)  # fmt: skip
CODECS = sorted({*encodings.aliases.aliases, *encodings.aliases.aliases.values(), "idna", "punycode", "undefined"})


def piecewise(rng: Random, data: bytes) -> bytes:
    """Flip, cut, repeat, move and put in pieces, a few times."""
    spoiled = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        start = rng.randrange(len(spoiled) + 1)
        end = min(len(spoiled), start + rng.choice((0, 1, 1, 2, 8, 60, 1000)))
        way = rng.randrange(5)
        if way == 0 and end > start:
            spoiled[start] ^= 1 << rng.randrange(8)
        elif way == 1:
            del spoiled[start:end]
        elif way == 2:
            spoiled[start:end] = spoiled[start:end] * rng.choice((2, 3, 50))
        elif way == 3:
            spoiled[start:end] = rng.choice(PIECES)
        else:
            spoiled[start:start] = spoiled[rng.randrange(len(spoiled) + 1) :][:200]
    return bytes(spoiled[:MOST_BYTES])


def as_json(rng: Random, data: bytes) -> bytes:
    """Put another value, or none, in some places of a JSON text."""
    try:
        value = json.loads(data)
        for _ in range(rng.choice((1, 1, 2, 4))):
            value = _changed(rng, value)
        spoiled = json.dumps(value).encode()
        return spoiled if len(spoiled) <= MOST_BYTES else piecewise(rng, data)
    except (ValueError, RecursionError):
        return piecewise(rng, data)


def _changed(rng: Random, value: Any) -> Any:
    if not isinstance(value, dict | list) or not value or rng.random() < 0.15:
        return copy.deepcopy(rng.choice(VALUES))
    key = rng.choice(list(value)) if isinstance(value, dict) else rng.randrange(len(value))
    way = rng.randrange(8)
    if way == 0:
        del value[key]
    elif way == 1 and isinstance(value, list):
        value *= rng.choice((2, 40))
    else:
        value[key] = _changed(rng, value[key])
    return value


def as_csv(rng: Random, data: bytes) -> bytes:
    """Put other cells, rows and delimiters into a CSV text."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode())))
    except (UnicodeDecodeError, csv.Error):
        return piecewise(rng, data)
    for _ in range(rng.choice((1, 2, 4))):
        row = rng.choice(rows) if rows else []
        way = rng.randrange(4)
        if way == 0 and row:
            row[rng.randrange(len(row))] = rng.choice(PIECES).decode("latin-1")
        elif way == 1:
            row.append(rng.choice(PIECES).decode("latin-1"))
        elif way == 2 and rows:
            rows *= rng.choice((2, 5)) if len(rows) < 500 else 1
        elif row:
            row[rng.randrange(len(row))] = str(rng.choice(VALUES))[:200]
    text = io.StringIO()
    csv.writer(text, delimiter=rng.choice(",,,;\t|"), lineterminator=rng.choice(("\n", "\r\n", "\r"))).writerows(rows)
    return text.getvalue().encode(rng.choice(("utf-8", "utf-8", "utf-16", "latin-1")), "replace")[:MOST_BYTES]


def as_feed(rng: Random, data: bytes) -> bytes:
    """Declare another encoding, use another encoding, or both."""
    named = data.replace(b"utf-8", rng.choice(CODECS).encode(), 1) if rng.random() < 0.7 else data
    used = rng.choice(("utf-8", "utf-8", "utf-16", "utf-32", "latin-1"))
    return named.decode("utf-8", "replace").encode(used, "replace")


def as_zip(rng: Random, data: bytes) -> bytes:
    """Spoil a file in a ZIP, its name, or how it is packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {info.filename: archive.read(info) for info in archive.infolist()[:30]}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return piecewise(rng, data)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in files.items():
            if rng.random() < 0.3:
                content = rng.choice((as_csv, piecewise))(rng, content)
            if rng.random() < 0.1:
                name = rng.choice(
                    (f"a/{name}", f"../{name}", "x" * 300, "likes/films.csv", f"{name}.zip", "é\u202e.csv")
                )
            if name not in archive.namelist():
                archive.writestr(name, content)
    return out.getvalue()[:MOST_BYTES]


def as_parquet(rng: Random, data: bytes) -> bytes:
    """Give a column of a parquet file other values, another type or another name, or leave it out."""
    try:
        table = pq.read_table(io.BytesIO(data))
        place = rng.randrange(table.num_columns)
        name, n = table.column_names[place], len(table)
        column = rng.choice(_columns(rng, n))
        if rng.random() < 0.15:
            table = table.drop_columns([name])
        elif rng.random() < 0.3:
            table = table.set_column(place, rng.choice((name, "x", "")), pa.concat_arrays(table[name].chunks).take(
                pa.array([rng.choice((None, rng.randrange(n))) for _ in range(n)], pa.int64())))  # fmt: skip
        else:
            table = table.set_column(place, name, column)
        if rng.random() < 0.1:
            table = table.replace_schema_metadata({b"n_items": rng.choice(PIECES), b"pandas": rng.choice(PIECES)})
        out = io.BytesIO()
        pq.write_table(table, out)
        return out.getvalue()
    except (pa.ArrowException, OSError, ValueError, TypeError, IndexError):
        return piecewise(rng, data)


def _columns(rng: Random, n: int) -> list[pa.Array]:
    number = rng.choice((0, -1, 7, 2**31 - 1, 2**62))
    return [
        pa.nulls(n), pa.array([number] * n, pa.int64()), pa.array([float("nan")] * n), pa.array(["x"] * n),
        pa.array([[number]] * n), pa.array([["x", None]] * n), pa.array([b"\xff\xfe"] * n), pa.array([True] * n),
        pa.array([{"a": number}] * n), pa.array([None, *[[None] * 10] * (n - 1)], pa.list_(pa.int32())),
        pa.array([number] * n, pa.int64()).cast(pa.timestamp("us")), pa.array(["x"] * n).dictionary_encode(),
        pa.array([str(number)] * n), pa.array([[1.5] * 10] * n),
    ]  # fmt: skip


def as_npz(rng: Random, data: bytes) -> bytes:
    """Give an array of an .npz file another shape, type or values, or leave it out; or spoil the settings."""
    try:
        with np.load(io.BytesIO(data)) as file:
            arrays = dict(file)
        name = rng.choice(list(arrays))
        if name == "settings":
            arrays[name] = np.array(as_json(rng, str(arrays[name]).encode()).decode("utf-8", "replace"))
        elif rng.random() < 0.1:
            del arrays[name]
        else:
            arrays[name] = rng.choice(_arrays(rng, arrays[name]))
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, **arrays)
        return out.getvalue()
    except (OSError, ValueError, TypeError, IndexError, zipfile.BadZipFile, zlib.error, OverflowError):
        return piecewise(rng, data)


def _arrays(rng: Random, array: np.ndarray) -> list[np.ndarray]:
    flat = array.ravel()
    number = rng.choice((0, -1, 1, 10**9, 2**40))
    return [
        np.array(5), np.array("x"), np.array(["x"] * max(len(flat), 1)), flat, flat[:-1], np.repeat(flat, 2),
        array[None], array.T, array.astype("f8") * np.nan if array.dtype.kind in "fiu" else flat, np.zeros(0),
        np.full(array.shape, number), np.full(array.shape, 1e300), np.full(array.shape, True),
        np.full(array.shape, 1j), np.full(array.shape, np.datetime64("2020-01-01")), array.astype("S"),
        np.zeros(array.shape, dtype=[("a", "f4")]),
    ]  # fmt: skip


def as_token(rng: Random, data: bytes) -> bytes:
    """Spoil the films of a link below its checksum."""
    try:
        raw = base64.urlsafe_b64decode(data[1:] + b"=" * (-len(data[1:]) % 4))
        body = piecewise(rng, zlib.decompress(raw[4:]))
        packed = zlib.compress(body, 1)
    except (ValueError, zlib.error):
        return piecewise(rng, data)
    check = zlib.crc32(data[:1] + packed).to_bytes(4, "big")
    return data[:1] + base64.urlsafe_b64encode(check + packed).rstrip(b"=")


def as_row(rng: Random, data: bytes) -> bytes:
    """Spoil the JSON below the compression of a row of the cache."""
    try:
        return zlib.compress(rng.choice((as_json, piecewise))(rng, zlib.decompress(data)), 1)
    except zlib.error:
        return piecewise(rng, data)
