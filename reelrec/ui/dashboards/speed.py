"""How long training takes: by the number of ratings, and beside myFM."""

from __future__ import annotations

from reelrec.ui.dashboards.parts import frame
from reelrec.ui.dashboards.parts.figures import LEGEND, axis, called, layout, look, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.reading import number, texts
from reelrec.ui.text import plain

COMMAND = "python -m reelrec bench train --json artifacts/metrics/train.json"
Point = tuple[float, float]  # ratings, minutes


def draw() -> None:
    frame.section(
        "speed",
        "How long a model learns, by how many ratings it learns from: what cannot be done again, cannot be checked.",
    )
    with frame.card("Time against ratings"):
        frame.draw("speed-train", lambda: training(frame.report("train")), COMMAND, frame.CLOSED)
    with frame.card("The same from a known library"):
        frame.draw("speed-peer", lambda: beside(frame.report("train")), COMMAND, frame.RERUN)


def training(report: dict) -> Drawing:
    """Minutes over ratings, both axes logarithmic. Rows have model, ratings and seconds."""
    found: dict[str, list[Point]] = {}
    for row in report["rows"]:
        of = found.setdefault(*texts(row["model"]), [])
        of.append((number(row["ratings"]), number(row["seconds"]) / 60))
    longest = max(found, key=lambda model: max(found[model]))
    (few, soon), (many, late) = (end(found[longest]) for end in (min, max))
    times, growth = many / few, late / soon
    said = f"{called(longest)} takes {late:,.1f} minutes for {many:,.0f} ratings on {_machine(report['machine'])}"
    peak = max(number(row["peak_gb"]) for row in report["rows"])
    said += f"; with {times:,.0f} times the ratings it takes {growth:,.0f} times as long." if times > 1 else "."
    said += f" At its peak it holds {peak:,.1f} GB."
    figure = {
        "data": [_trace(model, sorted(points)) for model, points in found.items()],
        "layout": layout(
            320, margin={"l": 0, "r": 0, "t": 30, "b": 0}, showlegend=len(found) > 1, legend=LEGEND | {"y": 1.1},
            xaxis=axis("ratings", type="log", tickformat="~s", dtick=1, showgrid=False),
            yaxis=axis(type="log", tickformat="~g"), annotations=[note("minutes", 0, 1.01)],
        ),
    }  # fmt: skip
    return Drawing(said, (Chart(figure, f"Minutes of training by ratings. {said}".replace("\\", "")),))


def beside(report: dict) -> Drawing:
    """Our sampler and myFM on the notebook's split: the same features, factors and sweeps."""
    ours, theirs = report["peer"]
    models = texts(ours["model"], theirs["model"])
    errors, seconds = ([number(row[name]) for row in (ours, theirs)] for name in ("rmse", "seconds"))
    us, them = map(called, models)
    away = errors[0] - errors[1]
    return Drawing(
        f"{them} samples a model of this kind too. Both are told person, film, genres and years of the notebook’s "
        f"split, and both get as many factors and as many sweeps. {us} is off by {abs(away):.4f} stars "
        f"{'more' if away > 0 else 'less'} than {them}, in {seconds[0] / seconds[1]:.1f} times its time.",
        (
            Table(
                ("", "RMSE", "Seconds"),
                [(us, errors[0], f"{seconds[0]:,.1f}"), (them, errors[1], f"{seconds[1]:,.1f}")],
                f"RMSE {errors[0]:.4f} against {errors[1]:.4f}, in {seconds[0]:,.1f} and {seconds[1]:,.1f} seconds.",
            ),
        ),
    )


def _machine(machine: dict) -> str:
    """ "2 cores", and the GPU if one was used."""
    gpu = machine["gpu"]
    return f"{number(machine['cores']):g} cores" + (f" and a GPU ({plain(*texts(gpu))})" if gpu is not None else "")


def _trace(model: str, points: list[Point]) -> dict:
    shown = look(model)
    return {
        "type": "scatter", "mode": "lines+markers", "name": words(shown.name), "hoverinfo": "text",
        "x": [ratings for ratings, _ in points], "y": [minutes for _, minutes in points],
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 8},
        "hovertext": [f"{words(shown.name)}: {n:,.0f} ratings, {minutes:,.1f} min" for n, minutes in points],
    }  # fmt: skip
