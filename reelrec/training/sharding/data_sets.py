"""What may be written in parts: a data set of `data list`, or ratings files; and which item each film in it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.names import one_of
from reelrec.sources.registry import source
from reelrec.training.sharding.tables import RatingsTable, ratings_files
from reelrec.training.users import MOVIELENS, movielens_ids

LETTERBOXD = "letterboxd"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsData:
    """A data set as files.

    film_ids: the films of the catalogue as the files name them. items: (n,) int32, the item of each. twins: (n,) bool,
    whether the film is a second row of its item.
    """

    name: str
    tables: Sequence[RatingsTable]
    film_ids: Sequence[str]
    items: np.ndarray
    twins: np.ndarray


def named_data(name: str, films: Catalogue) -> RatingsData:
    """A data set by its name: its ratings of the catalogue's items.

    Raises OptionError for an unknown one, SourceError for one that is not on this machine.
    """
    name = one_of(name, (LETTERBOXD, *MOVIELENS), "data set to write in parts")
    if name == LETTERBOXD:
        return _data(name, [source(name).path("ratings.parquet")], films, films.slugs[: films.n_items])
    ids = [None if key < 0 else str(key) for key in movielens_ids(films).tolist()]
    return _data(name, [source(name).path("ratings.csv")], films, ids)


def data_of_files(texts: Sequence[str], films: Catalogue) -> RatingsData:
    """Ratings files, a folder of them or a pattern, which name films by slug. Raises RatingsFileError."""
    return _data(
        Path(texts[0]).stem.strip("*?") or "ratings", ratings_files(texts), films, films.slugs[: films.n_items]
    )


def _data(name: str, paths: Sequence[Path], films: Catalogue, ids: Sequence[str | None]) -> RatingsData:
    """ids: of each item, None for an item that the files cannot name; of two items with one id the first counts."""
    mains = films.canonical[: films.n_items]
    first: dict[str, int] = {}
    for item, key in enumerate(ids):
        if key is not None and mains[item] < films.n_items:
            first.setdefault(key, item)
    rows = np.array([*first.values()], dtype=np.int64)
    return RatingsData(
        name=name,
        tables=[RatingsTable.of(path) for path in paths],
        film_ids=[*first],
        items=mains[rows].astype(np.int32),
        twins=mains[rows] != rows,
    )
