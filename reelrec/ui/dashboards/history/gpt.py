"""The talk's GPT-2, repeated: its accuracy by the number of known films, why that was low, and our models'."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import streamlit as st

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.history import gpt_causes, gpt_stars
from reelrec.ui.dashboards.history.gpt_causes import APART, BAR, HONEST, METRIC, SHARED, WINDOWS
from reelrec.ui.dashboards.history.gpt_gaps import Pair, gaps, points, short
from reelrec.ui.dashboards.history.gpt_stars import COMMAND, NAMES, UNWEIGHTED, WEIGHTED, ours
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LOOKS, Look, called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines, numbers
from reelrec.ui.dashboards.parts.reading import (
    Curves,
    Report,
    Row,
    in_order,
    number,
    rows,
    share,
)
from reelrec.ui.frame import turn

SEEN = "film-likes-seen"
LOSSES = {N_("All ratings alike"): UNWEIGHTED, N_("Rare stars weighted"): WEIGHTED}
LOOK = {
    WEIGHTED: Look(NAMES[WEIGHTED], LOOKS["ease"].colour, "square", "solid"),
    UNWEIGHTED: Look(NAMES[UNWEIGHTED], LOOKS["svd"].colour, "circle", "solid"),
}
PRINTED = {
    WEIGHTED: Look(N_("The talk’s figures, weighted"), LOOKS["ease"].colour, "square-open", "dash"),
    UNWEIGHTED: Look(N_("The talk’s figures"), LOOKS["svd"].colour, "circle-open", "dash"),
}
SHARED_LOOK = Look(N_("Windows shared with training"), LOOKS["bmf"].colour, "diamond", "solid")
APART_LOOK = Look(N_("Windows of people never seen"), LOOKS["knn"].colour, "triangle-up", "solid")
MANY_LOOK = Look(N_("The same, from many people"), LOOKS["popularity"].colour, "triangle-down", "dot")
STAND_INS = N_(
    "This is as near as public data allows: the pretrained GPT-2 is not to be had, so a small network of its kind "
    "starts from nothing; word statistics of the films’ summaries, their genres, years and the like stand for what "
    "GPT-2 knew of them."
)


def draw() -> None:
    frame.section(
        _("The talk’s GPT-2"),
        _(
            "The talk also wrote its members’ films and ratings as text, in windows of up to ten films, and let GPT-2 "
            "go on: here is a film, which rating comes? Again: would somebody give a film 3.5 stars or more?"
        ),
    )
    left, right = st.columns(2)
    with left, frame.card(_("Liked or not, after so many films")):
        frame.draw("talk-gpt", lambda: curves(_report()), COMMAND, frame.CLOSED)
    with right:
        _windows()
    with frame.card(_("Why the talk’s way fell short")):
        frame.draw("talk-gpt-causes", lambda: gpt_causes.causes(_report()), COMMAND, frame.CLOSED)
    with frame.card(_("Which of it is no accident?")):
        frame.draw("talk-gpt-apart", lambda: held_against(_report()), COMMAND, frame.CLOSED)
    gpt_stars.draw()


@turn.fragment()
def _windows() -> None:
    with frame.card(_("What shared windows do")):
        loss = frame.choose(_("Learned with"), list(LOSSES), "talk-gpt-loss")
        frame.draw("talk-gpt-windows", lambda: windows(_report(), LOSSES[loss]), COMMAND, frame.CLOSED)


def _report() -> Report:
    return frame.report("seed-gpt")


def curves(report: Report) -> Drawing:
    """The accuracy after 0 to 9 films, beside the talk's figures."""
    accuracy = rows(report, METRIC)
    best = ours(report)
    steps = in_order(accuracy[UNWEIGHTED])
    first, last = steps[0], steps[-1]
    drawn = [
        Line(name, [accuracy[name][k] for k in steps], _named(LOOK[name]) if name in LOOK else None)
        for name in (HONEST, *LOOK, BAR, best)
    ]
    drawn += [Line(name, _printed(report, name), _named(PRINTED[name])) for name in PRINTED]
    figure = lines(drawn, [str(k) for k in steps], _("films told"), _("guessed right: 3.5 stars or more?"), ".0%")
    growth = gaps(report)[Pair(best, best, METRIC, f"{first} to {last}")]
    best_curve, plain_curve = accuracy[best], accuracy[UNWEIGHTED]
    ends = "; ".join(
        _(
            "{name} {first} to {last}",
            name=_(LOOK[name].name) if name in LOOK else look(name).name,
            first=share(accuracy[name][first].value),
            last=share(accuracy[name][last].value),
        )
        for name in (*LOOK, BAR, best)
    )
    alt = _("Guessed right after {first} and after {last} films: {ends}.", first=first, last=last, ends=ends)
    return Drawing(
        _(
            "After {last} films the talk’s way guesses right for {plain}, {best} for {ours}",
            last=last,
            plain=share(plain_curve[last].value),
            best=called(best),
            ours=share(best_curve[last].value),
        ),
        _(
            "All of people never seen. With rare stars weighted it is {last}; the film’s mean gets "
            "{mean}, film and person bias {bias}.",
            last=share(accuracy[WEIGHTED][last].value),
            mean=share(accuracy[HONEST][last].value),
            bias=share(accuracy[BAR][last].value),
        ),
        (Chart(figure, alt),),
        numbers(drawn, [str(k) for k in steps], ".1%", alt, _("Guessed right, by films told")),
        " ".join(
            (
                _(STAND_INS),
                _("The {n} films bring {model} {points}.", n=last, model=called(best), points=points(growth)),
                _jumps(report, accuracy),
            )
        ),
    )


def held_against(report: Report) -> Drawing:
    """Every row after all films, and its difference from film and person bias."""
    accuracy = rows(report, METRIC)
    last = in_order(accuracy[BAR])[-1]
    measured = gaps(report)
    from_bias = {name: measured[pair] for name in accuracy if (pair := Pair(name, BAR, METRIC, last)) in measured}
    real = [name for name, gap in from_bias.items() if gap.leaves_out_zero()]
    cells = []
    for name, by_k in accuracy.items():
        apart = short(from_bias[name]) if name in from_bias else "–"
        cells.append((_name(name), share(by_k[0].value), share(by_k[last].value), apart))
    best = ours(report)
    gap = from_bias[best]
    verdict = _("which may be an accident of who was asked")
    if gap.leaves_out_zero():
        verdict = _("above it") if gap.low > 0 else _("below it")
    people = digits(number(report["dataset"]["people"]), ",.0f")
    return Drawing(
        _(
            "After {last} films {best} is {points} from film and person bias, {verdict}",
            last=last,
            best=called(best),
            points=points(gap),
            verdict=verdict,
        ),
        _(
            "How the film is rated and how the person rates is what a model must beat. In brackets the 95% "
            "interval over people; one that leaves out 0 is no accident of who was asked: {real} of {from_bias}.",
            real=len(real),
            from_bias=len(from_bias),
        ),
        (
            Table(
                (
                    _("Way of guessing"),
                    _("0 films told"),
                    _("{last} told", last=last),
                    _("Points from film and person bias"),
                ),
                cells,
                _(
                    "Guessed right after {last} films; {real} of {cells} differ from film and person bias.",
                    last=last,
                    real=len(real),
                    cells=len(cells) - 1,
                ),
            ),
        ),
        more=_(
            "{people} people were asked about the same films, whatever they had told. “{name}” is the talk’s "
            "“no personalisation”: what most of the very ratings say that are asked for. It has seen the "
            "answers and is no fair bar.",
            people=people,
            name=_name(SEEN),
        ),
    )


def windows(report: Report, model: str) -> Drawing:
    """The accuracy of a network that learned from neighbouring windows, and of one that did not, on the same films."""
    accuracy = rows(report, WINDOWS)
    shared, apart, many = (accuracy[f"{model}{ending}"] for ending in (SHARED, APART, ""))
    steps = in_order(shared)
    last = steps[-1]
    drawn = [
        Line(model, [by_k[k] for k in steps], _named(shown))
        for by_k, shown in ((shared, SHARED_LOOK), (apart, APART_LOOK), (many, MANY_LOOK))
    ]
    drawn.append(Line(model, _printed(report, model), _named(PRINTED[model])))
    gain = gaps(report)[Pair(f"{model}{SHARED}", f"{model}{APART}", WINDOWS, last)]
    curve = report["curves"][f"{model}{APART}"][-1]
    train, test = number(curve["train"]), number(curve["test"])
    figure = lines(drawn, [str(k) for k in steps], _("films told"), _("guessed right: 3.5 stars or more?"), ".0%")
    finding = _(
        "{last} with windows shared, {apart_last} with windows apart",
        last=share(shared[last].value),
        apart_last=share(apart[last].value),
    )
    alt = _("Guessed right after {last} films: {finding}.", last=last, finding=finding)
    return Drawing(
        _(
            "After {last} films {finding}: {points} of memory, not taste",
            last=last,
            finding=finding,
            points=points(gain),
        ),
        _(
            "The talk cut a window from every film on, so what a test window asks for was learned in the window "
            "beside it. Learned from many more people, none of them asked, the network gets {last}.",
            last=share(many[last].value),
        ),
        (Chart(figure, alt),),
        numbers(drawn, [str(k) for k in steps], ".1%", alt, _("Guessed right, by films told")),
        _(
            "Windows are shared among a hundred people; apart, the network learned from as many windows of a "
            "hundred other people and is asked the same. It guesses {train} of what it learned from right, and "
            "{test} for people it has not seen.",
            train=share(train),
            test=share(test),
        ),
    )


def _jumps(report: Report, accuracy: Curves) -> str:
    """How far the talk's figures and those of its repetition move from one length to the next."""
    printed = [row.value for row in _printed(report, UNWEIGHTED)]
    repeated = [accuracy[UNWEIGHTED][k].value for k in in_order(accuracy[UNWEIGHTED])]
    talk_jump, our_jump = (max(abs(b - a) for a, b in pairwise(values)) for values in (printed, repeated))
    middle = sum(printed) / len(printed)
    enough = 2 * middle * (1 - middle) * (2 / talk_jump) ** 2
    return _(
        "The talk’s own figures jump by up to {talk_jump:.1f} points when one film more is told; on "
        "{n:,} ratings the same recipe moves by {our_jump:.1f} at most. Such jumps are chance "
        "where fewer than about {enough:,.0f} windows are tested at each length.",
        talk_jump=100 * talk_jump,
        n=accuracy[UNWEIGHTED][0].n,
        our_jump=100 * our_jump,
        enough=enough,
    )


def _printed(report: Report, name: str) -> list[Row]:
    """The talk's own figures, which have no interval."""
    return [Row.exact(number(value)) for value in report["talk"][name]]


def _named(shown: Look) -> Look:
    """The look of a line, with its name as it is shown."""
    return replace(shown, name=_(shown.name))


def _name(name: str) -> str:
    """The name of a row, as Markdown."""
    return _(NAMES[name]) if name in NAMES else called(name)
