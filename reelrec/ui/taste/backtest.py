"""The second tab of Taste: what the models would have said of the visitor's own ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile


def draw(profile: Profile) -> None:
    """Draw the tab."""
