"""What we would guess now: the film rated last as if it had not been, and the next films of the visitor's list.

Films on Rate carry no guess of their own: whoever sees one before they rate drifts towards it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from reelrec import app
from reelrec.app import Prediction, Profile
from reelrec.ui import state, text
from reelrec.ui.shelf import stars
from reelrec.ui.shelf.tiles import open_film

NEXT = 3
KEY = "guesses"
_HERE = Path(__file__).parent
_SHELF = _HERE.parent / "shelf"
_component = st.components.v2.component(
    "reelrec.guesses",
    css="".join(
        (_SHELF / name if name.startswith("range") else _HERE / name).read_text(encoding="utf-8")
        for name in ("range.css", "guesses.css")
    ),
    js="".join(
        (_SHELF / name if name.startswith("range") else _HERE / name).read_text(encoding="utf-8")
        for name in ("range.js", "guesses.js")
    ),
)


def guesses(profile: Profile) -> None:
    """A line a film: its name, the predicted stars, how sure they are, and how likely they please. None at first."""
    if not profile.ratings:
        return
    last, following = _made(profile)
    given = profile.ratings[last.film.number]
    lines = [_line(last, f"you gave {given:g}", given)]
    lines += [_line(pick, stars.liking(pick, theirs=True)) for pick in following]
    st.markdown(
        f"**What we would guess now.** {_surprise(last, given)}{stars.sureness(len(profile.ratings), 'within the bar')}"
    )
    _component(
        key=KEY,
        data={"label": "What we would guess now", "films": lines},
        on_opened_change=lambda: open_film(st.session_state[KEY].opened),
    )


def _made(profile: Profile) -> tuple[Prediction, tuple[Prediction, ...]]:
    """The guesses for this profile, made once: a search redraws the page at every letter."""
    made_for, made = st.session_state.get(state.GUESSES, (None, None))
    profile = replace(profile, unseen=frozenset())  # which no guess depends on
    if made_for != profile:
        last = app.catalogue().films[next(reversed(profile.ratings))]
        made = app.predict(profile, last), app.recommend(profile, NEXT).picks
        st.session_state[state.GUESSES] = (profile, made)
    return made


def _line(guess: Prediction, note: str, given: float | None = None) -> dict:
    return {
        "slug": guess.film.slug,
        "href": f"film?{urlencode({'id': guess.film.slug} | state.params())}",
        "name": guess.film.name,
        "stars": text.stars(guess.stars),
        "picture": stars.picture(guess, True, given),
        "note": note,
    }


def _surprise(last: Prediction, given: float) -> str:
    """That the stars given lie outside of the range."""
    if last.low is None or last.low - 0.25 <= given <= last.high + 0.25:  # half a star is as near as one can say
        return ""
    return f"You surprised us with {text.plain(last.film.title)}. "
