"""The tall card, 1080 x 1920 as stories show it: one thing below the other."""

from __future__ import annotations

from collections.abc import Callable

from reelrec.serving.portrait.card import parts, words
from reelrec.serving.portrait.card.canvas import Box, Canvas
from reelrec.serving.portrait.card.contents import Card
from reelrec.serving.portrait.card.faces import HEADING
from reelrec.serving.portrait.card.setting import Style

WIDTH, HEIGHT = 1080, 1920
MARGIN, GAP = 80, 20
TOP, BOTTOM = 104, HEIGHT - 88
INNER = WIDTH - 2 * MARGIN
TITLE = Style(parts.INK, parts.sizes(102, 44), HEADING, 650, 1.04, lines=5, alone=78)
RATED = Style(parts.INK, [43], weight=600)
MANNER = Style(parts.QUIET_INK, parts.sizes(43, 30), weight=500)
MOST_TITLE = 216  # pixels high
SIGNATURE, BAND, ROW = 48, 186, 56
CHART, MOST_CHART = 200, 460  # pixels high, at least and at most
LEAST_GAP = 44
Block = tuple[int, Callable[[Box], object]]  # a height, and what draws the block into a box as high


def draw(card: Card) -> Canvas:
    """The card, drawn."""
    canvas = Canvas(WIDTH, HEIGHT, parts.PAPER)
    box = Box(MARGIN, TOP, INNER, BOTTOM - TOP)
    top = canvas.write(words.title(card), box.cut(0, MOST_TITLE), TITLE).height + 16
    top += canvas.write(words.rated(card), box.cut(top, 60), RATED).height
    if manner := words.manner(card):
        top += canvas.write(manner, box.cut(top, 60), MANNER).height
    parts.signature(canvas, box.cut(box.height - SIGNATURE, SIGNATURE))
    _blocks(canvas, card, box.cut(top, box.height - top - SIGNATURE))
    return canvas


def _blocks(canvas: Canvas, card: Card, box: Box) -> None:
    """Posters, chart, groups and unusual films; the chart and the gaps between them share the room that is left."""
    chart, rows = CHART, len(parts.rows_of(card))
    blocks: list[Block] = [(CHART, lambda room: parts.histogram(canvas, card, room, 30))]
    if card.groups:
        blocks.append((BAND, lambda room: parts.band(canvas, card, room)))
    if rows:
        blocks.append((ROW * rows, lambda room: parts.unusual(canvas, card, room)))
    left = box.height - sum(height for height, _ in blocks)
    if card.favourites:
        places = _places(len(card.favourites), left - LEAST_GAP * (len(blocks) + 2))
        blocks.insert(0, (max(place.bottom for place in places), lambda room: _posters(canvas, card, places, room)))
        left -= blocks[0][0]
    most = MOST_CHART if card.favourites else box.height * 2 // 3
    chart += min(max(left - LEAST_GAP * (len(blocks) + 1), 0), most - CHART)
    gap = (left + CHART - chart) / (len(blocks) + 1)
    top = gap
    for height, drawn in blocks:
        taken = chart if height == CHART else height
        drawn(box.cut(round(top), taken))
        top += taken + gap


def _posters(canvas: Canvas, card: Card, places: list[Box], room: Box) -> None:
    for favourite, place in zip(card.favourites, places, strict=True):
        parts.poster(canvas, favourite, Box(room.left + place.left, room.top + place.top, place.width, place.height))


def _places(n: int, high: int) -> list[Box]:
    """Where n posters are, in `high` pixels at most if that can be: a large one with small ones beside it, or a row.

    Each is two wide and three high.
    """
    if n == 1:
        width = min(600, high * 2 // 3)
        return [Box((INNER - width) // 2, 0, width, width * 3 // 2)]
    row = (INNER - GAP * (n - 1)) // n
    columns, rows = {3: (1, 2), 4: (1, 3), 5: (2, 2)}.get(n, (0, 1))
    if columns:
        # As wide as the card, and as high as so many rows: big + columns (small + GAP) = INNER, small as below.
        big = round((INNER - columns * GAP * (rows + 2) / (3 * rows)) / (1 + columns / rows))
        total = big * 3 // 2
        small, small_high = (INNER - big) // columns - GAP, (total - GAP * (rows - 1)) // rows
        if total <= max(high, 680 if n == 5 else 0):
            return [Box(0, 0, big, total)] + [
                Box(big + GAP + i % columns * (small + GAP), i // columns * (small_high + GAP), small, small_high)
                for i in range(n - 1)
            ]
    return [Box(i * (row + GAP), 0, row, row * 3 // 2) for i in range(n)]
