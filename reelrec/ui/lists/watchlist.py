"""The first tab of Lists: the films that the visitor wants to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile


def draw(profile: Profile) -> None:
    """Draw it."""
