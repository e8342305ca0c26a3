"""The arrays of loaded artifacts as .npy files that all processes of a machine map into their memory, read-only.

    FOLDER/NAME-KEY/arrays.json     the SHA-256 of each file
    FOLDER/NAME-KEY/*.npy           an array each, as the model holds it

KEY is of all that the arrays depend on: the artifact's file, those of its parts, and our code. The first process that
loads an artifact writes its folder under another name and renames it; each later one maps it. All of it can be made
again, so it may be deleted at any time: a process keeps what it has mapped.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np

from reelrec import __version__
from reelrec.data.shared import Make, sharing
from reelrec.paths import ROOT, sha256

T = TypeVar("T")
Arrays = dict[str, np.ndarray]

CODE = ("data", "interview", "models")  # the rooms that make arrays, and whose change makes other folders
HASHES = "arrays.json"
MAKING = ".making-"  # begins the name of a folder that is being written, or deleted
LEAST_MAPPED = 1 << 16  # bytes; a smaller array is read, since a mapping keeps a file open
KEPT = 2  # folders of an artifact: the one in use, and one for another version beside it
UNUSED_DAYS, MAKING_DAYS = 30, 1 / 24
DAY = 86_400.0  # seconds


def load(folder: Path, name: str, made_of: Iterable[str], make: Callable[[], T]) -> T:
    """What make() loads, its large arrays mapped from this folder.

    Where the folder cannot be used the log says why, once, and the artifact has arrays of its own. made_of: the SHA-256
    of the artifact's file and of its parts. Raises what make() raises.
    """
    place = folder / f"{name}-{_key(made_of)}"
    try:
        _take(folder)
        arrays = opened(place)
        if arrays is None:
            temporary = Path(tempfile.mkdtemp(prefix=MAKING, dir=folder))
    except OSError as error:
        _tell(folder, error)
        return make()
    if arrays is None:
        with _Writing(temporary) as writing:
            artifact = make()
            arrays = writing.moved(place)
        if arrays is None:
            return artifact
        del artifact  # before it is loaded again
    shared = arrays
    with sharing(lambda array, make: shared[array] if array in shared else make()):
        return make()


def opened(place: Path, trusted: bool = False) -> Arrays | None:
    """The arrays of a folder by name; None where it is missing, or damaged and therefore removed. Raises OSError.

    trusted: this process has just written it.
    """
    try:
        hashes = json.loads((place / HASHES).read_text(encoding="utf-8"))
        arrays = {name: _array(place / f"{name}.npy", None if trusted else hashed) for name, hashed in hashes.items()}
        if os.access(place, os.W_OK):
            os.utime(place)  # says that it is in use
        return arrays
    except FileNotFoundError as error:
        damage: Exception = error
    except (ValueError, AttributeError, TypeError, EOFError) as error:
        damage = error
    if place.exists():
        logging.getLogger("reelrec").warning("%s is damaged (%s), and is made again.", place, damage)
        _remove(place)
    return None


def _array(path: Path, expected: str | None) -> np.ndarray:
    """A read-only array. Raises ValueError where the file has another hash than expected, or OSError."""
    if expected is not None and sha256(path) != expected:
        raise ValueError(f"{path.name} is not what was written")
    large = path.stat().st_size >= LEAST_MAPPED
    array: np.ndarray = np.asarray(np.load(path, mmap_mode="r" if large else None, allow_pickle=False))
    array.setflags(write=False)
    return array


class _Writing:
    """Writes each array that is made, for as long as the disk takes them, into a folder that is removed at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hashes: dict[str, str] = {}
        self._error: OSError | None = None
        self._context = sharing(self._share)

    def __enter__(self) -> _Writing:
        self._context.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._context.__exit__(None, None, None)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _share(self, name: str, make: Make) -> np.ndarray:
        array = make()
        if name in self._hashes:
            raise RuntimeError(f"two arrays of one artifact are called {name}")
        self._hashes[name] = ""
        if self._error is None:
            try:
                path = self._folder / f"{name}.npy"
                np.save(path, array, allow_pickle=False)
                self._hashes[name] = sha256(path)
            except OSError as error:
                self._error = error
        return array

    def moved(self, place: Path) -> Arrays | None:
        """The arrays in their place, opened, or those that another process put there; None, and told, without."""
        try:
            if self._error is not None:
                raise self._error
            (self._folder / HASHES).write_text(json.dumps(self._hashes), encoding="utf-8")
            mine = _renamed(self._folder, place)
            _tidy(place)
            return opened(place, trusted=mine)
        except OSError as error:
            _tell(place.parent, error)
            return None


def _renamed(folder: Path, place: Path) -> bool:
    """Rename the folder, unless another process has put the same there. Raises OSError where neither is so."""
    try:
        folder.rename(place)
    except OSError:
        if not (place / HASHES).exists():
            raise
        return False
    return True


def _take(folder: Path) -> None:
    """Make the folder where it is missing. Raises OSError where it cannot be, or where others may write into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid"):
        found = folder.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
        if not ours:
            raise PermissionError(0, "another user may write into it")


def _tidy(place: Path) -> None:
    """Remove all but the last used folders of this artifact, and what nobody has used or finished for long."""
    now, name = time.time(), place.name.rpartition("-")[0]
    of_name = []
    for other in place.parent.iterdir():
        try:
            used = other.stat().st_mtime
        except FileNotFoundError:  # another process was quicker
            continue
        days = MAKING_DAYS if other.name.startswith(MAKING) else UNUSED_DAYS
        if now - used > days * DAY:
            _remove(other)
        elif other != place and re.fullmatch(f"{re.escape(name)}-[0-9a-f]+", other.name):
            of_name.append((used, other))
    for _, other in sorted(of_name, reverse=True)[KEPT - 1 :]:
        _remove(other)


def _remove(place: Path) -> None:
    """Remove a folder, out of sight at once; what cannot be removed stays."""
    gone = place.with_name(f"{MAKING}{os.getpid()}-{place.name.removeprefix(MAKING)}")
    try:
        place.rename(gone)
    except OSError:
        gone = place
    shutil.rmtree(gone, ignore_errors=True)


def _key(made_of: Iterable[str]) -> str:
    """Sixteen hex digits of what the arrays are made of and by."""
    return hashlib.sha256("\n".join([__version__, _code(), *made_of]).encode()).hexdigest()[:16]


@functools.cache
def _code() -> str:
    """A checksum of the code that makes arrays, so that no change of it meets what an earlier one has made."""
    files = sorted(path for room in CODE for path in (ROOT / "reelrec" / room).rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


_told: set[Path] = set()


def _tell(folder: Path, error: OSError) -> None:
    """Say in the log that arrays are not shared, once."""
    if folder not in _told:
        _told.add(folder)
        logging.getLogger("reelrec").warning(
            "Each process holds arrays of its own, because they cannot be shared in %s (%s). Make room there, or name "
            "another folder in $REELREC_CACHE.",
            folder,
            error.strerror or error,
        )
