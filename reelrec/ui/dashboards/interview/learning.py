"""How the learned policy was trained: its worth for validation users, and its reward, by updates."""

from __future__ import annotations

from typing import Any

from reelrec.translation import _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.interview.policies import LEARNED, policy_look
from reelrec.ui.dashboards.parts.figures import INK, LEGEND, axis, layout, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing
from reelrec.ui.dashboards.parts.reading import Report, listed, number, string

COMMAND = "python -m reelrec train policy"
SEEDS, COLD = (LEARNED, "policy-2", "policy-3"), "policy-cold"
HEIGHT = 360
FAR = 3  # a curve that ends this many times as far from A-optimal as the others reach is not drawn
Curve = list[tuple[float, float]]  # (updates, the number measured there)


def curves(report: Report) -> Drawing:
    """What interviews are worth, as a multiple of A-optimal's, and the reward, by updates."""
    entries = {string(entry["policy"]): entry for entry in report["curves"]}
    worth = {name: _curve(entries[name], "utility") for name in (*SEEDS, COLD) if name in entries}
    plain = [name for name in SEEDS if name in worth]
    rewards = {name: _curve(entries[name], "reward")[1:] for name in worth}  # nothing is drawn before the first look
    if not plain or not all(rewards.values()):
        raise LookupError("No training that begins with A-optimal was looked at twice.")
    ends = {name: curve[-1][1] for name, curve in worth.items()}
    updates = worth[plain[0]][-1][0]
    times = listed(digits(ends[name], ".3f") for name in plain)
    finding = _(
        "After {updates:,.0f} updates the learned policy is worth {times} times A-optimal", updates=updates, times=times
    )
    said = [_("By seed, for the judges, people who neither teach the network nor measure it elsewhere.")]
    if COLD in ends:
        said.append(_("From a random start it came from {first:.3f} to {last:.3f}.", first=worth[COLD][0][1],
                      last=ends[COLD]))  # fmt: skip
    said.append(_("The second picture is what a screen told while the network tried things out."))
    seconds = listed(digits(number(entries[name]["seconds"]), ",.0f") for name in worth)
    return Drawing(
        finding,
        " ".join(said),
        (
            Chart(
                _worth(worth, plain),
                _("Worth by updates; A-optimal is 1. {finding}.", finding=finding),
                _("Worth, A-optimal is 1"),
            ),
            Chart(
                _figure(rewards, ".3f"),
                _("What a screen told.") + " " + _rise(rewards[plain[0]]),
                _("Reward of a screen"),
            ),
        ),
        more=_(
            "What answers are worth, half for stars and half for the list, is 1 for A-optimal, the dotted "
            "line, as which training begins. What ships is the look and the seed that the judges did best "
            "with, which flatters its own curve; what it is worth is measured on others. The trainings took "
            "{seconds} seconds.",
            seconds=seconds,
        ),
    )


def _rise(curve: Curve) -> str:
    return _(
        "From {first:.3f} to {last:.3f} in the training that ships.",
        first=curve[0][1],
        last=curve[-1][1],
    )


def _curve(entry: Report, key: str) -> Curve:
    """A training's curve of the number with this key."""
    curve = [(number(look["updates"]), number(look[key])) for look in entry["looks"]]
    if not curve:
        raise LookupError("A training was never looked at.")
    return curve


def _worth(worth: dict[str, Curve], plain: list[str]) -> dict[str, Any]:
    """The curves, on an axis for the plain trainings; one from a random start is drawn if it comes near them."""
    near = [1.0, *(value for name in plain for _, value in worth[name])]
    reach = max(near) - min(near) or 1e-3
    shown = {name: curve for name, curve in worth.items() if abs(curve[-1][1] - 1.0) < FAR * reach}
    near += [curve[-1][1] for curve in shown.values()]
    figure = _figure(shown, ".2f")
    figure["layout"]["yaxis"]["range"] = [min(near) - 0.08 * reach, max(near) + 0.08 * reach]
    figure["layout"]["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 1, "y1": 1,
         "line": {"dash": "dot", "width": 1.5, "color": INK}}
    ]  # fmt: skip
    return figure


def _figure(shown: dict[str, Curve], written: str) -> dict[str, Any]:
    return {
        "data": [_trace(name, curve, written) for name, curve in shown.items()],
        "layout": layout(
            HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0}, showlegend=True, legend=LEGEND,
            xaxis=axis(_("updates"), showgrid=False), yaxis=axis(tickformat=written, nticks=6),
        ),
    }  # fmt: skip


def _trace(name: str, curve: Curve, written: str) -> dict[str, Any]:
    shown = policy_look(name)
    return {
        "type": "scatter", "mode": "lines+markers", "name": words(shown.name), "hoverinfo": "text",
        "x": [updates for updates, _value in curve], "y": [value for _updates, value in curve],
        "line": {"color": shown.colour, "dash": shown.dash, "width": 2},
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 7},
        "hovertext": [
            _("{policy}, {n:,.0f} updates: {value}", policy=words(shown.name), n=updates, value=digits(value, written))
            for updates, value in curve
        ],
    }  # fmt: skip
