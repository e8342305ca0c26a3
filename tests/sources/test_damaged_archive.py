"""An archive whose bytes changed on the way; the table of contents, at its end, is whole."""

import contextlib
import shutil

import pytest

from reelrec.errors import SourceError
from reelrec.sources import registry


def ignore(what: str, done: int, size: int | None) -> None:
    """No progress bar."""


@pytest.fixture
def send(server, monkeypatch):
    """Let GroupLens answer with this archive."""

    def answer(archive: bytes) -> None:
        monkeypatch.setenv("REELREC_GROUPLENS_URL", server.url)
        server.files["/tiny.zip"] = archive

    return answer


def test_changed_bytes_inside_an_archive_are_found_by_its_checksums(data, send, archive):
    send(archive[:5000] + b"\xff\xff\xff\xff" + archive[5004:])
    with pytest.raises(SourceError, match=r"damaged.*python -m reelrec data get tiny"):
        registry.fetch("tiny", None, ignore)
    assert not (data / "tiny.zip").exists()
    assert registry.source("tiny").folder is None


def test_half_a_file_does_not_stay_where_it_passes_for_a_whole_one(data, send, archive, copy_of_tiny):
    shutil.copytree(copy_of_tiny / "tiny", data / "tiny")  # fetched once before
    send(archive[:5000] + b"\xff\xff\xff\xff" + archive[5004:])
    with pytest.raises(SourceError):
        registry.fetch("tiny", None, ignore)
    found = data / "tiny" / "ratings.csv"
    assert not found.exists() or found.read_bytes() == (copy_of_tiny / "tiny" / "ratings.csv").read_bytes()


def test_bytes_that_cannot_be_decompressed_are_an_error_of_ours(data, send, archive):
    start = 30 + len("tiny/ratings.csv")  # after the member's header: a block of a kind that does not exist
    send(archive[:start] + b"\xff" + archive[start + 1 :])
    with pytest.raises(SourceError, match="damaged"):
        registry.fetch("tiny", None, ignore)


def test_a_copy_from_where_it_already_lies_is_fine_or_an_error_of_ours(data, copy_of_tiny):
    registry.fetch("tiny", copy_of_tiny, ignore)
    with contextlib.suppress(SourceError):
        registry.fetch("tiny", data, ignore)
    assert registry.source("tiny").folder == data / "tiny"
