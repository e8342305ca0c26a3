"""What loading leaves behind, given back to the machine."""

from __future__ import annotations

import contextlib
import ctypes
import gc


def settle() -> None:
    """Keep what is loaded now for good, and give back what reading it needed.

    It lives as long as the process, so the garbage collector need not visit it again. The C library keeps freed memory
    for each thread; that of three models would stay with the one that loaded them. Where it is not glibc, it keeps it.
    """
    gc.collect()
    gc.freeze()
    with contextlib.suppress(OSError, AttributeError, TypeError):  # TypeError: on Windows
        ctypes.CDLL(None).malloc_trim(0)
