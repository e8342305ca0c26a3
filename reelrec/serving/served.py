"""The engine over the catalogue and the models that this process has loaded."""

from __future__ import annotations

from reelrec.serving import resources
from reelrec.serving.engine import Engine


def served() -> Engine:
    """The one engine of all visitors. Raises ArtifactError."""
    return Engine(resources.catalogue(), resources.model)
