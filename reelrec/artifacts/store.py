"""A folder of artifacts: the catalogue, the weights, and the manifest that says what each file is.

An artifact is loaded only if its file is the one of the manifest, its film numbers are the catalogue's, and what it
builds on is what it was trained on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from reelrec import progress
from reelrec.artifacts import mapped
from reelrec.artifacts.kinds import CATALOGUE, kind_of
from reelrec.artifacts.manifest import Entry, Manifest, now
from reelrec.artifacts.trial import trial
from reelrec.data import catalogue_file
from reelrec.data.catalogue import Catalogue
from reelrec.errors import ArtifactError
from reelrec.models.arrays import DAMAGE
from reelrec.models.base import Artifact
from reelrec.models.registry import MODELS
from reelrec.paths import ROOT, sha256
from reelrec.sources.cache import cache_folder

T = TypeVar("T")
Part = Callable[[str], Any]  # an artifact or the catalogue, by name


class ArtifactStore:
    """Loads, saves and checks the artifacts of one folder. It keeps no artifact in memory.

    arrays: the folder through which the processes of this machine share what they load; None where they share nothing.
    """

    def __init__(self, folder: Path, arrays: Path | None = None) -> None:
        self.folder = folder
        self._arrays = arrays

    def manifest(self) -> Manifest:
        """The folder's manifest, read anew. Raises ArtifactError."""
        return Manifest.read(self.folder)

    def models(self) -> list[str]:
        """Names of the recommenders in the manifest that this version knows. Raises ArtifactError."""
        return [name for name in self.manifest().models if name in MODELS]

    def path(self, name: str) -> Path:
        """The file of an artifact or of the catalogue."""
        return self.folder / ("catalogue.parquet" if name == CATALOGUE else f"{name}.npz")

    def metrics_path(self, name: str) -> Path:
        """The file of a protocol's report, which the dashboards read."""
        return self.folder / "metrics" / f"{name}.json"

    def load_catalogue(self) -> Catalogue:
        """The catalogue, if its file is the one of the manifest. Raises ArtifactError."""
        path = self.path(CATALOGUE)
        expected = self.manifest().catalogue.get("sha256")
        if expected and path.exists() and sha256(path) != expected:
            raise ArtifactError(
                f"{path.name} is damaged or not the file of the manifest. Take {self.folder.name}/ from the release "
                "again."
            )
        return self._shared(CATALOGUE, partial(catalogue_file.read, path))

    def load(self, name: str, part: Part | None = None) -> Any:
        """A trained artifact. Raises OptionError for an unknown name, ArtifactError for a file that cannot be used.

        part: gives what it builds on, and the catalogue, by name; by default each is loaded from this store, once.
        """
        entry = self.check(name)
        part = part or self.loader()
        kind, path = kind_of(name), self.path(name)
        try:
            parts = [part(needed) for needed in progress.steps(kind.parts)]
            with np.errstate(all="ignore"):  # the trial looks for numbers that are none
                artifact = self._shared(name, partial(kind.load, path, *parts))
        except DAMAGE as error:
            raise ArtifactError(
                f"{path.name} was written by another version of ReelRec. Run: python -m reelrec train {name}"
            ) from error
        trial(name, artifact, self.manifest().catalogue.get("items") or entry.get("films") or 0)
        return artifact

    def _shared(self, name: str, load: Callable[[], T]) -> T:
        """What load() returns, with its arrays shared."""
        return load() if self._arrays is None else mapped.load(self._arrays, name, self._made_of(name), load)

    def _made_of(self, name: str) -> list[str]:
        """The SHA-256 of an artifact and of all that it is loaded with."""
        manifest = self.manifest()
        entry = manifest.catalogue if name == CATALOGUE else manifest.entry(name) or {}
        parts = () if name == CATALOGUE else kind_of(name).parts
        return [entry.get("sha256", ""), *(digest for part in parts for digest in self._made_of(part))]

    def loader(self) -> Part:
        """A function that gives artifacts and the catalogue by name and loads each only once."""
        return _Loader(self)

    def has(self, name: str) -> bool:
        """Whether the manifest names the artifact. Raises ArtifactError."""
        return self.manifest().names(name)

    def check(self, name: str) -> Entry:
        """The manifest's entry of an artifact that fits this store. Raises OptionError or ArtifactError."""
        manifest = self.manifest()
        entry = manifest.entry(name)
        kind = kind_of(name)
        retrain = f"python -m reelrec train {name}"
        if entry is None:
            how = " in a form that can be used" if manifest.names(name) else ""
            raise ArtifactError(f"{name} is not in {self.folder.name}/manifest.json{how}. Run: {retrain}")
        path = self.path(name)
        try:
            found = sha256(path)
        except FileNotFoundError:
            raise ArtifactError(
                f"{path.name} is missing from {self.folder.name}/. Take it from the release again, or run: {retrain}"
            ) from None
        except OSError as error:
            raise ArtifactError(f"{path.name} cannot be read ({error.strerror}). Let this process read it.") from error
        if found != entry["sha256"]:
            raise ArtifactError(
                f"{path.name} is damaged or not the file of the manifest. Take it from the release again, or run: "
                f"{retrain}"
            )
        films = manifest.catalogue
        if kind.by_film and entry.get("fingerprint") != films.get("fingerprint"):
            raise ArtifactError(
                f"{path.name} was made for {entry.get('films', 0):,} films, but the catalogue has "
                f"{films.get('items', 0):,} for models or numbers them otherwise. Run: {retrain}"
            )
        for part, trained_on in entry.get("built_on", {}).items():
            if (manifest.entry(part) or {}).get("sha256") != trained_on:
                raise ArtifactError(
                    f"{path.name} was made for another {part} than the one in {self.folder.name}/. Run: {retrain}"
                )
        return entry

    def save_catalogue(self, films: Catalogue) -> None:
        """Write the catalogue and its entry."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path, manifest = self.path(CATALOGUE), self.manifest()
        catalogue_file.write(films, path)
        manifest.content[CATALOGUE] = {
            "sha256": sha256(path),
            "films": len(films),
            "items": films.n_items,
            "fingerprint": films.fingerprint,
        }
        manifest.write(self.folder)

    def save(self, artifact: Artifact, data: Entry, seconds: float) -> None:
        """Write a trained artifact and its entry. The file comes into its place whole, or the old one stays.

        Raises ArtifactError where what it builds on is not in this store, or where it cannot be written.
        data: name, sha256, people and ratings of what it learned from. seconds: of its training.
        """
        manifest, path = self.manifest(), self.path(artifact.name)
        built_on = {name: self.check(name)["sha256"] for name in artifact.builds_on}
        self.folder.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.unfinished")
        try:
            artifact.save(new)
            new.replace(path)
        except OSError as error:
            raise ArtifactError(
                f"{path.name} could not be written into {self.folder.name}/ ({error.strerror or error}). Make room, or "
                "let this process write there, and train again."
            ) from error
        finally:
            new.unlink(missing_ok=True)
        catalogue = manifest.catalogue
        films = (
            {"films": catalogue.get("items"), "fingerprint": catalogue.get("fingerprint")} if artifact.by_film else {}
        )
        entry = {
            "sha256": sha256(path),
            "bytes": path.stat().st_size,
            **films,
            "settings": artifact.settings(),
            "data": data,
            "seconds": round(seconds, 1),
            "created": now(),
        }
        manifest.put(artifact.name, entry | ({"built_on": built_on} if built_on else {}))
        manifest.write(self.folder)

    def save_metrics(self, protocol: str, scores: dict[str, dict[str, float]]) -> None:
        """Write a protocol's metrics into the manifest. scores: the values by artifact, as in {"ndcg@100": 0.3}."""
        manifest = self.manifest()
        for name, values in scores.items():
            if entry := manifest.entry(name):
                entry.setdefault("metrics", {})[protocol] = values
        manifest.write(self.folder)

    def copy_missing(self, names: Sequence[str], source: ArtifactStore) -> None:
        """Copy the catalogue, these artifacts and what they build on from another store, as far as they are missing.

        So a training that writes into a new folder is fitted on what lies in that folder. Raises ArtifactError.
        """
        if self.folder.resolve() == source.folder.resolve():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        manifest = self.manifest()
        if not manifest.catalogue:
            shutil.copyfile(source.path(CATALOGUE), self.path(CATALOGUE))
            manifest.content[CATALOGUE] = source.manifest().catalogue
            manifest.write(self.folder)
        for name in names:
            if self.manifest().entry(name) is None:
                self.copy_missing(kind_of(name).builds_on, source)
                manifest, entry = self.manifest(), source.check(name)
                shutil.copyfile(source.path(name), self.path(name))
                manifest.put(name, entry)
                manifest.write(self.folder)


class _Loader:
    """Loads each artifact of a store once."""

    def __init__(self, store: ArtifactStore) -> None:
        self._store = store
        self._loaded: dict[str, Any] = {}

    def __call__(self, name: str) -> Any:
        if name not in self._loaded:
            load = self._store.load_catalogue if name == CATALOGUE else partial(self._store.load, name, self)
            self._loaded[name] = load()
        return self._loaded[name]


def shipped_store() -> ArtifactStore:
    """The store of what ships: artifacts/, or the folder that $REELREC_ARTIFACTS names.

    What it loads is shared through arrays/ in the cache folder, unless $REELREC_SHARE is "off".
    """
    cache = None if os.environ.get("REELREC_SHARE") == "off" else cache_folder()
    folder = Path(os.environ.get("REELREC_ARTIFACTS") or ROOT / "artifacts")
    return ArtifactStore(folder, cache / "arrays" if cache else None)
