import io
import shutil
import zipfile

import pytest

from reelrec.errors import OptionError, SourceError
from reelrec.sources import registry


def ignore(what: str, done: int, size: int | None) -> None:
    """No progress bar."""


def test_the_known_sources_can_be_read_and_have_checksums_or_say_so():
    known = registry.sources()
    assert {"ml-latest-small", "ml-32m", "letterboxd"} <= known.keys()
    for source in known.values():
        assert source.files
        assert all(digest is None or len(digest) == 64 for digest in source.files.values())
        assert source.url is None or source.url.startswith("https://files.grouplens.org/")
        assert all((source.licence, source.about, source.title, source.max_bytes))


def test_an_unknown_source_is_named_with_the_known_ones():
    with pytest.raises(OptionError, match=r"'nope'.*ml-latest-small"):
        registry.source("nope")


def test_another_address_of_grouplens_is_honoured(monkeypatch):
    monkeypatch.setenv("REELREC_GROUPLENS_URL", "http://127.0.0.1:9/mirror/")
    assert registry.source("ml-latest-small").url == "http://127.0.0.1:9/mirror/ml-latest-small.zip"
    assert registry.source("letterboxd").url is None


def test_a_source_that_is_not_here_names_the_command_that_fetches_it(data):
    assert registry.source("tiny").folder is None
    with pytest.raises(SourceError, match=r"python -m reelrec data get tiny$"):
        registry.source("tiny").path("ratings.csv")
    with pytest.raises(SourceError, match="python -m reelrec data get local --from FOLDER"):
        registry.source("local").path("ratings.csv")


def test_a_source_is_found_in_data_before_the_copies_and_only_when_complete(data, copy_of_tiny, monkeypatch):
    monkeypatch.setenv("REELREC_DATA", str(copy_of_tiny))
    assert registry.source("tiny").folder == copy_of_tiny / "tiny"
    shutil.copytree(copy_of_tiny / "tiny", data / "tiny")
    assert registry.source("tiny").folder == data / "tiny"
    (data / "tiny" / "movies.csv").unlink()
    assert registry.source("tiny").folder == copy_of_tiny / "tiny"


@pytest.mark.parametrize("inside", ["", "tiny"])
def test_a_local_copy_is_copied_and_verified_given_the_folder_or_the_one_above(data, copy_of_tiny, inside):
    assert registry.fetch("tiny", copy_of_tiny / inside, ignore) == data / "tiny"
    for name in ("ratings.csv", "movies.csv"):
        assert (data / "tiny" / name).read_bytes() == (copy_of_tiny / "tiny" / name).read_bytes()


def test_a_changed_local_copy_is_refused_and_removed(data, copy_of_tiny):
    (copy_of_tiny / "tiny" / "movies.csv").write_bytes(b"changed")
    with pytest.raises(SourceError, match=r"movies.csv of tiny has sha256.*removed"):
        registry.fetch("tiny", copy_of_tiny, ignore)
    assert not (data / "tiny" / "movies.csv").exists()
    assert (copy_of_tiny / "tiny" / "movies.csv").exists()  # theirs stays
    assert registry.source("tiny").folder is None


def test_an_incomplete_local_copy_is_refused_before_anything_is_copied(data, copy_of_tiny):
    (copy_of_tiny / "tiny" / "movies.csv").unlink()
    with pytest.raises(SourceError, match=r"has no movies.csv"):
        registry.fetch("tiny", copy_of_tiny, ignore)
    assert not list((data / "tiny").iterdir())


def test_a_source_without_an_address_asks_for_a_folder(data):
    with pytest.raises(SourceError, match="--from FOLDER"):
        registry.fetch("local", None, ignore)


@pytest.fixture
def grouplens(server, monkeypatch):
    """Our server in the place of GroupLens."""
    monkeypatch.setenv("REELREC_GROUPLENS_URL", server.url)
    return server


def test_a_public_source_is_fetched_unpacked_and_verified(data, grouplens, archive):
    grouplens.files["/tiny.zip"] = archive
    told = []
    registry.fetch("tiny", None, lambda *words: told.append(words))
    assert registry.source("tiny").folder == data / "tiny"
    assert told[-1] == ("downloading", len(archive), len(archive))
    assert not (data / "tiny.zip").exists()


def test_a_download_goes_on_where_it_broke_off(data, grouplens, archive):
    grouplens.files["/tiny.zip"], grouplens.break_after = archive, 1_200_000
    with pytest.raises(SourceError, match="run the command again"):
        registry.fetch("tiny", None, ignore)
    registry.fetch("tiny", None, ignore)
    assert grouplens.ranges == [None, f"bytes={1 << 20}-"]  # pieces of a mebibyte are kept
    assert registry.source("tiny").folder == data / "tiny"


def test_an_archive_larger_than_the_source_can_be_is_refused(data, grouplens, archive):
    grouplens.files["/tiny.zip"] = archive + b"\0" * 1_000_000
    with pytest.raises(SourceError, match="more than 2,000,000 bytes"):
        registry.fetch("tiny", None, ignore)


@pytest.mark.parametrize("keep", [0.5, 0.99])
def test_half_an_archive_is_removed_with_the_command_to_run_again(data, grouplens, archive, keep):
    grouplens.files["/tiny.zip"] = archive[: int(len(archive) * keep)]
    with pytest.raises(SourceError, match=r"damaged.*python -m reelrec data get tiny"):
        registry.fetch("tiny", None, ignore)
    assert not (data / "tiny.zip").exists()
    assert registry.source("tiny").folder is None


def test_an_archive_of_something_else_is_removed(data, grouplens):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr("other/ratings.csv", "x")
        zipped.writestr("../outside.txt", "x")
    grouplens.files["/tiny.zip"] = packed.getvalue()
    with pytest.raises(SourceError, match="not the archive of tiny"):
        registry.fetch("tiny", None, ignore)
    assert not list(data.parent.rglob("outside.txt"))


def test_an_archive_with_a_changed_file_is_refused(data, grouplens):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name in ("ratings.csv", "movies.csv"):
            zipped.writestr(f"tiny/{name}", "changed")
    grouplens.files["/tiny.zip"] = packed.getvalue()
    with pytest.raises(SourceError, match="sha256"):
        registry.fetch("tiny", None, ignore)
    assert registry.source("tiny").folder is None
