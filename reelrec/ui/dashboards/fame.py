"""Well-known films and obscure ones: how far off the stars are, and whether the ranges hold for both."""

from __future__ import annotations

import streamlit as st

from reelrec import app
from reelrec.ui import text
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LOOKS, SECOND, Look, called, look, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines
from reelrec.ui.dashboards.parts.reading import Known, Row, number, rows, share, texts

COMMAND = "python -m reelrec evaluate new-users"
KNOWN = ("20", "all")
RANGES = {
    50: Look("50% ranges", LOOKS["knn"].colour, "circle", "solid"),
    80: Look("80% ranges", LOOKS["bmf"].colour, "diamond", "solid"),
    90: Look("90% ranges", SECOND, "square", "solid"),
}


@st.fragment
def draw() -> None:
    with frame.card("Well-known films and obscure ones"):
        known = frame.choose("Ratings known", KNOWN, "doubt-known")
        frame.draw("doubt-fame", lambda: by_fame(frame.report("new-users"), known), COMMAND, frame.CLOSED)


def by_fame(report: dict, known: str) -> Drawing:
    """The error by a film's ratings in training, and the share of ratings inside the ranges there."""
    k: Known = known if known == "all" else int(known)
    errors: dict[str, dict[str, Row]] = {}
    for found in report["by_popularity"]:
        if found["k"] == k:
            model, band = texts(found["model"], found["band"])
            value = number(found["rmse"])
            errors.setdefault(model, {})[band] = Row(value, value, value, int(number(found["n"])))
    bands = list(dict.fromkeys(band for of in errors.values() for band in of))
    drawn = [Line(model, [of.get(band) for band in bands]) for model, of in errors.items()]
    ticks = [words(band).replace("-", "–<br>") for band in bands]
    figure = lines(drawn, ticks, "ratings a film has in training", "RMSE in stars", ".3f")
    least, most = (
        min((of[band].value, model) for model, of in errors.items() if band in of) for band in (bands[0], bands[-1])
    )
    name = look(sure_model(report)).name
    return Drawing(
        f"Of films with {text.plain(bands[0])} ratings {called(least[1])} is off least ({least[0]:.3f}), of those "
        f"with {text.plain(bands[-1])} {called(most[1])} ({most[0]:.3f}). The table says whether {text.plain(name)}’s "
        "ranges hold for all of them alike.",
        (
            Chart(
                figure, f"Errors by a film’s ratings: least {least[0]:.3f} among the obscure, {most[0]:.3f} at last."
            ),
            Table(
                ("Ratings of the film", *(f"in {percent}% ranges" for percent in RANGES)),
                _held(report, k),
                f"Share of ratings inside {name}’s ranges, by the film’s ratings.",
            ),
        ),
    )


def _held(report: dict, k: Known) -> list[tuple[str, ...]]:
    """A row for each band: the band, and the share inside each range."""
    held: dict[str, dict[float, float]] = {}
    for found in report["calibration"]["by_popularity"]:
        if (found["k"], found["model"]) == (k, sure_model(report)):
            held.setdefault(*texts(found["band"]), {})[number(found["share"])] = number(found["covered"])
    return [(text.plain(band), *(share(of[percent]) for percent in RANGES)) for band, of in held.items()]


def sure_model(report: dict) -> str:
    """The model whose doubt is looked at: the one whose stars are shown, or else the first that has any."""
    able = rows(report, "coverage80")
    return app.STARS_MODEL if app.STARS_MODEL in able else next(iter(able))
