"""The scale of ratings, defined once: half-stars from 0.5 to 5.0, and from how many stars a film counts as liked."""

from __future__ import annotations

import numpy as np

from reelrec.errors import RatingError

LOWEST, HIGHEST = 0.5, 5.0
HALF_STARS = np.arange(1, 11, dtype=np.float32) / 2  # 0.5, 1.0 … 5.0
HALF_STARS.setflags(write=False)
LIKED_STARS = 3.5  # "liked" on pages: the chance of liking, like accuracy, reasons, liked explorations
LIKED_PLACE = 6  # of LIKED_STARS in HALF_STARS
RELEVANT_STARS = 4.0  # a relevant item of a list: what `top-n` and `interview` hide and count as hits


def half_star(rating: float) -> float:
    """Return the rating if it is a half-star from 0.5 to 5.0. Raises RatingError."""
    if not (LOWEST <= rating <= HIGHEST and float(rating * 2).is_integer()):
        raise RatingError(f"{rating:g} is not a rating. Give stars from 0.5 to 5.0 in halves, such as 3.5.")
    return float(rating)


def are_half_stars(ratings: np.ndarray) -> np.ndarray:
    """(n,) bool: which of these numbers are half-stars; NaN is none. ratings: (n,)."""
    return (ratings >= LOWEST) & (ratings <= HIGHEST) & (ratings * 2 == np.round(ratings * 2))


def half_star_places(ratings: np.ndarray) -> np.ndarray:
    """(n,) int64: the place of each rating in HALF_STARS."""
    return np.rint(2 * ratings).astype(np.int64) - 1


def clipped(stars: np.ndarray) -> np.ndarray:
    """Predicted stars, cut to the scale."""
    return np.clip(stars, LOWEST, HIGHEST)
