import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.data.history import History
from reelrec.models.bmf import model as bmf

HISTORY = History.of([1, 3], [5.0, 2.0])


@pytest.fixture
def store(_tiny_folder, tmp_path):
    return ArtifactStore(_tiny_folder, tmp_path / "arrays")


def arrays_of(thing: object, name: str = "") -> dict[str, np.ndarray]:
    """All arrays that an artifact holds, by the names of the attributes that lead there."""
    if isinstance(thing, np.ndarray):
        return {name: thing}
    found: dict[str, np.ndarray] = {}
    if isinstance(thing, dict):
        inside = thing
    elif type(thing).__module__.startswith(("reelrec.models", "reelrec.interview", "scipy.sparse")):
        slots = (slot for kind in type(thing).__mro__ for slot in getattr(kind, "__slots__", ()))
        inside = {slot: getattr(thing, slot, None) for slot in slots} | getattr(thing, "__dict__", {})
    else:
        return found
    for key, value in inside.items():
        found |= arrays_of(value, f"{name}.{key}")
    return found


@pytest.mark.parametrize("time", ["first", "later"])
def test_every_artifact_holds_the_same_arrays_shared_or_not(store, time):
    alone, together = ArtifactStore(store.folder).loader(), store.loader()
    names = list(store.manifest().content["models"])
    assert {"bmf", "dae", "ease", "knn", "ranker", "svd"} <= set(names)
    if time == "later":
        for name in names:
            store.load(name)
    for name in (*names, "interview"):
        own, common = arrays_of(alone(name)), arrays_of(together(name))
        assert own.keys() == common.keys()
        assert own
        for place, array in own.items():
            np.testing.assert_array_equal(common[place], array, err_msg=f"{name}{place}")
            assert (common[place].dtype, type(common[place])) == (array.dtype, np.ndarray)
            assert common[place].flags.writeable == array.flags.writeable
        if hasattr(alone(name), "score"):
            np.testing.assert_array_equal(together(name).score(HISTORY), alone(name).score(HISTORY))


def test_what_was_made_once_is_not_made_again(store, monkeypatch):
    first = store.load("bmf")
    monkeypatch.setattr(bmf, "second_moments", lambda items: pytest.fail("made again"))
    np.testing.assert_array_equal(store.load("bmf").score(HISTORY), first.score(HISTORY))
