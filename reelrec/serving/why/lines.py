"""The lines of a sum of stars, in words and in whole hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from reelrec.data.film import Film
from reelrec.translation import N_, _, ngettext

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
            many = 1 if self.given == 1 else 2
            return ngettext("{film}, {given:g} star", "{film}, {given:g} stars", many,
                            film=self.film.name, given=self.given)  # fmt: skip
        if self.kind == "together":
            others = ngettext("{n} other film of yours, together", "{n:,} other films of yours, together", self.n)
            return others if self.n else _(ALL_NAMED)
        if self.kind == "kin":
            return _("{n:,} other films of yours, {shared}, together", n=self.n, shared=self.shared)
        if self.kind == "average" and self.offset < 0:
            return _("Your own average, {offset:.2f} below everybody’s", offset=-self.offset)
        if self.kind == "average":
            return _("Your own average, {offset:.2f} above everybody’s", offset=self.offset)
        return _(LABELS[self.kind])


ALL_NAMED = N_("What your films say only together")
LABELS: dict[Kind, str] = {
    "everybody": N_("What a newcomer would give it"),
    "scale": N_("The scale ends here"),
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
