import pytest

from reelrec.errors import SourceError
from reelrec.sources.download import download

BODY = bytes(range(256)) * 12_000  # three megabytes: several pieces


@pytest.fixture
def get(server, tmp_path):
    """Download /file, counting progress: the target, and what progress was told last."""

    def run(max_bytes: int = 10_000_000):
        told = []
        download(f"{server.url}/file", tmp_path / "file", max_bytes, lambda done, size: told.append((done, size)))
        return tmp_path / "file", told

    return run


def test_a_whole_file_arrives_with_progress(server, get):
    server.files["/file"] = BODY
    target, told = get()
    assert target.read_bytes() == BODY
    assert told[-1] == (len(BODY), len(BODY))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) > 1
    assert not target.with_name("file.part").exists()


def test_after_a_break_only_the_rest_is_fetched(server, get, tmp_path):
    server.files["/file"] = BODY
    server.break_after = 2_000_000
    with pytest.raises(SourceError, match="run the command again"):
        get()
    kept = (tmp_path / "file.part").stat().st_size
    assert 0 < kept <= 2_000_000
    assert not (tmp_path / "file").exists()
    target, told = get()
    assert server.ranges == [None, f"bytes={kept}-"]
    assert target.read_bytes() == BODY
    assert told[-1] == (len(BODY), len(BODY))


def test_a_server_without_ranges_is_read_from_the_start_again(server, get, tmp_path):
    server.files["/file"] = BODY
    server.with_ranges = False
    (tmp_path / "file.part").write_bytes(b"x" * 1000)
    target, _ = get()
    assert target.read_bytes() == BODY


def test_a_part_that_is_already_whole_is_not_fetched_again(server, get, tmp_path):
    server.files["/file"] = BODY
    (tmp_path / "file.part").write_bytes(BODY)
    target, told = get()
    assert target.read_bytes() == BODY
    assert told == []


def test_a_part_of_a_longer_file_than_the_server_has_is_thrown_away(server, get, tmp_path):
    server.files["/file"] = BODY
    (tmp_path / "file.part").write_bytes(BODY + b"more")
    with pytest.raises(SourceError, match="start afresh"):
        get()
    target, _ = get()
    assert target.read_bytes() == BODY


def test_a_missing_file_is_an_error_with_its_address(server, get, tmp_path):
    with pytest.raises(SourceError, match=rf"{server.url}/file answered 404"):
        get()
    assert not (tmp_path / "file").exists()


def test_nobody_answering_is_an_error_with_the_address(server, tmp_path):
    port = server.server_port
    server.server_close()  # the address is free again, and nobody listens
    with pytest.raises(SourceError, match=rf"http://127.0.0.1:{port}/file could not be fetched"):
        download(f"http://127.0.0.1:{port}/file", tmp_path / "file", 10, lambda done, size: None)


def test_more_than_allowed_is_stopped_and_not_kept_as_the_file(server, get, tmp_path):
    server.files["/file"] = BODY
    with pytest.raises(SourceError, match="more than 1,500,000 bytes"):
        get(max_bytes=1_500_000)
    assert not (tmp_path / "file").exists()
    assert (tmp_path / "file.part").stat().st_size <= 1_500_000
