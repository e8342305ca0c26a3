"""How the policy that learned to ask came to be: what judges had of it, by the updates of its training."""

from __future__ import annotations

from reelrec.ui.dashboards.interview.askers import LEARNED, asker
from reelrec.ui.dashboards.parts.figures import INK, LEGEND, axis, layout, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.reading import listed, number, texts

COMMAND = "python -m reelrec train policy"
SEEDS, COLD = (LEARNED, "policy-2", "policy-3"), "policy-cold"
HEIGHT = 360
FAR = 3  # times as far from A-optimal as the others reach, from where on a curve is not drawn
Curve = list[tuple[float, float]]  # updates, and what was measured there


def curves(report: dict) -> Drawing:
    """The area and the reward by updates.

    A-optimal's area is taken off, because each seed's judges hide other ratings. A plain training is A-optimal before
    its first update; one from a random start is held against the plain one of its seed.
    """
    found = {texts(one["policy"])[0]: one for one in report["curves"]}
    areas = {name: _curve(found[name], "area") for name in (*SEEDS, COLD) if name in found}
    plain = [name for name in SEEDS if name in areas]
    starts = {number(found[name]["seed"]): areas[name][0][1] for name in plain}
    away = {
        name: [(updates, area - starts[seed]) for updates, area in of]
        for name, of in areas.items()
        if (seed := number(found[name]["seed"])) in starts
    }
    taught = {name: _curve(found[name], "reward")[1:] for name in away}  # nothing is drawn before the first look
    if not plain or not all(taught.values()):
        raise LookupError("No training that begins with A-optimal was looked at twice.")
    ends = {name: of[-1][1] for name, of in away.items()}
    said = f"After {away[plain[0]][-1][0]:,.0f} updates it stands at {listed(f'{ends[name]:+.4f}' for name in plain)}"
    said += ", by seed."
    if COLD in ends:
        said += f" From a random start it came from {away[COLD][0][1]:+.4f} to {ends[COLD]:+.4f}."
    seconds = listed(f"{number(found[name]['seconds']):,.0f}" for name in away)
    return Drawing(
        "Judges, people who neither teach the network nor measure it below, are asked by it every few updates. Before "
        "the first it is A-optimal, the dotted line; the lower it comes, the less do their hidden stars surprise. "
        f"{said} The seed the judges did best with is the one that ships, which flatters its own curve; what it is "
        "worth is measured further down, on others. The second picture is what a screen told while the network tried "
        f"things out. The trainings took {seconds} seconds.",
        (
            Chart(_against_start(away, plain), f"Area less A-optimal’s, by updates. {said}", "Area less A-optimal’s"),
            Chart(_figure(taught, ".4f"), f"What a screen told. {_rise(taught[plain[0]])}", "Nats a screen told"),
        ),
    )


def _rise(of: Curve) -> str:
    return f"From {of[0][1]:.4f} to {of[-1][1]:.4f} nats in the training that ships."


def _curve(one: dict, what: str) -> Curve:
    """Of one training, in the order of its looks."""
    found = [(number(look["updates"]), number(look[what])) for look in one["looks"]]
    if not found:
        raise LookupError("A training was never looked at.")
    return found


def _against_start(away: dict[str, Curve], plain: list[str]) -> dict:
    """The areas. A random start begins far above, so the picture is where the others are; it is in if it comes near."""
    inside = [0.0, *(value for name in plain for _, value in away[name])]
    reach = max(inside) - min(inside) or 1e-4
    shown = {name: of for name, of in away.items() if abs(of[-1][1]) < FAR * reach}
    inside += [of[-1][1] for of in shown.values()]
    figure = _figure(shown, "+.4f")
    figure["layout"]["yaxis"]["range"] = [min(inside) - 0.08 * reach, max(inside) + 0.08 * reach]
    figure["layout"]["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0,
         "line": {"dash": "dot", "width": 1.5, "color": INK}}
    ]  # fmt: skip
    return figure


def _figure(shown: dict[str, Curve], written: str) -> dict:
    return {
        "data": [_trace(name, of, written) for name, of in shown.items()],
        "layout": layout(
            HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0}, showlegend=True, legend=LEGEND,
            xaxis=axis("updates", showgrid=False), yaxis=axis(tickformat=written, nticks=6),
        ),
    }  # fmt: skip


def _trace(name: str, of: Curve, written: str) -> dict:
    shown = asker(name)
    return {
        "type": "scatter", "mode": "lines+markers", "name": words(shown.name), "hoverinfo": "text",
        "x": [updates for updates, _ in of], "y": [value for _, value in of],
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 7},
        "hovertext": [f"{words(shown.name)}, {updates:,.0f} updates: {value:{written}}" for updates, value in of],
    }  # fmt: skip
