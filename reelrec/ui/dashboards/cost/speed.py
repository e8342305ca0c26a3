"""How long training takes: by the number of ratings, and beside the library myFM."""

from __future__ import annotations

from typing import Any

import streamlit as st

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LEGEND, axis, called, layout, look, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, string
from reelrec.ui.text import plain

COMMAND = "python -m reelrec bench train --json artifacts/metrics/train.json"
Point = tuple[float, float]  # ratings, minutes


def draw() -> None:
    left, right = st.columns(2)
    with left, frame.card("Time against ratings"):
        frame.draw("speed-train", lambda: training(frame.report("train")), COMMAND, frame.CLOSED)
    with right, frame.card("The same from a known library"):
        frame.draw("speed-peer", lambda: beside(frame.report("train")), COMMAND, frame.RERUN)


def training(report: Report) -> Drawing:
    """Minutes of training by ratings, both axes logarithmic. The report's rows have model, ratings and seconds."""
    points_of: dict[str, list[Point]] = {}
    for row in report["rows"]:
        points = points_of.setdefault(string(row["model"]), [])
        points.append((number(row["ratings"]), number(row["seconds"]) / 60))
    longest = max(points_of, key=lambda model: max(points_of[model]))
    (few, soon), (many, late) = (end(points_of[longest]) for end in (min, max))
    more_ratings, more_time = many / few, late / soon
    finding = f"{called(longest)} learns from {many:,.0f} ratings in {late:,.1f} minutes"
    peak = max(number(row["peak_gb"]) for row in report["rows"])
    about = f"On {_machine(report['machine'])}. At its peak it holds {peak:,.1f} GB."
    if more_ratings > 1:
        about = f"With {more_ratings:,.0f} times the ratings it takes {more_time:,.0f} times as long. {about}"
    figure = {
        "data": [_trace(model, sorted(points)) for model, points in points_of.items()],
        "layout": layout(
            320, margin={"l": 0, "r": 0, "t": 30, "b": 0}, showlegend=len(points_of) > 1, legend=LEGEND | {"y": 1.1},
            xaxis=axis("ratings", type="log", tickformat="~s", dtick=1, showgrid=False),
            yaxis=axis(type="log", tickformat="~g", dtick="D2"), annotations=[note("minutes", 0, 1.01)],
        ),
    }  # fmt: skip
    alt = f"Minutes of training by ratings. {finding}.".replace("\\", "")
    cells = [
        (called(model), f"{ratings:,.0f}", f"{minutes:,.1f}")
        for model, points in points_of.items()
        for ratings, minutes in sorted(points)
    ]
    return Drawing(finding, about, (Chart(figure, alt),), (Table(("Model", "Ratings", "Minutes"), cells, alt),))


def beside(report: Report) -> Drawing:
    """Our sampler and myFM on the notebook's split, with the same features, factors and sweeps."""
    own, library = report["peer"]
    models = [string(row["model"]) for row in (own, library)]
    errors, seconds = ([number(row[name]) for row in (own, library)] for name in ("rmse", "seconds"))
    own_name, library_name = map(called, models)
    gap = errors[0] - errors[1]
    return Drawing(
        f"{own_name} is off by {abs(gap):.4f} stars {'more' if gap > 0 else 'less'} than {library_name}, in "
        f"{seconds[0] / seconds[1]:.1f} times its time",
        f"{library_name} samples a model of this kind too. Both are told person, film, genres and years of the "
        "notebook’s split, and both get as many factors and as many sweeps.",
        (
            Table(
                ("", "RMSE", "Seconds"),
                [(own_name, errors[0], f"{seconds[0]:,.1f}"), (library_name, errors[1], f"{seconds[1]:,.1f}")],
                f"RMSE {errors[0]:.4f} against {errors[1]:.4f}, in {seconds[0]:,.1f} and {seconds[1]:,.1f} seconds.",
            ),
        ),
    )


def _machine(machine: Report) -> str:
    """ "2 cores", and the GPU if one was used."""
    gpu = machine["gpu"]
    return f"{number(machine['cores']):g} cores" + (f" and a GPU ({plain(string(gpu))})" if gpu is not None else "")


def _trace(model: str, points: list[Point]) -> dict[str, Any]:
    shown = look(model)
    return {
        "type": "scatter", "mode": "lines+markers", "name": words(shown.name), "hoverinfo": "text",
        "x": [ratings for ratings, _ in points], "y": [minutes for _, minutes in points],
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
        "hovertext": [f"{words(shown.name)}: {n:,.0f} ratings, {minutes:,.1f} min" for n, minutes in points],
    }  # fmt: skip
