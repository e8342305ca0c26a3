"""How well people with about as many ratings are known, as `evaluate backtest` and `evaluate new-users` measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

DECILES = 9  # of people's errors, which a size of the report has


@dataclass(frozen=True, slots=True)
class Peers:
    """People with about as many ratings. mae: their mean error, stars. people: how many were measured.

    least, most: the ratings that they have; most is None where there is no end. harder: the share of them with a larger
    error, from 0 to 1, in tenths.
    """

    mae: float
    people: int
    least: int
    most: int | None
    harder: float


def peers(report: Mapping[str, Any] | None, n: int, mae: float) -> Peers | None:
    """The people of the report who are likest to somebody with n ratings and this error; None where there are none.

    report: of `evaluate backtest`; one of another shape counts as none.
    """
    try:
        sizes = [entry for entry in (report or {})["by_size"] if entry["least"] <= n]
        entry = sizes[-1]
        deciles = [float(decile) for decile in entry["deciles"]]
        error = float(entry["mae"])
        if isinstance(entry["deciles"], str) or len(deciles) != DECILES or not np.isfinite([error, *deciles]).all():
            return None
        return Peers(
            mae=error,
            people=int(entry["people"]),
            least=int(entry["least"]),
            most=None if entry["most"] is None else int(entry["most"]),
            harder=sum(decile > mae for decile in deciles) / DECILES,
        )
    except (LookupError, TypeError, ValueError, OverflowError):
        return None
