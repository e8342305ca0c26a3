"""Ways in which a part of ReelRec breaks: each changes one file in a copy of the artifacts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from reelrec.paths import sha256

Break = Callable[[Path, str], None]


def missing(folder: Path, name: str) -> None:
    """The file is not there, though the manifest names it."""
    (folder / f"{name}.npz").unlink()


def changed(folder: Path, name: str) -> None:
    """A byte in the middle of the file is another one."""
    path = folder / f"{name}.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def cut(folder: Path, name: str) -> None:
    """Half of the file is there, and the manifest believes that it is whole."""
    path = folder / f"{name}.npz"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _believed(folder, name)


def of_words(folder: Path, name: str) -> None:
    """Every array holds words in place of numbers; the manifest believes the file."""
    _rewritten(folder, name, lambda array: np.full(array.shape, "word"))


def of_another_size(folder: Path, name: str) -> None:
    """The largest array ends one row early; the manifest believes the file."""
    with np.load(folder / f"{name}.npz") as file:
        largest = max((file[key].shape for key in file.files), key=np.prod)
    _rewritten(folder, name, lambda array: array[:-1] if array.shape == largest else array)


def not_numbers(folder: Path, name: str) -> None:
    """Every number with a fraction is none (NaN); the manifest believes the file."""
    _rewritten(folder, name, lambda array: np.full_like(array, np.nan) if array.dtype.kind == "f" else array)


def of_another_catalogue(folder: Path, name: str) -> None:
    """The manifest says that it was made for other films."""
    _entry(folder, name, fingerprint="0" * 16)


def a_folder(folder: Path, name: str) -> None:
    """A folder stands in its place."""
    missing(folder, name)
    (folder / f"{name}.npz").mkdir()


WAYS: tuple[Break, ...] = (
    missing, changed, cut, of_words, of_another_size, not_numbers, of_another_catalogue, a_folder,
)  # fmt: skip


def _rewritten(folder: Path, name: str, how: Callable[[np.ndarray], np.ndarray]) -> None:
    path = folder / f"{name}.npz"
    with np.load(path) as file:
        arrays = {key: file[key] if key == "settings" else how(file[key]) for key in file.files}
    np.savez_compressed(path, **arrays)
    _believed(folder, name)


def _believed(folder: Path, name: str) -> None:
    """Let the manifest say that this is the file, and that other artifacts were made for it."""
    old, new = _entry(folder, name, sha256=sha256(folder / f"{name}.npz"))
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(old, new))


def _entry(folder: Path, name: str, **changes: str) -> tuple[str, str]:
    """Change an entry of the manifest; its old and its new sha256."""
    path = folder / "manifest.json"
    content = json.loads(path.read_text())
    entry = content["models"].get(name) or content[name]
    old = entry["sha256"]
    entry.update(changes)
    path.write_text(json.dumps(content))
    return old, entry["sha256"]
