"""Whether a model that says how sure it is can be believed: its ranges, its chances, and where they are wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import INK, LEGEND, Look, axis, called, layout, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines, model_lines, numbers, tick
from reelrec.ui.dashboards.parts.reading import Known, Report, all_steps, in_order, listed, number, rows, share
from reelrec.ui.dashboards.sure import fame, reasons
from reelrec.ui.dashboards.sure.fame import COMMAND, RANGES, sure_model

PLAIN = "one-sd"
HONEST = 0.03  # parts of all ratings, by which a range may hold more or fewer than it says
EXAMPLE = 80  # %, the ranges that the app shows
AT = 10  # ratings known, of the example in words
Point = dict[str, float]  # predicted, liked (both shares), n


def draw() -> None:
    frame.section(
        _("How sure it is"),
        _(
            "A guess of stars is worth more with how far off it may be. A range of 80% should hold eight of ten "
            "ratings, and of the films said to have a chance of 70%, seven of ten should be liked."
        ),
    )
    left, right = st.columns(2)
    with left, frame.card(_("Do the ranges hold what they say?")):
        frame.draw("doubt-ranges", lambda: ranges(_report()), COMMAND, frame.CLOSED)
    with right, frame.card(_("You’ll like it: how often is it true?")):
        frame.draw("doubt-chances", lambda: chances(_report()), COMMAND, frame.CLOSED)
    left, right = st.columns(2)
    with left, frame.card(_("What is its doubt worth?")):
        frame.draw("doubt-worth", lambda: worth(_report()), COMMAND, frame.CLOSED)
    with right:
        fame.draw()
    with frame.card(_("Are the reasons reasons?")):
        frame.draw("doubt-reasons", lambda: reasons.drawing(frame.report("reasons")), reasons.COMMAND, frame.CLOSED)


def _report() -> Report:
    return frame.report("new-users")


def ranges(report: Report) -> Drawing:
    """The share of ratings inside the ranges of 50, 80 and 90 %, over the number of ratings known."""
    coverage = {percent: rows(report, f"coverage{percent}")[sure_model(report)] for percent in RANGES}
    steps = in_order(k for by_k in coverage.values() for k in by_k)
    drawn = [
        Line(f"coverage{p}", [by_k.get(k) for k in steps], replace(RANGES[p], name=_(RANGES[p].name)))
        for p, by_k in coverage.items()
    ]
    ticks = [tick(k) for k in steps]
    figure = lines(drawn, ticks, _("ratings known"), _("ratings inside"), ".0%")
    figure["layout"]["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": p / 100, "y1": p / 100,
         "line": {"dash": "dot", "width": 1, "color": shown.colour}} for p, shown in RANGES.items()
    ]  # fmt: skip
    shares = {p: [row.value for row in by_k.values()] for p, by_k in coverage.items()}
    extremes = {p: (min(values), max(values)) for p, values in shares.items()}
    ends = "; ".join(
        _("of {p}% from {low} to {high}", p=p, low=share(low), high=share(high)) for p, (low, high) in extremes.items()
    )
    worst = max(abs(end - p / 100) for p, both in extremes.items() for end in both)
    verdict = (
        _("Nowhere is that more than {worst:.1f} points from what was said", worst=100 * worst)
        if worst <= HONEST
        else _("At worst that is {worst:.1f} points from what was said", worst=100 * worst)
    )
    low, high = extremes[EXAMPLE]
    others = [
        _("of {p}% from {least} to {most}", p=p, least=share(least), most=share(most))
        for p, (least, most) in extremes.items()
        if p != EXAMPLE
    ]
    return Drawing(
        _(
            "{sure_model}’s {example}% ranges held {low} to {high} of the ratings, whatever was known",
            sure_model=called(sure_model(report)),
            example=EXAMPLE,
            low=share(low),
            high=share(high),
        ),
        _("Ranges {others}. {verdict} (dotted).", others=listed(others), verdict=verdict),
        (Chart(figure, _("Share of ratings inside the ranges {ends}.", ends=ends)),),
        numbers(
            drawn,
            ticks,
            ".1%",
            _("Share of ratings inside the ranges {ends}.", ends=ends),
            _("Inside, by ratings known"),
        ),
    )


def worth(report: Report) -> Drawing:
    """The log loss beside that of the same means with one standard deviation for all."""
    losses = rows(report, "nll")
    steps = all_steps(losses)
    drawn = model_lines(losses, steps)
    sure, plain = losses[sure_model(report)], losses[PLAIN]
    better = [k for k in steps if k in sure and k in plain and sure[k].value < plain[k].value]
    at = AT if AT in sure and AT in plain else steps[0]
    ticks, name = [tick(k) for k in steps], called(sure_model(report))
    alt = _(
        "Log loss after {at} ratings: {sure_at:.3f} against {plain_at:.3f}.",
        at=at,
        sure_at=sure[at].value,
        plain_at=plain[at].value,
    )
    return Drawing(
        _("Knowing which guesses are shaky helps at {better} of {steps} steps", better=len(better), steps=len(steps)),
        _(
            "After {at} ratings {name} has a log loss of {sure_at:.3f}; the same guesses, made equally sure of all "
            "films by the best single number, have {plain_at:.3f}.",
            at=at,
            name=name,
            sure_at=sure[at].value,
            plain_at=plain[at].value,
        ),
        (Chart(lines(drawn, ticks, _("ratings known"), _("log loss"), ".3f"), alt),),
        numbers(drawn, ticks, ".3f", alt, _("Log loss, by ratings known")),
        _(
            "The log loss is small when a high chance was given to the very stars that came, and grows fast for who is "
            "sure and wrong."
        ),
    )


def chances(report: Report) -> Drawing:
    """The predicted chances of 3.5 stars or more, against how often they came true."""
    by_known: dict[Known, list[Point]] = {}
    for entry in report["calibration"]["reliability"]:
        if entry["model"] == sure_model(report):
            by_known.setdefault(entry["k"], []).append({key: number(entry[key]) for key in ("predicted", "liked", "n")})
    all_points = [point for points in by_known.values() for point in points]
    gap = sum(point["n"] * abs(point["liked"] - point["predicted"]) for point in all_points)
    gap /= sum(point["n"] for point in all_points)
    last_points = by_known[in_order(by_known)[-1]]
    surest = max(last_points, key=lambda point: point["predicted"])
    traces = [
        {
            "type": "scatter", "mode": "lines", "x": [0, 1], "y": [0, 1], "hoverinfo": "skip",
            "showlegend": False, "line": {"dash": "dot", "width": 1, "color": INK},
        },
        *(_points(k, by_known[k], shown) for k, shown in zip(in_order(by_known), RANGES.values(), strict=False)),
    ]  # fmt: skip
    figure_layout = layout(
        340, margin={"l": 0, "r": 0, "t": 30, "b": 0}, showlegend=True, legend=LEGEND | {"y": 1.1},
        xaxis=axis(_("chance that was given"), range=[0, 1], tickformat=".0%", showgrid=False),
        yaxis=axis(range=[0, 1], tickformat=".0%", nticks=6), annotations=[note(_("Liked"), 0, 1.01)],
    )  # fmt: skip
    surest_came = _(
        "{predicted} on average, {liked} were liked",
        predicted=share(surest["predicted"], 0),
        liked=share(surest["liked"], 0),
    )
    alt = _("Chances and what came: {gap:.1f} points apart; {surest_came}.", gap=100 * gap, surest_came=surest_came)
    return Drawing(
        _("A chance of liking is {gap:.1f} points off on average", gap=100 * gap),
        _(
            "On the dotted line the chance is just right. Of the {n:,.0f} films that {sure_model} was surest of, "
            "with a chance of {surest_came}.",
            n=surest["n"],
            sure_model=called(sure_model(report)),
            surest_came=surest_came,
        ),
        (Chart({"data": traces, "layout": figure_layout}, alt),),
        (_said_and_liked(by_known, alt),),
    )


def _said_and_liked(by_known: dict[Known, list[Point]], alt: str) -> Table:
    rows = [
        (tick(k), share(point["predicted"]), share(point["liked"]), digits(point["n"], ",.0f"))
        for k in in_order(by_known)
        for point in by_known[k]
    ]
    return Table((_("Ratings known"), _("Chance given"), _("Liked"), _("Films")), rows, alt)


def _points(k: Known, points: list[Point], shown: Look) -> dict[str, Any]:
    """The line of one number of ratings known."""
    name = words(_("all ratings known") if k == "all" else _("{k} ratings known", k=k))
    return {
        "type": "scatter", "mode": "lines+markers", "name": name,
        "x": [point["predicted"] for point in points], "y": [point["liked"] for point in points],
        "line": {"color": shown.colour, "width": 2}, "hoverinfo": "text",
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
        "hovertext": [
            _("{known}: {said} said, {liked} liked, {n:,.0f} films", known=name, n=point["n"],
              said=share(point["predicted"], 0), liked=share(point["liked"], 0))
            for point in points
        ],
    }  # fmt: skip
