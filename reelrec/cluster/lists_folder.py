"""The folder of everybody's lists: which pieces are there, and of which data, artifacts and options they are.

    FOLDER/lists.json               what the lists are made of and with; when all are there, how many
    FOLDER/lists.log.jsonl          one line for each piece: when, people, seconds, and the memory of its worker
    FOLDER/train/00003-0007.parquet the lists of the people 7,000 … 7,999 of part 3, columns of SCHEMA

A file has its name only once it is complete, so that a run which was ended goes on with the pieces that are missing.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.artifacts.manifest import now
from reelrec.errors import ClusterError, OptionError

VERSION = 1
ABOUT, LOG = "lists.json", "lists.log.jsonl"
UNFINISHED = ".new"  # the end of the name of a file that is being written
MADE_OF = {"data": "other ratings", "artifacts": "other artifacts", "options": "other options"}
SCHEMA = pa.schema(
    {
        "user_id": pa.int64(),
        "rank": pa.int32(),
        "film_id": pa.dictionary(pa.int32(), pa.string()),
        "stars": pa.float32(),
        "low": pa.float32(),
        "high": pa.float32(),
        "score": pa.float32(),
        "model": pa.dictionary(pa.int32(), pa.string()),
    }
)


class Piece(NamedTuple):
    """People of one part: those from the place `first` on, of which there are `people`."""

    role: str
    part: int
    number: int
    first: int
    people: int

    @property
    def name(self) -> str:
        return f"{self.role}/{self.part:05d}-{self.number:04d}"


class ListsFolder:
    """about: the content of lists.json."""

    def __init__(self, folder: Path, about: dict[str, Any]) -> None:
        self.folder, self.about = folder, about

    @classmethod
    def open(cls, folder: Path, made_of: Mapping[str, Any]) -> Self:
        """The folder, made where it is not there. made_of: the keys of MADE_OF.

        Raises OptionError for a folder that holds something else, or lists that are made of something else.
        """
        about = {"version": VERSION, **json.loads(json.dumps(made_of))}
        path = folder / ABOUT
        if path.exists():
            _check(folder, _read(path), about)
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OptionError(f"{folder} has no lists of an earlier run, and is not empty. Name a new folder.")
        opened = cls(folder, about)
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            opened._write_about(about | {"created": now()})
        return opened

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One run at a time. What an ended run left unfinished is removed. Raises OptionError."""
        import fcntl

        with (self.folder / LOG).open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OptionError(f"Another run is writing lists into {self.folder}. Wait for its end.") from error
            for left in self.folder.glob(f"*/*{UNFINISHED}"):
                left.unlink(missing_ok=True)
            yield

    def missing(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Those of the pieces that are not there yet."""
        return [piece for piece in pieces if not self.path(piece).exists()]

    def path(self, piece: Piece) -> Path:
        return self.folder / f"{piece.name}.parquet"

    def log(self, line: Mapping[str, Any]) -> None:
        """Add a line to the log."""
        with (self.folder / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"time": now(), **line}) + "\n")

    def finish(self, people: int) -> int:
        """Say in lists.json that all is there. Returns the number of rows."""
        rows = sum(pq.read_metadata(path).num_rows for path in self.folder.glob("*/*.parquet"))
        self._write_about(self.about | {"people": people, "rows": rows, "finished": now()})
        return rows

    def _write_about(self, about: Mapping[str, Any]) -> None:
        new = self.folder / f"{ABOUT}{UNFINISHED}"
        new.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        new.replace(self.folder / ABOUT)


def write_piece(path: Path, table: pa.Table) -> None:
    """Write the lists of a piece under another name, and give the file its name once it is complete."""
    new = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")  # two workers never write the same file
    try:
        pq.write_table(table, new, compression="zstd")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@contextlib.contextmanager
def tried(path: Path, most: int) -> Iterator[Path]:
    """The path of a piece, for one try at it. Raises ClusterError where `most` workers ended at it before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tries = path.with_name(f"{path.name}.tries{UNFINISHED}")  # a byte for each
    with tries.open("ab") as file:
        if file.tell() >= most:
            raise ClusterError(f"{most} workers ended at {path.name}, as they do without memory: take fewer workers.")
        file.write(b".")
    yield path
    tries.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OptionError(f"{path} cannot be read as what it was. Name a new folder.") from error
    return content if isinstance(content, dict) else {}


def _check(folder: Path, before: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    """Raises OptionError where an earlier run made its lists of something else."""
    differs = [words for key, words in MADE_OF.items() if before.get(key) != about[key]]
    if before.get("version") != VERSION:
        differs = ["another version of ReelRec"]
    if differs:
        raise OptionError(f"{folder} holds lists of {' and '.join(differs)} than this call. Name a new folder.")
