"""One BLAS thread for each of Streamlit's.

Streamlit runs every visitor's script in a thread of its own, and each of them may call BLAS, numpy's and scipy's linear
algebra. OpenBLAS serves 64 threads (its NUM_THREADS when built); where each call uses a thread per core, many clicks at
once pass that limit, its memory is overwritten and the process dies. streamlit_app.py asks for one thread before numpy
is loaded; this module sees to it that it is so.
"""

from __future__ import annotations

import functools

from threadpoolctl import threadpool_info, threadpool_limits

from reelrec.errors import ReelRecError
from reelrec.translation import _


@functools.cache
def hold_blas_to_one() -> None:
    """Give every BLAS library that is loaded one thread. Raises ReelRecError where one keeps more."""
    threadpool_limits(1, user_api="blas")  # of a library that was loaded before streamlit_app.py could ask
    for pool in threadpool_info():
        if pool["user_api"] == "blas" and pool["num_threads"] != 1:
            raise ReelRecError(
                _(
                    "{library} uses {n} threads where it must use one, else many clicks at once end the process. Start "
                    "ReelRec with OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1.",
                    library=pool["internal_api"],
                    n=pool["num_threads"],
                )
            )
