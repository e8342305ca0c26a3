"""What the answers are worth for stars and for the list, by policy: the two terms of the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reelrec.translation import N_, _
from reelrec.translation import number as digits
from reelrec.ui.dashboards.interview.policies import ABLATIONS, LEARNED, default, named, policy_look
from reelrec.ui.dashboards.parts.figures import INK, SMALL, axis, layout, note, words
from reelrec.ui.dashboards.parts.frame import Chart, Drawing, Table
from reelrec.ui.dashboards.parts.labels import sides
from reelrec.ui.dashboards.parts.reading import Report, Row, interval, number, share, string

HEIGHT = 440
WIDE, HIGH = 240, 350  # px, what the axes leave on a phone
ROOM = 0.12  # around all points, in parts of their spread


@dataclass(frozen=True, slots=True)
class Worth:
    """One policy: its two terms, as parts of the best policy's, and both together with an interval."""

    policy: str
    stars: float
    lists: float
    together: Row


def gained(report: Report) -> Drawing:
    """A point for each policy, and the table of their worth, the best first."""
    worth, policy = _worth(report), default(report)
    asks = next(one for one in worth if one.policy == policy)
    other = next((one for one in worth if not one.policy.startswith(LEARNED)), asks)
    finding = _("{policy}, the default, gains {parts}", policy=named(policy), parts=_parts(asks))
    said = [_("No answer is 0, and the best is 1.")]
    if other.policy != policy:
        said.append(
            _(
                "{policy}, the best of those that learned nothing, gains {parts}.",
                policy=named(other.policy),
                parts=_parts(other),
            )
        )
    cells = [
        (
            named(one.policy),
            digits(one.stars, ".2f"),
            digits(one.lists, ".2f"),
            _(
                "{value:.3f} ({low:.3f} to {high:.3f})",
                value=one.together.value,
                low=one.together.low,
                high=one.together.high,
            ),
        )
        for one in worth
    ]
    return Drawing(
        finding,
        " ".join(said),
        (
            Chart(
                _figure(worth),
                _("What answers are worth for stars and lists. {finding}.", finding=finding).replace("\\", ""),
            ),
        ),
        (
            Table(
                (_("Asked by"), _("Stars"), _("List"), _("Together")),
                cells,
                _(
                    "What each policy gains for stars and for lists, as parts of the best. {finding}.", finding=finding
                ).replace("\\", ""),
            ),
        ),
        _(
            "Answers serve two ends: the stars that are predicted, and the list that is made. Further right the hidden "
            "stars surprise less, further up more of the hidden films that people liked are on the list, where no film "
            "that they have seen takes a place. Both are counted from having no answer at all, on average over the "
            "screens. The verdict goes by both, half each."
        ),
    )


def verdict(report: Report) -> str:
    """Whether reinforcement learning helps, from the numbers of the verdict, as Markdown.

    Raises LookupError, TypeError or ValueError.
    """
    found, worth = report["verdict"], {one.policy: one for one in _worth(report)}
    learned = worth[LEARNED]
    best, *_rest = (one for name, one in worth.items() if not name.startswith(LEARNED))
    gap = {entry["model"]: interval(entry) for entry in found["against"][LEARNED]}[best.policy]
    said = N_(
        "RL does not help here: the learned policy beats every policy that learned nothing in {won} of {trainings} "
        "trainings; its worth, half stars and half list, is {worth:.3f}, that of the best other one ({policy}) "
        "{other:.3f}, a difference of {gap:+.3f} (95% interval {low:+.3f} to {high:+.3f}), so {policy} asks by "
        "default and the learned policy can be chosen."
    )
    if found["helps"] is True:
        said = N_(
            "RL helps: the learned policy beats every policy that learned nothing in {won} of {trainings} trainings; "
            "its worth, half stars and half list, is {worth:.3f}, that of the best other one ({policy}) {other:.3f}, a "
            "difference of {gap:+.3f} (95% interval {low:+.3f} to {high:+.3f}), so it asks by default."
        )
    return _(
        said,
        won=len(found["won"]),
        trainings=len(found["against"]),
        worth=learned.together.value,
        policy=named(best.policy),
        other=best.together.value,
        gap=-gap.value,  # the report has the other one minus the learned policy
        low=-gap.high,
        high=-gap.low,
    )


def _parts(one: Worth) -> str:
    """ "94% of the most for stars and 85% of the most for the list"."""
    return _(
        "{stars} of the most for stars and {lists} of the most for the list",
        stars=share(one.stars, 0),
        lists=share(one.lists, 0),
    )


def _worth(report: Report) -> list[Worth]:
    """Of each policy, the best first. Raises LookupError, TypeError or ValueError."""
    found = [
        Worth(
            policy=string(entry["policy"]),
            stars=number(entry["stars"]),
            lists=number(entry["lists"]),
            together=interval({"value": entry["utility"], "low": entry["low"], "high": entry["high"]}),
        )
        for entry in report["verdict"]["utility"]
    ]
    if not found:
        raise LookupError("No policy was measured both ways.")
    return sorted(found, key=lambda one: -one.together.value)


def _figure(worth: list[Worth]) -> dict[str, Any]:
    (left, right), (low, high) = (
        _around(values) for values in ([one.stars for one in worth], [one.lists for one in worth])
    )
    places = {
        one.policy: ((one.stars - left) / (right - left) * WIDE, (one.lists - low) / (high - low) * HIGH)
        for one in worth
    }
    labelled = {policy_look(name).name: place for name, place in places.items() if name not in ABLATIONS}
    beside = sides(labelled, list(places.values()), WIDE, HIGH)
    return {
        "data": [_point(one, beside.get(policy_look(one.policy).name)) for one in worth],
        "layout": layout(
            HEIGHT, margin={"l": 0, "r": 0, "t": 30, "b": 0},
            xaxis=axis(_("gained for stars, the best is 1"), range=[left, right], tickformat=".1f", nticks=6),
            yaxis=axis(range=[low, high], tickformat=".1f", nticks=6),
            annotations=[note(_("gained for the list, the best is 1"), 0, 1.01)],
        ),
    }  # fmt: skip


def _around(values: list[float]) -> tuple[float, float]:
    """The lowest and the highest value, with room around."""
    pad = (max(values) - min(values) or 1e-3) * ROOM
    return min(values) - pad, max(values) + pad


def _point(one: Worth, side: str | None) -> dict[str, Any]:
    """A point; without a side it bears no words, like the other seeds."""
    shown = policy_look(one.policy)
    label = words(shown.name)
    return {
        "type": "scatter", "mode": "markers+text" if side else "markers", "x": [one.stars], "y": [one.lists],
        "name": label, "text": [label], "textposition": side or "middle right", "cliponaxis": False,
        "textfont": {"size": SMALL, "color": INK}, "hoverinfo": "text",
        "hovertext": [
            _("{policy}: stars {stars:.2f}, list {lists:.2f}, together {both:.3f}",
              policy=label, stars=one.stars, lists=one.lists, both=one.together.value),
        ],
        "marker": {"color": shown.colour, "symbol": shown.marker, "size": 9},
    }  # fmt: skip
