"""Texts that are set into boxes: at which size, and in which lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reelrec.serving.portrait.card import faces
from reelrec.serving.portrait.card.faces import TEXT, Type

END = "…"
EVEN = 10  # pixels: how finely lines are made even


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
