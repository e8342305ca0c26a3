"""Swiping together: how it begins, and the swiping on one screen that goes from hand to hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.ui import state, text
from reelrec.ui.frame import guard, turn
from reelrec.ui.together import people, swipe

if TYPE_CHECKING:
    from reelrec.serving.together.people import Person
    from reelrec.visitor.profile import Profile

HERE, PHONES = "On this screen, in turn", "Each on their own phone"
WHERE, SIZE = "together-where", "together-size"  # keys of widgets
FILMS = 20  # to swipe for who is alone so far


def own_films(profile: Profile) -> list[int]:
    """The films for a room that somebody opens alone: their own list."""
    with guard.or_stop():
        return [pick.film.number for pick in app.recommend(profile, FILMS).picks]


def start(here: Sequence[Person], films: Sequence[int]) -> None:
    """Draw how to begin. films: numbers, in the order in which they are asked about."""
    st.header("Swipe together", anchor=False)
    st.markdown(
        f"Everybody says of each film whether they want it tonight. The first of these {text.films(len(films))} that "
        "all of you want wins."
    )
    several = len(here) >= app.together.LEAST
    ways = [HERE, PHONES] if several else [PHONES]
    where = st.pills("Where", ways, default=ways[0], required=True, key=f"{WHERE}-{len(ways)}")
    if where == HERE:
        if st.button("Begin", type="primary", key="together-begin", icon=":material/swipe:"):
            names = [person.name for person in here]
            state.visit().company.round = app.together.on_one_screen(names, films)
            st.rerun()
        return
    size = st.number_input(
        "How many will you be?", app.together.LEAST, app.together.MOST, max(len(here), app.together.LEAST),
        key=f"{SIZE}-{len(here)}", width=180,
    )  # fmt: skip
    if st.button("Open a room", type="primary", key="together-open", icon=":material/meeting_room:"):
        _open(films, int(size))
    st.markdown(
        ":small[:material/lock: The room is in this server’s memory alone: names, films and swipes, no ratings. "
        "It is gone an hour after the last swipe.]"
    )


def _open(films: Sequence[int], size: int) -> None:
    company = state.visit().company
    if wait := company.opened.take():
        st.error(f"That was many rooms. Open the next one in {wait:.0f} seconds, or swipe on one screen.")
        return
    try:
        company.room, company.key = app.together.ROOMS.open(films, size, people.own_name())
    except ReelRecError as error:
        st.error(text.plain(str(error)))
        return
    company.problem = ""
    st.rerun()


@turn.fragment()
def one_screen() -> None:
    """Draw whose turn it is, and the film; or what came of it."""
    company = state.visit().company
    made = company.round
    if made is None:
        st.rerun()
    turn_of = made.turn()
    if turn_of is None:
        swipe.ending(made.winner, made.almost)
    else:
        key, film = turn_of
        st.header(f"{text.plain(made.guests[key].name)}, do you want this one tonight?", anchor=False)
        swipe.film(film, lambda wants: made.say(key, film, wants))
        others = [guest.name for guest in made.guests.values()]
        at = made.films.index(film) + 1
        st.markdown(f":small[Film {at} of {len(made.films)}. Here are: {text.plain(', '.join(others))}.]")
    if st.button("Back to your shelf", key="together-back", icon=":material/arrow_back:"):
        company.round = None
        st.rerun()
