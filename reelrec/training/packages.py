"""The packages that training needs besides the app's, and one sentence where one of them is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reelrec.errors import OptionError

INSTALL = "pip install -r requirements-train.txt"


@contextmanager
def needs_packages(name: str) -> Iterator[None]:
    """The training of this artifact. Raises OptionError where a package is not installed."""
    try:
        yield
    except ImportError as error:
        raise OptionError(f"Training {name} needs {error.name}. Run: {INSTALL}") from error
