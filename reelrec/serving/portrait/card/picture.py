"""A card as a PNG file, which holds its own text for people who cannot see it, and nothing else."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL.PngImagePlugin import PngInfo

from reelrec.errors import ArtifactError
from reelrec.serving.portrait.card import tall as tall_card
from reelrec.serving.portrait.card import wide as wide_card
from reelrec.serving.portrait.card.contents import Card
from reelrec.translation import _, language


class Picture(NamedTuple):
    """A card to show. alt: all that stands on it, in words. notes: what had to be left out, in sentences."""

    png: bytes
    alt: str
    notes: tuple[str, ...]


def png(card: Card, alt: str, tall: bool) -> bytes:
    """The card as a PNG; the same card always gives the same bytes. Raises ArtifactError where no font can be read."""
    try:
        canvas = (tall_card if tall else wide_card).draw(card)
    except OSError as fault:  # of FreeType: a font is missing, or Pillow was built without what unpacks it
        raise ArtifactError(
            _("The card cannot be drawn here, because its typefaces cannot be read: {fault}", fault=fault)
        ) from fault
    described = PngInfo()
    described.add_itxt("Description", alt, lang=language())
    file = io.BytesIO()
    canvas.image.save(file, "PNG", pnginfo=described)
    return file.getvalue()
