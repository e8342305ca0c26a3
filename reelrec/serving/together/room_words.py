"""The word of a room, by which people see that they are in the same one. It is no secret and opens nothing."""

from __future__ import annotations

import secrets

HOW = ("amber", "bright", "calm", "dusty", "early", "golden", "green", "hidden", "late", "little", "lunar", "misty",
       "quiet", "red", "rosy", "silver", "sleepy", "snowy", "velvet", "wild")  # fmt: skip
WHAT = ("balcony", "bicycle", "candle", "carpet", "cinema", "curtain", "harbour", "island", "lantern", "lemon",
        "matinee", "meadow", "piano", "popcorn", "river", "sofa", "teapot", "ticket", "train", "window")  # fmt: skip


def a_word() -> str:
    """ "quiet lantern": one of four hundred."""
    return f"{secrets.choice(HOW)} {secrets.choice(WHAT)}"
