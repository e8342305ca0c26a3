"""How well we know a visitor, in words. More ratings never make it less; the figure comes after a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

# From so many ratings on: what they are, and how well we know the visitor.
WORDS = (
    (1, "a start", "We know you a little."),
    (3, "good start", "We know you a little."),
    (10, "it’s yours", "We know you well."),
    (30, "plenty", "We know you very well."),
)
STEPS = (3, 5, 10, 20, 50)


def meter(profile: Profile) -> None:
    """How many films are rated and what that is worth; after a tap, the error that was measured with so many."""
    n = len(profile.ratings)
    if not n:
        st.markdown("Tap the stars of what you have seen.", width="stretch")
        return
    n_known = len(profile.known(app.catalogue().n_items).ratings)
    _, worth, known = next((step for step in reversed(WORDS) if step[0] <= n_known), WORDS[0])
    with st.popover(f"{n:,} rated: {worth}", key="meter", type="tertiary", width="stretch"):
        st.markdown(f"{known if n_known else 'No model knows these films yet.'} {_measured(n_known)}")


def _measured(n: int) -> str:
    """The error that was measured for new users with n ratings, and with some more."""
    now, goal = app.typical_error(n), next((step for step in STEPS if step > n), None)
    if now is None:
        return ""
    later = "" if goal is None else f"; with {goal} ratings, {app.typical_error(goal):.2f}"
    return f"For new visitors with as many ratings, predictions are typically {now:.2f} stars off{later}."
