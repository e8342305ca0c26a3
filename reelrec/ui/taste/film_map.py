"""The third tab of Taste: a map of films with the visitor's ratings on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile


def draw(profile: Profile) -> None:
    """Draw the tab."""
