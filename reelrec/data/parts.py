"""Ratings in parts: a folder of parquet files by role and by a hash of the user, for data that no memory holds at once.

    parts.json              which data, how many parts, of which items; people, ratings and checksum of every file
    train/00000.parquet     user_id int64 (ascending), item int32 (index), rating float32 (stars); likewise tune, test

Each file names the data and the part that it is, so that parts of two data sets are noticed when they are mixed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.data.dataset import Dataset
from reelrec.data.roles import Role
from reelrec.errors import PartsError
from reelrec.paths import sha256

VERSION = 1
FILE = "parts.json"
SCHEMA = pa.schema([("user_id", pa.int64()), ("item", pa.int32()), ("rating", pa.float32())])
DATA_KEY, PART_KEY, VERSION_KEY = b"reelrec.data", b"reelrec.part", b"reelrec.version"
AGAIN = "Make it again: python -m reelrec data shard --parts N --out FOLDER"
DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, pa.ArrowException)


def part_name(role: Role, part: int) -> str:
    """The file of a part, below the folder."""
    return f"{role}/{part:05d}.parquet"


@dataclass(frozen=True, slots=True)
class Parts:
    """A folder of parts that is whole. content: of its parts.json."""

    folder: Path
    content: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Look at what the folder says and at every file's own words. Raises PartsError in one sentence."""
        try:
            text = (folder / FILE).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise PartsError(f"{folder} holds no {FILE}, so it is no finished folder of parts. {AGAIN}") from None
        except OSError as error:
            raise PartsError(f"{folder / FILE} cannot be read ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise PartsError(f"{folder / FILE} is damaged. {AGAIN}") from error
        try:
            content = json.loads(text)
            version = content["version"]
            parts = cls(folder, content)
            names = [part_name(role, part) for role in Role for part in range(parts.n_parts)]
            said = [(name, content["files"][name]["ratings"], content["files"][name]["sha256"]) for name in names]
            whole = bool(names and content["id"] and parts.sha256 and parts.n_items and parts.fingerprint)
            whole &= all(parts.people(role) >= 0 for role in Role)
        except DAMAGE as error:
            raise PartsError(f"{folder / FILE} is damaged. {AGAIN}") from error
        if version != VERSION:
            raise PartsError(f"{folder} was made by version {version!r} of parts, not by {VERSION}. {AGAIN}")
        if not whole:
            raise PartsError(f"{folder / FILE} is damaged. {AGAIN}")
        for name, ratings, _ in said:
            parts.look_at(name, ratings)
        return parts

    @property
    def name(self) -> str:
        return str(self.content["name"])

    @property
    def sha256(self) -> str:
        """Of the data: a checksum of the checksums of all files."""
        return str(self.content["sha256"])

    @property
    def n_parts(self) -> int:
        return int(self.content["parts"])

    @property
    def n_items(self) -> int:
        return int(self.content["items"]["n"])

    @property
    def fingerprint(self) -> str:
        """Of the catalogue whose items the parts name."""
        return str(self.content["items"]["fingerprint"])

    def people(self, role: Role, part: int | None = None) -> int:
        """How many people have this role, in one part or in all."""
        return self._count("people", role, part)

    def ratings(self, role: Role, part: int | None = None) -> int:
        """How many ratings people with this role gave, in one part or in all."""
        return self._count("ratings", role, part)

    def path(self, role: Role, part: int) -> Path:
        return self.folder / part_name(role, part)

    def describe(self, role: Role) -> dict[str, str | int]:
        """What a manifest says of the ratings of a role."""
        return {
            "name": f"{self.name}, {role} users",
            "sha256": self.sha256,
            "people": self.people(role),
            "ratings": self.ratings(role),
        }

    def fits(self, n_items: int, fingerprint: str) -> None:
        """Raises PartsError where the parts name the items of another catalogue."""
        if (self.n_items, self.fingerprint) != (n_items, fingerprint):
            raise PartsError(
                f"{self.folder} was made for another catalogue, of {self.n_items:,} items where this one has "
                f"{n_items:,}. {AGAIN}"
            )

    def read(self, role: Role, parts: Iterable[int]) -> Dataset:
        """The users of a role in these parts. Raises PartsError for a file that is damaged.

        Items are their own ids. It takes the memory of the arrays, and for one part at a time that of its file.
        """
        parts = list(parts)
        n = sum(self.ratings(role, part) for part in parts)
        users, sizes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        items, ratings = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.float32)
        first = 0
        for part in parts:
            table = self._table(role, part)
            last = first + len(table)
            items[first:last] = table["item"].to_numpy()
            ratings[first:last] = table["rating"].to_numpy()
            ids, counts = np.unique(table["user_id"].to_numpy(), return_counts=True)
            users.append(ids)
            sizes.append(counts)
            first = last
        if len(items) and not 0 <= items.min() <= items.max() < self.n_items:
            raise PartsError(f"{self.folder} names items that are none. {AGAIN}")
        start = np.r_[0, np.cumsum(np.concatenate(sizes))]
        ids = np.arange(self.n_items)
        return Dataset(self.name, np.concatenate(users), ids, start, items, ratings)

    def _table(self, role: Role, part: int) -> pa.Table:
        name = part_name(role, part)
        try:
            if sha256(self.path(role, part)) != self.content["files"][name]["sha256"]:
                raise PartsError(f"{name} of {self.folder} is damaged, or of other data. {AGAIN}")
            return pq.read_table(self.path(role, part), schema=SCHEMA)
        except DAMAGE as error:
            raise PartsError(f"{name} of {self.folder} cannot be read. {AGAIN}") from error

    def look_at(self, name: str, ratings: int) -> None:
        """Compare what a file says of itself, without reading its rows. Raises PartsError."""
        try:
            footer = pq.read_metadata(self.folder / name)
        except FileNotFoundError:
            raise PartsError(f"{self.folder} lacks {name}. {AGAIN}") from None
        except DAMAGE as error:
            raise PartsError(f"{name} of {self.folder} is empty or damaged. {AGAIN}") from error
        told = footer.metadata or {}
        if told.get(VERSION_KEY) != str(VERSION).encode():
            raise PartsError(f"{name} of {self.folder} is of another version of parts. {AGAIN}")
        if told.get(DATA_KEY) != self.content["id"].encode() or told.get(PART_KEY) != name.encode():
            raise PartsError(f"{name} of {self.folder} is of other data: parts of two data sets are mixed. {AGAIN}")
        if footer.num_rows != ratings:
            raise PartsError(
                f"{name} of {self.folder} has {footer.num_rows:,} ratings where {FILE} says {ratings:,}. {AGAIN}"
            )

    def _count(self, what: str, role: Role, part: int | None) -> int:
        entry = self.content["roles"][role] if part is None else self.content["files"][part_name(role, part)]
        return int(entry[what])


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParts:
    """A folder of parts in the making. It lies beside its place under another name, and is moved there at the end.

    folder: its place. id: of the data, which every file names. n_items, fingerprint: of the catalogue.
    """

    folder: Path
    name: str
    id: str
    n_parts: int
    n_items: int
    fingerprint: str

    def begin(self) -> None:
        """Make the folder. Raises PartsError where its place is taken."""
        refuse_taken(self.folder)
        shutil.rmtree(self.unfinished, ignore_errors=True)
        for role in Role:
            (self.unfinished / role).mkdir(parents=True)

    @property
    def unfinished(self) -> Path:
        """Where the files lie until all are there."""
        return self.folder.with_name(f".{self.folder.name}.unfinished")

    def write(self, role: Role, part: int, users: np.ndarray, items: np.ndarray, ratings: np.ndarray) -> dict[str, Any]:
        """Write a part, and say what parts.json is to hold of it. users: (n,) ascending. items, ratings: (n,)."""
        name = part_name(role, part)
        told = {DATA_KEY: self.id.encode(), PART_KEY: name.encode(), VERSION_KEY: str(VERSION).encode()}
        columns = [pa.array(column, kind.type) for column, kind in zip((users, items, ratings), SCHEMA, strict=True)]
        path = self.unfinished / name
        pq.write_table(pa.table(columns, schema=SCHEMA.with_metadata(told)), path, compression="zstd")
        people = int(np.count_nonzero(np.diff(users))) + 1 if len(users) else 0
        return {"people": people, "ratings": len(users), "sha256": sha256(path)}

    def finish(self, files: Mapping[str, dict[str, Any]]) -> Parts:
        """Write parts.json and move the folder to its place. files: what `write` said, by name."""
        ordered = {name: files[name] for name in sorted(files)}
        roles = {
            str(role): {
                what: sum(entry[what] for name, entry in ordered.items() if name.startswith(f"{role}/"))
                for what in ("people", "ratings")
            }
            for role in Role
        }
        digest = hashlib.sha256("\n".join(f"{name} {entry['sha256']}" for name, entry in ordered.items()).encode())
        content = {
            "version": VERSION,
            "name": self.name,
            "id": self.id,
            "sha256": digest.hexdigest(),
            "parts": self.n_parts,
            "items": {"n": self.n_items, "fingerprint": self.fingerprint},
            "roles": roles,
            "files": ordered,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        (self.unfinished / FILE).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        refuse_taken(self.folder)
        if self.folder.exists():
            self.folder.rmdir()  # it is empty
        os.replace(self.unfinished, self.folder)
        return Parts.open(self.folder)


def refuse_taken(folder: Path) -> None:
    """Raises PartsError for a place that holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PartsError(f"{folder} holds something already. Name another folder, or empty it.")
