"""A data folder of our own, and a web server on this machine that can misbehave."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest

from reelrec.sources import registry

FILES = {"ratings.csv": Random(1).randbytes(1_500_000), "movies.csv": b"movieId\n" * 50}  # fetch never looks inside


class Server(ThreadingHTTPServer):
    """`files`: path to bytes. `break_after`: cut the next answer after so many bytes. `ranges`: headers received."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.break_after: int | None = None
        self.with_ranges = True
        self.ranges: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        body = self.server.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.with_ranges else 0
        if start >= len(body):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(body)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        cut, self.server.break_after = self.server.break_after, None
        self.wfile.write(body[start:][:cut])

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def archive() -> bytes:
    """A zip as GroupLens packs one: a folder with the source's name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in FILES.items():
            zipped.writestr(f"tiny/{name}", content)
    return packed.getvalue()


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """An empty data folder that knows two sources: tiny (public, with checksums) and local (without an address)."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    common = {"title": "T", "licence": "L", "about": "A", "max_bytes": 2_000_000}
    entries = {
        "tiny": common | {"url": "{GROUPLENS}/tiny.zip", "files": digests},
        "local": common | {"url": None, "files": {"ratings.csv": None}},
    }
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "sources.json").write_text(json.dumps(entries))
    monkeypatch.setattr(registry, "DATA", folder)
    monkeypatch.setenv("REELREC_DATA", str(tmp_path / "elsewhere"))
    return folder


@pytest.fixture
def copy_of_tiny(tmp_path) -> Path:
    """A local folder that holds the source as somebody would keep it."""
    folder = tmp_path / "copies" / "tiny"
    folder.mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder.parent


@pytest.fixture
def copies(tmp_path, monkeypatch) -> Path:
    """An empty folder in which the app looks for its real sources, and nowhere else."""
    sources = tmp_path / "data"
    sources.mkdir()
    (sources / "sources.json").write_bytes((registry.DATA / "sources.json").read_bytes())
    monkeypatch.setattr(registry, "DATA", sources)
    monkeypatch.setenv("REELREC_DATA", str(tmp_path / "copies"))
    return tmp_path / "copies"
