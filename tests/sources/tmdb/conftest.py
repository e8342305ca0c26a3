"""A TMDB of our own, and a client that asks it without waiting between tries."""

from collections.abc import Iterator

import pytest

from reelrec.sources.tmdb import api as tmdb_api
from reelrec.sources.tmdb.client import Tmdb
from tests.fakes.tmdb import FakeTmdb


@pytest.fixture
def fake(monkeypatch, tmp_path) -> Iterator[FakeTmdb]:
    monkeypatch.setattr(tmdb_api, "BACKOFF_SECONDS", (0.0, 0.0))
    with FakeTmdb() as running:
        for name, value in running.environment(tmp_path / "cache").items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def client(fake) -> Iterator[Tmdb]:
    client = Tmdb(fake.token)
    yield client
    client.close()
