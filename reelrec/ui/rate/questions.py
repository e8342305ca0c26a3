"""The interview on Rate: a screen of films, what steers it, and the way to the next one.

A screen stays as it is while it is being answered. It gives way when the visitor goes on, or changes what it is for.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from reelrec import app
from reelrec.app import Profile, Questions, Screen
from reelrec.ui import events, state, text
from reelrec.ui.shelf.tiles import SEEN, Tile, tiles

KEY = "interview"
ENJOYMENT = {"Learn most": 0.0, "Learn more": 0.25, "Some of both": 0.5, "Enjoy more": 0.75, "Enjoy most": 1.0}
SLIDER, ASKED_BY = "enjoyment", "asked-by"
FEW = 4  # films with which an interview is at its end
_HERE = Path(__file__).parent
_why = st.components.v2.component(
    "reelrec.why",
    css=(_HERE / "why.css").read_text(encoding="utf-8"),
    js=(_HERE / "why.js").read_text(encoding="utf-8"),
)


def interview(profile: Profile, row) -> Screen:
    """Draw the screen, and what steers it into a row above. Raises ArtifactError, having drawn nothing."""
    asked, screen = _screen(profile)
    events.screen(screen.policy, screen.films, chosen=(asked.policy, asked.enjoyment) != (_usual(), 0.0))
    with row:
        _steer(asked)
    if len(screen.films) < FEW:
        _end(bool(screen.films))
    if screen.films:
        went_on = st.session_state[state.WENT_ON]
        _why(key="why", data={"why": screen.why, "went_on": went_on})
        tiles("Films to rate", [Tile(film) for film in screen.films], key=KEY, actions=[SEEN])
        left = _unanswered(profile, asked)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "None of these" if len(left) == len(asked.films) else "Next films", type="primary",
                icon=":material/arrow_forward:", on_click=_go_on, args=(asked,), key=f"go-on-{went_on}",
            )  # fmt: skip
            st.markdown(":small[Films without an answer count as not seen.]", width="content")
    return screen


def _screen(profile: Profile) -> tuple[Questions, Screen]:
    """The screen that is being answered, or else the next one; worked out once for the same answers."""
    asked = state.questions() or Questions(_usual())
    made_for, asked_for, screen = st.session_state.get(state.SCREEN, (None, None, None))
    if made_for is profile and asked_for == asked:
        return asked, screen
    screen = app.ask_again(profile, asked.films, asked.policy, asked.enjoyment) if asked.films else None
    if screen is None or not screen.films:
        screen = app.ask(profile, asked.policy, asked.enjoyment, seed=int(state.visit(), 16))
    asked = replace(asked, films=tuple(film.number for film in screen.films))
    state.ask(asked)
    st.session_state[state.SCREEN] = (profile, asked, screen)
    return asked, screen


def _usual() -> str:
    """Who asks unless the visitor chooses another."""
    arm = app.variant(state.visit())
    return arm.name if arm and arm.kind == "interview" else app.policies()[0].name


def _steer(asked: Questions) -> None:
    """What the films are for, and who chooses them; the widgets follow a reload and an undo too."""
    policies = {policy.name: policy for policy in app.policies()}
    words = {value: word for word, value in ENJOYMENT.items()}
    for key, value in ((SLIDER, words[asked.enjoyment]), (ASKED_BY, asked.policy)):
        if st.session_state.get(key) != value:
            st.session_state[key] = value
    if asked.policy in app.SLIDING:
        st.select_slider(
            "From learning to enjoying", list(ENJOYMENT), key=SLIDER, on_change=_slide, args=(asked,), width=210,
            help="From films that tell most about your taste to films that you would probably love.",
        )  # fmt: skip
    with st.popover("How we ask"):
        st.selectbox(
            "Asked by", list(policies), key=ASKED_BY, on_change=_ask_by, args=(asked,),
            format_func=lambda name: policies[name].label,
            help="\n\n".join(f"**{policy.label}**: {policy.about}" for policy in policies.values()),
        )  # fmt: skip
        st.markdown(policies[asked.policy].about)
    if asked.policy not in app.SLIDING:
        label = policies[asked.policy].label
        st.markdown(f":small[“{label}” has no choice between learning and enjoying.]", width="content")


def _slide(asked: Questions) -> None:
    state.ask(Questions(asked.policy, ENJOYMENT[st.session_state[SLIDER]]))


def _ask_by(asked: Questions) -> None:
    state.ask(Questions(st.session_state[ASKED_BY], asked.enjoyment))


def _unanswered(profile: Profile, asked: Questions) -> list[int]:
    return [number for number in asked.films if number not in profile.watched | profile.set_aside | profile.unseen]


def _go_on(asked: Questions) -> None:
    """Take the films without an answer as not seen, and ask about others; a second click on the same screen is none."""
    if state.questions() != asked:
        return
    profile = state.profile()
    left = _unanswered(profile, asked)
    if left:
        not_seen = replace(profile, unseen=profile.unseen | set(left))
        state.change(not_seen, f"{text.films(len(left))} marked as not seen.", answered=left, shelf=KEY)
    state.ask_anew()
    st.session_state[state.WENT_ON] += 1


def _end(some: bool) -> None:
    """Say that there is no more to ask, and what else there is to do."""
    st.info(
        "For you has your list. Any film can be found by its title, and “One list for all” has more of them.",
        title="These are the last films to ask about" if some else "There is nothing left to ask",
    )
