"""The weights of the blend that gives the stars, by how many ratings of the visitor are known."""

from __future__ import annotations

from typing import Any

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.parts.figures import LEGEND, axis, called, layout, look, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Report, listed, number, share, string

COMMAND = "python -m reelrec bench models --json artifacts/metrics/cost.json"
ALIKE = N_("Members say much the same, so leaving one out costs little: the others take its place.")
COLUMNS = (N_("Member"), N_("Its largest weight"), N_("Left out, the error grows by"))


def drawing(cost: Report) -> Drawing:
    """The weights as bands, which add up to 1 at every number of ratings. cost: the JSON of `bench models`."""
    ratings = [digits(number(known), "g") for known in cost["blend"]["ratings"]]
    weights = {string(name): [number(w) for w in values] for name, values in cost["blend"]["weights"].items()}
    costs = {string(name): [number(c) for c in values] for name, values in cost["blend"]["costs"].items()}
    if not ratings or any(len(values) != len(ratings) for values in (*weights.values(), *costs.values())):
        raise LookupError("A weight is missing at some number of ratings.")
    leads = [max(weights, key=lambda name: weights[name][place]) for place in range(len(ratings))]
    weighted = [name for name in weights if any(weights[name])]
    figure = {
        "data": [_band(name, ratings, weights[name]) for name in weighted],
        "layout": layout(
            320, margin={"l": 0, "r": 0, "t": 30, "b": 0}, showlegend=True, legend=LEGEND | {"y": 1.1},
            xaxis=axis(_("ratings known"), type="category", showgrid=False),
            yaxis=axis(range=[0, 1], tickformat=".0%"), annotations=[note(_("weight"), 0, 1.01)],
        ),
    }  # fmt: skip
    rows = [(called(name), share(max(weights[name]), 0), _most(costs[name])) for name in weights]
    finding = _phases(leads, ratings)
    idle = [name for name in weights if name not in weighted]
    return Drawing(
        finding,
        " ".join(filter(None, (_(ALIKE), _idle(idle)))),
        (Chart(figure, _("Weight of each member by ratings known. {finding}.", finding=finding).replace("\\", "")),),
        (_table(rows, costs),),
        _(
            "The weights were learned from people whose ratings taught no member its own; they only said when two of "
            "them should stop learning. No weight may be negative."
        ),
    )


def _band(name: str, ratings: list[str], weights: list[float]) -> dict[str, Any]:
    shown = look(name)
    return {
        "type": "scatter", "mode": "lines", "stackgroup": "blend", "name": words(shown.name), "x": ratings,
        "y": weights, "line": {"color": shown.colour, "width": 1}, "hoverinfo": "text",
        "hovertext": [
            _("{model}, {n} ratings: {weight}", model=words(shown.name), n=n, weight=share(w, 0))
            for n, w in zip(ratings, weights, strict=True)
        ],
    }  # fmt: skip


def _table(cells: list[tuple[str, str, str]], costs: dict[str, list[float]]) -> Table:
    dearest = max(costs, key=lambda name: max(costs[name]))
    return Table(
        COLUMNS,
        cells,
        _("Members of the blend; the one that would be missed most is {model}.", model=look(dearest).name),
    )


def _most(costs: list[float]) -> str:
    """The largest cost at any number of ratings."""
    return _("{value:.4f} stars", value=max(0.0, *costs))


def _phases(leaders: list[str], ratings: list[str]) -> str:
    """Which member has the largest weight, from how many ratings on. leaders: one for each number of ratings."""
    starts = [place for place, name in enumerate(leaders) if place == 0 or name != leaders[place - 1]]
    parts = [_("{model} from {n}", model=called(leaders[place]), n=ratings[place]) for place in starts]
    return _("Largest weight in the blend: {parts}", parts=listed(parts))


def _idle(models: list[str]) -> str:
    return _("Without any: {models}.", models=listed(map(called, models))) if models else ""
