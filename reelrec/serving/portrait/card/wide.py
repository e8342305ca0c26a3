"""The wide card, 1200 x 630 as links show it: words and chart at the left, posters at the right."""

from __future__ import annotations

from reelrec.serving.portrait.card import parts, words
from reelrec.serving.portrait.card.canvas import Box, Canvas
from reelrec.serving.portrait.card.contents import FAVOURITES, Card
from reelrec.serving.portrait.card.faces import HEADING
from reelrec.serving.portrait.card.setting import Style

WIDTH, HEIGHT = 1200, 630
MARGIN, GAP, SPACE = 52, 16, 46  # to the edges, between posters, and between the two halves
TOP, BOTTOM = MARGIN, HEIGHT - MARGIN
TITLE = Style(parts.INK, parts.sizes(62, 24), HEADING, 650, 1.08, lines=5, alone=46)
RATED = Style(parts.INK, [27], weight=600)
MANNER = Style(parts.QUIET_INK, parts.sizes(27, 18), weight=500)
MOST_TITLE = 136  # pixels high
ROW, SIGNATURE = 35, 30


def draw(card: Card) -> Canvas:
    """The card, drawn."""
    canvas = Canvas(WIDTH, HEIGHT, parts.PAPER)
    has_brand = len(card.favourites) == FAVOURITES and not card.groups  # in the place of the groups
    left = _pictures(canvas, card, has_brand)
    _words(canvas, card, Box(MARGIN, TOP, left - SPACE - MARGIN, BOTTOM - TOP), signed=not has_brand)
    return canvas


def _words(canvas: Canvas, card: Card, box: Box, signed: bool) -> None:
    """Title and manner at the top, signature at the bottom, the unusual films above it, the chart between."""
    top = canvas.write(words.title(card), box.cut(-6, MOST_TITLE), TITLE).height + 6
    top += canvas.write(words.rated(card), box.cut(top, 36), RATED).height
    if manner := words.manner(card):
        top += canvas.write(manner, box.cut(top, 36), MANNER).height
    bottom = box.height
    if signed:
        bottom -= SIGNATURE
        parts.signature(canvas, box.cut(bottom, SIGNATURE))
        bottom -= 16
    if rows := len(parts.rows_of(card)):
        bottom -= ROW * rows
        parts.unusual(canvas, card, box.cut(bottom, ROW * rows))
        bottom -= 14
    top += 22
    parts.histogram(canvas, card, box.cut(top, bottom - top), 18)


def _pictures(canvas: Canvas, card: Card, has_brand: bool) -> int:
    """Draw posters and what stands out at the right; returns where they begin."""
    places = _places(len(card.favourites) + (has_brand or bool(card.groups)))
    if not places:
        return WIDTH - MARGIN + SPACE
    left = WIDTH - MARGIN - max(place.right for place in places)
    moved = [Box(left + place.left, TOP + place.top, place.width, place.height) for place in places]
    for favourite, place in zip(card.favourites, moved, strict=False):
        parts.poster(canvas, favourite, place)
    if card.groups:
        parts.tile(canvas, card, moved[-1])
    elif has_brand:
        parts.brand_tile(canvas, moved[-1])
    return left


def _places(n: int) -> list[Box]:
    """Where n pictures are, from the left and the top of them all; each is two wide and three high."""
    high = BOTTOM - TOP
    small_high = (high - GAP) // 2
    small = round(small_high * 2 / 3)
    if n <= 2:
        width = round(high * 2 / 3) if n == 1 else 270
        return [Box(i * (width + GAP), (high - width * 3 // 2) // 2, width, width * 3 // 2) for i in range(n)]
    if n == 3:
        big = round(high * 2 / 3)
        return [Box(0, 0, big, high)] + [Box(big + GAP, i * (small_high + GAP), small, small_high) for i in range(2)]
    columns = 2 if n == 4 else 3
    return [Box(i % columns * (small + GAP), i // columns * (small_high + GAP), small, small_high) for i in range(n)]
