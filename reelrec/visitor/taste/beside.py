"""A visitor's ratings beside everybody's of the same films, and what is left of them.

What is expected of a film with everybody's mean m, where bars are means over the visitor's films and s their stars:
    expected = s_bar + b (m - m_bar),    b = (sum (m - m_bar)(s - s_bar) + PULL) / (sum (m - m_bar)^2 + PULL)
So neither generosity nor the habit of putting good and bad films further apart than others counts as taste. What is
left, s - expected, is the residual. On tune users' hidden ratings the residuals with b foretell those of a group better
than those with b = 1, for each kind of group.

A film that divides people leaves more room for chance, and so does a mean of few ratings:
    variance = (sum of squares around m + PRIOR_FILM * USUAL) / (n + PRIOR_FILM) * (1 + 1 / n)
    noise = variance / mean variance * (sum of residual^2 / relative variance + PRIOR * USUAL_LEFT) / (films + PRIOR)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import HALF_STARS

# Measured on tune users. PULL is the variance of a residual, divided by that of b.
PULL = 7.0
USUAL, PRIOR_FILM = 0.7, 20.0  # the variance of a film's stars, and how many ratings it counts as
USUAL_LEFT, PRIOR = 0.58, 10.0  # the variance of residuals, and how many films it counts as


@dataclass(frozen=True, slots=True)
class Beside:
    """The n rated films that others rated too; all arrays (n,), in the order of the ratings.

    numbers: of the films. stars: the visitor's. others: everybody's means. histograms: (n, 10) counts of everybody's
    half-stars. expected, residuals: stars. noise: the variance of a residual that is chance.
    """

    numbers: np.ndarray
    stars: np.ndarray
    others: np.ndarray
    histograms: np.ndarray
    expected: np.ndarray
    residuals: np.ndarray
    noise: np.ndarray

    def __len__(self) -> int:
        return len(self.numbers)


def beside(ratings: Mapping[int, float], films: Catalogue) -> Beside:
    """The ratings beside everybody's. ratings: stars by film number."""
    numbers = np.fromiter(ratings.keys(), dtype=np.int64, count=len(ratings))
    stars = np.fromiter(ratings.values(), dtype=np.float64, count=len(ratings))
    known = np.isfinite(films.mean[numbers]) & (films.n_ratings[numbers] > 0)
    numbers, stars = numbers[known], stars[known]
    others = films.mean[numbers].astype(np.float64)
    counts = films.films.column("histogram", numbers) if len(numbers) else []
    histograms = np.array(counts, dtype=np.float64).reshape(-1, len(HALF_STARS))
    expected = _expected(stars, others)
    residuals = stars - expected
    noise = _noise(residuals, _variance(histograms, others, films.n_ratings[numbers]))
    return Beside(numbers, stars, others, histograms, expected, residuals, noise)


def _expected(stars: np.ndarray, others: np.ndarray) -> np.ndarray:
    """(n,) stars."""
    if not len(stars):
        return stars
    apart = others - others.mean()
    slope = (apart @ (stars - stars.mean()) + PULL) / (apart @ apart + PULL)
    expected: np.ndarray = stars.mean() + slope * apart
    return expected


def _variance(histograms: np.ndarray, means: np.ndarray, n_ratings: np.ndarray) -> np.ndarray:
    """(n,) the variance of somebody's stars for each film."""
    squares = (histograms * (HALF_STARS - means[:, None]) ** 2).sum(axis=1)
    variance: np.ndarray = (squares + PRIOR_FILM * USUAL) / (histograms.sum(axis=1) + PRIOR_FILM) * (1 + 1 / n_ratings)
    return variance


def _noise(residuals: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """(n,) what of each residual is chance, as a variance."""
    if not len(residuals):
        return residuals
    relative = variance / variance.mean()
    left = ((residuals**2 / relative).sum() + PRIOR * USUAL_LEFT) / (len(residuals) + PRIOR)
    noise: np.ndarray = left * relative
    return noise
