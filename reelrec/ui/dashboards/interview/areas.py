"""The areas under the log loss, less that of A-optimal: which differ by more than chance, and what a part is worth."""

from __future__ import annotations

from reelrec.ui.dashboards.interview.askers import ABLATIONS, DESIGNED, LEARNED, asker, named
from reelrec.ui.dashboards.parts.figures import CLEAR, INK, axis, layout, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import Row, listed, measured_at, number, rows, texts

Found = dict[str, tuple[Row, float, bool]]  # difference, Holm's p-value, whether it stands


def held_against(report: dict) -> Drawing:
    """All differences as points with intervals; those of trainings and ablations as numbers."""
    found = _found(report)
    own = measured_at(rows(report, "area"), None)
    standing = [name for name, (_, _, stands) in found.items() if stands]
    better = [name for name in standing if found[name][0].value < 0]
    said = f"{len(standing)} of {len(found)} differences stand"
    if better:
        said += f"; better than A-optimal: {listed(map(named, better))}"
    cells = [
        (
            named(name),
            f"{own[name].value:.4f}",
            f"{found[name][0].value:+.4f} ({found[name][0].low:+.4f} to {found[name][0].high:+.4f})",
            f"{found[name][1]:.3f}{', stands' if found[name][2] else ''}",
        )
        for name in (LEARNED, *ABLATIONS)
        if name in found
    ]
    return Drawing(
        f"The area is the mean log loss after one to five screens; A-optimal’s is {own[DESIGNED].value:.4f}, and less "
        "is better. **Without P(seen)** does as if everybody had seen everything; **from one draw** believes one guess "
        "at the films instead of many; **from a random start** does not begin as A-optimal; the **other seeds** are "
        "the same training by other chance. With so many differences some would look real by chance, so they are "
        f"tested together (Holm): {said}. Those that stand are filled.",
        (
            Chart(_forest(found), f"Areas less A-optimal’s, with intervals: {said}.".replace("\\", "")),
            Table(("Changed", "Area", "To A-optimal’s", "p"), cells, f"Areas of trainings and ablations; {said}."),
        ),
    )


def _found(report: dict) -> Found:
    """By name, the best first. Raises LookupError, TypeError or ValueError."""
    found = {
        texts(one["model"])[0]: (
            Row(*(number(one[key]) for key in ("value", "low", "high"))),
            number(one["p_holm"]),
            one["stands"] is True,
        )
        for one in report["areas"][DESIGNED]
    }
    if not found:
        raise LookupError("Nothing was held against A-optimal.")
    return dict(sorted(found.items(), key=lambda pair: pair[1][0].value))


def _forest(found: Found) -> dict:
    """A point with its interval a row, the best on top."""
    names, points = list(found), [row for row, _, _ in found.values()]
    colours = [asker(name).colour for name in names]
    return {
        "data": [
            {
                "type": "scatter", "mode": "markers", "x": [row.value], "y": [place], "hoverinfo": "text",
                "error_x": {
                    "type": "data", "symmetric": False, "thickness": 1.4, "width": 0, "color": colour,
                    "array": [row.high - row.value], "arrayminus": [row.value - row.low],
                },
                "marker": {
                    "color": colour if stands else CLEAR, "size": 9, "symbol": "circle",
                    "line": {"color": colour, "width": 1.8},
                },
                "hovertext": [f"{words(asker(name).name)}: {row.value:+.4f} ({row.low:+.4f} to {row.high:+.4f})"],
            }
            for place, (name, colour, row, (_, _, stands)) in enumerate(
                zip(names, colours, points, found.values(), strict=True)
            )
        ],
        "layout": layout(
            26 * len(names) + 50, margin={"l": 0, "r": 8, "t": 4, "b": 0},
            xaxis=axis("area less A-optimal’s", tickformat="+.2f", nticks=5),
            yaxis=axis(
                range=[len(names) - 0.4, -0.6], tickvals=list(range(len(names))), showgrid=False,
                ticktext=[words(asker(name).name) for name in names],
            ),
            shapes=[
                {"type": "line", "yref": "paper", "x0": 0, "x1": 0, "y0": 0, "y1": 1,
                 "line": {"dash": "dot", "width": 1.5, "color": INK}}
            ],
        ),
    }  # fmt: skip
