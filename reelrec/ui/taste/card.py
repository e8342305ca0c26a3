"""The fourth tab of Taste: a picture to share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile


def draw(profile: Profile) -> None:
    """Draw the tab."""
