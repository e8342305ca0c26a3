"""Well-known films and obscure ones: the error of the stars, and whether the ranges hold for both."""

from __future__ import annotations

import re

from reelrec import app
from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui import text
from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LOOKS, SECOND, Look, called, look, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.lines import Line, lines, numbers
from reelrec.ui.dashboards.parts.reading import Known, Report, Row, number, rows, share, string
from reelrec.ui.frame import turn

COMMAND = "python -m reelrec evaluate new-users"
KNOWN = ("20", N_("all"))
SAME = N_("{model} is off least for obscure films ({low:.3f}), and for the best known ({high:.3f})")
OTHER = N_("{model} is off least for obscure films ({low:.3f}), {rival} for the best known ({high:.3f})")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
RANGES = {
    50: Look(N_("50% ranges"), LOOKS["knn"].colour, "circle", "solid"),
    80: Look(N_("80% ranges"), LOOKS["bmf"].colour, "diamond", "solid"),
    90: Look(N_("90% ranges"), SECOND, "square", "solid"),
}


@turn.fragment()
def draw() -> None:
    with frame.card(_("Well-known films and obscure ones")):
        known = frame.choose(_("Ratings known"), KNOWN, "doubt-known")
        frame.draw("doubt-fame", lambda: by_fame(frame.report("new-users"), known), COMMAND, frame.CLOSED)


def by_fame(report: Report, known: str) -> Drawing:
    """The error by a film's number of training ratings, and the share of ratings inside the ranges there."""
    k: Known = known if known == "all" else int(known)
    errors: dict[str, dict[str, Row]] = {}
    for entry in report["by_popularity"]:
        if entry["k"] == k:
            error = Row.exact(number(entry["rmse"]), int(number(entry["n"])))
            errors.setdefault(string(entry["model"]), {})[string(entry["band"])] = error
    bands = list(dict.fromkeys(band for by_band in errors.values() for band in by_band))
    drawn = [Line(model, [by_band.get(band) for band in bands]) for model, by_band in errors.items()]
    ticks = [words(_band(band)).replace("-", "–<br>") for band in bands]
    figure = lines(drawn, ticks, _("ratings a film has in training"), _("RMSE in stars"), ".3f")
    obscure, known_best = (_least(errors, band) for band in (bands[0], bands[-1]))
    low, high = errors[obscure][bands[0]].value, errors[known_best][bands[-1]].value
    name = look(sure_model(report)).name
    alt = _("Errors by a film’s ratings: least {low:.3f} among the obscure, {high:.3f} at last.", low=low, high=high)
    return Drawing(
        _(
            SAME if known_best == obscure else OTHER,
            model=called(obscure),
            rival=called(known_best),
            low=low,
            high=high,
        ),
        _(
            "RMSE by the number of ratings that a film has in training. The numbers say whether {name}’s ranges "
            "hold for all films alike.",
            name=text.plain(name),
        ),
        (Chart(figure, alt),),
        (
            *numbers(drawn, [text.plain(_band(band)) for band in bands], ".3f", alt, _("RMSE, by the film’s ratings")),
            Table(
                (_("Ratings of the film"), *(_("in {percent}% ranges", percent=percent) for percent in RANGES)),
                _held(report, k),
                _("Share of ratings inside {name}’s ranges, by the film’s ratings.", name=name),
            ),
        ),
    )


def _band(band: str) -> str:
    """The ratings that films of a band have, "1,000-4,999", with the language's marks."""
    return THOUSANDS.sub(lambda found: digits(int(found[0].replace(",", "")), ",d"), band)


def _least(errors: dict[str, dict[str, Row]], band: str) -> str:
    """The model with the smallest error for films of this band."""
    return min((by_band[band].value, model) for model, by_band in errors.items() if band in by_band)[1]


def _held(report: Report, k: Known) -> list[tuple[str, ...]]:
    """A row for each band: the band, and the share inside each range."""
    by_band: dict[str, dict[float, float]] = {}
    for entry in report["calibration"]["by_popularity"]:
        if (entry["k"], entry["model"]) == (k, sure_model(report)):
            by_band.setdefault(string(entry["band"]), {})[number(entry["share"])] = number(entry["covered"])
    return [
        (text.plain(_band(band)), *(share(shares[percent]) for percent in RANGES)) for band, shares in by_band.items()
    ]


def sure_model(report: Report) -> str:
    """The model whose ranges are shown: the one whose stars the app shows, or else the first that has ranges."""
    models = rows(report, "coverage80")
    return app.STARS_MODEL if app.STARS_MODEL in models else next(iter(models))
