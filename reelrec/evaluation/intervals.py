"""95 % intervals in closed form, for shares and means of independent visits."""

from __future__ import annotations

import math
from typing import NamedTuple

Z = 1.959964  # the normal's 97.5 % point
Z_POWER = 0.841621  # its 80 % point


class VisitMean(NamedTuple):
    """A mean over n visits. spread: the standard deviation of one visit. share: the visits are ones and zeros."""

    value: float
    spread: float
    n: int
    share: bool

    def interval(self) -> tuple[float, float]:
        if self.share:
            return wilson(self.value, self.n)
        half = Z * self.spread / math.sqrt(self.n)
        return self.value - half, self.value + half


def wilson(share: float, n: float) -> tuple[float, float]:
    """The interval of a share among n (Wilson, JASA 1927)."""
    middle, below = share + Z**2 / (2 * n), 1 + Z**2 / n
    half = Z * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(0.0, (middle - half) / below), min(1.0, (middle + half) / below)


def difference(arm: VisitMean, other: VisitMean) -> tuple[float, float]:
    """The interval of arm minus other.

    Of shares: from the two Wilson intervals (Newcombe, Statistics in Medicine 1998, method 10). Of two means, whose
    intervals are symmetric, the same formula is the normal interval.
    """
    (low, high), (other_low, other_high) = arm.interval(), other.interval()
    value = arm.value - other.value
    return (
        value - math.hypot(arm.value - low, other_high - other.value),
        value + math.hypot(high - arm.value, other.value - other_low),
    )


def visits_needed(arm: VisitMean, other: VisitMean) -> int | None:
    """Visits in each arm with which 8 of 10 such experiments would find this difference; None where there is none.

    n = (Z + Z_POWER)^2 (variance of arm + variance of other) / difference^2.
    """
    apart = arm.value - other.value
    if not apart:
        return None
    return math.ceil((Z + Z_POWER) ** 2 * (arm.spread**2 + other.spread**2) / apart**2)
