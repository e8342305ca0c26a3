"""The notebook's grid search: the RMSE of every setting, as a map."""

from __future__ import annotations

from typing import Any

from reelrec.ui.dashboards.parts.figures import CLEAR, axis, layout, note
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.reading import Report, number

SETTINGS = {
    "n_factors": "the number of factors", "n_epochs": "the number of epochs", "lr_all": "the learning rate",
    "reg_all": "regularisation",
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
    moves = {name: _range(cells, best, place) for place, name in enumerate(SETTINGS.values())}
    most, least = max(moves, key=moves.__getitem__), min(moves, key=moves.__getitem__)
    chosen = "the notebook’s choice" if best == CHOSEN else "not the notebook’s choice"
    return Drawing(
        f"Of {len(cells)} settings the best is {chosen}: {lowest:.4f}",
        f"It has {_in_words(best)}; the worst has {worst:.4f}. From there {most} matters most, moving the error by "
        f"{moves[most]:.4f}, and {least} least, by {moves[least]:.4f}.",
        (
            Chart(
                _map(cells, down, over, best),
                f"RMSE of {len(cells)} settings, from {lowest:.4f} with {_in_words(best)} to {worst:.4f}.",
            ),
        ),
    )


def _range(cells: Cells, best: Setting, place: int) -> float:
    """How far the RMSE moves when only the parameter at this place of the best setting is changed."""
    along = [rmse for at, rmse in cells.items() if all(at[i] == best[i] for i in range(len(best)) if i != place)]
    return max(along) - min(along)


def _in_words(setting: Setting) -> str:
    factors, epochs, rate, reg = setting
    return f"{factors:g} factors, {epochs:g} epochs, learning rate {rate:g} and regularisation {reg:g}"


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
                "learning rate, regularisation below",
                tickvals=list(range(len(over))), ticktext=[f"{rate:g}<br>{reg:g}" for rate, reg in over],
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
            annotations=[note("factors × epochs", 0, 1.01)], margin={"l": 0, "r": 0, "t": 30, "b": 0},
        ),
    }  # fmt: skip


def _cell(cells: Cells, setting: Setting, best: Setting) -> str:
    rmse = f"{cells[setting]:.4f}".lstrip("0") if setting in cells else ""
    return f"★<br>{rmse}" if setting == best else rmse
