"""Words beside points of a figure, each on the side where least is in its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LETTER, LINE = 6.4, 15  # px: of a label's letter and height
MARK = 7  # px, half a marker and a gap
SIDES = {"middle right": (1, 0), "middle left": (-1, 0), "top center": (0, 1), "bottom center": (0, -1)}
Place = tuple[float, float]  # px from the left, px from the bottom
Box = tuple[float, float, float, float]  # left, bottom, right, top


def sides(labels: Mapping[str, Place], marks: Sequence[Place], wide: float, high: float) -> dict[str, str]:
    """Plotly's textposition of each label. labels: where their points are. marks: what they should not cover.

    One label after another takes the side on which it covers least, the picture's edge counting as covered.
    """
    taken: list[Box] = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks]
    found = {}
    for label, place in labels.items():
        boxes = {side: _box(label, place, side) for side in SIDES}
        costs = {side: _outside(box, wide, high) + sum(_shared(box, other) for other in taken)
                 for side, box in boxes.items()}  # fmt: skip
        found[label] = min(costs, key=lambda side: costs[side])
        taken.append(boxes[found[label]])
    return found


def _box(label: str, place: Place, side: str) -> Box:
    (x, y), (right, up), width = place, SIDES[side], LETTER * len(label)
    left = x + right * MARK - (0 if right > 0 else width if right < 0 else width / 2)
    bottom = y + up * MARK - (0 if up > 0 else LINE if up < 0 else LINE / 2)
    return left, bottom, left + width, bottom + LINE


def _shared(box: Box, other: Box) -> float:
    """The area that both cover."""
    wide, high = (min(box[end + 2], other[end + 2]) - max(box[end], other[end]) for end in (0, 1))
    return max(0.0, wide) * max(0.0, high)


def _outside(box: Box, wide: float, high: float) -> float:
    """The area that is beyond the picture."""
    left, bottom, right, top = box
    return (right - left) * (top - bottom) - _shared(box, (0.0, 0.0, wide, high))
