"""The series, actors and directors that say most of a visitor: far from what is expected, and not by the same films.

A group is told where it alone would be so far out by chance seldom; of many groups some are. So it is told by its two
numbers, which are true, and not as something that stands out. Series are few, so they may be nearer to chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reelrec.visitor.taste.groups import Group

KINDS = ("series", "actor", "director")
FAR = 0.25  # stars of lift
SELDOM = {"series": 0.1, "actor": 0.01, "director": 0.01}  # the chance of one group
OVERLAP = 0.5  # share of the films of the smaller group


def telling(groups: Mapping[str, Sequence[Group]], n: int) -> tuple[Group, ...]:
    """At most n groups: first what stands out, then series, and the least likely ones first."""
    tried = [group for kind in KINDS for group in groups.get(kind, ()) if _is_far(group)]
    found: list[Group] = []
    for group in sorted(tried, key=lambda group: (not group.stands_out, group.kind != "series", group.chance)):
        if len(found) < n and not any(_overlap(group, other) for other in found):
            found.append(_series_of(group, tried))
    return tuple(found)


def _is_far(group: Group) -> bool:
    return abs(group.lift) >= FAR and (group.stands_out or group.chance <= SELDOM[group.kind])


def _series_of(group: Group, tried: Sequence[Group]) -> Group:
    """The series that an actor or a director is known by here, which is the better name; else the group."""
    series = (other for other in tried if other.kind == "series" and _overlap(group, other))
    return next((other for other in series if (other.lift > 0) == (group.lift > 0)), group)


def _overlap(one: Group, other: Group) -> bool:
    """Whether two groups have most films of the smaller one in common."""
    both = len(set(one.films) & set(other.films))
    return both > 0 and both >= OVERLAP * min(len(one.films), len(other.films))
