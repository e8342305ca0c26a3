"""What many people cost: the seconds of training by ratings, for one worker and for two, and the memory of each."""

from __future__ import annotations

from typing import Any

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LEGEND, axis, called, layout, look, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, number, string

COMMAND = "python -m reelrec bench scale --data PARTS --data SYNTH --json artifacts/metrics/scale.json"
COLUMNS = (N_("Model"), N_("Million ratings"), N_("One worker, s"), N_("Two, s"), N_("GB each"), N_("MB moved"))
ALONE, SHARED = 1, 2  # workers
REAL = "letterboxd"  # the name of the ratings that real people gave


def draw() -> None:
    with frame.card(_("Many more people")):
        frame.draw("cost-scale", lambda: scale(frame.report("scale")), COMMAND, frame.CLOSED)


def scale(report: Report) -> Drawing:
    """Seconds by ratings, both axes logarithmic. report: the JSON of `bench scale`."""
    rows = {(string(row["model"]), number(row["ratings"]), number(row["workers"])): row for row in report["rows"]}
    models = list(dict.fromkeys(model for model, _ratings, _workers in rows))
    sizes = sorted({ratings for _model, ratings, _workers in rows})
    alone, shared = (
        {model: [number(rows[model, n, workers]["seconds"]) for n in sizes] for model in models}
        for workers in (ALONE, SHARED)
    )
    longest = max(models, key=lambda model: alone[model][-1])
    finding = _(
        "{more:,.0f} times the ratings take {model} {longer:,.0f} times as long",
        more=sizes[-1] / sizes[0],
        model=called(longest),
        longer=alone[longest][-1] / alone[longest][0],
    )
    peak = max(number(row["peak_gb"]) for (_model, ratings, _workers), row in rows.items() if ratings == sizes[-1])
    about = _(
        "Two workers (dotted), processes that share the people between them, need {share:.0%} of the time of one, on "
        "{cores:g} cores. With {ratings:,.0f} million ratings a worker holds {peak:,.1f} GB at most.",
        share=shared[longest][-1] / alone[longest][-1],
        cores=number(report["machine"]["cores"]),
        ratings=sizes[-1] / 1e6,
        peak=peak,
    )
    alt = _("Seconds of training by ratings. {finding}.", finding=finding).replace("\\", "")
    return Drawing(
        finding,
        about,
        (Chart(_figure(sizes, alone, shared), alt),),
        (Table(COLUMNS, [_cells(model, n, rows) for model in models for n in sizes], alt),),
        more=_(
            "A part of each model’s training, to compare sizes: three sweeps of {bmf}, one pass of {dae} over "
            "everybody, the whole of the others. Up to {real:,.1f} million the ratings are of Letterboxd; above, the "
            "people are invented.",
            bmf=called("bmf"),
            dae=called("dae"),
            real=_largest_real(report),
        ),
    )


def _figure(sizes: list[float], alone: dict[str, list[float]], shared: dict[str, list[float]]) -> dict[str, Any]:
    traces = [
        _trace(model, sizes, seconds, workers)
        for workers, by_model in ((ALONE, alone), (SHARED, shared))
        for model, seconds in by_model.items()
    ]
    return {
        "data": traces,
        "layout": layout(
            360, margin={"l": 0, "r": 0, "t": 52, "b": 0}, showlegend=True, legend=LEGEND | {"y": 1.12},
            xaxis=axis(_("ratings"), type="log", tickformat="~s", dtick=1, showgrid=False),
            yaxis=axis(type="log", tickformat="~g", dtick=1), annotations=[note(_("seconds"), 0, 1.01)],
        ),
    }  # fmt: skip


def _trace(model: str, sizes: list[float], seconds: list[float], workers: int) -> dict[str, Any]:
    """A model's line. Two workers' is dotted, with hollow markers, and not in the legend."""
    shown = look(model)
    label = _("{model}, two workers", model=words(shown.name)) if workers == SHARED else words(shown.name)
    return {
        "type": "scatter", "mode": "lines+markers", "name": label, "hoverinfo": "text",
        "showlegend": workers == ALONE, "x": sizes, "y": seconds,
        "line": {"color": shown.colour, "dash": "solid" if workers == ALONE else "dot", "width": 2},
        "marker": {
            "color": shown.colour, "symbol": shown.marker if workers == ALONE else f"{shown.marker}-open", "size": 8,
        },
        "hovertext": [
            _("{model}: {n:,.0f} ratings, {seconds:,.1f} s", model=label, n=n, seconds=one)
            for n, one in zip(sizes, seconds, strict=True)
        ],
    }  # fmt: skip


def _cells(model: str, ratings: float, rows: dict[tuple[str, float, float], Report]) -> list[str]:
    one, two = (rows[model, ratings, workers] for workers in (ALONE, SHARED))
    seconds = [digits(number(row["seconds"]), ",.1f") for row in (one, two)]
    peak = max(number(row["peak_gb"]) for row in (one, two))
    moved = digits(number(two["moved_mb"]), ",.0f")
    return [called(model), digits(ratings / 1e6, ",.1f"), *seconds, digits(peak, ",.1f"), moved]


def _largest_real(report: Report) -> float:
    """Millions of ratings of the largest sample that nobody invented."""
    return max((number(row["ratings"]) for row in report["rows"] if row["data"] == REAL), default=0.0) / 1e6
