"""Swiping together: how it begins, and the swiping on one screen that goes from hand to hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import N_, _
from reelrec.ui import state, text
from reelrec.ui.frame import guard, turn
from reelrec.ui.together import people, swipe

if TYPE_CHECKING:
    from reelrec.serving.together.people import Person
    from reelrec.visitor.profile import Profile

HERE, PHONES = N_("On this screen, in turn"), N_("Each on their own phone")
WHERE, SIZE = "together-where", "together-size"  # keys of widgets
FILMS = 20  # to swipe for who is alone so far


def own_films(profile: Profile) -> list[int]:
    """The films for a room that somebody opens alone: their own list."""
    with guard.or_stop():
        return [pick.film.number for pick in app.recommend(profile, FILMS).picks]


def start(here: Sequence[Person], films: Sequence[int]) -> None:
    """Draw how to begin. films: numbers, in the order in which they are asked about."""
    st.header(_("Swipe together"), anchor=False)
    st.markdown(
        _(
            "Everybody says of each film whether they want it tonight. The first of these {films} that all of you "
            "want wins.",
            films=text.films(len(films)),
        )
    )
    several = len(here) >= app.together.LEAST
    ways = [HERE, PHONES] if several else [PHONES]
    where = st.pills(_("Where"), ways, default=ways[0], required=True, key=f"{WHERE}-{len(ways)}", format_func=_)
    if where == HERE:
        if st.button(_("Begin"), type="primary", key="together-begin", icon=":material/swipe:"):
            names = [person.name for person in here]
            state.visit().company.round = app.together.on_one_screen(names, films)
            st.rerun()
        return
    size = st.number_input(
        _("How many will you be?"), app.together.LEAST, app.together.MOST, max(len(here), app.together.LEAST),
        key=f"{SIZE}-{len(here)}", width=180,
    )  # fmt: skip
    if st.button(_("Open a room"), type="primary", key="together-open", icon=":material/meeting_room:"):
        _open(films, int(size))
    st.markdown(
        text.small(
            ":material/lock: "
            + _(
                "The room is in this server’s memory alone: names, films and swipes, no "
                "ratings. It is gone an hour after the last swipe."
            )
        )
    )


def _open(films: Sequence[int], size: int) -> None:
    company = state.visit().company
    if wait := company.opened.take():
        st.error(_("That was many rooms. Open the next one in {wait:.0f} seconds, or swipe on one screen.", wait=wait))
        return
    try:
        company.room, company.key = app.together.ROOMS.open(films, size, people.own_name(_("Host")))
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
        st.header(_("{name}: do you want this one tonight?", name=text.plain(made.guests[key].name)), anchor=False)
        swipe.film(film, lambda wants: made.say(key, film, wants))
        others = [guest.name for guest in made.guests.values()]
        at = made.films.index(film) + 1
        st.markdown(
            text.small(
                _(
                    "Film {at} of {n}. Here are: {names}.",
                    at=at,
                    n=len(made.films),
                    names=text.plain(", ".join(others)),
                )
            )
        )
    if st.button(_("Back to your shelf"), key="together-back", icon=":material/arrow_back:"):
        company.round = None
        st.rerun()
