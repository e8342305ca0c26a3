"""How a model becomes a file: its settings and its arrays in one .npz, never pickled."""

from __future__ import annotations

import json
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np

from reelrec.data.ratings.roles import Role
from reelrec.data.shared import shared
from reelrec.errors import ArtifactError

# What zipfile and numpy raise, between them, for wrong bytes in an .npz file, and models for wrong arrays in it.
DAMAGE = (
    OSError, ValueError, LookupError, EOFError, SyntaxError, TypeError, AttributeError, RuntimeError, ArithmeticError,
    MemoryError, struct.error, tokenize.TokenError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
KINDS = "biufU"  # of arrays that models have: truth, numbers and texts
SETTINGS = "settings"  # the array that holds the settings, as JSON

Setting = int | float | str
Settings = dict[str, Setting]
Arrays = Mapping[str, Any]


class ArrayModel:
    """A model that consists of settings and learned arrays, and the file that holds both.

    The constructor of a subclass takes the models it builds on, in the order of `builds_on`, and then its settings by
    name. It keeps each setting in an attribute of that name. What `fit` learned ends in `_`.

    The class variables: see `base.Recommender` and `base.Artifact`. arrays: the names of the arrays in the file.
    """

    name: ClassVar[str]
    unit: ClassVar[str]
    builds_on: ClassVar[tuple[str, ...]] = ()
    parts: ClassVar[tuple[str, ...]] = ()
    by_film: ClassVar[bool] = True
    learns_from: ClassVar[Role] = Role.TRAIN
    validates_on: ClassVar[Role | None] = None
    adds_up: ClassVar[bool] = False
    arrays: ClassVar[tuple[str, ...]]

    def settings(self) -> Settings:
        """Every setting by name, as given to the constructor."""
        return {
            name: value
            for name, value in vars(self).items()
            if not (name.startswith("_") or name.endswith("_")) and isinstance(value, int | float | str)
        }

    def learned(self) -> Arrays:
        """The learned arrays by the names in `arrays`, each as it ships."""
        return {name: getattr(self, f"{name}_") for name in self.arrays}

    def keep(self, *args: Any, **arrays: Any) -> None:
        """Hold learned arrays. A subclass takes those of `learned`, each as a keyword."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Write settings and arrays to an .npz file."""
        learned = self.learned()
        write_arrays(path, self.settings(), {name: learned[name] for name in self.arrays})

    @classmethod
    def load(cls, path: Path, *parts: Any) -> Self:
        """Read what `save` wrote. parts: the models it builds on.

        Raises ArtifactError for a file that is missing or damaged, or that lacks an array; TypeError or ValueError for
        settings or arrays of another version.
        """
        settings, arrays = read_arrays(path, *cls.arrays)
        model = cls(*parts, **settings)
        if missing := model.settings().keys() - settings.keys():
            raise ValueError(f"{path.name} does not say {', '.join(sorted(missing))}")
        model.keep(**arrays)
        return model


def write_arrays(path: Path, settings: Settings, arrays: Arrays) -> None:
    """Write settings and named arrays to a compressed .npz file."""
    with path.open("wb") as file:
        named = {name: np.asarray(array) for name, array in arrays.items()}
        np.savez_compressed(file, allow_pickle=False, **{SETTINGS: np.array(json.dumps(settings))}, **named)


def read_arrays(path: Path, *names: str) -> tuple[Settings, dict[str, np.ndarray]]:
    """Settings and named arrays, read-only. Raises ArtifactError when missing, damaged or not of this kind."""
    retrain = f"Take it from the release again, or run: python -m reelrec train {path.stem}"
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            settings = json.loads(str(file[SETTINGS]))
            arrays = {name: shared(name, partial(file.__getitem__, name)) for name in names}
    except FileNotFoundError as error:
        raise ArtifactError(f"{path.name} is missing from {path.parent.name}/. {retrain}") from error
    except DAMAGE as error:
        raise ArtifactError(f"{path.name} is damaged ({type(error).__name__}). {retrain}") from error
    if not isinstance(settings, dict):
        raise ArtifactError(f"{path.name} is damaged (its settings are none). {retrain}")
    for name, array in arrays.items():
        if array.dtype.kind not in KINDS:
            raise ArtifactError(f"{path.name} is damaged ({name} is of {array.dtype}). {retrain}")
        array.setflags(write=False)
    return settings, arrays
