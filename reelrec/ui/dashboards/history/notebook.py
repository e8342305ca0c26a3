"""The notebook's table of models, its bars and its search for settings, repeated on ml-latest-small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.history import grid
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import CLEAR, INK, axis, layout, look, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, rows, share
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate seed-svd"
# The RMSE and MAE that the notebook printed, by the names of our rows.
PRINTED = {
    "baseline": (0.8790, 0.6797),
    "knn": (0.8758, 0.6691),
    "svd-default": (0.8859, 0.6829),
    "svd-tuned-cv": (0.8751, 0.6746),
    "svd": (0.8754, 0.6700),
}
CROSS_VALIDATED, HELD_OUT = N_("3-fold CV"), N_("hold-out")


@dataclass(frozen=True, slots=True)
class NotebookModel:
    """A model of the notebook. row: its name in our reports. name: in the notebook, as Markdown. short: below a bar.

    method: how the notebook validated it.
    """

    row: str
    name: str
    short: str
    method: str = CROSS_VALIDATED


@dataclass(frozen=True, slots=True)
class Side:
    """The bars of one error. axis: Plotly's name of its axis. start, width: of a bar, in parts of its group."""

    error: str
    axis: str
    start: float
    width: float


MODELS = (
    NotebookModel("baseline", "BaselineOnly", "Baseline<br>Only"),
    NotebookModel("knn", r"KNNBaseline (item-based, pearson\_baseline)", "KNN<br>Baseline"),
    NotebookModel("svd-default", "SVD (default)", "SVD<br>default"),
    NotebookModel("svd-tuned-cv", "SVD (tuned via GridSearchCV)", "SVD<br>tuned"),
    NotebookModel("svd", "SVD (tuned) FINAL", "SVD<br>final", HELD_OUT),
)
# A hollow bar is as wide as its number, which must not stand on the full bar.
SIDES = (
    Side("RMSE", axis="y", start=-0.48, width=0.38),
    Side("MAE", axis="y2", start=-0.08, width=0.56),
)
ZOOMED, WHOLE = N_("Zoomed, as in the notebook"), N_("From zero")


def draw() -> None:
    frame.section(
        _("The notebook, repeated"),
        _(
            "ReelRec grew from a notebook that compared models on MovieLens latest-small. Here it is again, "
            "with its library, its split and its seeds."
        ),
    )
    with frame.card(_("Five models, two measures")):
        frame.draw("notebook-table", lambda: table(frame.report("seed-svd")), COMMAND, frame.RERUN)
    left, right = st.columns(2)
    with left:
        _bars()
    with right, frame.card(_("The search behind the tuned SVD")):
        search = f"{COMMAND} --search"
        frame.draw("notebook-grid", lambda: grid.settings(frame.report("seed-svd-grid")), search, frame.RERUN, "search")


@turn.fragment()
def _bars() -> None:
    with frame.card(_("The same in bars")):
        axes = frame.choose(_("Axes"), (ZOOMED, WHOLE), "notebook-axes")
        frame.draw("notebook-bars", lambda: bars(frame.report("seed-svd"), zoomed=axes == ZOOMED), COMMAND, frame.RERUN)


def measured(report: Report) -> dict[str, tuple[float, float]]:
    """RMSE and MAE of the five rows, each validated as the notebook did."""
    errors = {}
    for model in MODELS:
        prefix = "cv_" if model.method == CROSS_VALIDATED else ""
        rmse, mae = (rows(report, f"{prefix}{metric}")[model.row][None].value for metric in ("rmse", "mae"))
        errors[model.row] = rmse, mae
    return errors


def table(report: Report) -> Drawing:
    """The five rows beside those that the notebook printed."""
    errors = measured(report)
    rmse, mae = errors["svd"]
    same = (round(rmse, 4), round(mae, 4)) == PRINTED["svd"]
    final = (
        _("comes out as the notebook printed it, to four decimals")
        if same
        else _("differs from what the notebook printed")
    )
    largest_gap = max(abs(errors[model][0] - PRINTED[model][0]) for model in errors if model != "svd")
    knn = tuple(rows(report, metric)["knn"][None].value for metric in ("rmse", "mae"))
    verdict = (
        _("that is better than the tuned SVD") if knn[0] < rmse and knn[1] < mae else _("the tuned SVD stays ahead")
    )
    names = [f"[{model.name}](#search)" if "Grid" in model.name else model.name for model in MODELS]
    rmse_cells = [
        (name, _(model.method), errors[model.row][0], PRINTED[model.row][0])
        for name, model in zip(names, MODELS, strict=True)
    ]
    mae_cells = [(name, errors[model.row][1], PRINTED[model.row][1]) for name, model in zip(names, MODELS, strict=True)]
    alt = _("of five models beside the notebook’s; the final SVD has {rmse:.4f} and {mae:.4f}.", rmse=rmse, mae=mae)
    return Drawing(
        _("The tuned SVD on the hold-out {final}: RMSE {rmse:.4f}, MAE {mae:.4f}", final=final, rmse=rmse, mae=mae),
        _(
            "It never tried the untuned KNNBaseline on the hold-out: RMSE {first_knn:.4f}, MAE {other_knn:.4f}, "
            "and {verdict}.",
            first_knn=knn[0],
            other_knn=knn[1],
            verdict=verdict,
        ),
        (  # in two, since a phone has no room for all columns
            Table((_("Model"), _("Validation"), _("Here"), _("There")), rmse_cells, f"RMSE {alt}", "RMSE"),
            Table((_("Model"), _("Here"), _("There")), mae_cells, f"MAE {alt}", "MAE"),
        ),
        more=_(
            "The cross-validated RMSEs are within {largest_gap:.4f} of the notebook’s, because its folds are "
            "not on record.",
            largest_gap=largest_gap,
        ),
    )


def bars(report: Report, zoomed: bool) -> Drawing:
    """RMSE in full bars on the left axis, MAE in hollow ones on the right."""
    errors = measured(report)
    both = [[errors[model.row][place] for model in MODELS] for place in (0, 1)]
    # So that no two labels meet, RMSE takes the upper part of a zoomed picture and MAE the lower.
    ranges = [window(both[0], 0.55, 0.9), window(both[1], 0.2, 0.5)] if zoomed else [(0.0, 1.0), (0.0, 1.0)]
    return Drawing(
        _("The largest RMSE is {spread} above the smallest", spread=_spread(both[0])),
        _what_zooming_does(both[0], ranges[0], zoomed),
        (Chart(_figure(both, ranges), _finding(both)),),
    )


def window(values: list[float], lowest: float, highest: float) -> tuple[float, float]:
    """The range of an axis on which the smallest and the largest value stand at these parts of the height."""
    height = max(max(values) - min(values), 0.001) / (highest - lowest)
    start = min(values) - lowest * height
    return start, start + height


def _figure(both: list[list[float]], ranges: list[tuple[float, float]]) -> dict[str, Any]:
    """The bars. both: the RMSEs and the MAEs. ranges: of the axes of both."""
    colours = [look(model.row.split("-")[0]).colour for model in MODELS]
    traces = [
        {
            "type": "bar", "name": side.error, "x": [model.short for model in MODELS], "y": values,
            "yaxis": side.axis, "offset": side.start, "width": side.width,
            "marker": {"color": fill, "line": {"color": colours, "width": 1.5}},
            "text": [digits(value, ".4f").lstrip("0") for value in values], "textposition": "outside", "textangle": 0,
            "constraintext": "none", "textfont": {"size": 10, "color": INK}, "cliponaxis": False, "hoverinfo": "skip",
        }
        for side, values, fill in zip(SIDES, both, (colours, CLEAR), strict=True)
    ]  # fmt: skip
    left, right = (
        axis(range=[low, high], tickformat=".2f", dtick=max(0.01, round((high - low) / 5, 1))) for low, high in ranges
    )
    return {
        "data": traces,
        "layout": layout(
            360, margin={"l": 0, "r": 0, "t": 34, "b": 0}, barmode="overlay",
            xaxis=axis(tickfont={"size": 10, "color": INK}), yaxis=left,
            yaxis2=right | {"overlaying": "y", "side": "right", "showgrid": False, "tickmode": "linear"},
            annotations=[note(_("■ RMSE, left"), 0, 1.03), note(_("□ MAE, right"), 1, 1.03, xanchor="right")],
        ),
    }  # fmt: skip


def _spread(rmse: list[float]) -> str:
    return share(max(rmse) / min(rmse) - 1)


def _what_zooming_does(rmse: list[float], axis_range: tuple[float, float], zoomed: bool) -> str:
    """axis_range: of the RMSE's axis."""
    if not zoomed:
        return _("From zero the five can hardly be told apart.")
    start = axis_range[0]
    drawn = (max(rmse) - start) / (min(rmse) - start)
    return _(
        "The axes do not begin at zero: the tallest RMSE bar is drawn {drawn:.1f} times as high as the "
        "shortest, while the error it stands for is only {spread} larger.",
        drawn=drawn,
        spread=_spread(rmse),
    )


def _finding(both: list[list[float]]) -> str:
    errors = [
        _("{short} {rmse:.4f} and {mae:.4f}", short=model.short.replace("<br>", " "), rmse=rmse, mae=mae)
        for model, rmse, mae in zip(MODELS, *both, strict=True)
    ]
    return _("RMSE and MAE of five models: {errors}.", errors="; ".join(errors))
