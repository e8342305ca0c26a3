import json

import numpy as np
import pytest

from reelrec.errors import ArtifactError
from reelrec.models.arrays import ArrayModel, read_arrays, write_arrays


class Scale(ArrayModel):
    """A model with two settings and one array."""

    name = "scale"
    arrays = ("factors",)

    def __init__(self, reg: float = 1.0, kind: str = "plain") -> None:
        self.reg = reg
        self.kind = kind
        self._cache = 3.0  # neither a setting nor learned

    def keep(self, *, factors: np.ndarray) -> None:
        self.factors_ = factors
        self.norm_ = float(np.linalg.norm(factors))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "scale.npz"


def test_settings_are_the_attributes_that_the_constructor_takes():
    model = Scale(reg=2.0)
    model.keep(factors=np.ones(3))
    assert model.settings() == {"reg": 2.0, "kind": "plain"}
    assert list(model.learned()) == ["factors"]


def test_a_saved_model_is_loaded_with_its_settings_and_read_only_arrays(path):
    model = Scale(reg=2.0, kind="wide")
    model.keep(factors=np.arange(3.0))
    model.save(path)
    loaded = Scale.load(path)
    assert loaded.settings() == model.settings()
    np.testing.assert_array_equal(loaded.factors_, [0.0, 1.0, 2.0])
    assert not loaded.factors_.flags.writeable


def test_a_setting_of_another_version_is_a_type_error(path):
    write_arrays(path, {"reg": 1.0, "kind": "plain", "slope": 2.0}, {"factors": np.ones(1)})
    with pytest.raises(TypeError, match="slope"):
        Scale.load(path)


def test_a_setting_that_is_missing_is_a_value_error(path):
    write_arrays(path, {"reg": 1.0}, {"factors": np.ones(1)})
    with pytest.raises(ValueError, match=r"scale.npz does not say kind"):
        Scale.load(path)


def test_a_file_without_an_array_is_damaged(path):
    write_arrays(path, {"reg": 1.0, "kind": "plain"}, {"weights": np.ones(1)})
    with pytest.raises(ArtifactError, match=r"scale.npz is damaged \(KeyError\).*train scale"):
        Scale.load(path)


def test_settings_that_are_no_object_are_damaged(path):
    np.savez(path, settings=np.array(json.dumps([1.0])), factors=np.ones(1))
    with pytest.raises(ArtifactError, match=r"scale.npz is damaged \(its settings are none\)"):
        read_arrays(path, "factors")


def test_objects_are_not_written(path):
    with pytest.raises(ValueError, match="allow_pickle"):
        write_arrays(path, {}, {"factors": np.array([object()], dtype=object)})
