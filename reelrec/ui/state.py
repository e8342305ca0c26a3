"""What the server remembers of a visit: one `Visit` under one session key. All other session keys belong to widgets."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from reelrec import app
from reelrec.errors import ReelRecError
from reelrec.translation import ENGLISH, N_, _, nearest
from reelrec.ui.visit import AskedAgain, Before, Company, Keeping, Looking, Notice, Returned, Shared, Visit, Watching

if TYPE_CHECKING:
    from reelrec.visitor.profile import Profile

KEY = "visit"
NAMES_GIVEN = ("together-name", "list-name")  # keys of widgets in which a visitor may name themselves
LETTERBOXD = "Letterboxd"  # the page that brings a history
TAKEN_BACK = N_("Taken back. The same arrow brings it again.")
_notices = itertools.count()  # of this process


def begin() -> bool:
    """Make the visit on a session's first run; whether this is that run."""
    if is_begun():
        return False
    session, number = secrets.token_hex(4), secrets.token_hex(8)
    spoken = nearest(st.context.locale)
    st.session_state[KEY] = Visit(session=session, number=number, profile=app.from_link(""), language=spoken)
    return True


def is_begun() -> bool:
    """Whether the session has its visit."""
    return KEY in st.session_state


def visit() -> Visit:
    """The visit of the session that runs."""
    return st.session_state[KEY]


def language() -> str:
    """The language of the session that runs; English where none does. It is asked for with every text."""
    begun = st.session_state.get(KEY) if get_script_run_ctx(suppress_warning=True) else None
    return begun.language if begun else ENGLISH


def profile() -> Profile:
    """What the visitor told us."""
    return visit().profile


def enter(page: str) -> None:
    """Come to a page; what went wrong on it is forgotten. Who brings a history, comes as themselves."""
    letterboxd = visit().letterboxd
    if visit().page != page:
        visit().page, letterboxd.problem, letterboxd.refused = page, None, ""
        visit().shared = replace(visit().shared, problem="")
    if page == LETTERBOXD:
        look_as_oneself()


def change(new: Profile, notice: str | None = None, lasting: bool = False) -> None:
    """Take a new profile, and keep what was there for undo.

    lasting: the profile is another one altogether, so the notice stays for longer and Rate asks about other films.
    """
    now = visit()
    now.before = _as_it_is(notice or "", lasting)
    now.profile = new
    if lasting:  # somebody else’s, perhaps
        now.asked_again = AskedAgain()
    now.notice = Notice(next(_notices), notice, lasting) if notice else None
    if lasting:
        ask_anew()


def undo() -> None:
    """Bring back what was there before the last change; what was another profile altogether can be had again."""
    now = visit()
    before = now.before
    if before is None:
        return
    now.before = _as_it_is(_(TAKEN_BACK), lasting=True) if before.lasting else None
    now.notice = Notice(next(_notices), _(TAKEN_BACK), lasting=True) if before.lasting else None
    now.profile, now.questions = before.profile, before.questions
    now.letterboxd.intake, now.letterboxd.use = before.intake, before.intake_use
    now.keeping.on = before.kept


def _as_it_is(undoes: str, lasting: bool) -> Before:
    """What undo brings back, as it is now."""
    now = visit()
    return Before(
        undoes=undoes,
        lasting=lasting,
        kept=now.keeping.on,
        profile=now.profile,
        questions=now.questions,
        intake=now.letterboxd.intake,
        intake_use=now.letterboxd.use,
    )


def forget() -> None:
    """Clear the profile, let Rate ask from the beginning, and let the visitor's device forget it too."""
    now = visit()
    look_as_oneself()
    change(app.from_link(""), _("You are forgotten here."), lasting=True)
    now.questions, now.watching, now.returned = None, Watching(), Returned(files=now.returned.files)
    now.keeping = Keeping(other=now.keeping.other, forget=not now.keeping.other)
    now.asked_again, now.on_map, now.asked = AskedAgain(), None, None
    app.together.ROOMS.leave(now.company.room, now.company.key)
    now.company, now.shared, now.not_tonight = Company(opened=now.company.opened), Shared(), frozenset()
    now.made_orders = {}
    for key in NAMES_GIVEN:
        st.session_state.pop(key, None)
    now.made_token = now.made_screen = now.made_guesses = now.made_suggestions = None
    now.made_card = now.made_backtest = now.made_map = None


def open_list(token: str) -> None:
    """Show the list of a link that somebody gave away, or why it cannot be read; "" shows none."""
    visit().shared = Shared()
    if token:
        try:
            given = app.lists.from_link(token)
            visit().shared = Shared(token, given.films, given.name)
        except ReelRecError as error:
            visit().shared = Shared(problem=str(error))


def speak(language: str) -> None:
    """Use the language that the visitor chose; what was worked out in another one is worked out again."""
    now = visit()
    if now.language != language:
        now.made_screen = now.made_guesses = now.made_suggestions = None
        now.made_card = now.made_backtest = now.made_map = None
    now.language, now.language_chosen = language, True


def take_notice() -> Notice | None:
    """What was just done, once."""
    now = visit()
    notice, now.notice = now.notice, None
    return notice


def look_as(sample: str) -> None:
    """Look through the eyes of a sample, whose ratings take the place of the visitor's own. Raises OptionError."""
    now = visit()
    profile = app.sample_profile(sample)
    own, questions = (now.looking.own, now.looking.questions) if now.looking else (now.profile, now.questions)
    now.looking = Looking(sample=sample, own=own, questions=questions)
    now.profile, now.before, now.notice = profile, None, None
    ask_anew()


def look_as_oneself() -> None:
    """Come back to one's own ratings."""
    now = visit()
    if now.looking:
        now.profile, now.questions = now.looking.own, now.looking.questions
        now.looking = now.before = now.notice = None


def own_profile() -> Profile:
    """What the visitor told us of themselves, also while they look through somebody else's eyes."""
    now = visit()
    return now.looking.own if now.looking else now.profile


def ask_anew() -> None:
    """Let the interview ask about other films, in the same way."""
    questions = visit().questions
    if questions:
        visit().questions = replace(questions, films=())


def films_shown(key: str, first: int) -> int:
    """How many films a page shows: `first`, until the visitor asks for more."""
    return visit().films_shown.setdefault(key, first)


def show_more(key: str, films: int) -> None:
    """Show so many films more."""
    visit().films_shown[key] += films
