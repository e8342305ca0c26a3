"""How somebody gives stars: how generous they are, how far apart their stars lie, how near they are to everybody.

Of n films with a person's stars s and everybody's means m:
    generosity = sum(s - m) / (n + FEW)    so that few films say little
    spread     = standard deviation of s
    agreement  = correlation of s and m
A visitor's and other people's are worked out here alike. Another person's own stars are among those of everybody; of
the 1,300 people who rated a film on average they are one, which is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

FEW = 5  # films: variance of a rating around everybody's mean, divided by that of people's generosity (tune users)
LEAST = 10  # films from which a spread and an agreement are given
COMPARED = 20  # films from which somebody is compared with other people, who rated at least as many
STEPS = 101  # quantiles: 0 %, 1 % … 100 %


@dataclass(frozen=True, slots=True)
class Habits:
    """generosity: stars above everybody's. spread: stars. agreement: -1 to 1. None where too few films tell."""

    generosity: float | None
    spread: float | None
    agreement: float | None


def habits(stars: np.ndarray, others: np.ndarray) -> Habits:
    """How a person gives stars. stars, others: (n,) their own, and everybody's means of the same films."""
    n = len(stars)
    spread, theirs = (float(values.std()) if n >= LEAST else None for values in (stars, others))
    agreement = None
    if spread and theirs:
        agreement = float(np.mean((stars - stars.mean()) * (others - others.mean())) / (spread * theirs))
    return Habits(float((stars - others).sum() / (n + FEW)) if n else None, spread, agreement)


def share_below(value: float | None, quantiles: object) -> float | None:
    """The share of other people under a value. quantiles: (STEPS,) numbers, rising; None where they are no such."""
    if value is None or not isinstance(quantiles, list) or len(quantiles) != STEPS:
        return None
    try:
        places = np.array(quantiles, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    if places.shape != (STEPS,) or not (np.isfinite(places).all() and (np.diff(places) >= 0).all()):
        return None
    return float(np.interp(value, places, np.linspace(0.0, 1.0, STEPS)))


def shares_below(person: Habits, n: int, people: Mapping[str, Any]) -> Habits:
    """The shares of other people with less of each habit, from 0 to 1; None where nothing tells.

    n: the films of the person. people: the quantiles of other people by habit.
    """
    if n < COMPARED:
        return Habits(None, None, None)
    return Habits(*(share_below(getattr(person, name), people.get(name)) for name in Habits.__slots__))
