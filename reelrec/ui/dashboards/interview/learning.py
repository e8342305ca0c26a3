"""How the learned policy was trained: its area on validation users, and its reward, by updates."""

from __future__ import annotations

from typing import Any

from reelrec.ui.dashboards.interview.policies import LEARNED, policy_look
from reelrec.ui.dashboards.parts.figures import INK, LEGEND, axis, layout, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.reading import Report, listed, number, string

COMMAND = "python -m reelrec train policy"
SEEDS, COLD = (LEARNED, "policy-2", "policy-3"), "policy-cold"
HEIGHT = 360
FAR = 3  # a curve that stays this many times as far from A-optimal as the others reach is not drawn
Curve = list[tuple[float, float]]  # (updates, the number measured there)


def curves(report: Report) -> Drawing:
    """The area and the reward by updates.

    A-optimal's area is subtracted, because each seed hides other ratings of its validation users. A plain training is
    A-optimal before its first update; one from a random start is compared with the plain training of its seed.
    """
    entries = {string(entry["policy"]): entry for entry in report["curves"]}
    areas = {name: _curve(entries[name], "area") for name in (*SEEDS, COLD) if name in entries}
    plain = [name for name in SEEDS if name in areas]
    starts = {number(entries[name]["seed"]): areas[name][0][1] for name in plain}
    minus = {
        name: [(updates, area - starts[seed]) for updates, area in curve]
        for name, curve in areas.items()
        if (seed := number(entries[name]["seed"])) in starts
    }
    rewards = {name: _curve(entries[name], "reward")[1:] for name in minus}  # nothing is drawn before the first look
    if not plain or not all(rewards.values()):
        raise LookupError("No training that begins with A-optimal was looked at twice.")
    ends = {name: curve[-1][1] for name, curve in minus.items()}
    finding = (
        f"After {minus[plain[0]][-1][0]:,.0f} updates it stands at {listed(f'{ends[name]:+.4f}' for name in plain)}"
    )
    finding += ", by seed."
    if COLD in ends:
        finding += f" From a random start it came from {minus[COLD][0][1]:+.4f} to {ends[COLD]:+.4f}."
    seconds = listed(f"{number(entries[name]['seconds']):,.0f}" for name in minus)
    return Drawing(
        "Judges, people who neither teach the network nor measure it below, are asked by it every few updates. Before "
        "the first it is A-optimal, the dotted line; the lower it comes, the less do their hidden stars surprise. "
        f"{finding} The seed the judges did best with is the one that ships, which flatters its own curve; what it is "
        "worth is measured further down, on others. The second picture is what a screen told while the network tried "
        f"things out. The trainings took {seconds} seconds.",
        (
            Chart(
                _against_start(minus, plain), f"Area less A-optimal’s, by updates. {finding}", "Area less A-optimal’s"
            ),
            Chart(_figure(rewards, ".4f"), f"What a screen told. {_rise(rewards[plain[0]])}", "Nats a screen told"),
        ),
    )


def _rise(curve: Curve) -> str:
    return f"From {curve[0][1]:.4f} to {curve[-1][1]:.4f} nats in the training that ships."


def _curve(entry: Report, key: str) -> Curve:
    """A training's curve of the number with this key."""
    curve = [(number(look["updates"]), number(look[key])) for look in entry["looks"]]
    if not curve:
        raise LookupError("A training was never looked at.")
    return curve


def _against_start(minus: dict[str, Curve], plain: list[str]) -> dict[str, Any]:
    """The areas, on an axis for the plain trainings; one from a random start is drawn if it comes near them."""
    near = [0.0, *(value for name in plain for _, value in minus[name])]
    reach = max(near) - min(near) or 1e-4
    shown = {name: curve for name, curve in minus.items() if abs(curve[-1][1]) < FAR * reach}
    near += [curve[-1][1] for curve in shown.values()]
    figure = _figure(shown, "+.4f")
    figure["layout"]["yaxis"]["range"] = [min(near) - 0.08 * reach, max(near) + 0.08 * reach]
    figure["layout"]["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0,
         "line": {"dash": "dot", "width": 1.5, "color": INK}}
    ]  # fmt: skip
    return figure


def _figure(shown: dict[str, Curve], written: str) -> dict[str, Any]:
    return {
        "data": [_trace(name, curve, written) for name, curve in shown.items()],
        "layout": layout(
            HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0}, showlegend=True, legend=LEGEND,
            xaxis=axis("updates", showgrid=False), yaxis=axis(tickformat=written, nticks=6),
        ),
    }  # fmt: skip


def _trace(name: str, curve: Curve, written: str) -> dict[str, Any]:
    shown = policy_look(name)
    return {
        "type": "scatter", "mode": "lines+markers", "name": words(shown.name), "hoverinfo": "text",
        "x": [updates for updates, _ in curve], "y": [value for _, value in curve],
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 7},
        "hovertext": [f"{words(shown.name)}, {updates:,.0f} updates: {value:{written}}" for updates, value in curve],
    }  # fmt: skip
