"""How well we know a visitor: the error that is typical for people with their answers, or with as many ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app

if TYPE_CHECKING:
    from reelrec.interview.screens import Screen
    from reelrec.visitor.profile import Profile

ENOUGH = 50  # ratings after which more change little
STEPS = (5, 10, 20, 50)


def meter(profile: Profile, screen: Screen | None) -> None:
    """A bar that fills with ratings, and the typical error of predictions, which follows those that models know.

    screen: of the interview, where it asks.
    """
    n, n_known = len(profile.ratings), len(profile.known(app.catalogue().n_items).ratings)
    counted = f"{n:,} {'film' if n == 1 else 'films'} rated." if n else "Nothing rated yet."
    st.progress(min(n / ENOUGH, 1.0), text=f"{counted} {_expected(screen) if screen else _measured(n_known)}")


def _expected(screen: Screen) -> str:
    """The error for people with these answers, and once this screen is answered."""
    now, after = f"{screen.error:.2f}", f"{screen.error_after:.2f}"
    later = f"; after this screen, about {after}" if float(after) < float(now) else ""
    return f"Predictions for people with your answers are typically {now} stars off{later}."


def _measured(n: int) -> str:
    """The error that was measured for new users with n ratings, and with some more."""
    now, goal = app.typical_error(n), next((step for step in STEPS if step > n), None)
    if now is None:
        return ""
    later = "" if goal is None else f"; with {goal} ratings, {app.typical_error(goal):.2f}"
    return f"Predictions are typically {now:.2f} stars off{later}."
