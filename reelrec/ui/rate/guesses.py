"""What we would guess now: stars for the film rated last, as if it had no rating, and for the next films of the list.

The films to rate carry no prediction, because a person who sees one rates nearer to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from reelrec import app
from reelrec.translation import _
from reelrec.ui import events, state, text
from reelrec.ui.browser import links
from reelrec.ui.browser.component import component
from reelrec.ui.made import MadeGuesses
from reelrec.ui.shelf import stars

if TYPE_CHECKING:
    from reelrec.serving.picks.predictions import Prediction
    from reelrec.visitor.profile import Profile

NEXT = 3  # films of the list
KEY = "guesses"
_component = component("guesses")


def guesses(profile: Profile) -> None:
    """A line a film: name, predicted stars, how sure they are, the chance of liking. Nothing without ratings."""
    n_known = len(profile.known(app.catalogue().n_items).ratings)
    made = _made(profile) if n_known else None
    if made is None:
        return
    given = profile.ratings[made.last.film.number]
    lines = [_line(made.last, _("you gave {given:g}", given=given), given)]
    lines += [_line(pick, stars.liking(pick, theirs=True)) for pick in made.following]
    sure = stars.sureness(n_known, _("within the bar"))
    st.markdown(" ".join(filter(None, (_("**What we would guess now.**"), _outside(made.last, given), sure))))
    _component(
        key=KEY,
        data={"label": _("What we would guess now"), "films": lines, "logs": events.recorder().keeps_events},
        on_opened_change=lambda: events.opened(st.session_state[KEY].opened, ""),
    )


def _made(profile: Profile) -> MadeGuesses | None:
    """The predictions for this profile, made once: a search redraws the page at every letter.

    None where no model knows any film that was rated.
    """
    made = state.visit().made_guesses
    profile = replace(profile, unseen=frozenset())  # on which no prediction depends
    if made is None or made.profile != profile:
        films = app.catalogue().films
        newest = (app.predict(profile, films[number]) for number in list(profile.ratings)[::-1])
        last = next((prediction for prediction in newest if prediction), None)
        if last is None:
            return None
        made = state.visit().made_guesses = MadeGuesses(
            profile=profile, last=last, following=app.recommend(profile, NEXT).picks
        )
    return made


def _line(guess: Prediction, note: str, given: float | None = None) -> dict[str, Any]:
    return {
        "slug": guess.film.slug,
        "href": links.to(links.FILM, id=guess.film.slug),
        "name": guess.film.name,
        "stars": text.stars(guess.stars),
        "picture": stars.picture(guess, True, given),
        "note": note,
    }


def _outside(last: Prediction, given: float) -> str:
    """A sentence where the stars given lie outside of the range; "" where they lie inside."""
    if last.low is None or last.high is None:
        return ""
    if last.low - 0.25 <= given <= last.high + 0.25:  # stars are given in halves, so a quarter is as near as can be
        return ""
    return _("You surprised us with {film}.", film=text.plain(last.film.title))
