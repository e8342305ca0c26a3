"""The SHA-256 of each artifact that ships, checked against the files."""

from __future__ import annotations

from pathlib import Path

from reelrec.artifacts.manifest import Manifest
from reelrec.artifacts.store import ArtifactStore
from reelrec.errors import ReleaseError
from reelrec.paths import sha256


def checksums(folder: Path) -> str:
    """A line a file, as `sha256sum --check` reads them from the folder above. Raises ReleaseError or ArtifactError.

    The manifest's own hash comes last: it is what the app checks the others by.
    """
    store, manifest = ArtifactStore(folder), Manifest.read(folder)
    expected = {store.path("catalogue"): manifest.catalogue["sha256"]}
    others = [name for name in manifest.content if name not in ("catalogue", "models")]
    for name in (*manifest.models, *others):
        expected[store.path(name)] = (manifest.entry(name) or {}).get("sha256")
    for path, digest in expected.items():
        if not path.exists():
            raise ReleaseError(
                f"{path.name} is in the manifest but not in {folder.name}/. Train it, or take its entry out."
            )
        if sha256(path) != digest:
            raise ReleaseError(
                f"{path.name} is not the file of the manifest. Train it again, or take the committed one."
            )
    if strange := sorted(path.name for path in {*folder.glob("*.npz"), *folder.glob("*.parquet")} - expected.keys()):
        raise ReleaseError(
            f"{', '.join(strange)} lies in {folder.name}/ without an entry in the manifest. Take it away."
        )
    lines = [f"{digest}  {folder.name}/{path.name}" for path, digest in sorted(expected.items())]
    manifest_file = folder / "manifest.json"
    return "\n".join([*lines, f"{sha256(manifest_file)}  {folder.name}/{manifest_file.name}"]) + "\n"
