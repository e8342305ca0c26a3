"""What every model of `MODELS` must do, whatever it is."""

import copy
import gc
import shutil

import numpy as np
import pytest
from scipy.sparse import issparse

from reelrec.data.history import History
from reelrec.errors import ArtifactError
from reelrec.models.registry import MODELS

MIXED = History.of([3, 11, 0, 25, 7], [4.0, np.nan, 0.5, np.nan, 5.0], [False, True, False, False, True])
# How far scores may move when weights become float16: a part in 2,048 of each term. The other models keep float32.
HALF = {"knn": 0.01, "svd": 0.01, "ease": 1e-6}  # ease and bmf hold float16 from `fit` on

QUICK = {
    "svd": {"epochs": 5},
    "bmf": {"embedding_dim": 2, "burn_in": 2, "samples": 2, "thin": 1},
    "dae": {"embedding_dim": 4, "epochs": 1},
    "deepfm": {"embedding_dim": 4, "width": 4, "keys": 4, "passes": 1, "epochs": 1},
    "gpt": {"embedding_dim": 4, "layers": 1, "passes": 1, "epochs": 1},
}


def all_items(n: int) -> History:
    return History.of(range(n), [0.5 + i % 10 / 2 for i in range(n)])


def without_parts(name: str) -> list[None]:
    """In place of the models that this one builds on, where only its own file matters."""
    return [None] * len(MODELS[name].parts)


class Trap:
    """Unpickling it is an alarm that no test can miss."""

    def __reduce__(self):
        return (pytest.exit, ("a file was unpickled",))


def test_scores_are_one_finite_float32_for_each_item(name, fitted, people):
    model = fitted(name)
    only_hearts = History.of([1, 2], [np.nan, np.nan], [True, False])
    for history in (History.empty(), MIXED, only_hearts, all_items(people.n_items), all_items(1)):
        score = model.score(history)
        assert score.shape == (people.n_items,)
        assert score.dtype == np.float32
        assert np.isfinite(score).all()


def test_scoring_changes_neither_the_model_nor_the_history(name, fitted):
    model = fitted(name)
    history = History.of([3, 11, 0], [4.0, np.nan, 0.5], [False, True, False])
    before = copy.deepcopy(vars(model))
    first = model.score(history)
    kept = first.copy()
    first += 100.0  # a caller may write into what it got
    np.testing.assert_array_equal(model.score(history), kept)
    np.testing.assert_equal(_plain(vars(model)), _plain(before))
    np.testing.assert_array_equal(history.ratings, np.float32([4.0, np.nan, 0.5]))
    assert history.items.tolist() == [3, 11, 0]


def _plain(state: dict) -> dict:
    """The state in plain arrays, also of the models that this one builds on."""
    plain = {key: value.toarray() if issparse(value) else value for key, value in state.items()}
    return {key: _plain(vars(value)) if hasattr(value, "score") else value for key, value in plain.items()}


def test_a_loaded_model_scores_as_the_saved_one(name, fitted, tmp_path):
    model = fitted(name)
    path = tmp_path / f"{name}.npz"
    model.save(path)
    loaded = MODELS[name].load(path, *fitted.parts(name))
    assert (loaded.name, loaded.unit) == (name, model.unit)
    for history in (History.empty(), MIXED, all_items(len(model.score(MIXED)))):
        score = loaded.score(history)
        assert score.dtype == np.float32
        np.testing.assert_allclose(score, model.score(history), atol=HALF.get(name, 2e-6), rtol=2e-6)
    loaded.save(tmp_path / "again.npz")  # and what was loaded can be saved
    again = MODELS[name].load(tmp_path / "again.npz", *fitted.parts(name))
    np.testing.assert_array_equal(again.score(MIXED), loaded.score(MIXED))


def test_fitting_again_forgets_the_first_fit(name, fitted, people):
    quick = QUICK.get(name, {})
    model, fresh = (MODELS[name](*fitted.parts(name), **quick) for _ in range(2))
    half = people.only(people.user_ids % 2 == 0)
    np.testing.assert_array_equal(model.fit(people).fit(half).score(MIXED), fresh.fit(half).score(MIXED))


def test_the_unit_is_stars_or_preference_and_stars_are_about_stars(name, fitted):
    model = fitted(name)
    assert model.unit in {"stars", "preference"}
    if model.unit == "stars":
        score = model.score(MIXED)
        assert 2 < np.median(score) < 4.5
        assert np.abs(score - 3).max() < 5  # the line of stars goes on beyond its ends, which the engine clips


@pytest.mark.parametrize("name", list(MODELS))
def test_a_missing_file_names_the_command_that_makes_it(name, tmp_path):
    with pytest.raises(ArtifactError, match=rf"{name}.npz is missing.*python -m reelrec train {name}"):
        MODELS[name].load(tmp_path / f"{name}.npz", *without_parts(name))


@pytest.mark.parametrize("name", list(MODELS))
@pytest.mark.parametrize("content", [b"", b"garbage", b"\x93NUMPY\x01\x00", b"PK\3\4 no zip"])
def test_garbage_is_refused(name, content, tmp_path):
    path = tmp_path / f"{name}.npz"
    path.write_bytes(content)
    with pytest.raises(ArtifactError, match=rf"{name}.npz is damaged.*train {name}"):
        MODELS[name].load(path, *without_parts(name))


def test_a_file_cut_short_is_refused(name, fitted, tmp_path):
    path = tmp_path / f"{name}.npz"
    fitted(name).save(path)
    whole = path.read_bytes()
    for size in (len(whole) - 1, len(whole) // 2, 4):
        path.write_bytes(whole[:size])
        with pytest.raises(ArtifactError, match="damaged"):
            MODELS[name].load(path, *without_parts(name))


def test_a_changed_byte_gives_an_error_of_ours_or_none(name, fitted, tmp_path):
    path = tmp_path / f"{name}.npz"
    fitted(name).save(path)
    whole, rng = path.read_bytes(), np.random.default_rng(0)
    odd = set()
    for _ in range(60):
        changed = bytearray(whole)
        changed[rng.integers(len(whole))] ^= 1 << int(rng.integers(8))
        path.write_bytes(changed)
        try:
            MODELS[name].load(path, *without_parts(name))
        except ArtifactError:
            continue
        except Exception as error:  # noqa: BLE001 - which ones get through is the question
            odd.add(type(error).__name__)
    gc.collect()
    assert not odd, odd


def test_the_file_of_another_model_is_refused(name, other, fitted, tmp_path):
    fitted(other).save(tmp_path / f"{other}.npz")
    shutil.copyfile(tmp_path / f"{other}.npz", tmp_path / f"{name}.npz")
    with pytest.raises((ArtifactError, TypeError)):  # TypeError where only the settings differ; the store translates it
        MODELS[name].load(tmp_path / f"{name}.npz", *without_parts(name))


def test_nothing_is_ever_unpickled(name, fitted, tmp_path):
    """Each array in turn is replaced by an object array, which only pickle could read."""
    path = tmp_path / f"{name}.npz"
    fitted(name).save(path)
    with np.load(path, allow_pickle=False) as file:
        arrays = {key: file[key] for key in file.files}
    for key in arrays:
        np.savez(path, **arrays | {key: np.array([Trap()], dtype=object)})
        with pytest.raises(ArtifactError, match="damaged"):
            MODELS[name].load(path, *without_parts(name))


def test_what_a_loaded_model_holds_cannot_be_changed(name, fitted, tmp_path):
    fitted(name).save(tmp_path / f"{name}.npz")
    held = vars(MODELS[name].load(tmp_path / f"{name}.npz", *without_parts(name))).values()
    arrays = [
        array
        for value in held
        for array in (value, getattr(value, "data", None), *(value.values() if isinstance(value, dict) else ()))
        if isinstance(array, np.ndarray)
    ]
    assert arrays
    assert not [array for array in arrays if array.flags.writeable]
