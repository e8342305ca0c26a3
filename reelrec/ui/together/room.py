"""A room in which everybody swipes on their own phone, as one guest sees it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import _, ngettext
from reelrec.ui import state, text
from reelrec.ui.browser import links
from reelrec.ui.browser.component import component
from reelrec.ui.frame import turn
from reelrec.ui.together import swipe

if TYPE_CHECKING:
    from reelrec.serving.together.rooms import View
    from reelrec.visitor.profile import Profile

LOOKS_EVERY = 2.0  # seconds
_invite = component("invite")


def draw(profile: Profile) -> None:
    """Draw the room, its door where the visitor is not in it yet, or why there is none."""
    company = state.visit().company
    try:
        if not company.key:
            _door(app.together.ROOMS.word(company.room), profile)
            return
        is_over = app.together.ROOMS.look(company.room, company.key).is_over
    except ReelRecError as error:
        _closed(str(error))
        return
    turn.fragment(None if is_over else LOOKS_EVERY)(_inside)(is_over)


def _closed(why: str) -> None:
    st.error(text.plain(why))
    st.markdown(_("Your own ratings are as they were."))
    st.button(_("Look for a film without it"), key="together-without", type="primary", on_click=_forget_room)


def _forget_room() -> None:
    company = state.visit().company
    company.room = company.key = company.problem = ""


def _door(word: str, profile: Profile) -> None:
    """Ask for a name, and let the visitor in."""
    company = state.visit().company
    st.header(_("You are invited to choose a film"), anchor=False)
    st.markdown(_("The room is called **{word}**. Those who are in it see the same name.", word=text.plain(word)))
    with st.form("together-door", border=False):
        name = st.text_input(_("Your name"), max_chars=app.together.MOST_LETTERS, width=260, autocomplete="off")
        joined = st.form_submit_button(_("Join"), type="primary", icon=":material/login:")
    if company.problem:
        st.error(text.plain(company.problem))
    st.markdown(
        text.small(
            ":material/lock: "
            + _(
                "The room knows this name and what you swipe, and no ratings. It is in this "
                "server’s memory alone, and gone an hour after the last swipe."
            )
        )
    )
    st.button(_("Not now"), key="together-not-now", on_click=_forget_room)
    if joined:
        try:
            company.key, company.problem = app.together.ROOMS.join(company.room, name), ""
        except ReelRecError as error:
            company.problem = str(error)
        st.rerun()


def _inside(was_over: bool) -> None:
    """What a guest sees, looked at again and again until it is over."""
    company = state.visit().company
    try:
        view = app.together.ROOMS.look(company.room, company.key)
    except ReelRecError:
        st.rerun()  # the page says why
    if view.is_over != was_over:
        st.rerun()  # with or without looking again
    st.markdown(_("Room **{word}**", word=text.plain(view.word)) + f" · {_who(view)}")
    if view.waits_for:
        _waiting(view)
    if view.is_over:
        swipe.ending(view.winner, view.almost)
    elif view.film is None:
        st.info(_("You have swiped all films. The others still choose; this page changes by itself."))
    else:
        at = next(swiped for name, swiped in view.guests if name == view.name) + 1
        st.header(_("Do you want this one tonight?"), anchor=False)
        swipe.film(view.film, _say(view.film), guess=True)
        st.markdown(text.small(_("Film {at} of {n}.", at=at, n=view.n_films)))
    st.button(_("Leave the room"), key="together-leave", icon=":material/logout:", on_click=_leave)


def _who(view: View) -> str:
    """Who is here, and how far each has come; the visitor's own name is bold."""
    here = []
    for name, swiped in view.guests:
        shown = text.plain(name)
        own = f"**{shown}**" if name == view.name else shown
        here.append(_("{name}: {swiped} of {n}", name=own, swiped=swiped, n=view.n_films))
    return " · ".join(here)


def _waiting(view: View) -> None:
    """The way in for the others."""
    n = view.waits_for
    st.markdown(ngettext("One more is awaited. You can begin.", "{n} more are awaited. You can begin.", n))
    with st.expander(_("Let others in"), expanded=view.host and len(view.guests) == 1, key="together-invite-fold"):
        at = f"?at={replica}" if (replica := app.together.replica()) else ""  # the room is in this process alone
        link = f"{_address()}{at}#room={state.visit().company.room}"
        code = app.together.qr(link)
        _invite(
            key="together-invite",
            data={
                "link": link,
                "size": code.size,
                "path": code.path,
                "alt": _("QR code of the link into the room {word}", word=view.word),
                "copy": _("Copy the link"),
                "copied": _("Copied."),
                "refused": _("Your browser does not let us: copy it by hand."),
            },
        )
    if view.host and len(view.guests) >= app.together.LEAST:
        st.button(_("We are all here"), key="together-all-here", on_click=_all_here)


def _address() -> str:
    """Of this page, as the visitor's browser has it."""
    return (st.context.url or links.TOGETHER).split("#")[0].split("?")[0]


def _say(film: int) -> Callable[[bool], None]:
    company = state.visit().company

    def say(wants: bool) -> None:
        with contextlib.suppress(ReelRecError):  # the page says why as it is drawn
            app.together.ROOMS.say(company.room, company.key, film, wants)

    return say


def _all_here() -> None:
    company = state.visit().company
    with contextlib.suppress(ReelRecError):
        app.together.ROOMS.all_here(company.room, company.key)


def _leave() -> None:
    company = state.visit().company
    app.together.ROOMS.leave(company.room, company.key)
    _forget_room()
