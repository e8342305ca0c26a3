"""An address as a QR code, drawn here: nobody else is asked for it."""

from __future__ import annotations

from typing import NamedTuple

import segno

MARGIN = 4  # empty modules on each side, as the standard wants


class QR(NamedTuple):
    """A code as a path of SVG. size: modules on a side, with the margin. path: of the dark ones."""

    size: int
    path: str


def qr(text: str) -> QR:
    """The code of a text of at most a few hundred letters; error correction M (ISO/IEC 18004)."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=MARGIN)]
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return QR(len(rows), path)
