"""A folder of parts, small and made on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from reelrec.data.catalogue import Catalogue
from reelrec.data.ratings.part_files.file import SCHEMA, part_of
from reelrec.data.ratings.part_files.writer import PartsWriter
from reelrec.data.ratings.roles import Role, has_role


def write_parts(folder: Path, films: Catalogue, people: int, parts: int = 2, seed: int = 0, longest: int = 9) -> Path:
    """Write `people` invented people, with ids from 1 on and 1 … `longest` ratings each."""
    rng = np.random.default_rng(seed)
    ids = np.arange(1, people + 1)
    name = f"invented {seed}"
    with PartsWriter(folder, name=name, data=f"{name} {people} {parts}", n_parts=parts, films=films) as writer:
        for role in Role:
            for part in range(parts):
                chosen = ids[has_role(ids, role) & (part_of(ids, parts) == part)]
                items = [rng.permutation(films.n_items)[: rng.integers(1, longest + 1)] for _ in chosen]
                columns = [
                    np.repeat(chosen, [len(of_user) for of_user in items]),
                    np.concatenate([*items, []]).astype(np.int32),
                    rng.integers(1, 11, sum(map(len, items))).astype(np.float32) / 2,
                ]
                writer.write(role, part, [pa.record_batch(columns, schema=SCHEMA)])
    return folder
