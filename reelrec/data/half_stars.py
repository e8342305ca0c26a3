"""The rating scale, defined once: half-stars from 0.5 to 5.0, and the ratings from which a film counts as liked."""

from __future__ import annotations

import math

import numpy as np

from reelrec.errors import RatingError

LOWEST, HIGHEST = 0.5, 5.0
HALF_STARS = np.arange(1, 11, dtype=np.float32) / 2  # 0.5, 1.0 … 5.0
HALF_STARS.setflags(write=False)
LIKED_STARS = 3.5  # "liked" on pages: chance of liking, like accuracy, reasons, liked explorations
LIKED_PLACE = 6  # the place of LIKED_STARS in HALF_STARS
RELEVANT_STARS = 4.0  # a relevant item: what the protocols `top-n` and `interview` hide and count as a hit


def half_star(rating: float) -> float:
    """Return the rating if it is a half-star from 0.5 to 5.0. Raises RatingError."""
    try:
        stars = float(rating)
    except OverflowError:  # a whole number past what a float can hold
        stars = math.inf
    if not (LOWEST <= stars <= HIGHEST and (stars * 2).is_integer()):
        raise RatingError(f"{stars:g} is not a rating. Give stars from 0.5 to 5.0 in halves, such as 3.5.")
    return stars


def are_half_stars(ratings: np.ndarray) -> np.ndarray:
    """(n,) bool: which of these numbers are half-stars on the scale; NaN is not. ratings: (n,)."""
    on_scale: np.ndarray = (ratings >= LOWEST) & (ratings <= HIGHEST) & (ratings * 2 == np.round(ratings * 2))
    return on_scale


def half_star_places(ratings: np.ndarray, dtype: type = np.int64) -> np.ndarray:
    """(n,) the place of each rating in HALF_STARS. ratings: (n,) half-stars. dtype: of the places."""
    return np.asarray(np.rint(2 * ratings) - 1, dtype=dtype)


def clipped(stars: np.ndarray) -> np.ndarray:
    """Predicted stars, clipped to the scale."""
    on_scale: np.ndarray = np.clip(stars, LOWEST, HIGHEST)
    return on_scale
