"""Does reinforcement learning help? Which policy asks a new user about which films, what that is worth, the verdict."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.dashboards.interview import answers, areas, both, learning, pareto, promises
from reelrec.ui.dashboards.interview.policies import LEFT_OUT, named
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.reading import Report, number
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate interview"
QUESTION = N_(
    "A newcomer is asked about twelve films at a time, and “haven’t seen” is an answer. But which twelve? Does "
    "reinforcement learning (RL) choose them better?"
)
WHO = N_(
    "Some ways of asking show what the visitor may love, others what their answer would tell about all other films. "
    "**A-optimal** works out which answers would make all other predictions surest, times the chance that somebody "
    "like this has seen the film, P(seen). The **learned policy** is a network that begins there and goes on by RL: it "
    "asked people whose answers are known, and was rewarded for what each screen told "
    "of their stars and of their list."
)
RULE = N_(
    "The rule was fixed before the results. A way of asking is worth what it gains for the stars and what it gains for "
    "the list, half each, as parts of the best. RL asks by default only if it is worth more than every other way by "
    "more than chance (the interval of each difference leaves out 0, with Holm’s correction), in two of three "
    "trainings. Otherwise the best other way asks, and RL can be chosen."
)
LIMITS = N_(
    "**What this cannot tell.** People cannot be asked again, so they answer with one half of what they once rated, "
    "and the other half is hidden. What was hidden counts as “haven’t seen”, which is therefore said too often, "
    "whoever asks. P(seen) too is learned from what people rated, not from what they watched; it puts films in order "
    "and is no promise. And what people rated on Letterboxd is a sample of what they have seen, by people who "
    "rate a lot."
)


def verdict() -> None:
    frame.section(_("Does RL help?"), about())
    _background()
    left, right = st.columns(2)
    with left, frame.card(_("For stars, and for the list")):
        frame.draw("interview-both", lambda: both.gained(_report()), COMMAND, frame.CLOSED)
    with right, frame.card(_("To learn, or to enjoy?")):
        frame.draw("interview-pareto", lambda: pareto.front(_report()), COMMAND, frame.CLOSED)


def after_answers() -> None:
    frame.section(
        _("What answers bring"),
        _(
            "How much is known after so many answers about films that people have seen, and after so many screens, of "
            "which they have seen some? And does Rate say it as it is?"
        ),
    )
    left, right = st.columns(2)
    with left, frame.card(_("After so many films they had seen")):
        frame.draw("interview-answers", lambda: answers.by_answers(_report()), COMMAND, frame.CLOSED)
    with right:
        _screens()
    with frame.card(_("Does the meter tell the truth?")):
        frame.draw("interview-meter", lambda: promises.kept(_report()), COMMAND, frame.CLOSED)


def training() -> None:
    frame.section(
        _("What training did"),
        _(
            "The learned policy begins as A-optimal and goes on by reinforcement learning. Here is what that brought, "
            "and what each part of it is worth."
        ),
    )
    with frame.card(_("What training taught it")):
        frame.draw(
            "interview-learning", lambda: learning.curves(frame.report("policy")), learning.COMMAND, frame.CLOSED
        )
    with frame.card(_("What each part is worth")):
        frame.draw("interview-areas", lambda: areas.held_against(_report()), COMMAND, frame.CLOSED)


def about() -> str:
    """The measured verdict; without it, the question."""
    try:
        report = _report()
        sentence = both.verdict(report)
        people = _("{people:,.0f} people", people=number(report["dataset"]["people"]))
    except frame.BROKEN:
        return _(QUESTION)
    return f"**{sentence}** " + _("{people} were asked, none of whom had taught anything.", people=people)


def _report() -> Report:
    return frame.report("interview")


@turn.fragment()
def _screens() -> None:
    with frame.card(_("After so many screens")):
        measure = frame.choose(_("Measure"), list(answers.MEASURES), "interview-measure")
        frame.draw("interview-screens", lambda: answers.by_screens(_report(), measure), COMMAND, frame.CLOSED)


@turn.fragment()
def _background() -> None:
    """The question, the rule, the ways of asking and the limits, folded away."""
    with st.expander(
        _("The ways of asking, the rule, and its limits"), key="interview-background", type="compact", on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        st.container(width=frame.READING).markdown(f"{_(QUESTION)} {_(WHO)}\n\n{_(RULE)}\n\n{_(LIMITS)}")
        words = [(policy.name, policy.label, policy.about) for policy in app.policies(every=True)]
        words += [(name, "–", about) for name, about in LEFT_OUT.items()]
        rows = [
            {
                _("Here"): f"{named(name)} `{name}`",
                _("On Rate"): text.plain(_(label)),
                _("What it asks"): text.plain(_(about)),
            }
            for name, label, about in words
        ]
        st.table(rows, border="horizontal", hide_index=True, alt=_("The ways of asking and what each asks about."))
