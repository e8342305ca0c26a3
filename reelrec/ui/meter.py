"""How well we know a visitor, from what the evaluation measured on people with as many ratings."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.app import Profile

ENOUGH = 50  # ratings after which more change little


def meter(profile: Profile) -> None:
    """A bar, and the typical error of a predicted star for people with that many ratings."""
    n = len(profile.ratings)
    error = app.typical_error(n)
    measured = "" if error is None else f": for people with as many, our stars are typically {error:.2f} off"
    words = f"{n:,} {'film' if n == 1 else 'films'} rated{measured}"
    st.progress(min(n / ENOUGH, 1.0), text=words)
