"""What is learned of a person against how much they like what they are shown, by who asks and along the slider."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reelrec.ui.dashboards.interview.askers import asker, default, named, own
from reelrec.ui.dashboards.parts.figures import CLEAR, INK, LEGEND, SMALL, axis, layout, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.labels import Place, sides
from reelrec.ui.dashboards.parts.reading import in_order, measured_at, number, rows, texts

HEIGHT = 460
WIDE, HIGH = 270, 370  # px, what the axes leave on a phone
BETWEEN = 8  # parts of a line
ROOM = 0.1  # around all points, in parts of their spread
Point = tuple[float, float]  # stars, log loss


def front(report: dict) -> Drawing:
    """Log loss after all screens over the mean stars of what was shown and seen."""
    slides, who = _slides(report), default(report)
    losses, stars = rows(report, "screens_nll"), rows(report, "screens_stars")
    last = in_order(losses[who])[-1]
    learned, enjoyed = measured_at(losses, last), measured_at(stars, last)
    alone = {name: (enjoyed[name].value, learned[name].value) for name in own(learned) if name not in slides}
    slide = slides[who]
    first, end = slide[0], slide[-1]
    said = (
        f"Along the slider the films that {named(who)} shows go from {first[0]:.2f} to {end[0]:.2f} stars, and the log "
        f"loss after {last} screens from {first[1]:.3f} to {end[1]:.3f}"
    )
    return Drawing(
        "What tells most need not be what one loves. Further up more is learned; further right people liked "
        "better what they were shown and had seen. The lines are the slider on Rate, from “learn” to “enjoy”; the "
        f"single points have no slider. {said}. {_beaten(slide, alone)}",
        (Chart(_figure(slides, alone, who), f"Learning against enjoyment. {said}.".replace("\\", "")),),
    )


def _slides(report: dict) -> dict[str, list[Point]]:
    """By name, from learning to enjoyment."""
    found: dict[str, list[tuple[float, Point]]] = {}
    for one in report["pareto"]:
        place, stars, loss = (number(one[key]) for key in ("enjoyment", "stars", "nll"))
        found.setdefault(texts(one["policy"])[0], []).append((place, (stars, loss)))
    return {name: [point for _, point in sorted(of)] for name, of in found.items()}


def _beaten(slide: Sequence[Point], alone: dict[str, Point]) -> str:
    """How many single points some place of the slider is better than in both."""
    beaten = [one for one in alone.values() if any(x > one[0] and y < one[1] for x, y in slide)]
    return f"Of the {len(alone)} others, {len(beaten)} are beaten in both at once by a place on that line."


def _figure(slides: dict[str, list[Point]], alone: dict[str, Point], who: str) -> dict:
    every = [point for of in slides.values() for point in of] + list(alone.values())
    (left, right), (best, worst) = (_around(values) for values in zip(*every, strict=True))

    def placed(point: Point) -> Place:
        return (point[0] - left) / (right - left) * WIDE, (worst - point[1]) / (worst - best) * HIGH

    labelled = {"learn": slides[who][0], "enjoy": slides[who][-1]}
    labelled |= {asker(name).name: point for name, point in alone.items()}
    marks = [placed(point) for point in (*alone.values(), *(part for of in slides.values() for part in _along(of)))]
    beside = sides({label: placed(point) for label, point in labelled.items()}, marks, WIDE, HIGH)
    ends = [_end(label, labelled[label], beside[label]) for label in ("learn", "enjoy")]
    return {
        "data": [
            *(_slide(name, of) for name, of in slides.items()),
            *(_single(name, point, beside[asker(name).name]) for name, point in alone.items()),
            *ends,
        ],
        "layout": layout(
            HEIGHT, margin={"l": 0, "r": 0, "t": 30, "b": 0}, showlegend=True, legend=LEGEND | {"y": 1.07},
            xaxis=axis("mean stars of the films shown", range=[left, right], tickformat=".1f", nticks=6),
            yaxis=axis(range=[worst, best], tickformat=".2f", nticks=7),
            annotations=[note("log loss, less is further up", 0, 1.01)],
        ),
    }  # fmt: skip


def _along(slide: Sequence[Point]) -> list[Point]:
    """Points on its line, so near each other that no label fits between."""
    parts = [
        (x + (right - x) * place / BETWEEN, y + (end - y) * place / BETWEEN)
        for (x, y), (right, end) in pairwise(slide)
        for place in range(BETWEEN)
    ]
    return [*parts, slide[-1]]


def _around(values: Sequence[float]) -> tuple[float, float]:
    """Their lowest and highest, with room."""
    pad = (max(values) - min(values) or 1e-3) * ROOM
    return min(values) - pad, max(values) + pad


def _slide(name: str, points: list[Point]) -> dict:
    shown = asker(name)
    return _trace(points, words(shown.name)) | {
        "mode": "lines+markers", "name": words(shown.name),
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
    }  # fmt: skip


def _single(name: str, point: Point, side: str) -> dict:
    shown = asker(name)
    return _trace([point], words(shown.name)) | _words(shown.name, point, side) | {
        "mode": "markers+text", "marker": {"color": shown.colour, "symbol": shown.marker, "size": 9},
    }  # fmt: skip


def _trace(points: list[Point], name: str) -> dict:
    return {
        "type": "scatter", "x": [x for x, _ in points], "y": [y for _, y in points], "hoverinfo": "text",
        "hovertext": [f"{name}: {x:.2f} stars, log loss {y:.3f}" for x, y in points],
    }  # fmt: skip


def _end(label: str, point: Point, side: str) -> dict:
    """A word at an end of the slider; the marker keeps it off the line."""
    return _words(label, point, side) | {
        "mode": "markers+text",
        "hoverinfo": "skip",
        "marker": {"color": CLEAR, "size": 9},
    }


def _words(label: str, point: Point, side: str) -> dict:
    return {
        "type": "scatter", "x": [point[0]], "y": [point[1]], "text": [words(label)],
        "textposition": side, "textfont": {"size": SMALL, "color": INK}, "cliponaxis": False, "showlegend": False,
    }  # fmt: skip
