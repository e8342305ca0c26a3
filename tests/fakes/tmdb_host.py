"""A host that has TMDB's key, for tests in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reelrec import app
from reelrec.ui.frame import tmdb
from tests.fakes.tmdb import FakeTmdb


@contextmanager
def key_of_tmdb(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Iterator[FakeTmdb]:
    """The host has a key, and TMDB answers. cache: the folder of its answers."""
    with FakeTmdb() as fake:
        for name, value in fake.environment(cache).items():
            monkeypatch.setenv(name, value)
        tmdb._take_key.clear()
        yield fake
        monkeypatch.delenv("TMDB_TOKEN")
        tmdb._take_key.clear()
        app.tmdb.use(None)
