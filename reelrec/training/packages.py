"""What training needs besides the app's packages, said in one sentence where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reelrec.errors import OptionError

INSTALL = "pip install -r requirements-train.txt"


@contextmanager
def needs_packages(name: str) -> Iterator[None]:
    """Training of this artifact. Raises OptionError where one of its packages is not installed."""
    try:
        yield
    except ImportError as error:
        raise OptionError(f"Training {name} needs {error.name}. Run: {INSTALL}") from error
