"""Targets that load files: ratings of a user, and the host's manifest, catalogue and weights, with their checksums."""

from __future__ import annotations

import functools
import io
import json
from pathlib import Path

import pandas as pd

from reelrec.artifacts.store import ArtifactStore
from reelrec.data import catalogue_file
from reelrec.data.ratings.ratings_file import read_ratings_file
from reelrec.paths import sha256
from tests.fuzz import mutations, small
from tests.fuzz.target import Target

MODELS = ("baseline", "film-mean", "popularity", "svd", "knn", "ease", "ranker", "dae", "bmf", "stack", "blend",
          "deepfm", "gpt", "interview", "map")  # fmt: skip


@functools.cache
def _loader():
    return ArtifactStore(small.folder()).loader()


def ratings_csv(data: bytes) -> None:
    read_ratings_file(_written("ratings.csv", data))


def ratings_parquet(data: bytes) -> None:
    read_ratings_file(_written("ratings.parquet", data))


def _written(name: str, data: bytes) -> Path:
    path = small.folder() / name
    path.write_bytes(data)
    return path


def _ratings() -> pd.DataFrame:
    return pd.DataFrame({"user_id": [1, 1, 2], "film_id": ["heat", "alien", "heat"], "rating": [4.5, 3.0, 0.5]})


def _parquet() -> list[bytes]:
    out = io.BytesIO()
    _ratings().to_parquet(out)
    return [out.getvalue()]


def manifest(data: bytes) -> None:
    """Read a manifest, and check everything that it may name."""
    path = small.folder() / "manifest.json"
    kept = path.read_bytes()
    try:
        path.write_bytes(data)
        store = ArtifactStore(small.folder())
        store.models()
        for name in (*MODELS, "facts", "policy", "reviews"):
            if store.has(name) and store.manifest().entry(name):
                store.check(name)
        store.load("film-mean")
        store.load_catalogue()
    finally:
        path.write_bytes(kept)


def catalogue(data: bytes) -> None:
    """Read a catalogue, and all that is worked out of it later."""
    path = small.folder() / "other.parquet"
    path.write_bytes(data)
    films = catalogue_file.read(path)
    _ = (films.slugs, films.fingerprint, films.kind, films.listed, films.genres, films.languages, films.countries)
    _ = (films.histogram, films.predecessors, films.best_known(5), list(films.films))
    films.match("Copper Tide", 1953)
    films.search("copper tide", 3)
    films.number("film-number-3")
    films.number_by_id(tmdb_id=7003, imdb_id=5, boxd_code="aa")


def weights(data: bytes) -> None:
    """Load an artifact, whose name stands before its bytes."""
    name, _, content = data.partition(b"\n")
    if (text := name.decode("latin-1")) not in MODELS:
        return
    store = ArtifactStore(small.folder())
    path, entries = store.path(text), json.loads((store.folder / "manifest.json").read_text())
    _loader()(text)  # and what it builds on, from the whole files
    kept, kept_manifest = path.read_bytes(), (store.folder / "manifest.json").read_bytes()
    entry = entries["models"].get(text) or entries[text]
    try:
        path.write_bytes(content)
        entry["sha256"] = sha256(path)
        (store.folder / "manifest.json").write_text(json.dumps(entries))
        store.load(text, _loader())
    finally:
        path.write_bytes(kept)
        (store.folder / "manifest.json").write_bytes(kept_manifest)


def _named_npz(rng, data: bytes) -> bytes:
    name, _, content = data.partition(b"\n")
    return name + b"\n" + mutations.as_npz(rng, content)


def _weights() -> list[bytes]:
    return [name.encode() + b"\n" + (small.folder() / f"{name}.npz").read_bytes() for name in MODELS]


TARGETS = (
    Target("ratings CSV", ratings_csv, lambda: [_ratings().to_csv(index=False).encode()],
           (mutations.as_csv, mutations.piecewise), 60),
    Target("ratings parquet", ratings_parquet, _parquet, (mutations.as_parquet, mutations.piecewise), 60),
    Target("manifest", manifest, lambda: [(small.folder() / "manifest.json").read_bytes()],
           (mutations.as_json, mutations.as_json, mutations.piecewise), 60),
    Target("catalogue", catalogue, lambda: [(small.folder() / "catalogue.parquet").read_bytes()],
           (mutations.as_parquet, mutations.as_parquet, mutations.piecewise), 40),
    Target("weights", weights, _weights, (_named_npz, _named_npz, mutations.piecewise), 60),
)  # fmt: skip
