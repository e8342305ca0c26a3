"""Words beside the points of a figure, each on the side where it covers least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

LETTER, LINE = 6.4, 15  # px: width of a label's letter, height of a label
MARK = 7  # px: half a marker and a gap
SIDES = {"middle right": (1, 0), "middle left": (-1, 0), "top center": (0, 1), "bottom center": (0, -1)}
Place = tuple[float, float]  # px from the left, px from the bottom


class Box(NamedTuple):
    """A rectangle of the figure, in px."""

    left: float
    bottom: float
    right: float
    top: float


def sides(labels: Mapping[str, Place], marks: Sequence[Place], wide: float, high: float) -> dict[str, str]:
    """Plotly's textposition of each label. labels: where their points are. marks: what they should not cover.

    wide, high: px of the figure. One label after another takes the side on which it covers the smallest area of marks,
    of labels placed before, and of what lies outside of the figure.
    """
    covered = [Box(left=x - MARK, bottom=y - MARK, right=x + MARK, top=y + MARK) for x, y in marks]
    figure = Box(left=0.0, bottom=0.0, right=wide, top=high)
    positions = {}
    for label, place in labels.items():
        boxes = {side: _box(label, place, side) for side in SIDES}
        costs = {side: _outside(box, figure) + sum(_shared(box, other) for other in covered)
                 for side, box in boxes.items()}  # fmt: skip
        positions[label] = min(costs, key=lambda side: costs[side])
        covered.append(boxes[positions[label]])
    return positions


def _box(label: str, place: Place, side: str) -> Box:
    (x, y), (right, up), width = place, SIDES[side], LETTER * len(label)
    left = x + right * MARK - (0 if right > 0 else width if right < 0 else width / 2)
    bottom = y + up * MARK - (0 if up > 0 else LINE if up < 0 else LINE / 2)
    return Box(left=left, bottom=bottom, right=left + width, top=bottom + LINE)


def _shared(box: Box, other: Box) -> float:
    """The area that both cover."""
    wide = min(box.right, other.right) - max(box.left, other.left)
    high = min(box.top, other.top) - max(box.bottom, other.bottom)
    return max(0.0, wide) * max(0.0, high)


def _outside(box: Box, figure: Box) -> float:
    """The area of the box that is outside of the figure."""
    return (box.right - box.left) * (box.top - box.bottom) - _shared(box, figure)
