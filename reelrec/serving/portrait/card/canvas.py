"""The sheet that a card is drawn on: boxes, texts in them, and the few shapes of the card."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image, ImageDraw

from reelrec.serving.portrait.card.setting import Style, set_text

CAPITAL = 0.71  # how high a capital letter is, in type sizes
FINER = 4  # shapes with round edges are drawn so many times as large, and reduced


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
class Written:
    """A text that stands on the card: where its ink is, and the box that it was given."""

    text: str
    ink: tuple[float, float, float, float]
    box: Box
    size: int


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
