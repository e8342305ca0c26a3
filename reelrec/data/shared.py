"""Arrays that the processes of a machine share, while an artifact is loaded.

A model names the large arrays that it makes of its file: `shared("squares", lambda: second_moments(items))`. Alone, the
call is what it makes. Where the store shares arrays (`artifacts/mapped.py`), the first process of a machine writes what
was made, and each later one gets it mapped into its memory, without making it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np

Make = Callable[[], np.ndarray]
Share = Callable[[str, Make], np.ndarray]  # gives the array of a name, or makes it

_share: ContextVar[Share | None] = ContextVar("share", default=None)


@contextmanager
def sharing(share: Share) -> Iterator[None]:
    """Within it, `share` says what `shared` returns; in this thread alone."""
    token = _share.set(share)
    try:
        yield
    finally:
        _share.reset(token)


def shared(name: str, make: Make) -> np.ndarray:
    """The array that make() returns, or the one that processes share under this name; read-only.

    name: one of the artifact's own, each given once while it is loaded. make: depends on nothing but the file of the
    artifact, the artifacts that it builds on, the catalogue and our code.
    """
    share = _share.get()
    array = make() if share is None else share(name, make)
    array.setflags(write=False)
    return array
