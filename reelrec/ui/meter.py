"""How well we know a visitor, from what the evaluation measured on people with as many ratings."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.app import Profile

ENOUGH = 50  # ratings after which more change little
STEPS = (5, 10, 20, 50)


def meter(profile: Profile) -> None:
    """A bar, and the typical error of a predicted star for people with that many ratings."""
    n = len(profile.ratings)
    counted = f"{n:,} {'film' if n == 1 else 'films'} rated." if n else "Nothing rated yet."
    st.progress(min(n / ENOUGH, 1.0), text=f"{counted} {_promise(n)}")


def _promise(n: int) -> str:
    """What was measured on people with that many ratings, and what some more would bring."""
    now, goal = app.typical_error(n), next((step for step in STEPS if step > n), None)
    if now is None:
        return ""
    later = "" if goal is None else f"; with {goal} ratings, {app.typical_error(goal):.2f}"
    return f"Predictions are typically {now:.2f} stars off{later}."
