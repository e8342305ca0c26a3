"""The typefaces of the card: Fraunces for headings, Inter for the rest, with the letters that they have.

Each face is several files, as the pages load them: one for each group of letters. A text is drawn by one face, so that
it looks like one; where the first face lacks a letter, the other draws all of it. Whatever neither has is not drawn at
all: no text goes out with an empty box in it. We ask for Pillow's basic layout, which is the same on every machine, and
sets no script that is written from right to left or whose letters join.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from PIL import ImageDraw, ImageFont

from reelrec.paths import ROOT

FONTS = ROOT / "static" / "fonts"
HEADING, TEXT = "fraunces", "inter"
FILES = {
    HEADING: ("latin", "latin-ext", "vietnamese"),
    TEXT: ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext"),
}
NO_LETTER = "\uffff"  # by definition no character, so that what is drawn for it is the box of a missing one
JOINING = "MC"  # categories of Unicode: marks that stand on other letters, and what has no look of its own


def face_for(text: str, wished: str = TEXT) -> str | None:
    """The face that has every letter of the text, if possible the wished one; None where no face has them all."""
    return next((face for face in (wished, TEXT) if all(_file(face, letter) for letter in text)), None)


def lacking(text: str) -> str:
    """The characters of the text that no face has, each once."""
    return "".join(dict.fromkeys(letter for letter in text if not any(_file(face, letter) for face in FILES)))


class Type:
    """A face in one size and weight. size: in pixels. weight: 100 to 900."""

    def __init__(self, face: str, size: int, weight: int) -> None:
        self.face, self.size, self.weight = face, size, weight

    def width(self, text: str) -> float:
        """How far the text runs, in pixels: the basic layout sets letter by letter."""
        return sum(_advance(self.face, letter, self.size, self.weight) for letter in text)

    def ink(self, text: str) -> tuple[float, float]:
        """How far the text reaches above and below its baseline, in pixels."""
        boxes = [font.getbbox(run, anchor="ls") for font, run in self._runs(text)]
        return max((-box[1] for box in boxes), default=0.0), max((box[3] for box in boxes), default=0.0)

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str) -> None:
        """Draw one line of text. at: the left end of its baseline. The text has only letters of the face."""
        x, y = at
        for font, run in self._runs(text):
            on.text((x, y), run, font=font, fill=colour, anchor="ls")
            x += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """The text in pieces, each with the font that draws it."""
        for file, letters in groupby(text, key=lambda letter: _file(self.face, letter) or FILES[self.face][0]):
            yield _font(self.face, file, self.size, self.weight), "".join(letters)


@functools.lru_cache(maxsize=4096)
def _file(face: str, letter: str) -> str | None:
    """The file of the face that has this letter; None where none has it."""
    if letter == " ":
        return FILES[face][0]
    if unicodedata.category(letter)[0] in JOINING or unicodedata.bidirectional(letter) in ("R", "AL"):
        return None
    return next((file for file in FILES[face] if _look(face, file, letter) != _look(face, file, NO_LETTER)), None)


def _look(face: str, file: str, letter: str) -> tuple[float, tuple[int, int], bytes]:
    """How a letter comes out: how far it runs, its size and its dots."""
    font = _font(face, file, 32, 400)
    mask = font.getmask(letter)
    return font.getlength(letter), mask.size, bytes(mask)


@functools.lru_cache(maxsize=16_384)
def _advance(face: str, letter: str, size: int, weight: int) -> float:
    return _font(face, _file(face, letter) or FILES[face][0], size, weight).getlength(letter)


@functools.lru_cache(maxsize=256)
def _font(face: str, file: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The font of one file. Raises OSError where it is missing, or this Pillow cannot read it."""
    path = FONTS / f"{face}-{file}-wght-normal.woff2"
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font
