import errno
import multiprocessing
import os
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from reelrec.artifacts import mapped
from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.history import History
from reelrec.data.shared import shared, sharing

HISTORY = History.of([1, 3], [5.0, 2.0])
VALUES = np.arange(50_000, dtype=np.float32)  # large enough to be mapped


@pytest.fixture
def folder(tmp_path):
    """The folder through which processes share."""
    return tmp_path / "cache" / "arrays"


@pytest.fixture
def store(_tiny_folder, folder):
    return ArtifactStore(_tiny_folder, folder)


@pytest.fixture
def told(caplog, monkeypatch):
    """What the log says."""
    monkeypatch.setattr(mapped, "_told", set())
    return lambda: [record.getMessage() for record in caplog.records]


def made(times: list[int] | None = None) -> np.ndarray:
    """An artifact that is one array. times: counts how often it is made."""

    def make() -> np.ndarray:
        if times is not None:
            times.append(1)
        return VALUES * 2

    return shared("values", make)


def loaded(folder: Path, key: str = "a", times: list[int] | None = None) -> np.ndarray:
    return mapped.load(folder, "model", [key], lambda: made(times))


def is_mapped(array: np.ndarray) -> bool:
    while isinstance(array, np.ndarray) and not isinstance(array, np.memmap):
        array = array.base
    return isinstance(array, np.memmap)


def test_large_arrays_are_mapped_at_the_first_start_too_and_cannot_be_written(folder):
    times: list[int] = []
    for _ in range(2):
        array = loaded(folder, times=times)
        assert is_mapped(array)
        np.testing.assert_array_equal(array, VALUES * 2)
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    assert len(times) == 1


def test_small_arrays_are_read_so_that_no_file_stays_open_for_them(folder):
    small = [mapped.load(folder, "model", [], lambda: shared("few", lambda: np.arange(3))) for _ in range(2)]
    assert not is_mapped(small[1])
    assert not small[1].flags.writeable


def test_a_mapped_array_outlives_its_file(folder):
    array = loaded(folder)
    shutil.rmtree(folder)
    np.testing.assert_array_equal(array, VALUES * 2)
    np.testing.assert_array_equal(loaded(folder), VALUES * 2)


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: flipped(place / "values.npy"),
        lambda place: (place / "values.npy").write_bytes((place / "values.npy").read_bytes()[:-9]),
        lambda place: (place / "values.npy").write_bytes(b""),
        lambda place: (place / "values.npy").unlink(),
        lambda place: (place / "arrays.json").write_text("[1"),
        lambda place: (place / "arrays.json").write_text("[1]"),
    ],
    ids=["a bit", "cut", "empty", "missing", "no JSON", "other JSON"],
)
def test_a_damaged_folder_is_told_and_made_again(folder, told, damage):
    loaded(folder)
    (place,) = folder.iterdir()
    damage(place)
    times: list[int] = []
    np.testing.assert_array_equal(loaded(folder, times=times), VALUES * 2)
    assert len(times) == 1
    (said,) = told()
    assert "is damaged" in said
    assert is_mapped(loaded(folder, times=times))
    assert len(times) == 1


def test_a_pickle_in_a_file_is_damage(folder, told):
    loaded(folder)
    (place,) = folder.iterdir()
    np.save(place / "values.npy", np.array([{}], dtype=object))
    (place / "arrays.json").write_text(f'{{"values": "{mapped.sha256(place / "values.npy")}"}}')
    np.testing.assert_array_equal(loaded(folder), VALUES * 2)
    assert "is damaged" in told()[0]


def test_a_full_disk_leaves_arrays_in_memory_and_nothing_behind(store, folder, told, monkeypatch):
    def full(path: Path, *words: object, **options: object) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    alone = ArtifactStore(store.folder)
    for name in ("bmf", "ranker", "knn"):
        np.testing.assert_array_equal(store.load(name).score(HISTORY), alone.load(name).score(HISTORY))
    assert list(folder.iterdir()) == []
    (said,) = told()
    assert "No space left on device" in said
    assert "$REELREC_CACHE" in said


def unusable(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.parent.mkdir()
    if kind == "a file":
        folder.write_text("")
    elif kind == "another user's":
        folder.mkdir(mode=0o755)
        monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    elif kind == "everybody's":
        folder.mkdir()
        folder.chmod(0o777)
    else:
        (folder.parent / "elsewhere").mkdir()
        folder.symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize("kind", ["a file", "another user's", "everybody's", "a link"])
def test_a_folder_that_is_not_ours_alone_is_not_used(store, folder, told, monkeypatch, kind):
    unusable(kind, folder, monkeypatch)
    for name in ("bmf", "bmf", "ease"):
        assert np.isfinite(store.load(name).score(HISTORY)).all()
    assert len(told()) == 1
    assert not folder.is_dir() or list(folder.iterdir()) == []


def test_of_two_that_start_together_one_takes_what_the_other_wrote(folder):
    times: list[int] = []

    def slow() -> np.ndarray:
        if not times:
            other = Thread(target=loaded, args=(folder,))  # begins later and ends sooner
            other.start()
            other.join()
        return made(times)

    assert is_mapped(mapped.load(folder, "model", ["a"], slow))
    assert len(times) == 1
    (place,) = folder.iterdir()  # nothing half-written is left
    assert place.name.startswith("model-")


def sums(folder: Path) -> tuple[float, bool]:
    array = loaded(folder)
    return float(array.sum()), is_mapped(array)


def test_processes_that_start_together_share(folder):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert set(pool.map(sums, [folder] * 4)) == {(float((VALUES * 2).sum()), True)}
    assert len(list(folder.iterdir())) == 1


def test_another_file_another_part_or_other_code_makes_another_folder(folder, store, monkeypatch):
    keys = {mapped._key(["a"]), mapped._key(["b"]), mapped._key(["a", "b"])}
    monkeypatch.setattr(mapped, "_code", lambda: "changed")
    assert len(keys | {mapped._key(["a"])}) == 4
    digests, entries = store._made_of("interview"), store.manifest().content
    assert {entries[name]["sha256"] for name in ("catalogue",)} <= set(digests)
    assert {entries["models"][name]["sha256"] for name in ("bmf", "dae")} <= set(digests)


def test_the_code_that_makes_arrays_is_part_of_the_key():
    rooms = [path for room in mapped.CODE for path in (mapped.ROOT / "reelrec" / room).rglob("*.py")]
    assert {"pool.py", "sparse.py", "model.py", "ranker.py"} <= {path.name for path in rooms}


def test_folders_of_other_versions_do_not_pile_up(folder):
    for version in range(5):
        loaded(folder, key=str(version))
        os.utime(folder / f"model-{mapped._key([str(version)])}", (time.time() - 60 + version,) * 2)
    mapped.load(folder, "model-b", ["a"], made)
    left = {place.name for place in folder.iterdir() if not place.name.startswith("model-b-")}
    assert left == {f"model-{mapped._key([str(version)])}" for version in (3, 4)}
    assert len(list(folder.iterdir())) == 3


def test_what_nobody_finished_or_used_for_long_is_removed(folder):
    loaded(folder)
    (place,) = folder.iterdir()
    now = time.time()
    for name, age in (
        (".making-old", 2 / 24),
        (".making-new", 0.5 / 24),
        ("gone-0123456789abcdef", 31),
        ("used-0", 29),
    ):
        (folder / name).mkdir()
        os.utime(folder / name, (now - age * mapped.DAY,) * 2)
    loaded(folder, key="b")
    left = {other.name for other in folder.iterdir()}
    assert left == {place.name, f"model-{mapped._key(['b'])}", ".making-new", "used-0"}


def test_two_arrays_of_one_name_are_a_mistake_of_ours(folder):
    with pytest.raises(RuntimeError, match="two arrays of one artifact are called values"):
        mapped.load(folder, "model", [], lambda: (made(), made()))
    assert list(folder.iterdir()) == []


def test_an_error_of_the_artifact_leaves_nothing_behind(folder):
    def broken() -> np.ndarray:
        made()
        raise ValueError("damaged")

    with pytest.raises(ValueError, match="damaged"):
        mapped.load(folder, "model", [], broken)
    assert list(folder.iterdir()) == []


def test_a_host_may_share_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("REELREC_CACHE", str(tmp_path))
    assert shipped_store()._arrays is None  # the tests switch it off
    monkeypatch.delenv("REELREC_SHARE")
    assert shipped_store()._arrays == tmp_path / "arrays"
    monkeypatch.setattr("reelrec.artifacts.store.cache_folder", lambda: None)  # nobody's home
    assert shipped_store()._arrays is None


def test_alone_an_array_is_what_is_made_and_read_only():
    array = made()
    assert not array.flags.writeable
    with sharing(lambda name, make: np.zeros(1)):
        np.testing.assert_array_equal(made(), [0])
    np.testing.assert_array_equal(made(), array)
