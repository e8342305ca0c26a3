"""The sheet that a card is drawn on: boxes, texts that are set to fit into them, and the few shapes of the card."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image, ImageDraw

from reelrec.serving.portrait.card import faces
from reelrec.serving.portrait.card.faces import TEXT, Type

CAPITAL = 0.71  # how high a capital letter is, in type sizes
FINER = 4  # shapes with round edges are drawn so many times as large, and reduced
END = "…"
EVEN = 10  # pixels: how finely lines are made even


class Box(NamedTuple):
    """Whole pixels from the card's left and top."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def cut(self, top: int, height: int) -> Box:
        """A part as wide as the box. top: below its own top."""
        return Box(self.left, self.top + top, self.width, height)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. sizes: the largest first, in pixels. lines: at most; a style of one line has it in the middle
    of its box. leading: from line to line, in sizes.

    align: "left", "middle" or "right". alone: a text that fits into one line at this size or more is given one. What
    does not fit at the smallest size ends with "…".
    """

    colour: str
    sizes: Sequence[int]
    face: str = TEXT
    weight: int = 500
    leading: float = 1.25
    lines: int = 1
    align: str = "left"
    alone: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A text that stands on the card: where its ink is, and the box that it was given."""

    text: str
    ink: tuple[float, float, float, float]
    box: Box
    size: int


class Setting(NamedTuple):
    """A text in lines, at one size."""

    lines: list[str]
    type: Type
    leading: int

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def set_text(text: str, style: Style, width: int, height: int) -> Setting:
    """The text at the largest size at which its words fit. At the smallest, words are broken, and the end is cut off.

    Raises ValueError for a text that no face has all letters of.
    """
    face = faces.face_for(text, style.face)
    if face is None:
        raise ValueError(f"No face has all letters of {text!r}")
    weight = style.weight if face == style.face else min(style.weight + 50, 800)
    one_line = [(size, 1) for size in style.sizes if style.lines > 1 and 0 < style.alone <= size]
    for size, lines_at_most in [*one_line, *((size, style.lines) for size in style.sizes)]:
        shape, leading = Type(face, size, weight), height if style.lines == 1 else math.ceil(size * style.leading)
        most = min(lines_at_most, max(height // leading, 1))
        last = size == style.sizes[-1]
        lines = _lines(text, shape, width, broken=last)
        if lines is not None and len(lines) <= most:
            return Setting(_even(lines, text, shape, width), shape, leading)
        if last and lines is not None:
            return Setting([*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), shape, width)], shape, leading)
    raise ValueError("A style has at least one size")


def width(text: str, style: Style) -> float:
    """How wide the text is in one line at the largest size, in pixels; 0 where no face has all its letters."""
    face = faces.face_for(text, style.face)
    return Type(face, style.sizes[0], style.weight).width(text) if face else 0.0


def _lines(text: str, shape: Type, width: int, broken: bool) -> list[str] | None:
    """The text in lines; None where a word is wider than a line, and words must not be broken."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and shape.width(joined) <= width:
            lines[-1] = joined
            continue
        rest = word
        while shape.width(rest) > width:
            if not broken:
                return None
            cut = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or shape.width(rest[:n]) <= width)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines


def _even(lines: list[str], text: str, shape: Type, width: int) -> list[str]:
    """As many lines, none much shorter than the others: the narrowest column in which the text has no more of them."""
    for narrower in range(width - EVEN, width // 3, -EVEN):
        tried = _lines(text, shape, narrower, broken=False)
        if tried is None or len(tried) > len(lines):
            break
        lines = tried
    return lines


def _shortened(text: str, shape: Type, width: int) -> str:
    """The text, or as much of it as fits before a sign that there is more."""
    if shape.width(text) <= width:
        return text
    cuts = (text[:n].rstrip(" ,.:;-–") + END for n in range(len(text) - 1, 0, -1))
    return next((cut for cut in cuts if shape.width(cut) <= width), END)


class Canvas:
    """A picture under way, and what was written on it."""

    def __init__(self, width: int, height: int, paper: str) -> None:
        self.image = Image.new("RGB", (width, height), paper)
        self.written: list[Written] = []
        self._draw = ImageDraw.Draw(self.image)

    def write(self, text: str, box: Box, style: Style, low: bool = False) -> Box:
        """Set the text into the box, at its top or its bottom (low). Returns the part of the box that it takes."""
        setting = set_text(text, style, box.width, box.height)
        top = box.bottom - setting.height if low else box.top
        size, used = setting.type.size, [0.0, 0.0]
        for i, line in enumerate(setting.lines):
            wide = setting.type.width(line)
            left = box.left + {"left": 0.0, "middle": (box.width - wide) / 2, "right": box.width - wide}[style.align]
            baseline = top + i * setting.leading + round((setting.leading + size * CAPITAL) / 2)
            setting.type.draw(self._draw, (left, baseline), line, style.colour)
            used = [min(used[0] or left, left), max(used[1], left + wide)]
            above, below = setting.type.ink(line)
            self.written.append(Written(line, (left, baseline - above, left + wide, baseline + below), box, size))
        return Box(round(used[0]), top, round(used[1] - used[0]), setting.height)

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Fill a rectangle; one of no height is not seen."""
        ends = (round(left), round(top), round(right) - 1, round(bottom) - 1)
        if ends[2] >= ends[0] and ends[3] >= ends[1]:
            self._draw.rectangle(ends, fill=colour)

    def rounded(self, box: Box, colour: str, radius: int) -> None:
        """Fill a box with round corners."""
        mask = round_mask(box.width, box.height, radius)
        self.image.paste(colour, box[:2], mask)

    def paste(self, image: Image.Image, box: Box, radius: int) -> None:
        """Put another picture, as large as the box, under round corners."""
        self.image.paste(image, box[:2], round_mask(box.width, box.height, radius))

    def star(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a star, which no face has. x, y: its middle."""
        points = []
        for corner in range(10):
            far, turn = radius * (1.0 if corner % 2 == 0 else 0.42), math.pi * corner / 5
            points.append(((radius + far * math.sin(turn)) * FINER, (radius - far * math.cos(turn)) * FINER))
        side = math.ceil(2 * radius)
        mask = Image.new("L", (side * FINER, side * FINER))
        ImageDraw.Draw(mask).polygon(points, fill=255)
        self.image.paste(colour, (round(x - radius), round(y - radius)), mask.reduce(FINER))

    def reel(self, box: Box, colour: str, holes: str) -> None:
        """Draw our sign, a film reel."""
        side = box.width * FINER
        sheet, mask = Image.new("RGB", (side, side), colour), Image.new("L", (side, side))
        ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
        dots = [(0.5, 0.5, 0.055)]
        dots += [
            (0.5 + 0.27 * math.sin(a), 0.5 - 0.27 * math.cos(a), 0.115) for a in (math.tau * i / 5 for i in range(5))
        ]
        for x, y, radius in dots:
            ends = [round(side * place) for place in (x - radius, y - radius, x + radius, y + radius)]
            ImageDraw.Draw(sheet).ellipse(ends, fill=holes)
        self.image.paste(sheet.reduce(FINER), box[:2], mask.reduce(FINER))


def round_mask(width: int, height: int, radius: int) -> Image.Image:
    """Where a rectangle with round corners is."""
    mask = Image.new("L", (width * FINER, height * FINER))
    ends = (0, 0, width * FINER - 1, height * FINER - 1)
    ImageDraw.Draw(mask).rounded_rectangle(ends, radius=radius * FINER, fill=255)
    return mask.reduce(FINER)
