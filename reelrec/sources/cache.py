"""A cache of answers with an expiry: in memory, and on disk where a folder can be written.

A cache on disk that cannot be written any more, such as one on a disk that became read-only, is read all the same.
On disk it is diskcache with a Disk class of our own, because diskcache 5.6.3 unpickles any row that is marked as a
pickle, under JSONDisk too (CVE-2025-69872). Here a row is compressed JSON in the table; any other row is an error.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import time
import zlib
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

import diskcache
from diskcache.core import MODE_RAW

from reelrec.counters import CACHE_READS, CACHED_ANSWERS

MAX_BYTES = 64 << 20  # on disk
MAX_ENTRIES = 4096  # in memory
MAX_ROW_BYTES = 1 << 20  # one value, unpacked
LOCK_SECONDS = 1.0  # the wait for another process that holds the file

_BROKEN = (sqlite3.Error, diskcache.Timeout, OSError, ValueError, TypeError, KeyError, zlib.error, RecursionError)


def cache_folder() -> Path | None:
    """The folder for data that can be fetched again: $REELREC_CACHE, else reelrec/ in the user's cache folder.

    None where the user has no home.
    """
    chosen = os.environ.get("REELREC_CACHE")
    try:
        if chosen:
            return Path(chosen).expanduser()
        return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "reelrec"
    except RuntimeError:
        return None


class Cache:
    """JSON values by key, each with an expiry. A damaged row on disk counts as missing and raises nothing.

    folder: where they lie on disk. With None, or where it cannot be used, they are in memory alone; the log says so.
    One thread does all work on disk, so that there is one connection for `close` to close.
    """

    def __init__(self, folder: Path | None) -> None:
        self._memory: OrderedDict[str, tuple[object, float]] = OrderedDict()  # value, and the time of its expiry
        self._lock = threading.Lock()
        self._warned = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reelrec-cache")
        self._disk = self._thread.submit(_open, folder).result()

    def get(self, key: str) -> object | None:
        """The value, None where there is none or it has expired."""
        with self._lock:
            value, end = self._memory.get(key, (None, 0.0))
            if end > time.time():
                self._memory.move_to_end(key)
                CACHE_READS.add("memory")
                return value
            reading = self._thread.submit(_read, self._disk, key) if self._disk is not None else None
        value, end = reading.result() if reading is not None else (None, 0.0)
        if end > time.time():
            self._remember(key, value, end)
            CACHE_READS.add("disk")
            return value
        CACHE_READS.add("missing")
        return None

    def set(self, key: str, value: object, seconds: float) -> None:
        """Keep a JSON value for a number of seconds."""
        self._remember(key, value, time.time() + seconds)
        with self._lock:
            disk = self._disk
            writing = self._thread.submit(self._write, disk, key, value, seconds) if disk is not None else None
        if writing is not None:
            writing.result()

    def close(self) -> None:
        """Close the file; values in memory stay readable."""
        with self._lock:
            disk, self._disk = self._disk, None
        if disk is not None:
            self._thread.submit(disk.close).result()
        self._thread.shutdown()

    def _remember(self, key: str, value: object, end: float) -> None:
        with self._lock:
            self._memory[key] = (value, end)
            self._memory.move_to_end(key)
            while len(self._memory) > MAX_ENTRIES:
                self._memory.popitem(last=False)
            CACHED_ANSWERS.value = len(self._memory)

    def _write(self, disk: Disk, key: str, value: object, seconds: float) -> None:
        try:
            disk.set(key, value, expire=seconds)
        except _BROKEN as error:
            if not self._warned:
                _warn("An answer could not be written to the cache; there may be more of them", error)
            self._warned = True


class PlainDisk(diskcache.JSONDisk):
    """Rows of compressed JSON inside the table. Raises ValueError for any other row, which was not written here."""

    def get(self, key: bytes, raw: bool) -> object:
        if not raw:
            raise ValueError("A key in the cache is not compressed JSON. Delete the cache folder.")
        return super().get(key, raw)

    def fetch(self, mode: int, filename: str | None, value: object, read: bool) -> object:
        if mode != MODE_RAW or filename is not None or read or type(value) is not bytes:
            raise ValueError("A row of the cache is not compressed JSON. Delete the cache folder.")
        return json.loads(zlib.decompressobj().decompress(value, MAX_ROW_BYTES))

    def remove(self, file_path: str) -> None:
        """Delete nothing: our rows have no files, so a file name in a row was not written here."""


class ReadOnly:
    """A cache on disk that cannot be written: its rows, as `PlainDisk` wrote them. Raises sqlite3.Error."""

    def __init__(self, folder: Path) -> None:
        # Immutable: else SQLite wants to write beside the file before it reads it.
        address = f"{(folder / diskcache.core.DBNAME).absolute().as_uri()}?mode=ro&immutable=1"
        self._rows = sqlite3.connect(address, uri=True)
        self._disk = PlainDisk(str(folder))
        self.get("")  # raises here where it cannot be read

    def get(self, key: str, expire_time: bool = True) -> tuple[object, object]:
        """The value of a key and the time of its expiry; None and None where there is none. Raises ValueError too."""
        packed, raw = self._disk.put(key)
        row = self._rows.execute(
            "SELECT mode, filename, value, expire_time FROM Cache WHERE key = ? AND raw = ?", (packed, raw)
        ).fetchone()
        return (self._disk.fetch(row[0], row[1], row[2], False), row[3]) if row else (None, None)

    def set(self, key: str, value: object, expire: float) -> None:
        """Write nothing: that it cannot was told when it was opened."""

    def close(self) -> None:
        self._rows.close()


Disk: TypeAlias = "diskcache.Cache | ReadOnly"


def _open(folder: Path | None) -> Disk | None:
    """The cache in a folder that only this user may enter. What else it is, a warning says: read-only, or None."""
    if folder is None:
        _warn("Answers are kept in memory only. Name a folder for them in $REELREC_CACHE", RuntimeError("no home"))
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        return diskcache.Cache(
            folder,
            timeout=LOCK_SECONDS,
            disk=PlainDisk,
            disk_min_file_size=1 << 31,  # every value inside the table
            eviction_policy="least-recently-stored",
            size_limit=MAX_BYTES,
            sqlite_mmap_size=0,
            statistics=0,
        )
    except _BROKEN as error:
        cannot_write = error
    try:
        disk = ReadOnly(folder)
    except _BROKEN:
        told = "cannot be used, so answers are kept in memory only. Make room on its disk, or delete or move it"
        _warn(f"The cache in {folder} {told}", cannot_write)
        return None
    _warn(f"The cache in {folder} cannot be written, so new answers are kept in memory only", cannot_write)
    return disk


def _read(disk: Disk, key: str) -> tuple[object, float]:
    """A value and the time of its expiry; None and 0 where there is none."""
    try:
        value, end = disk.get(key, expire_time=True)
    except _BROKEN:
        return None, 0.0
    return (value, end) if isinstance(end, float) else (None, 0.0)


def _warn(what: str, error: Exception) -> None:
    logging.getLogger("reelrec").warning("%s (%s: %s).", what, type(error).__name__, error)
