"""How well we know a visitor: what is typical for people with their answers, or else with as many ratings."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.app import Profile, Screen

ENOUGH = 50  # ratings after which more change little
STEPS = (5, 10, 20, 50)


def meter(profile: Profile, screen: Screen | None) -> None:
    """A bar that fills with ratings, and the typical error of a predicted star. screen: what is asked, if it is."""
    n = len(profile.ratings)
    counted = f"{n:,} {'film' if n == 1 else 'films'} rated." if n else "Nothing rated yet."
    st.progress(min(n / ENOUGH, 1.0), text=f"{counted} {_expected(screen) if screen else _measured(n)}")


def _expected(screen: Screen) -> str:
    """How far off we are for people with these answers, and with those to this screen."""
    now, after = f"{screen.error:.2f}", f"{screen.error_after:.2f}"
    later = f"; after this screen, about {after}" if float(after) < float(now) else ""
    return f"Predictions for people with your answers are typically {now} stars off{later}."


def _measured(n: int) -> str:
    """What was measured on people with that many ratings, and what some more would bring."""
    now, goal = app.typical_error(n), next((step for step in STEPS if step > n), None)
    if now is None:
        return ""
    later = "" if goal is None else f"; with {goal} ratings, {app.typical_error(goal):.2f}"
    return f"Predictions are typically {now:.2f} stars off{later}."
