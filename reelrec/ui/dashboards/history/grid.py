"""The notebook's grid search: the RMSE of every setting, as a map."""

from __future__ import annotations

from typing import Any

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts.figures import CLEAR, axis, layout, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.reading import Report, number

SETTINGS = {
    "n_factors": N_("the number of factors"), "n_epochs": N_("the number of epochs"),
    "lr_all": N_("the learning rate"),
    "reg_all": N_("regularisation"),
}  # fmt: skip
CHOSEN = (100, 30, 0.005, 0.1)  # by the notebook
SCALE = [[0.0, "#dd7650"], [0.3, "#eba988"], [1.0, "#f8efe2"]]  # the lower the error, the stronger
DARK = "#211d18"  # of the words on all of these colours, in either theme
Setting = tuple[float, ...]  # in the order of SETTINGS
Cells = dict[Setting, float]  # RMSE by setting


def settings(report: Report) -> Drawing:
    """All settings as a map: factors and epochs down, learning rate and regularisation across; the best is marked."""
    cells: Cells = {}
    for row in report["grid"]:
        setting = {name: number(row[name]) for name in SETTINGS}
        cells[tuple(setting.values())] = number(row["rmse"])
    down = sorted({key[:2] for key in cells})
    over = sorted({key[2:] for key in cells})
    best = min(cells, key=cells.__getitem__)
    lowest, worst = cells[best], max(cells.values())
    moves = {name: _range(cells, best, place) for place, name in enumerate(map(_, SETTINGS.values()))}
    most, least = max(moves, key=moves.__getitem__), min(moves, key=moves.__getitem__)
    finding = N_("Of {n} settings the best is the notebook’s choice: {lowest:.4f}")
    if best != CHOSEN:
        finding = N_("Of {n} settings the best is not the notebook’s choice: {lowest:.4f}")
    return Drawing(
        _(finding, n=len(cells), lowest=lowest),
        _(
            "It has {in_words}; the worst has {worst:.4f}. From there {most} matters most, moving the error by "
            "{moves_most:.4f}, and {least} least, by {moves_least:.4f}.",
            in_words=_in_words(best),
            worst=worst,
            most=most,
            moves_most=moves[most],
            least=least,
            moves_least=moves[least],
        ),
        (
            Chart(
                _map(cells, down, over, best),
                _(
                    "RMSE of {cells} settings, from {lowest:.4f} with {in_words} to {worst:.4f}.",
                    cells=len(cells),
                    lowest=lowest,
                    in_words=_in_words(best),
                    worst=worst,
                ),
            ),
        ),
    )


def _range(cells: Cells, best: Setting, place: int) -> float:
    """How far the RMSE moves when only the parameter at this place of the best setting is changed."""
    along = [rmse for at, rmse in cells.items() if all(at[i] == best[i] for i in range(len(best)) if i != place)]
    return max(along) - min(along)


def _in_words(setting: Setting) -> str:
    factors, epochs, rate, reg = setting
    return _(
        "{factors:g} factors, {epochs:g} epochs, learning rate {rate:g} and regularisation {reg:g}",
        factors=factors,
        epochs=epochs,
        rate=rate,
        reg=reg,
    )


def _map(cells: Cells, down: list[Setting], over: list[Setting], best: Setting) -> dict[str, Any]:
    at = (over.index(best[2:]), down.index(best[:2]))
    return {
        "data": [
            {
                "type": "heatmap", "x": list(range(len(over))), "y": list(range(len(down))),
                "z": [[cells.get((*row, *column)) for column in over] for row in down],
                "text": [[_cell(cells, (*row, *column), best) for column in over] for row in down],
                "texttemplate": "%{text}", "textfont": {"size": 11, "color": DARK}, "colorscale": SCALE,
                "showscale": False, "xgap": 2, "ygap": 2, "hoverinfo": "skip", "hoverongaps": False,
            }
        ],
        "layout": layout(
            405,
            xaxis=axis(
                _("learning rate, regularisation below"),
                tickvals=list(range(len(over))),
                ticktext=["<br>".join(digits(value, "g") for value in column) for column in over],
                showgrid=False,
            ),
            yaxis=axis(
                tickvals=list(range(len(down))), ticktext=[f"{factors:g} × {epochs:g}" for factors, epochs in down],
                autorange="reversed", showgrid=False,
            ),
            shapes=[{
                "type": "rect", "x0": at[0] - 0.45, "x1": at[0] + 0.45, "y0": at[1] - 0.45, "y1": at[1] + 0.45,
                "line": {"width": 2, "color": DARK}, "fillcolor": CLEAR,
            }],
            annotations=[note(_("factors × epochs"), 0, 1.01)], margin={"l": 0, "r": 0, "t": 30, "b": 0},
        ),
    }  # fmt: skip


def _cell(cells: Cells, setting: Setting, best: Setting) -> str:
    rmse = digits(cells[setting], ".4f").lstrip("0") if setting in cells else ""
    return f"★<br>{rmse}" if setting == best else rmse
