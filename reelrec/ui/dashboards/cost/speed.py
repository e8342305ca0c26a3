"""How long training takes: by the number of ratings, and beside the library myFM."""

from __future__ import annotations

from typing import Any

import streamlit as st

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LEGEND, axis, called, layout, look, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, string
from reelrec.ui.text import plain

COMMAND = "python -m reelrec bench train --json artifacts/metrics/train.json"
Point = tuple[float, float]  # ratings, minutes
MORE = N_("{own} is off by {gap:.4f} stars more than {library}, in {times:.1f} times its time")
LESS = N_("{own} is off by {gap:.4f} stars less than {library}, in {times:.1f} times its time")


def draw() -> None:
    left, right = st.columns(2)
    with left, frame.card(_("Time against ratings")):
        frame.draw("speed-train", lambda: training(frame.report("train")), COMMAND, frame.CLOSED)
    with right, frame.card(_("The same from a known library")):
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
    finding = _(
        "{longest} learns from {ratings:,.0f} ratings in {minutes:,.1f} minutes",
        longest=called(longest),
        ratings=many,
        minutes=late,
    )
    peak = max(number(row["peak_gb"]) for row in report["rows"])
    about = _("On {machine}. At its peak it holds {peak:,.1f} GB.", machine=_machine(report["machine"]), peak=peak)
    if more_ratings > 1:
        longer = _("With {ratings:,.0f} times the ratings it takes {time:,.0f} times as long.",
                   ratings=more_ratings, time=more_time)  # fmt: skip
        about = f"{longer} {about}"
    figure = {
        "data": [_trace(model, sorted(points)) for model, points in points_of.items()],
        "layout": layout(
            320, margin={"l": 0, "r": 0, "t": 30, "b": 0}, showlegend=len(points_of) > 1, legend=LEGEND | {"y": 1.1},
            xaxis=axis(_("ratings"), type="log", tickformat="~s", dtick=1, showgrid=False),
            yaxis=axis(type="log", tickformat="~g", dtick="D2"), annotations=[note(_("minutes"), 0, 1.01)],
        ),
    }  # fmt: skip
    alt = _("Minutes of training by ratings. {finding}.", finding=finding).replace("\\", "")
    cells = [
        (called(model), digits(ratings, ",.0f"), digits(minutes, ",.1f"))
        for model, points in points_of.items()
        for ratings, minutes in sorted(points)
    ]
    return Drawing(
        finding, about, (Chart(figure, alt),), (Table((_("Model"), _("Ratings"), _("Minutes")), cells, alt),)
    )


def beside(report: Report) -> Drawing:
    """Our sampler and myFM on the notebook's split, with the same features, factors and sweeps."""
    own, library = report["peer"]
    models = [string(row["model"]) for row in (own, library)]
    errors, seconds = ([number(row[name]) for row in (own, library)] for name in ("rmse", "seconds"))
    own_name, library_name = map(called, models)
    gap = errors[0] - errors[1]
    return Drawing(
        _(MORE if gap > 0 else LESS, own=own_name, gap=abs(gap), library=library_name, times=seconds[0] / seconds[1]),
        _(
            "{library} samples a model of this kind too. Both are told person, film, genres and years of the "
            "notebook’s split, and both get as many factors and as many sweeps.",
            library=library_name,
        ),
        (
            Table(
                ("", "RMSE", _("Seconds")),
                [
                    (own_name, errors[0], digits(seconds[0], ",.1f")),
                    (library_name, errors[1], digits(seconds[1], ",.1f")),
                ],
                _(
                    "RMSE {own:.4f} against {library_rmse:.4f}, in {own_s:,.1f} and {library_s:,.1f} seconds.",
                    own=errors[0],
                    library_rmse=errors[1],
                    own_s=seconds[0],
                    library_s=seconds[1],
                ),
            ),
        ),
    )


def _machine(machine: Report) -> str:
    """ "2 cores", and the GPU if one was used."""
    gpu = machine["gpu"]
    cores = number(machine["cores"])
    if gpu is None:
        return _("{n:g} cores", n=cores)
    return _("{n:g} cores and a GPU ({gpu})", n=cores, gpu=plain(string(gpu)))


def _trace(model: str, points: list[Point]) -> dict[str, Any]:
    shown = look(model)
    return {
        "type": "scatter", "mode": "lines+markers", "name": words(shown.name), "hoverinfo": "text",
        "x": [ratings for ratings, _minutes in points], "y": [minutes for _ratings, minutes in points],
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
        "hovertext": [
            _("{model}: {n:,.0f} ratings, {minutes:,.1f} min", model=words(shown.name), n=n, minutes=minutes)
            for n, minutes in points
        ],
    }  # fmt: skip
