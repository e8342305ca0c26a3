"""What surrounds ReelRec breaks: disks, folders, logs, secrets. The visitor notices nothing, and the host is told."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import diskcache
import pytest
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from streamlit import config
from streamlit.runtime.secrets import Secrets

from reelrec import app
from reelrec.serving import resources
from reelrec.ui.frame import tmdb
from reelrec.web.uploads import UploadLimits
from tests.fakes.asgi import ask
from tests.fakes.tmdb import FakeTmdb
from tests.fakes.tmdb_host import key_of_tmdb
from tests.pages.visits import Visit


@pytest.fixture
def small(broken) -> None:
    """Nothing of ReelRec itself is broken."""
    broken()


@pytest.fixture
def tmdb_here(small, monkeypatch, tmp_path) -> Iterator[FakeTmdb]:
    """The host has a key, and TMDB answers."""
    with key_of_tmdb(monkeypatch, tmp_path / "cache") as fake:
        yield fake


@pytest.fixture
def events_to(small, monkeypatch) -> Iterator:
    """Let the host name a file of events."""

    def name(path: object) -> None:
        resources._event_log.cache_clear()
        monkeypatch.setenv("REELREC_LOG", str(path))

    yield name
    with contextlib.suppress(OSError):  # of the last lines, which could not be written
        if kept := resources.event_log():
            kept.close()
    resources._event_log.cache_clear()


def told(caplog) -> list[str]:
    """What the host was told."""
    return [record.getMessage() for record in caplog.records if record.name == "reelrec"]


def looks_at_a_film(visit: type[Visit]) -> Visit:
    """A visitor opens a film, and rates it."""
    film = app.catalogue().films[7]
    page = visit("film", id=film.slug)
    page.answer("film-7", film_7=4.0)
    assert page.profile.ratings == {7: 4.0}
    assert not page.at.error
    return page


def rest_is_told_once(visit: type[Visit], caplog, what: str) -> None:
    """A visitor sees a film with what TMDB says of it, and the host reads once what is wrong."""
    assert "Summary by TMDB" in looks_at_a_film(visit).words()
    (said,) = told(caplog)
    assert what in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_for_events_is_told_to_the_host_and_no_visitor(visit, events_to, caplog):
    events_to("/dev/full")
    looks_at_a_film(visit)
    (said,) = told(caplog)
    assert "Events cannot be written to /dev/full" in said
    assert any("No space left on device" in str(record.exc_info) for record in caplog.records)


def test_a_folder_in_place_of_the_log_is_told_to_the_host_and_no_visitor(visit, events_to, caplog, tmp_path):
    events_to(tmp_path)
    looks_at_a_film(visit)
    (said,) = told(caplog)
    assert f"Events cannot be written to {tmp_path}" in said


def test_a_log_in_the_home_of_nobody_is_told_to_the_host_and_no_visitor(visit, events_to, caplog):
    events_to("~nobody-of-that-name/events.log")
    assert "This host keeps anonymous events" not in visit("about").words()
    looks_at_a_film(visit)
    (said,) = told(caplog)
    assert "no events are kept. Give the whole path." in said


def test_a_cache_folder_that_cannot_be_made_leaves_memory(visit, tmdb_here, caplog, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("REELREC_CACHE", str(tmp_path / "file" / "cache"))
    rest_is_told_once(visit, caplog, "cannot be used, so answers are kept in memory only")


def test_a_corrupt_cache_leaves_memory(visit, tmdb_here, caplog, tmp_path):
    (tmp_path / "cache" / "tmdb").mkdir(parents=True)
    (tmp_path / "cache" / "tmdb" / "cache.db").write_bytes(b"no database" * 1000)
    rest_is_told_once(visit, caplog, "cannot be used, so answers are kept in memory only")


def test_without_a_home_answers_are_in_memory(visit, tmdb_here, caplog, monkeypatch):
    monkeypatch.setattr("reelrec.sources.tmdb.client.cache_folder", lambda: None)
    rest_is_told_once(visit, caplog, "Name a folder for them in $REELREC_CACHE")


def test_a_disk_that_fills_up_leaves_memory(visit, tmdb_here, caplog, monkeypatch):
    monkeypatch.setattr(diskcache.Cache, "set", full)
    rest_is_told_once(visit, caplog, "An answer could not be written to the cache")


def full(*words: object, **options: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def test_a_cache_on_a_disk_that_became_read_only_is_read_all_the_same(visit, tmdb_here, caplog, monkeypatch):
    assert "Summary by TMDB" in looks_at_a_film(visit).words()
    app.tmdb.use(None)
    tmdb._take_key.clear()
    tmdb_here.asked.clear()
    monkeypatch.setattr(diskcache, "Cache", full)
    rest_is_told_once(visit, caplog, "cannot be written, so new answers are kept in memory only")
    assert "/3/movie/1007" not in tmdb_here.paths


def test_broken_secrets_are_no_key(visit, small, monkeypatch, tmp_path):
    (tmp_path / "secrets.toml").write_text('TMDB_TOKEN = "eyJ-no\nend')
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    monkeypatch.setattr(st, "secrets", Secrets())
    tmdb._take_key.clear()
    try:
        page = looks_at_a_film(visit)
        assert not tmdb.is_used()
        assert "eyJ-no" not in page.words()
    finally:
        config.set_option("secrets.files", before)
        tmdb._take_key.clear()


def test_where_no_temporary_file_can_be_made_a_large_export_arrives(monkeypatch):
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", nowhere)
    files: list[bytes] = []

    async def take(scope: Scope, receive: Receive, send: Send) -> None:
        """Read the file as Streamlit does."""
        async with Request(scope, receive).form() as form:
            files.append(await form["file"].read())
        await Response(status_code=204)(scope, receive, send)

    export = b"x" * 9_000_000
    content = (
        b'--line\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n' + export + b"\r\n--line--"
    )
    headers = [("host", "127.0.0.1"), ("content-length", str(len(content)))]
    headers += [("content-type", "multipart/form-data; boundary=line")]
    limits = UploadLimits(take, files=NoFiles, is_visit=lambda session: True)
    answer = ask(limits, "http://127.0.0.1/_stcore/upload_file/a/b", "PUT", headers=headers, content=content)
    assert answer.status == 204
    assert files == [export]


class NoFiles:
    """Streamlit keeps no file yet."""

    def get_files(self, session_id: str, file_ids: Sequence[str]) -> Sequence[object]:
        return []

    def remove_file(self, session_id: str, file_id: str) -> None:
        pass


def nowhere(*words: object, **options: object) -> None:
    raise FileNotFoundError("No usable temporary directory found")
