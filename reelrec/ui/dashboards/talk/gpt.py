"""The talk's GPT-2, repeated: how often it guesses right after so many films, why that was so little, and ours."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LOOKS, Look, called, look
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines
from reelrec.ui.dashboards.parts.reading import Row, in_order, listed, number, rows, share
from reelrec.ui.dashboards.talk import gpt_stars
from reelrec.ui.dashboards.talk.gpt_stars import COMMAND, NAMES, UNWEIGHTED, WEIGHTED, ours

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


def draw() -> None:
    frame.section(
        "talk-gpt",
        "The talk also wrote its members’ films and ratings as text, in windows of up to ten films, and let GPT-2 go "
        "on: here is a film, which rating comes? That is repeated here, as near as public data allows. The pretrained "
        "GPT-2 is not to be had, so a small network of its kind starts from nothing; word statistics of the films’ "
        "summaries, their genres, years and the like stand for what GPT-2 knew of them. Again the question is whether "
        "somebody gives a film 3.5 stars or more.",
    )
    with frame.card("Liked or not, after so many films"):
        frame.draw("talk-gpt", lambda: curves(_report()), COMMAND, frame.CLOSED)
    with frame.card("Which of it is no accident?"):
        frame.draw("talk-gpt-apart", lambda: held_against(_report()), COMMAND, frame.CLOSED)
    _windows()
    gpt_stars.draw()
    with frame.card("Why the talk’s way fell short"):
        frame.draw("talk-gpt-causes", lambda: causes(_report()), COMMAND, frame.CLOSED)


@st.fragment
def _windows() -> None:
    with frame.card("What shared windows do"):
        loss = frame.choose("Learned with", list(LOSSES), "talk-gpt-loss")
        frame.draw("talk-gpt-windows", lambda: windows(_report(), LOSSES[loss]), COMMAND, frame.CLOSED)


def _report() -> dict:
    return frame.report("seed-gpt")


def curves(report: dict) -> Drawing:
    """The share guessed right after 0 to 9 films, beside the talk's figures."""
    found = rows(report, METRIC)
    best = ours(report)
    steps = in_order(found[UNWEIGHTED])
    first, last = steps[0], steps[-1]
    drawn = [Line(name, [found[name][k] for k in steps], LOOK.get(name)) for name in (HONEST, *LOOK, BAR, best)]
    drawn += [Line(name, _printed(report, name), PRINTED[name]) for name in PRINTED]
    figure = lines(drawn, [str(k) for k in steps], "films told", "guessed right: 3.5 stars or more?", ".0%")
    growth = _differences(report)[best, best, METRIC, f"{first} to {last}"]
    mine, plain = found[best], found[UNWEIGHTED]
    ends = "; ".join(
        f"{(LOOK.get(name) or look(name)).name} {share(found[name][first].value)} to {share(found[name][last].value)}"
        for name in (*LOOK, BAR, best)
    )
    return Drawing(
        f"After {last} films the talk’s way guesses right for {share(plain[last].value)} of the films of people it has "
        f"never seen, and for {share(found[WEIGHTED][last].value)} with rare stars weighted. Who knows nothing of the "
        f"person and goes by the film’s mean gets {share(found[HONEST][last].value)}, film and person bias "
        f"{share(found[BAR][last].value)}, and {called(best)} {share(mine[last].value)}. The {last} films bring it "
        f"{_points(*growth)}. {_jumps(report, found)}",
        (Chart(figure, f"Guessed right after {first} and after {last} films: {ends}."),),
    )


def held_against(report: dict) -> Drawing:
    """Every row after all films, and its difference from film and person bias."""
    found = rows(report, METRIC)
    last = in_order(found[BAR])[-1]
    known = _differences(report)
    apart = {name: known[place] for name in found if (place := (name, BAR, METRIC, last)) in known}
    real = [name for name, (_, low, high) in apart.items() if low > 0 or high < 0]
    cells = []
    for name, of in found.items():
        told = _short(*apart[name]) if name in apart else "–"
        cells.append((_name(name), share(of[0].value), share(of[last].value), told))
    best = ours(report)
    value, low, high = apart[best]
    verdict = "above it" if low > 0 else "below it" if high < 0 else "which may be an accident of who was asked"
    people = f"{number(report['dataset']['people']):,.0f}"
    return Drawing(
        f"{people} people were asked about the same films, whatever they had told. How the film is rated and how the "
        "person rates, film and person bias, is what a model must beat. "
        f"{called(best)} after {last} films: {_points(value, low, high)}, {verdict}. “{_name(SEEN)}” is the talk’s “no "
        "personalisation”: what most of the very ratings say that are asked for. It has seen the answers and is no "
        "fair bar. In brackets the 95% interval over people; one that leaves out 0 is no accident of who was asked, "
        f"which is so for {len(real)} of {len(apart)}.",
        (
            Table(
                ("Way of guessing", "0 films told", f"{last} told", f"Points from {_name(BAR).lower()}"),
                cells,
                f"Guessed right after {last} films; {len(real)} of {len(cells) - 1} differ from film and person bias.",
            ),
        ),
    )


def windows(report: dict, name: str) -> Drawing:
    """The same questions to a network that learned from neighbouring windows, and to one that did not."""
    found = rows(report, WINDOWS)
    shared, apart, many = (found[f"{name}{ending}"] for ending in (SHARED, APART, ""))
    steps = in_order(shared)
    last = steps[-1]
    drawn = [
        Line(name, [of[k] for k in steps], shown)
        for of, shown in ((shared, SHARED_LOOK), (apart, APART_LOOK), (many, MANY_LOOK))
    ]
    drawn.append(Line(name, _printed(report, name), PRINTED[name]))
    gain = _differences(report)[f"{name}{SHARED}", f"{name}{APART}", WINDOWS, last]
    curve = report["curves"][f"{name}{APART}"][-1]
    train, test = number(curve["train"]), number(curve["test"])
    figure = lines(drawn, [str(k) for k in steps], "films told", "guessed right: 3.5 stars or more?", ".0%")
    said = f"{share(shared[last].value)} with windows shared, {share(apart[last].value)} with windows apart"
    return Drawing(
        "The talk cut a window from every film on, so what a test window asks for was learned in the window beside it. "
        f"Done so with a hundred people it looks good: after {last} films {said}, where the network learned from as "
        f"many windows of a hundred other people and is asked the same. The {_points(*gain)} between them are memory, "
        f"not taste: the network guesses {share(train)} of what it learned from right, and {share(test)} for people it "
        f"has not seen. Learned from many more people, none of them asked, it gets {share(many[last].value)}.",
        (Chart(figure, f"Guessed right after {last} films: {said}."),),
    )


def causes(report: dict) -> Drawing:
    """One measured number a cause."""
    found = rows(report, METRIC)
    best = ours(report)
    first, last = in_order(found[BAR])[0], in_order(found[BAR])[-1]
    apart = _differences(report)
    overlap = apart[f"{UNWEIGHTED}{SHARED}", f"{UNWEIGHTED}{APART}", WINDOWS, last]
    weight = apart[WEIGHTED, UNWEIGHTED, METRIC, last]
    blind = apart[UNWEIGHTED, HONEST, METRIC, first]
    talk, mine = (apart[name, name, METRIC, f"{first} to {last}"] for name in (UNWEIGHTED, best))
    table = [
        ("Windows shared between training and test", "What only looks like knowing", _short(*overlap)),
        ("Rare stars weighted", "Half a star then counts as much as four, and likes are missed", _short(*weight)),
        (
            "Text and facts in place of the film",
            "Against the film’s own mean, before any film is told",
            _short(*blind),
        ),
        ("What nine films bring the talk’s way", f"From {first} to {last} films", _short(*talk)),
        (f"What they bring {called(best)}", f"From {first} to {last} films", _short(*mine)),
    ]
    said = [words for words, (*_, high) in (("rare stars weighted", weight), ("words for films", blind)) if high < 0]
    cost = f"What costs the talk’s way: {listed(said)}." if said else "Neither weights nor words cost it anything here."
    return Drawing(
        f"{cost} {called(best)} knows each film by how thousands rated it, where the talk’s way has to guess that from "
        "words, and it is asked only about people it has not met.",
        (
            Table(
                ("Cause", "What was compared", "Points (95% interval)"),
                table,
                f"Causes and their points: {'; '.join(f'{cause} {points}' for cause, _, points in table)}.",
            ),
        ),
    )


def _jumps(report: dict, found: dict[str, dict]) -> str:
    """How far the talk's figures and ours move from one length to the next."""
    printed = [row.value for row in _printed(report, UNWEIGHTED)]
    here = [found[UNWEIGHTED][k].value for k in in_order(found[UNWEIGHTED])]
    theirs, mine = (max(abs(b - a) for a, b in pairwise(of)) for of in (printed, here))
    middle = sum(printed) / len(printed)
    enough = 2 * middle * (1 - middle) * (2 / theirs) ** 2
    return (
        f"The talk’s own figures jump by up to {100 * theirs:.1f} points when one film more is told; on "
        f"{found[UNWEIGHTED][0].n:,} ratings the same recipe moves by {100 * mine:.1f} at most. Such jumps are chance "
        f"where fewer than about {enough:,.0f} windows are tested at each length."
    )


def _printed(report: dict, name: str) -> list[Row]:
    """The talk's own figures, which have no interval."""
    return [Row(*[number(value)] * 3) for value in report["talk"][name]]


def _differences(report: dict) -> dict[tuple, tuple[float, float, float]]:
    """Each difference with its interval, by model, than, metric and k."""
    return {
        tuple(one[key] for key in ("model", "than", "metric", "k")): tuple(
            number(one[key]) for key in ("value", "low", "high")
        )
        for one in report["differences"]
    }


def _points(value: float, low: float, high: float) -> str:
    """ "+1.2 points (+0.9 to +1.5)"."""
    return f"{100 * value:+.1f} points ({100 * low:+.1f} to {100 * high:+.1f})"


def _short(value: float, low: float, high: float) -> str:
    """ "+1.2 (+0.9 to +1.5)"."""
    return _points(value, low, high).replace(" points", "")


def _name(name: str) -> str:
    """In Markdown."""
    return NAMES.get(name) or called(name)
