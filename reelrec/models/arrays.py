"""Named arrays in .npz files, never pickled, and read-only sparse matrices."""

from __future__ import annotations

import struct
import tokenize
import zipfile
import zlib
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from reelrec.errors import ArtifactError

# What zipfile and numpy raise, between them, when bytes of an .npz file are wrong.
DAMAGE = (
    OSError, ValueError, LookupError, EOFError, SyntaxError, TypeError, RuntimeError, ArithmeticError, MemoryError,
    struct.error, tokenize.TokenError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


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
