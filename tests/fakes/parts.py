"""A folder of parts, small and made on the spot."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from reelrec.data.catalogue import Catalogue
from reelrec.data.roles import Role, has_role


def write_parts(folder: Path, films: Catalogue, people: int, parts: int = 2, seed: int = 0, longest: int = 9) -> Path:
    """Write `people` invented people, with ids from 1 on and 1 … `longest` ratings each."""
    rng = np.random.default_rng(seed)
    ids = np.arange(1, people + 1)
    files: dict[str, dict] = {}
    counts: dict[str, dict] = {}
    for role in Role:
        for part in range(parts):
            chosen = ids[has_role(ids, role) & (ids // 10 % parts == part)]
            items = [rng.permutation(films.n_items)[: rng.integers(1, longest + 1)] for _ in chosen]
            columns = {
                "user_id": np.repeat(chosen, [len(of_user) for of_user in items]).astype(np.int64),
                "item": np.concatenate([*items, []]).astype(np.int32),
                "rating": rng.integers(1, 11, sum(map(len, items))).astype(np.float32) / 2,
            }
            path = folder / role / f"{part:05d}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.table(columns), path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            files[f"{role}/{part:05d}.parquet"] = {
                "people": len(chosen), "ratings": len(columns["item"]), "sha256": digest,
            }  # fmt: skip
        of_role = [entry for name, entry in files.items() if name.startswith(f"{role}/")]
        counts[role] = {key: sum(entry[key] for entry in of_role) for key in ("people", "ratings")}
    content = {
        "version": 1,
        "name": f"invented {seed}",
        "sha256": hashlib.sha256(json.dumps(files).encode()).hexdigest(),
        "parts": parts,
        "items": {"n": films.n_items, "fingerprint": films.fingerprint},
        "roles": counts,
        "files": files,
        "created": "2026-01-01T00:00:00+00:00",
    }
    (folder / "parts.json").write_text(json.dumps(content))
    return folder
