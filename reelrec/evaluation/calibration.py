"""Where predicted stars are off, and whether a model's uncertainty is calibrated: the tables beside `new-users`.

Coverage: of the ratings, the share within a range that should hold 50, 80 or 90 % of them. Reliability: among films
with a chance of p of being liked, the share that was liked. Popularity: a film's training ratings, in four bands.
"""

from __future__ import annotations

import numpy as np

from reelrec.data.half_stars import LIKED_STARS
from reelrec.evaluation.metrics import is_liked
from reelrec.evaluation.stars import SHARES, Forecast, Targets

BANDS = ("0-99", "100-999", "1,000-4,999", "5,000+")
BAND_STARTS = (0, 100, 1_000, 5_000)  # ratings in training
BINS = 10


def by_popularity(
    model: str, k: float | str, targets: Targets, forecast: Forecast, n_ratings: np.ndarray
) -> list[dict]:
    """Keys model, k, band, rmse, n. n_ratings: (n_items,) in training. Bands without a target are left out."""
    squares = (forecast.stars - targets.ratings).astype(np.float64) ** 2
    return [
        {"model": model, "k": k, "band": band, "rmse": float(np.sqrt(squares[inside].mean())), "n": int(inside.sum())}
        for band, inside in _bands(targets, n_ratings)
    ]


def coverage(model: str, k: float | str, targets: Targets, forecast: Forecast) -> list[dict]:
    """Keys model, k, share (per cent), covered (0-1), n."""
    rows = []
    for share in SHARES:
        covered = forecast.covers(share, targets.ratings)
        rows.append({"model": model, "k": k, "share": share, "covered": float(covered.mean()), "n": len(covered)})
    return rows


def coverage_by_popularity(
    model: str, k: float | str, targets: Targets, forecast: Forecast, n_ratings: np.ndarray
) -> list[dict]:
    """As `coverage`, with the key band."""
    return [
        {"band": band, **row}
        for band, inside in _bands(targets, n_ratings)
        for row in coverage(model, k, targets.at(inside), forecast.at(inside))
    ]


def reliability(model: str, k: float | str, targets: Targets, forecast: Forecast) -> list[dict]:
    """Ten bins of the chance of 3.5 stars or more. Keys model, k, low, high, predicted (mean chance), liked, n."""
    chance, liked = forecast.chance(LIKED_STARS), is_liked(targets.ratings)
    bins = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    return [
        {
            "model": model,
            "k": k,
            "low": place / BINS,
            "high": (place + 1) / BINS,
            "predicted": float(chance[inside].mean(dtype=np.float64)),
            "liked": float(liked[inside].mean()),
            "n": int(inside.sum()),
        }
        for place in range(BINS)
        for inside in [bins == place]
        if inside.any()
    ]


def _bands(targets: Targets, n_ratings: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Each band that has targets, and which they are: (n,) bool."""
    band = np.searchsorted(BAND_STARTS, n_ratings[targets.items], side="right") - 1
    return [(name, band == place) for place, name in enumerate(BANDS) if (band == place).any()]
