"""How much is learned of a person against how much they like what they are shown, by policy and along the slider."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.interview.policies import default, named, own, policy_look
from reelrec.ui.dashboards.parts.figures import CLEAR, INK, LEGEND, SMALL, axis, layout, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.labels import Place, sides
from reelrec.ui.dashboards.parts.reading import Report, in_order, measured_at, number, rows, string

HEIGHT = 460
WIDE, HIGH = 235, 370  # px, what the axes leave on a phone
BETWEEN = 8  # parts of a line
ROOM = 0.1  # around all points, in parts of their spread
Point = tuple[float, float]  # (stars, log loss)


def front(report: Report) -> Drawing:
    """Log loss after all screens over the mean stars of the films that were shown and seen."""
    slides, policy = _slides(report), default(report)
    losses, stars = rows(report, "screens_nll"), rows(report, "screens_stars")
    last = in_order(losses[policy])[-1]
    learned, enjoyed = measured_at(losses, last), measured_at(stars, last)
    alone = {name: (enjoyed[name].value, learned[name].value) for name in own(learned) if name not in slides}
    slide = slides[policy]
    first, end = slide[0], slide[-1]
    finding = _(
        "Along the slider the films that {named} shows go from {low:.2f} to {high:.2f} stars, and "
        "the log loss from {first:.3f} to {last:.3f}",
        named=named(policy),
        low=first[0],
        high=end[0],
        first=first[1],
        last=end[1],
    )
    alt = _("Learning against enjoyment. {finding}.", finding=finding).replace("\\", "")
    return Drawing(
        finding,
        _("Further up more is learned; further right people liked better what they were shown and had seen.")
        + f" {_beaten(slide, alone)}",
        (Chart(_figure(slides, alone, policy), alt),),
        (_points(slides, alone, alt),),
        _(
            "What tells most need not be what one loves. The lines are the slider on Rate, from “learn” to "
            "“enjoy”; the single points have no slider. All after {last} screens.",
            last=last,
        ),
    )


def _points(slides: dict[str, list[Point]], alone: dict[str, Point], alt: str) -> Table:
    cells = [(named(name), digits(x, ".2f"), digits(y, ".3f")) for name, points in slides.items() for x, y in points]
    cells += [(named(name), digits(x, ".2f"), digits(y, ".3f")) for name, (x, y) in alone.items()]
    return Table((_("Asked by"), _("Stars of the films shown"), _("Log loss")), cells, alt)


def _slides(report: Report) -> dict[str, list[Point]]:
    """The points of the slider, from learning to enjoyment, by policy."""
    places: dict[str, list[tuple[float, Point]]] = {}
    for entry in report["pareto"]:
        place, stars, loss = (number(entry[key]) for key in ("enjoyment", "stars", "nll"))
        places.setdefault(string(entry["policy"]), []).append((place, (stars, loss)))
    return {name: [point for _place, point in sorted(on_slider)] for name, on_slider in places.items()}


def _beaten(slide: Sequence[Point], alone: dict[str, Point]) -> str:
    """A sentence on how many single points are worse in both than some place of the slider."""
    beaten = [point for point in alone.values() if any(x > point[0] and y < point[1] for x, y in slide)]
    return _(
        "Of the {alone} others, {beaten} are beaten in both at once by a place on that line.",
        alone=len(alone),
        beaten=len(beaten),
    )


def _figure(slides: dict[str, list[Point]], alone: dict[str, Point], policy: str) -> dict[str, Any]:
    every = [point for points in slides.values() for point in points] + list(alone.values())
    (left, right), (best, worst) = (_around(values) for values in zip(*every, strict=True))

    def placed(point: Point) -> Place:
        return (point[0] - left) / (right - left) * WIDE, (worst - point[1]) / (worst - best) * HIGH

    learn, enjoy = _("learn"), _("enjoy")
    labelled = {learn: slides[policy][0], enjoy: slides[policy][-1]}
    labelled |= {policy_look(name).name: point for name, point in alone.items()}
    marks = [
        placed(point) for point in (*alone.values(), *(part for points in slides.values() for part in _along(points)))
    ]
    beside = sides({label: placed(point) for label, point in labelled.items()}, marks, WIDE, HIGH)
    ends = [_end(label, labelled[label], beside[label]) for label in (learn, enjoy)]
    return {
        "data": [
            *(_slide(name, points) for name, points in slides.items()),
            *(_single(name, point, beside[policy_look(name).name]) for name, point in alone.items()),
            *ends,
        ],
        "layout": layout(
            HEIGHT, margin={"l": 0, "r": 0, "t": 30, "b": 0}, showlegend=True, legend=LEGEND | {"y": 1.07},
            xaxis=axis(_("mean stars of the films shown"), range=[left, right], tickformat=".1f", nticks=6),
            yaxis=axis(range=[worst, best], tickformat=".2f", nticks=7),
            annotations=[note(_("log loss, less is further up"), 0, 1.01)],
        ),
    }  # fmt: skip


def _along(slide: Sequence[Point]) -> list[Point]:
    """Points on the slider's line, so close that no label fits between two of them."""
    parts = [
        (x + (right - x) * place / BETWEEN, y + (end - y) * place / BETWEEN)
        for (x, y), (right, end) in pairwise(slide)
        for place in range(BETWEEN)
    ]
    return [*parts, slide[-1]]


def _around(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest value, with room around."""
    pad = (max(values) - min(values) or 1e-3) * ROOM
    return min(values) - pad, max(values) + pad


def _slide(name: str, points: list[Point]) -> dict[str, Any]:
    shown = policy_look(name)
    return _trace(points, words(shown.name)) | {
        "mode": "lines+markers", "name": words(shown.name),
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
    }  # fmt: skip


def _single(name: str, point: Point, side: str) -> dict[str, Any]:
    shown = policy_look(name)
    return _trace([point], words(shown.name)) | _words(shown.name, point, side) | {
        "mode": "markers+text", "marker": {"color": shown.colour, "symbol": shown.marker, "size": 9},
    }  # fmt: skip


def _trace(points: list[Point], name: str) -> dict[str, Any]:
    return {
        "type": "scatter", "x": [x for x, _ in points], "y": [y for _, y in points], "hoverinfo": "text",
        "hovertext": [_("{name}: {x:.2f} stars, log loss {y:.3f}", name=name, x=x, y=y) for x, y in points],
    }  # fmt: skip


def _end(label: str, point: Point, side: str) -> dict[str, Any]:
    """A word at an end of the slider; the marker keeps it off the line."""
    return _words(label, point, side) | {
        "mode": "markers+text",
        "hoverinfo": "skip",
        "marker": {"color": CLEAR, "size": 9},
    }


def _words(label: str, point: Point, side: str) -> dict[str, Any]:
    return {
        "type": "scatter", "x": [point[0]], "y": [point[1]], "text": [words(label)],
        "textposition": side, "textfont": {"size": SMALL, "color": INK}, "cliponaxis": False, "showlegend": False,
    }  # fmt: skip
