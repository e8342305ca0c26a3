"""What the server remembers of a visit: one `Visit` under one session key. All other session keys belong to widgets."""

from __future__ import annotations

import enum
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from reelrec import app

if TYPE_CHECKING:
    from reelrec.interview.link import Questions
    from reelrec.interview.screens import Screen
    from reelrec.serving.predictions import Prediction
    from reelrec.serving.review_stars import Suggestion
    from reelrec.visitor.intake import Intake
    from reelrec.visitor.profile import Answer, Profile

KEY = "visit"


class IntakeUse(enum.Enum):
    """What the visitor decided about the films that were read."""

    UNDECIDED = "undecided"
    TAKEN = "taken"
    LOOKED_AT = "looked at"


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done. lasting: the notice, and undo, stay until the visitor dismisses it."""

    text: str
    lasting: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What undo brings back."""

    profile: Profile
    questions: Questions | None
    intake: Intake | None
    intake_use: IntakeUse


@dataclass(slots=True)
class Letterboxd:
    """The history that was read. problem: why the last one could not be read. uploads: how many uploaders were used."""

    intake: Intake | None = None
    use: IntakeUse = IntakeUse.UNDECIDED
    problem: str | None = None
    uploads: int = 0


@dataclass(slots=True)
class Posters:
    """The posters that one run of a page asks for. wanted: film numbers. rounds: how often TMDB was asked."""

    wanted: frozenset[int] = frozenset()
    rounds: int = 0
    fault: str = ""


@dataclass(slots=True)
class Logged:
    """What the host's events say of the visit so far. slates, screen: what was shown last."""

    answers: dict[int, Answer | None] = field(default_factory=dict)
    slates: object = None
    screen: object = None


@dataclass(frozen=True, slots=True)
class MadeToken:
    """What a link carries for this profile."""

    profile: Profile
    token: str


@dataclass(frozen=True, slots=True)
class MadeScreen:
    """The screen of an interview for this profile."""

    profile: Profile
    questions: Questions
    screen: Screen


@dataclass(frozen=True, slots=True)
class MadeGuesses:
    """The predictions that Rate shows for this profile: of the film rated last, and of the next films of the list."""

    profile: Profile
    last: Prediction
    following: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True)
class MadeSuggestions:
    """The stars suggested for the reviews of this intake. others: the ratings of the other films, by number."""

    intake: Intake
    others: Mapping[int, float]
    suggestions: tuple[Suggestion, ...]


@dataclass(slots=True)
class Visit:
    """One visitor's visit, from the first page to the last.

    session: names the session to the browser. number: names the visit to the host's events; random, in no address.
    opened_with: the token of the address it began with. caught_up: whether it took what a session before it, in the
    same tab, left in the address bar. problem: why the ratings of an address could not be read.
    went_on: how many screens of the interview were left. films_shown: how many films a page shows, by the page's key.
    The fields named made_… keep what was worked out last, so that a page drawn again need not work it out again.
    """

    session: str
    number: str
    profile: Profile
    questions: Questions | None = None
    opened_with: str = ""
    caught_up: bool = False
    problem: str | None = None
    page: str = ""
    notice: Notice | None = None
    before: Before | None = None
    went_on: int = 0
    films_shown: dict[str, int] = field(default_factory=dict)
    letterboxd: Letterboxd = field(default_factory=Letterboxd)
    posters: Posters = field(default_factory=Posters)
    logged: Logged = field(default_factory=Logged)
    made_token: MadeToken | None = None
    made_screen: MadeScreen | None = None
    made_guesses: MadeGuesses | None = None
    made_suggestions: MadeSuggestions | None = None


def begin() -> bool:
    """Make the visit on a session's first run; whether this is that run."""
    if KEY in st.session_state:
        return False
    session, number = secrets.token_hex(4), secrets.token_hex(8)
    st.session_state[KEY] = Visit(session=session, number=number, profile=app.from_link(""))
    return True


def visit() -> Visit:
    """The visit of the session that runs."""
    return st.session_state[KEY]


def profile() -> Profile:
    """What the visitor told us."""
    return visit().profile


def enter(page: str) -> None:
    """Come to a page; what went wrong on it the last time is forgotten."""
    if visit().page != page:
        visit().page, visit().letterboxd.problem = page, None


def change(new: Profile, notice: str | None = None, lasting: bool = False) -> None:
    """Take a new profile, and keep what was there for undo.

    lasting: the profile is another one altogether, so the notice stays until dismissed and Rate asks about other films.
    """
    now = visit()
    now.before = Before(
        profile=now.profile, questions=now.questions, intake=now.letterboxd.intake, intake_use=now.letterboxd.use
    )
    now.profile = new
    now.notice = Notice(notice, lasting) if notice else None
    if lasting:
        ask_anew()


def undo() -> None:
    """Bring back what was there before the last change."""
    now = visit()
    if now.before is not None:
        now.profile, now.questions = now.before.profile, now.before.questions
        now.letterboxd.intake, now.letterboxd.use = now.before.intake, now.before.intake_use
        now.before = None
        dismiss()


def start_over() -> None:
    """Clear the profile, and let Rate ask from the beginning."""
    change(app.from_link(""), "Your ratings are cleared.", lasting=True)
    visit().questions = None


def dismiss() -> None:
    """Take the notice away."""
    visit().notice = None


def forget_notice() -> None:
    """Show a notice on one run only, unless it lasts."""
    notice = visit().notice
    if notice and not notice.lasting:
        dismiss()


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
