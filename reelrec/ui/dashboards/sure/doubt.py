"""Whether a model that says how sure it is can be believed: its ranges, its chances, and where they are wrong."""

from __future__ import annotations

from typing import Any

import streamlit as st

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import INK, LEGEND, Look, axis, called, layout, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines, model_lines, numbers
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
        "How sure it is",
        "A guess of stars is worth more with how far off it may be. A range of 80% should hold eight of ten ratings, "
        "and of the films said to have a chance of 70%, seven of ten should be liked.",
    )
    left, right = st.columns(2)
    with left, frame.card("Do the ranges hold what they say?"):
        frame.draw("doubt-ranges", lambda: ranges(_report()), COMMAND, frame.CLOSED)
    with right, frame.card("You’ll like it: how often is it true?"):
        frame.draw("doubt-chances", lambda: chances(_report()), COMMAND, frame.CLOSED)
    left, right = st.columns(2)
    with left, frame.card("What is its doubt worth?"):
        frame.draw("doubt-worth", lambda: worth(_report()), COMMAND, frame.CLOSED)
    with right:
        fame.draw()
    with frame.card("Are the reasons reasons?"):
        frame.draw("doubt-reasons", lambda: reasons.drawing(frame.report("reasons")), reasons.COMMAND, frame.CLOSED)


def _report() -> Report:
    return frame.report("new-users")


def ranges(report: Report) -> Drawing:
    """The share of ratings inside the ranges of 50, 80 and 90 %, over the number of ratings known."""
    coverage = {percent: rows(report, f"coverage{percent}")[sure_model(report)] for percent in RANGES}
    steps = in_order(k for by_k in coverage.values() for k in by_k)
    drawn = [Line(f"coverage{p}", [by_k.get(k) for k in steps], RANGES[p]) for p, by_k in coverage.items()]
    ticks = [str(k) for k in steps]
    figure = lines(drawn, ticks, "ratings known", "ratings inside", ".0%")
    figure["layout"]["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": p / 100, "y1": p / 100,
         "line": {"dash": "dot", "width": 1, "color": shown.colour}} for p, shown in RANGES.items()
    ]  # fmt: skip
    shares = {p: [row.value for row in by_k.values()] for p, by_k in coverage.items()}
    extremes = {p: (min(values), max(values)) for p, values in shares.items()}
    ends = "; ".join(f"of {p}% from {share(low)} to {share(high)}" for p, (low, high) in extremes.items())
    worst = max(abs(end - p / 100) for p, both in extremes.items() for end in both)
    verdict = (
        f"Nowhere is that more than {100 * worst:.1f} points from what was said"
        if worst <= HONEST
        else f"At worst that is {100 * worst:.1f} points from what was said"
    )
    low, high = extremes[EXAMPLE]
    others = [f"of {p}% from {share(least)} to {share(most)}" for p, (least, most) in extremes.items() if p != EXAMPLE]
    return Drawing(
        f"{called(sure_model(report))}’s {EXAMPLE}% ranges held {share(low)} to {share(high)} of the ratings, whatever "
        "was known",
        f"Ranges {listed(others)}. {verdict} (dotted).",
        (Chart(figure, f"Share of ratings inside the ranges {ends}."),),
        numbers(drawn, ticks, ".1%", f"Share of ratings inside the ranges {ends}.", "Inside, by ratings known"),
    )


def worth(report: Report) -> Drawing:
    """The log loss beside that of the same means with one standard deviation for all."""
    losses = rows(report, "nll")
    steps = all_steps(losses)
    drawn = model_lines(losses, steps)
    sure, plain = losses[sure_model(report)], losses[PLAIN]
    better = [k for k in steps if k in sure and k in plain and sure[k].value < plain[k].value]
    at = AT if AT in sure and AT in plain else steps[0]
    ticks, name = [str(k) for k in steps], called(sure_model(report))
    alt = f"Log loss after {at} ratings: {sure[at].value:.3f} against {plain[at].value:.3f}."
    return Drawing(
        f"Knowing which guesses are shaky helps at {len(better)} of {len(steps)} steps",
        f"After {at} ratings {name} has a log loss of {sure[at].value:.3f}; the same guesses, made equally sure of all "
        f"films by the best single number, have {plain[at].value:.3f}.",
        (Chart(lines(drawn, ticks, "ratings known", "log loss", ".3f"), alt),),
        numbers(drawn, ticks, ".3f", alt, "Log loss, by ratings known"),
        "The log loss is small when a high chance was given to the very stars that came, and grows fast for who is "
        "sure and wrong.",
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
        xaxis=axis("chance that was given", range=[0, 1], tickformat=".0%", showgrid=False),
        yaxis=axis(range=[0, 1], tickformat=".0%", nticks=6), annotations=[note("liked", 0, 1.01)],
    )  # fmt: skip
    surest_came = f"{share(surest['predicted'], 0)} on average, {share(surest['liked'], 0)} were liked"
    alt = f"Chances and what came: {100 * gap:.1f} points apart; {surest_came}."
    return Drawing(
        f"A chance of liking is {100 * gap:.1f} points off on average",
        f"On the dotted line the chance is just right. Of the {surest['n']:,.0f} films that "
        f"{called(sure_model(report))} was surest of, with a chance of {surest_came}.",
        (Chart({"data": traces, "layout": figure_layout}, alt),),
        (_said_and_liked(by_known, alt),),
    )


def _said_and_liked(by_known: dict[Known, list[Point]], alt: str) -> Table:
    rows = [
        (f"{k}", share(point["predicted"]), share(point["liked"]), f"{point['n']:,.0f}")
        for k in in_order(by_known)
        for point in by_known[k]
    ]
    return Table(("Ratings known", "Chance given", "Liked", "Films"), rows, alt)


def _points(k: Known, points: list[Point], shown: Look) -> dict[str, Any]:
    """The line of one number of ratings known."""
    name = words("all ratings known" if k == "all" else f"{k} ratings known")
    return {
        "type": "scatter", "mode": "lines+markers", "name": name,
        "x": [point["predicted"] for point in points], "y": [point["liked"] for point in points],
        "line": {"color": shown.colour, "width": 2}, "hoverinfo": "text",
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
        "hovertext": [
            f"{name}: {point['predicted']:.0%} said, {point['liked']:.0%} liked, {point['n']:,.0f} films"
            for point in points
        ],
    }  # fmt: skip
