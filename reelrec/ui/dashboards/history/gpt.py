"""The talk's GPT-2, repeated: its accuracy by the number of known films, why that was low, and our models'."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import streamlit as st

from reelrec.ui.dashboards.history import gpt_stars
from reelrec.ui.dashboards.history.gpt_stars import COMMAND, NAMES, UNWEIGHTED, WEIGHTED, ours
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LOOKS, Look, called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines, numbers
from reelrec.ui.dashboards.parts.reading import (
    Curves,
    Known,
    Report,
    Row,
    in_order,
    interval,
    listed,
    number,
    rows,
    share,
)
from reelrec.ui.frame import turn

METRIC, WINDOWS = "like_accuracy", "window_like_accuracy"
SEEN, HONEST, BAR = "film-likes-seen", "film-mean", "baseline"
APART, SHARED = "-apart", "-shared"
LOSSES = {"All ratings alike": UNWEIGHTED, "Rare stars weighted": WEIGHTED}
LOOK = {
    WEIGHTED: Look(NAMES[WEIGHTED], LOOKS["ease"].colour, "square", "solid"),
    UNWEIGHTED: Look(NAMES[UNWEIGHTED], LOOKS["svd"].colour, "circle", "solid"),
}
PRINTED = {
    WEIGHTED: Look("The talk’s figures, weighted", LOOKS["ease"].colour, "square-open", "dash"),
    UNWEIGHTED: Look("The talk’s figures", LOOKS["svd"].colour, "circle-open", "dash"),
}
SHARED_LOOK = Look("Windows shared with training", LOOKS["bmf"].colour, "diamond", "solid")
APART_LOOK = Look("Windows of people never seen", LOOKS["knn"].colour, "triangle-up", "solid")
MANY_LOOK = Look("The same, from many people", LOOKS["popularity"].colour, "triangle-down", "dot")
STAND_INS = (
    "This is as near as public data allows: the pretrained GPT-2 is not to be had, so a small network of its kind "
    "starts from nothing; word statistics of the films’ summaries, their genres, years and the like stand for what "
    "GPT-2 knew of them."
)


class Pair(NamedTuple):
    """What a difference compares: model minus than, by a metric at k."""

    model: str
    than: str
    metric: str
    k: Known


def draw() -> None:
    frame.section(
        "The talk’s GPT-2",
        "The talk also wrote its members’ films and ratings as text, in windows of up to ten films, and let GPT-2 go "
        "on: here is a film, which rating comes? Again: would somebody give a film 3.5 stars or more?",
    )
    left, right = st.columns(2)
    with left, frame.card("Liked or not, after so many films"):
        frame.draw("talk-gpt", lambda: curves(_report()), COMMAND, frame.CLOSED)
    with right:
        _windows()
    with frame.card("Why the talk’s way fell short"):
        frame.draw("talk-gpt-causes", lambda: causes(_report()), COMMAND, frame.CLOSED)
    with frame.card("Which of it is no accident?"):
        frame.draw("talk-gpt-apart", lambda: held_against(_report()), COMMAND, frame.CLOSED)
    gpt_stars.draw()


@turn.fragment()
def _windows() -> None:
    with frame.card("What shared windows do"):
        loss = frame.choose("Learned with", list(LOSSES), "talk-gpt-loss")
        frame.draw("talk-gpt-windows", lambda: windows(_report(), LOSSES[loss]), COMMAND, frame.CLOSED)


def _report() -> Report:
    return frame.report("seed-gpt")


def curves(report: Report) -> Drawing:
    """The accuracy after 0 to 9 films, beside the talk's figures."""
    accuracy = rows(report, METRIC)
    best = ours(report)
    steps = in_order(accuracy[UNWEIGHTED])
    first, last = steps[0], steps[-1]
    drawn = [Line(name, [accuracy[name][k] for k in steps], LOOK.get(name)) for name in (HONEST, *LOOK, BAR, best)]
    drawn += [Line(name, _printed(report, name), PRINTED[name]) for name in PRINTED]
    figure = lines(drawn, [str(k) for k in steps], "films told", "guessed right: 3.5 stars or more?", ".0%")
    growth = _gaps(report)[Pair(best, best, METRIC, f"{first} to {last}")]
    best_curve, plain_curve = accuracy[best], accuracy[UNWEIGHTED]
    ends = "; ".join(
        f"{(LOOK.get(name) or look(name)).name} {share(accuracy[name][first].value)} to "
        f"{share(accuracy[name][last].value)}"
        for name in (*LOOK, BAR, best)
    )
    alt = f"Guessed right after {first} and after {last} films: {ends}."
    return Drawing(
        f"After {last} films the talk’s way guesses right for {share(plain_curve[last].value)}, {called(best)} for "
        f"{share(best_curve[last].value)}",
        f"All of people never seen. With rare stars weighted it is {share(accuracy[WEIGHTED][last].value)}; the film’s "
        f"mean gets {share(accuracy[HONEST][last].value)}, film and person bias {share(accuracy[BAR][last].value)}.",
        (Chart(figure, alt),),
        numbers(drawn, [str(k) for k in steps], ".1%", alt, "Guessed right, by films told"),
        f"{STAND_INS} The {last} films bring {called(best)} {_points(growth)}. {_jumps(report, accuracy)}",
    )


def held_against(report: Report) -> Drawing:
    """Every row after all films, and its difference from film and person bias."""
    accuracy = rows(report, METRIC)
    last = in_order(accuracy[BAR])[-1]
    gaps = _gaps(report)
    from_bias = {name: gaps[pair] for name in accuracy if (pair := Pair(name, BAR, METRIC, last)) in gaps}
    real = [name for name, gap in from_bias.items() if gap.leaves_out_zero()]
    cells = []
    for name, by_k in accuracy.items():
        points = _short(from_bias[name]) if name in from_bias else "–"
        cells.append((_name(name), share(by_k[0].value), share(by_k[last].value), points))
    best = ours(report)
    gap = from_bias[best]
    verdict = "which may be an accident of who was asked"
    if gap.leaves_out_zero():
        verdict = "above it" if gap.low > 0 else "below it"
    people = f"{number(report['dataset']['people']):,.0f}"
    return Drawing(
        f"After {last} films {called(best)} is {_points(gap)} from film and person bias, {verdict}",
        "How the film is rated and how the person rates is what a model must beat. In brackets the 95% interval over "
        f"people; one that leaves out 0 is no accident of who was asked: {len(real)} of {len(from_bias)}.",
        (
            Table(
                ("Way of guessing", "0 films told", f"{last} told", f"Points from {_name(BAR).lower()}"),
                cells,
                f"Guessed right after {last} films; {len(real)} of {len(cells) - 1} differ from film and person bias.",
            ),
        ),
        more=f"{people} people were asked about the same films, whatever they had told. “{_name(SEEN)}” is the talk’s "
        "“no personalisation”: what most of the very ratings say that are asked for. It has seen the answers and is no "
        "fair bar.",
    )


def windows(report: Report, model: str) -> Drawing:
    """The accuracy of a network that learned from neighbouring windows, and of one that did not, on the same films."""
    accuracy = rows(report, WINDOWS)
    shared, apart, many = (accuracy[f"{model}{ending}"] for ending in (SHARED, APART, ""))
    steps = in_order(shared)
    last = steps[-1]
    drawn = [
        Line(model, [by_k[k] for k in steps], shown)
        for by_k, shown in ((shared, SHARED_LOOK), (apart, APART_LOOK), (many, MANY_LOOK))
    ]
    drawn.append(Line(model, _printed(report, model), PRINTED[model]))
    gain = _gaps(report)[Pair(f"{model}{SHARED}", f"{model}{APART}", WINDOWS, last)]
    curve = report["curves"][f"{model}{APART}"][-1]
    train, test = number(curve["train"]), number(curve["test"])
    figure = lines(drawn, [str(k) for k in steps], "films told", "guessed right: 3.5 stars or more?", ".0%")
    finding = f"{share(shared[last].value)} with windows shared, {share(apart[last].value)} with windows apart"
    alt = f"Guessed right after {last} films: {finding}."
    return Drawing(
        f"After {last} films {finding}: {_points(gain)} of memory, not taste",
        "The talk cut a window from every film on, so what a test window asks for was learned in the window beside it. "
        f"Learned from many more people, none of them asked, the network gets {share(many[last].value)}.",
        (Chart(figure, alt),),
        numbers(drawn, [str(k) for k in steps], ".1%", alt, "Guessed right, by films told"),
        "Windows are shared among a hundred people; apart, the network learned from as many windows of a hundred other "
        f"people and is asked the same. It guesses {share(train)} of what it learned from right, and {share(test)} for "
        "people it has not seen.",
    )


def causes(report: Report) -> Drawing:
    """A measured difference for each cause."""
    accuracy = rows(report, METRIC)
    best = ours(report)
    first, last = in_order(accuracy[BAR])[0], in_order(accuracy[BAR])[-1]
    gaps = _gaps(report)
    overlap = gaps[Pair(f"{UNWEIGHTED}{SHARED}", f"{UNWEIGHTED}{APART}", WINDOWS, last)]
    weight = gaps[Pair(WEIGHTED, UNWEIGHTED, METRIC, last)]
    text_only = gaps[Pair(UNWEIGHTED, HONEST, METRIC, first)]
    talk_gain, best_gain = (gaps[Pair(name, name, METRIC, f"{first} to {last}")] for name in (UNWEIGHTED, best))
    table = [
        ("Windows shared between training and test", "What only looks like knowing", _short(overlap)),
        ("Rare stars weighted", "Half a star then counts as much as four, and likes are missed", _short(weight)),
        (
            "Text and facts in place of the film",
            "Against the film’s own mean, before any film is told",
            _short(text_only),
        ),
        ("What nine films bring the talk’s way", f"From {first} to {last} films", _short(talk_gain)),
        (f"What they bring {called(best)}", f"From {first} to {last} films", _short(best_gain)),
    ]
    candidates = {"rare stars weighted": weight, "words for films": text_only}
    costs = [words for words, gap in candidates.items() if gap.high < 0]
    cost = f"What costs the talk’s way: {listed(costs)}" if costs else "Neither weights nor words cost it anything here"
    return Drawing(
        cost,
        f"{called(best)} knows each film by how thousands rated it, where the talk’s way has to guess that from words, "
        "and it is asked only about people it has not met.",
        (
            Table(
                ("Cause", "What was compared", "Points (95% interval)"),
                table,
                f"Causes and their points: {'; '.join(f'{cause} {points}' for cause, _, points in table)}.",
            ),
        ),
    )


def _jumps(report: Report, accuracy: Curves) -> str:
    """How far the talk's figures and those of its repetition move from one length to the next."""
    printed = [row.value for row in _printed(report, UNWEIGHTED)]
    repeated = [accuracy[UNWEIGHTED][k].value for k in in_order(accuracy[UNWEIGHTED])]
    talk_jump, our_jump = (max(abs(b - a) for a, b in pairwise(values)) for values in (printed, repeated))
    middle = sum(printed) / len(printed)
    enough = 2 * middle * (1 - middle) * (2 / talk_jump) ** 2
    return (
        f"The talk’s own figures jump by up to {100 * talk_jump:.1f} points when one film more is told; on "
        f"{accuracy[UNWEIGHTED][0].n:,} ratings the same recipe moves by {100 * our_jump:.1f} at most. Such jumps are "
        f"chance where fewer than about {enough:,.0f} windows are tested at each length."
    )


def _printed(report: Report, name: str) -> list[Row]:
    """The talk's own figures, which have no interval."""
    return [Row.exact(number(value)) for value in report["talk"][name]]


def _gaps(report: Report) -> dict[Pair, Row]:
    """Each measured difference with its interval."""
    return {
        Pair(model=entry["model"], than=entry["than"], metric=entry["metric"], k=entry["k"]): interval(entry)
        for entry in report["differences"]
    }


def _points(gap: Row) -> str:
    """ "+1.2 points (+0.9 to +1.5)"."""
    return f"{100 * gap.value:+.1f} points ({100 * gap.low:+.1f} to {100 * gap.high:+.1f})"


def _short(gap: Row) -> str:
    """ "+1.2 (+0.9 to +1.5)"."""
    return _points(gap).replace(" points", "")


def _name(name: str) -> str:
    """The name of a row, as Markdown."""
    return NAMES.get(name) or called(name)
