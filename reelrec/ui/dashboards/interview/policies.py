"""The names and looks of the interview policies, the same in all pictures; and which of them asks by default."""

from __future__ import annotations

from collections.abc import Iterable

from reelrec.ui import text
from reelrec.ui.dashboards.parts.figures import LOOKS, OTHER, Look, look
from reelrec.ui.dashboards.parts.reading import Report, string

DESIGNED, LEARNED, YARDSTICK = "a-optimal", "policy", "popularity"
MAIN = (YARDSTICK, "random", DESIGNED, LEARNED)
WAYS = {
    YARDSTICK: Look("Popularity", LOOKS["popularity"].colour, "circle", "dot"),
    "random": Look("Random", LOOKS["baseline"].colour, "diamond", "dash"),
    DESIGNED: Look("A-optimal", LOOKS["svd"].colour, "circle", "solid"),
    LEARNED: Look("Learned policy", LOOKS["ease"].colour, "square", "solid"),
    "information-gain": Look("Information gain", OTHER, "circle", "dot"),
    "greedy-slim": Look("Greedy SLIM", OTHER, "star", "dot"),
    "list-a-optimal": Look("A-optimal for lists", OTHER, "hexagon", "dot"),
    "list-gain": Look("Gain of the list", OTHER, "cross", "dot"),
    "entropy": Look("Entropy", OTHER, "square", "dot"),
    "greedy": Look("Greedy", OTHER, "diamond", "dot"),
    "thompson": Look("Thompson", OTHER, "triangle-up", "dot"),
    "linucb": Look("LinUCB", OTHER, "triangle-down", "dot"),
    "lints": Look("LinTS", OTHER, "pentagon", "dot"),
}
ABLATIONS = {
    "policy-2": Look("Learned, second seed", LOOKS["stack"].colour, "diamond", "dash"),
    "policy-3": Look("Learned, third seed", LOOKS["baseline"].colour, "triangle-up", "dot"),
    "policy-cold": Look("Learned from a random start", LOOKS["knn"].colour, "circle", "solid"),
    "policy-blind": Look("Learned without P(seen)", LOOKS["ranker"].colour, "diamond", "dash"),
    "policy-likelihood": Look("Learned from likelihood", LOOKS["leader"].colour, "triangle-down", "dot"),
    "a-optimal-blind": Look("A-optimal without P(seen)", LOOKS["svd"].colour, "diamond", "dash"),
    "a-optimal-one": Look("A-optimal from one draw", LOOKS["svd"].colour, "triangle-down", "dot"),
}

# A sentence on each ablation; those on the policies come from the app.
LEFT_OUT = {
    "policy-2": "The same training by other chance.",
    "policy-3": "The same training by other chance.",
    "policy-cold": "The same training from a random start, not from A-optimal.",
    "policy-blind": "Trained as if everybody had seen every film.",
    "policy-likelihood": "Rewarded for how likely the list makes the hidden films, not for their places on it.",
    "a-optimal-blind": "As if everybody had seen every film.",
    "a-optimal-one": "Believing one guess at the films instead of many.",
}


def policy_look(name: str) -> Look:
    """The look of a policy; one that is not known here keeps its raw name."""
    return WAYS.get(name) or ABLATIONS.get(name) or look(name)


def named(name: str) -> str:
    """The name of a policy, as Markdown."""
    return text.plain(policy_look(name).name)


def own(names: Iterable[str]) -> list[str]:
    """The policies that are neither an ablation nor another seed of one."""
    return [name for name in names if name not in ABLATIONS]


def default(report: Report) -> str:
    """The policy that asks by the rule of `evaluate interview`. Raises LookupError, TypeError or ValueError."""
    return string(report["verdict"]["default"])
