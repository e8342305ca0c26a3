"""What the app asks about a visitor's taste, over the catalogue and the models that this process has loaded."""

from __future__ import annotations

from reelrec.serving.posters.drawing import MOTIF_SHARE as MOTIF_SHARE
from reelrec.serving.posters.drawing import drawing as drawing  # of a poster, on shelves and on the card
