"""What every model is: something that scores a history. And how a model becomes a file: its arrays, never pickled."""

from __future__ import annotations

import struct
import tokenize
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple, Protocol, Self, runtime_checkable

import numpy as np
from scipy.sparse import csr_array

from reelrec.dataset import Dataset, History
from reelrec.errors import ArtifactError

# What zipfile and numpy raise, between them, when bytes of an .npz file are wrong.
DAMAGE = (
    OSError, ValueError, LookupError, EOFError, SyntaxError, TypeError, RuntimeError, ArithmeticError, MemoryError,
    struct.error, tokenize.TokenError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class Recommender(Protocol):
    """A model that gives every item a number for one person's history. It keeps nothing about anybody.

    name: what it is called in commands and tables. unit: "stars" or "preference"; only stars are shown as stars.
    """

    name: str
    unit: str

    def fit(self, dataset: Dataset) -> Self:
        """Learn from many people's ratings; forgets an earlier fit."""

    def score(self, history: History) -> np.ndarray:
        """(n_items,) float32, higher is better; an empty history is fine."""

    def save(self, path: Path) -> None:
        """Write what was learned to an .npz file."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises ArtifactError."""


class Prediction(NamedTuple):
    """How each item would be rated: a Gaussian on the line of stars, before it is clipped to 0.5-5.0.

    mean, sd: (n_items,) float32 stars. sd is that of one rating: what is unknown of the person and the item, and noise.
    habit: (10,), or (n_items, 10) of several people, how much more often than others the person gives each half-star,
    items being equal; 1 for as often.
    """

    mean: np.ndarray
    sd: np.ndarray
    habit: np.ndarray | float = 1.0

    def at(self, items: np.ndarray) -> Prediction:
        """The prediction for these items only."""
        habit = self.habit[items] if np.ndim(self.habit) == 2 else self.habit
        return Prediction(self.mean[items], self.sd[items], habit)


@runtime_checkable
class UncertainRecommender(Recommender, Protocol):
    """A model that knows how far off it may be. Its `score` is the mean of its `predict`."""

    def predict(self, history: History, items: np.ndarray | None = None) -> Prediction:
        """The predictive distribution of the rating of these items, in their order, or of every item."""

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        """(n, 10) float32: the chance of each half-star 0.5 … 5.0 under that distribution; rows add up to 1."""


def by_row(columns: np.ndarray, values: np.ndarray) -> csr_array:
    """A square sparse matrix whose row i holds values[i] in columns[i]; read-only, since all visitors share it.

    columns: (n, width) item numbers, ascending in each row. values: (n, width). Entries are float32.
    """
    n, width = columns.shape
    start = np.arange(0, n * width + 1, width, dtype=np.int32)
    return frozen(csr_array((values.ravel().astype(np.float32), columns.ravel().astype(np.int32), start), shape=(n, n)))


def frozen(matrix: csr_array) -> csr_array:
    """The matrix, its arrays made read-only."""
    for array in (matrix.data, matrix.indices, matrix.indptr):
        array.setflags(write=False)
    return matrix


def write_arrays(path: Path, **arrays: np.ndarray | float | int) -> None:
    """Write named arrays to a compressed .npz file."""
    with path.open("wb") as file:
        np.savez_compressed(file, **{name: np.asarray(array) for name, array in arrays.items()})


def read_arrays(path: Path, *names: str) -> list[np.ndarray]:
    """The named arrays of an .npz file, read-only. Raises ArtifactError when missing, damaged or not of this kind."""
    retrain = f"Take it from the release again, or run: python -m reelrec train {path.stem}"
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = [file[name] for name in names]
    except FileNotFoundError as error:
        raise ArtifactError(f"{path.name} is missing from {path.parent.name}/. {retrain}") from error
    except DAMAGE as error:
        raise ArtifactError(f"{path.name} is damaged ({type(error).__name__}). {retrain}") from error
    for array in arrays:
        array.setflags(write=False)
    return arrays
