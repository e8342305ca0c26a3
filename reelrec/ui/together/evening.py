"""The page Together: who is here, and the films for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile


def draw(profile: Profile) -> None:
    """Draw it."""
