"""Predicted stars against the ratings given, as a table: a column for each half-star that was given."""

from __future__ import annotations

import numpy as np

from reelrec.data.half_stars import HALF_STARS

SHARES = {"low": 0.25, "middle": 0.5, "high": 0.75}


def by_given(given: np.ndarray, predicted: np.ndarray) -> dict[str, list]:
    """n, mean, and low, middle and high (quartiles) of the predicted stars, each (10,) by the rating given.

    None where nobody gave this rating. given, predicted: (n,) stars.
    """
    parts = [predicted[given == half] for half in HALF_STARS]
    return {
        "n": [len(part) for part in parts],
        "mean": [_rounded(part.mean()) if len(part) else None for part in parts],
        **{
            name: [_rounded(np.quantile(part, share)) if len(part) else None for part in parts]
            for name, share in SHARES.items()
        },
    }


def _rounded(stars: float) -> float:
    return round(float(stars), 3)
