"""The lines of a sum of stars, in words and in whole hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from reelrec.data.film import Film

Kind = Literal["everybody", "average", "film", "kin", "together", "scale"]


@dataclass(frozen=True, slots=True)
class Line:
    """One term of the sum. stars: what it adds, in whole hundredths.

    film, given: of "film", with the visitor's stars. n: how many films; 0 of "together" where all are named. offset: of
    "average", by how many stars the visitor is above everybody. shared: of "kin", what these films have in common.
    """

    kind: Kind
    stars: float
    film: Film | None = None
    given: float | None = None
    n: int = 0
    offset: float = 0.0
    shared: str = ""

    @property
    def label(self) -> str:
        """The term in words."""
        if self.film is not None:
            return f"{self.film.name}, {self.given:g} {'star' if self.given == 1 else 'stars'}"
        if self.kind == "together":
            return f"{self.n:,} other {'film' if self.n == 1 else 'films'} of yours, together" if self.n else ALL_NAMED
        if self.kind == "kin":
            return f"{self.n:,} other films of yours, {self.shared}, together"
        if self.kind == "average":
            return f"Your own average, {abs(self.offset):.2f} {'below' if self.offset < 0 else 'above'} everybody’s"
        return LABELS[self.kind]


ALL_NAMED = "What your films say only together"
LABELS: dict[Kind, str] = {
    "everybody": "What a newcomer would give it",
    "scale": "The scale ends here",
}


def in_hundredths(lines: Sequence[Line], total: float) -> tuple[Line, ...]:
    """The lines in whole hundredths of a star, with the sum round(total, 2); those that come to nothing left out.

    What rounding leaves goes to the lines with the largest remainders (Hamilton's method).
    """
    exact = np.array([100 * line.stars for line in lines])
    whole = np.floor(exact)
    left = round(100 * total) - int(whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")
    step = 1 if left > 0 else -1
    for place in range(abs(left)):
        whole[order[place % len(lines)] if step > 0 else order[-1 - place % len(lines)]] += step
    rounded = [replace(line, stars=hundredths / 100) for line, hundredths in zip(lines, whole.tolist(), strict=True)]
    return tuple(line for line in rounded if line.stars or line.kind == "everybody")
