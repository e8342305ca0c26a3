import json
import logging
import os
import shutil
import sqlite3
import time
import zlib
from pathlib import Path

import diskcache
import pytest

from reelrec.sources import cache as caching
from reelrec.sources.cache import Cache, PlainDisk, cache_folder

VALUES = [{"a": [1, 2.5, None, True, "é"]}, [], "", "text", 0, 7, False, {}]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "cache"


@pytest.fixture
def cache(folder):
    cache = Cache(folder)
    yield cache
    cache.close()


@pytest.fixture
def planted(folder):
    """Keep {"good": true} under "key", let somebody change its row, and read it again."""

    def run(statement: str, *values: object) -> object | None:
        cache = Cache(folder)
        cache.set("key", {"good": True}, 60)
        cache.close()
        with sqlite3.connect(folder / "cache.db") as database:
            database.execute(statement, values)
        database.close()
        cache = Cache(folder)
        found = cache.get("key")
        cache.set("key", "written again", 60)
        assert cache.get("key") == "written again"
        cache.close()
        return found

    return run


def pickle_that_makes(folder: Path) -> bytes:
    """A pickle written by hand: loading it calls os.mkdir(folder)."""
    return b"cos\nmkdir\n(V" + str(folder).encode() + b"\ntR."


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_from_memory_and_from_disk(cache, folder, value):
    cache.set("key", value, 60)
    assert cache.get("key") == value
    cache.close()
    assert cache.get("key") == value
    again = Cache(folder)
    assert again.get("key") == value
    assert again.get("another") is None
    again.close()


def test_a_value_ends_when_its_time_is_over_in_memory_and_on_disk(cache, folder, monkeypatch):
    cache.set("key", 1, 60)
    now = time.time
    again = Cache(folder)
    monkeypatch.setattr(time, "time", lambda: now() + 59)
    assert (cache.get("key"), again.get("key")) == (1, 1)
    monkeypatch.setattr(time, "time", lambda: now() + 61)
    third = Cache(folder)
    assert (cache.get("key"), again.get("key"), third.get("key")) == (None, None, None)
    third.close()
    again.close()


def test_a_pickle_as_a_value_is_a_miss_and_does_not_run(planted, tmp_path):
    mark = tmp_path / "ran"
    assert planted("UPDATE Cache SET mode = 4, value = ?", pickle_that_makes(mark)) is None
    assert not mark.exists()


def test_the_same_pickle_would_run_in_diskcache_itself(tmp_path):
    """Else the test above shows nothing."""
    mark, folder = tmp_path / "ran", tmp_path / "cache"
    with diskcache.Cache(folder, disk=diskcache.JSONDisk) as plain:
        plain["key"] = 1
        plain._sql("UPDATE Cache SET mode = 4, value = ?", (pickle_that_makes(mark),))
        with pytest.raises(TypeError):
            plain.get("key")
    assert mark.is_dir()


def test_a_pickle_in_a_file_beside_the_table_is_a_miss_and_does_not_run(planted, folder, tmp_path):
    mark, file = tmp_path / "ran", tmp_path / "planted.val"
    file.write_bytes(pickle_that_makes(mark))
    for name in (str(file), "../../planted.val"):
        assert planted("UPDATE Cache SET mode = 4, value = NULL, filename = ?", name) is None
    assert not mark.exists()
    assert file.exists()  # and what a row names is not deleted when the row is written anew


def test_a_pickle_as_a_key_is_a_miss_and_does_not_run(planted, folder, tmp_path):
    mark = tmp_path / "ran"
    assert planted("UPDATE Cache SET raw = 0, key = ?", pickle_that_makes(mark)) is None
    with diskcache.Cache(folder, disk=PlainDisk) as opened, pytest.raises(ValueError, match="key"):
        list(opened)
    assert not mark.exists()


@pytest.mark.parametrize("name", ["/etc/hostname", "../secret", "ab/cd/0.val"])
@pytest.mark.parametrize("mode", [1, 2, 3, 4])
def test_a_row_that_names_a_file_is_a_miss(planted, tmp_path, mode, name):
    (tmp_path / "secret").write_bytes(zlib.compress(b'"secret"'))
    assert planted("UPDATE Cache SET mode = ?, value = NULL, filename = ?", mode, name) is None


@pytest.mark.parametrize(
    "value",
    [None, 7, 1.5, "text", b"", b"not zlib", zlib.compress(b"not json"), zlib.compress(b"[" * 100_000),
     zlib.compress(b'"' + b"x" * 20_000_000 + b'"'), zlib.compress(b"\xff\xfe")],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_a_row_that_is_no_json_is_a_miss(planted, value):
    assert planted("UPDATE Cache SET value = ?", value) is None


@pytest.mark.parametrize("change", ["mode = 9", "mode = NULL", "mode = 'x'", "expire_time = NULL", "expire_time = 'z'"])
def test_a_row_with_another_mode_or_no_end_is_a_miss(planted, change):
    assert planted(f"UPDATE Cache SET {change}") is None


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO Settings VALUES ('disk_evil', 1)", "DROP TABLE Cache", "DROP TABLE Settings",
     "UPDATE Settings SET value = 'x'", "UPDATE Settings SET value = NULL"],
)  # fmt: skip
def test_a_damaged_table_is_an_empty_cache(planted, statement):
    assert planted(statement) in (None, {"good": True})


def test_a_corrupt_file_leaves_memory_and_a_word_for_the_host(folder, caplog):
    folder.mkdir(parents=True)
    (folder / "cache.db").write_bytes(b"not a database at all" * 500)
    cache = Cache(folder)
    cache.set("key", 1, 60)
    assert cache.get("key") == 1
    cache.close()
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "kept in memory only" in caplog.text
    assert str(folder) in caplog.text


def test_a_folder_that_cannot_be_written_leaves_memory(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    cache.set("key", 1, 60)
    assert (cache.get("key"), cache.get("other")) == (1, None)
    cache.close()
    assert "kept in memory only" in caplog.text


def test_a_cache_that_cannot_be_written_is_read_all_the_same(folder, caplog, monkeypatch):
    before = Cache(folder)
    before.set("known", {"a": 1}, 60)
    before.close()
    shutil.copytree(folder, folder.with_name("copy"))
    monkeypatch.setattr(diskcache, "Cache", read_only)
    cache = Cache(folder)
    cache.set("new", 2, 60)
    assert [cache.get(key) for key in ("known", "new", "never")] == [{"a": 1}, 2, None]
    cache.close()
    (said,) = caplog.messages
    assert f"The cache in {folder} cannot be written, so new answers are kept in memory only" in said
    assert (folder / "cache.db").read_bytes() == (folder.with_name("copy") / "cache.db").read_bytes()


def read_only(*words: object, **options: object) -> None:
    raise sqlite3.OperationalError("attempt to write a readonly database")


def test_a_pickle_in_a_cache_that_cannot_be_written_is_a_miss_and_does_not_run(folder, tmp_path, monkeypatch):
    mark = tmp_path / "ran"
    before = Cache(folder)
    before.set("key", 1, 60)
    before.close()
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute("UPDATE Cache SET mode = 4, value = ?", (pickle_that_makes(mark),))
    database.close()
    monkeypatch.setattr(diskcache, "Cache", read_only)
    cache = Cache(folder)
    assert cache.get("key") is None
    cache.close()
    assert not mark.exists()


def test_without_a_home_answers_are_in_memory(monkeypatch, caplog):
    monkeypatch.delenv("REELREC_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as where the user has no entry
    assert cache_folder() is None
    cache = Cache(cache_folder())
    cache.set("a", 1, 60)
    assert cache.get("a") == 1
    cache.close()
    assert "$REELREC_CACHE" in caplog.text


def test_a_file_that_vanishes_while_in_use_leaves_memory(cache, folder, monkeypatch):
    def fail(*words, **more):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(diskcache.Cache, "set", fail)
    monkeypatch.setattr(diskcache.Cache, "get", fail)
    cache.set("key", 1, 60)
    assert (cache.get("key"), cache.get("other")) == (1, None)


def test_memory_holds_the_latest_used(folder, monkeypatch, tmp_path):
    monkeypatch.setattr(caching, "MAX_ENTRIES", 3)
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    for key in "abc":
        cache.set(key, key, 60)
    cache.get("a")
    cache.set("d", "d", 60)
    assert [cache.get(key) for key in "abcd"] == ["a", None, "c", "d"]
    cache.close()


def test_disk_holds_no_more_than_its_limit(folder, monkeypatch):
    monkeypatch.setattr(caching, "MAX_BYTES", 300_000)
    cache = Cache(folder)
    for number in range(600):
        cache.set(f"key {number}", json.dumps([number * i % 977 for i in range(600)]), 60)
    cache.close()
    assert (folder / "cache.db").stat().st_size < 500_000
    again = Cache(folder)
    assert again.get("key 0") is None
    assert again.get("key 599") is not None
    again.close()


def test_only_its_user_may_enter_the_folder(cache, folder):
    assert folder.stat().st_mode & 0o777 == 0o700


def test_two_caches_share_one_folder(cache, folder):
    other = Cache(folder)
    cache.set("key", 1, 60)
    assert other.get("key") == 1
    other.close()


def test_the_folder_is_the_chosen_one_else_the_users_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("REELREC_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache_folder() == tmp_path / "home" / ".cache" / "reelrec"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "reelrec"
    monkeypatch.setenv("REELREC_CACHE", "~/mine")
    assert cache_folder() == tmp_path / "home" / "mine"
