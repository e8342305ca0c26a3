"""Writing a folder of parts: a file at a time, from batches of rows, and parts.json at the end.

Until parts.json is there, the folder is not finished. Where writing fails, what was written is removed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reelrec.data.catalogue import Catalogue
from reelrec.data.ratings.part_files.file import SCHEMA, file_name, marks
from reelrec.data.ratings.part_files.index import NAME, Index, PartFile
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError
from reelrec.paths import sha256

MOST_PARTS = 9_999
WORK = "unfinished"  # the folder inside for what a writer keeps on disk meanwhile


class PartsWriter:
    """A folder that is being written: `write` or `add` each part of each role inside of `with`.

    At its end parts.json is written, and after an error everything is removed. Raises OptionError for a number of
    parts that is none, or a folder that holds anything; OSError for a full disk.
    """

    def __init__(self, folder: Path, *, name: str, data: str, n_parts: int, films: Catalogue) -> None:
        """name: of the data set. data: an id of it, equal for equal data. films: whose items the ratings name."""
        check_target(folder, n_parts)
        self.folder, self.n_parts = folder, n_parts
        self._name, self._data, self._films = name, data, films
        self._files: dict[str, PartFile] = {}

    @property
    def work(self) -> Path:
        """A folder for what is kept on disk meanwhile; it is removed at the end."""
        return self.folder / WORK

    def __enter__(self) -> Self:
        self._made = not self.folder.exists()
        for name in (*Role, WORK):
            (self.folder / name).mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        if kind is None:
            try:
                self._index().write(self.folder)
            except BaseException:
                self._remove()
                raise
        else:
            self._remove()

    def write(self, role: Role, part: int, batches: Iterable[pa.RecordBatch]) -> None:
        """Write a part. batches: of SCHEMA, in the order of user_id, those of a user oldest first."""
        self.add(role, part, write_file(self.folder, self._data, role, part, self.n_parts, batches))

    def add(self, role: Role, part: int, file: PartFile) -> None:
        """Take a file that `write_file` wrote, in another process for instance."""
        self._files[file_name(role, part)] = file

    def _index(self) -> Index:
        films = self._films
        return Index(self._name, self._data, self.n_parts, films.n_items, films.fingerprint, self._files)

    def _remove(self) -> None:
        for name in (*Role, WORK):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for path in (self.folder / NAME, self.folder / f"{NAME}.new"):
            path.unlink(missing_ok=True)
        if self._made:
            self.folder.rmdir()


def write_file(
    folder: Path, data: str, role: Role, part: int, n_parts: int, batches: Iterable[pa.RecordBatch]
) -> PartFile:
    """Write the file of a part, and say what it holds. The arguments are those of `PartsWriter`."""
    path = folder / file_name(role, part)
    people, last = 0, None
    n_ratings = 0
    with pq.ParquetWriter(
        path,
        SCHEMA.with_metadata(marks(data, role, part, n_parts)),
        compression="zstd",
        use_dictionary=["user_id", "item", "rating"],
        write_statistics=["user_id"],
    ) as file:
        for batch in batches:
            if not batch.num_rows:
                continue
            ids = batch["user_id"]
            people += len(pc.run_end_encode(ids).values) - (ids[0].as_py() == last)
            last, n_ratings = ids[-1].as_py(), n_ratings + batch.num_rows
            file.write_batch(batch.cast(SCHEMA))
    return PartFile(people, n_ratings, sha256(path))


def check_target(folder: Path, n_parts: int) -> None:
    """Raises OptionError for a number of parts that is none, or a folder that holds anything or cannot be one."""
    if not 1 <= n_parts <= MOST_PARTS:
        raise OptionError(f"Ratings cannot be written in {n_parts:,} parts. Ask for 1 to {MOST_PARTS:,}.")
    if folder.exists() and not folder.is_dir():
        raise OptionError(f"{folder} is a file. Name a folder; it is made where there is none.")
    if folder.is_dir() and any(folder.iterdir()):
        what = "parts already" if (folder / NAME).exists() else "something else, or parts that were never finished"
        raise OptionError(f"{folder} holds {what}. Name a new folder, or remove what is in it.")
