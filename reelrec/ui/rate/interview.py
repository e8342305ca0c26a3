"""The interview on Rate: a screen of films, what steers it, and the way to the next screen.

A screen stays as it is while it is being answered. The next one comes when the visitor goes on or moves a control.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reelrec import app
from reelrec.errors import ArtifactError, ReelRecError
from reelrec.translation import N_, _
from reelrec.ui import events, state, text
from reelrec.ui.browser.component import component
from reelrec.ui.browser.in_address import understand
from reelrec.ui.made import MadeScreen
from reelrec.ui.shelf.tiles import SEEN, UNSEEN, Tile, tiles

if TYPE_CHECKING:
    from reelrec.interview.link import Questions
    from reelrec.visitor.profile import Profile

KEY = "interview"
ENJOYMENT = {
    N_("Learn most"): 0.0, N_("Learn more"): 0.25, N_("Some of both"): 0.5, N_("Enjoy more"): 0.75,
    N_("Enjoy most"): 1.0,
}  # fmt: skip
SLIDER, ASKED_BY = "enjoyment", "asked-by"
FEW = 4  # a screen with fewer films is one of the last
WAY, WAYS = "way", {"screens": N_("Screen by screen"), "list": N_("One list for all")}
_why = component("why")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the films. why: the place for what they are there for. options: the popover. way: of WAYS."""

    why: DeltaGenerator
    options: DeltaGenerator
    way: str


def head() -> Head:
    """Draw the row above the films, but for what depends on them."""
    with st.container(horizontal=True, vertical_alignment="center", key="why-row"):
        why, options = st.container(), st.popover(_("Options"), key="options", type="tertiary")
    understand(WAY, lambda: [_(label) for label in WAYS.values()])
    way = options.segmented_control(
        _("Films to rate"), list(WAYS), key=WAY, default="screens", required=True, format_func=lambda way: _(WAYS[way]),
        bind="query-params",
    )  # fmt: skip
    return Head(why=why, options=options, way=way)


def made(profile: Profile) -> MadeScreen | None:
    """The screen that is being answered, or else the next one; None where it cannot be made."""
    try:
        screen = _made(profile)
    except ArtifactError:  # the page says so above, the log why
        return None
    except ReelRecError as error:
        st.warning(
            _("{error} Here is one list for all instead.", error=error), title=_("We cannot ask screen by screen")
        )
        return None
    asked = screen.questions
    usual = (events.recorder().policy, 0.0)
    events.screen(screen.screen.policy, screen.screen.films, chosen=(asked.policy, asked.enjoyment) != usual)
    return screen


def draw(made: MadeScreen, head: Head) -> None:
    """What the screen is there for, the options, and its films."""
    films = made.screen.films
    with head.options:
        _options(made.questions)
    if len(films) < FEW:
        _end(bool(films))
    if films:
        with head.why:
            _why(key="why", data={"why": _(made.screen.why), "went_on": state.visit().went_on})
        tiles(_("Films to rate"), [Tile(film) for film in films], key=KEY, actions=[SEEN, UNSEEN])


def next_button(made: MadeScreen) -> None:
    """The way to the next screen."""
    st.button(
        _("Next {n}", n=len(made.screen.films)) if len(made.screen.films) >= FEW else _("Next"),
        on_click=_go_on,
        args=(made.questions,),
        key=f"go-on-{state.visit().went_on}",
        help=_("Films without an answer count as not seen."),
    )


def _made(profile: Profile) -> MadeScreen:
    """The screen that is being answered, or else the next one; worked out once for the same answers."""
    visit = state.visit()
    asked = visit.questions or app.questions(events.recorder().policy)
    made = visit.made_screen
    if made is not None and made.profile is profile and made.questions == asked:
        return made
    screen = app.ask_again(profile, asked.films, asked.policy, asked.enjoyment) if asked.films else None
    if screen is None or not screen.films:
        screen = app.ask(profile, asked.policy, asked.enjoyment, seed=int(visit.number, 16))
    visit.questions = replace(asked, films=tuple(film.number for film in screen.films))
    visit.made_screen = MadeScreen(profile=profile, questions=visit.questions, screen=screen)
    return visit.made_screen


def _options(asked: Questions) -> None:
    """What steers the screens; the slider and the policy follow a reload and an undo too."""
    policies = {policy.name: policy for policy in app.policies()}
    words = {value: word for word, value in ENJOYMENT.items()}
    for key, value in ((SLIDER, words[asked.enjoyment]), (ASKED_BY, asked.policy)):
        if st.session_state.get(key) != value:
            st.session_state[key] = value
    chosen = policies[asked.policy]
    if chosen.slides:
        st.select_slider(
            _("From learning to enjoying"), list(ENJOYMENT), key=SLIDER, on_change=_slide, args=(asked,), format_func=_,
            help=_("From films that tell most about your taste to films that you would probably love."),
        )  # fmt: skip
    st.selectbox(
        _("Asked by"), list(policies), key=ASKED_BY, on_change=_ask_by, args=(asked,),
        format_func=lambda name: _(policies[name].label),
        help="\n\n".join(f"**{_(policy.label)}**: {_(policy.about)}" for policy in policies.values()),
    )  # fmt: skip
    st.markdown(_(chosen.about))
    if not chosen.slides:
        st.markdown(text.small(_("“{policy}” has no choice between learning and enjoying.", policy=_(chosen.label))))


def _slide(asked: Questions) -> None:
    state.visit().questions = app.questions(asked.policy, ENJOYMENT[st.session_state[SLIDER]])


def _ask_by(asked: Questions) -> None:
    state.visit().questions = app.questions(st.session_state[ASKED_BY], asked.enjoyment)


def _unanswered(profile: Profile, asked: Questions) -> list[int]:
    return [number for number in asked.films if number not in profile.watched | profile.set_aside | profile.unseen]


def _go_on(asked: Questions) -> None:
    """Mark the films without an answer as not seen, and ask about others. A second click on a screen does nothing."""
    visit = state.visit()
    if visit.questions != asked:
        return
    left = _unanswered(visit.profile, asked)
    if left:
        state.change(visit.profile.not_seen(left), _("{films} marked as not seen.", films=text.films(len(left))))
        events.answered(left, KEY)
    state.ask_anew()
    visit.went_on += 1


def _end(some: bool) -> None:
    """Say that the interview ends, and what else there is to do. some: whether the last screen has films."""
    st.info(
        _("For you has your list. Any film can be found by its title, and “One list for all” has more of them."),
        title=_("These are the last films to ask about") if some else _("There is nothing left to ask"),
    )
