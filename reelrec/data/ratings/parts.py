"""Ratings in parts: a folder of parquet files, one a role and part, for data that no memory holds.

    parts.json              what the parts hold, with the SHA-256 of each file; written last
    train/00000.parquet …   user_id int64, item int32, rating float32 stars; likewise in tune/ and test/

An item is an index of the catalogue's items. Which part a user is in depends on the user's id alone (`part_of`), and
the role on its last digit (`roles.py`). Every role has all parts; a part without users is a file without rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film_features import item_features
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.part_files.file import check_file, damage_said, file_name, fill, marks, users_of
from reelrec.data.ratings.part_files.index import Index, read_index
from reelrec.data.ratings.roles import Role
from reelrec.errors import PartsError
from reelrec.paths import sha256


@dataclass(frozen=True, slots=True)
class Parts:
    """A folder of parts, whose files were looked at and not yet read."""

    folder: Path
    index: Index

    @classmethod
    def open(cls, folder: Path) -> Parts:
        """Look at the index and at the end of every file.

        Raises PartsError where the folder or a file is missing, empty, damaged, of another version or of other data.
        """
        index = read_index(folder)
        if not any(file.ratings for file in index.files.values()):
            raise PartsError(f"{folder} holds parts without a rating. Expected ratings of films in the catalogue.")
        for role in Role:
            for part, file in enumerate(index.of_role(role)):
                check_file(folder / file_name(role, part), marks(index.data, role, part, index.n_parts), file.ratings)
        return cls(folder, index)

    @property
    def name(self) -> str:
        """The name of the data set."""
        return self.index.name

    @property
    def sha256(self) -> str:
        """A checksum of the data, from those of the files."""
        return self.index.sha256

    @property
    def n_parts(self) -> int:
        return self.index.n_parts

    @property
    def n_items(self) -> int:
        """The number of the catalogue's items."""
        return self.index.n_items

    def people(self, role: Role) -> int:
        """How many users have this role."""
        return sum(file.people for file in self.index.of_role(role))

    def ratings(self, role: Role) -> int:
        """How many ratings the users of this role gave."""
        return sum(file.ratings for file in self.index.of_role(role))

    def path(self, role: Role, part: int) -> Path:
        """The file of a part."""
        return self.folder / file_name(role, part)

    def check_films(self, films: Catalogue) -> None:
        """Raises PartsError where the items of the parts are not those of this catalogue."""
        if (self.index.n_items, self.index.fingerprint) != (films.n_items, films.fingerprint):
            raise PartsError(
                f"{self.folder} was made for a catalogue of {self.index.n_items:,} items ({self.index.fingerprint}), "
                f"but this one has {films.n_items:,} ({films.fingerprint}). Run data shard again."
            )

    def read(self, role: Role, parts: Iterable[int], films: Catalogue | None = None) -> Dataset:
        """The users of these parts, ascending by id, in little more memory than the arrays of the data set.

        films: the catalogue, for the slugs and facts of the items; without it the item_ids are the indices. Raises
        PartsError, also where a file is not the one that parts.json describes.
        """
        if films is not None:
            self.check_films(films)
        chosen = sorted({*parts})
        if not all(0 <= part < self.n_parts for part in chosen):
            raise PartsError(f"{self.folder} has the parts 0 to {self.n_parts - 1}, not all of {chosen}.")
        paths = [self.path(role, part) for part in chosen]
        users = [self._users(role, part) for part in chosen]
        none = np.zeros(0, dtype=np.int64)
        user_ids, sizes = (
            (np.concatenate([none, *columns]) for columns in zip(*users, strict=True)) if users else (none, none)
        )
        order = np.argsort(user_ids)
        start = np.zeros(len(order) + 1, dtype=np.int64)
        np.cumsum(sizes[order], out=start[1:])
        first = np.empty(len(order), dtype=np.int64)
        first[order] = start[:-1]
        items, ratings = np.empty(start[-1], dtype=np.int32), np.empty(start[-1], dtype=np.float32)
        ends = np.cumsum([len(ids) for ids, _ in users])
        for path, end, (ids, own_sizes) in zip(paths, ends, users, strict=True):
            with damage_said(path):
                fill(path, first[end - len(ids) : end], own_sizes, items, ratings, self.n_items)
        return Dataset(
            name=f"{self.name} {role} users",
            user_ids=user_ids[order],
            item_ids=np.arange(self.n_items) if films is None else np.array(films.slugs[: self.n_items], dtype=object),
            start=start,
            items=items,
            ratings=ratings,
            features={} if films is None else item_features(films),
        )

    def _users(self, role: Role, part: int) -> tuple[np.ndarray, np.ndarray]:
        """The users of a part and their numbers of ratings, of a file that is as it was written. Raises PartsError."""
        path, known = self.path(role, part), self.index.of_role(role)[part]
        with damage_said(path):
            if sha256(path) != known.sha256:
                raise ValueError("its SHA-256 is not that of parts.json")
            return users_of(path)
