"""The names and looks of the interview policies, the same in all pictures; and which of them asks by default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reelrec.translation import N_, _
from reelrec.ui import text
from reelrec.ui.dashboards.parts.figures import LOOKS, OTHER, Look, look
from reelrec.ui.dashboards.parts.reading import Report, string

DESIGNED, LEARNED, YARDSTICK = "a-optimal", "policy", "popularity"
MAIN = (YARDSTICK, "random", DESIGNED, LEARNED)
WAYS = {
    YARDSTICK: Look(N_("Popularity"), LOOKS["popularity"].colour, "circle", "dot"),
    "random": Look(N_("Random"), LOOKS["baseline"].colour, "diamond", "dash"),
    DESIGNED: Look("A-optimal", LOOKS["svd"].colour, "circle", "solid"),
    LEARNED: Look(N_("Learned policy"), LOOKS["ease"].colour, "square", "solid"),
    "information-gain": Look(N_("Information gain"), OTHER, "circle", "dot"),
    "greedy-slim": Look(N_("Greedy SLIM"), OTHER, "star", "dot"),
    "list-a-optimal": Look(N_("A-optimal for lists"), OTHER, "hexagon", "dot"),
    "list-gain": Look(N_("Gain of the list"), OTHER, "cross", "dot"),
    "entropy": Look(N_("Entropy"), OTHER, "square", "dot"),
    "greedy": Look(N_("Greedy"), OTHER, "diamond", "dot"),
    "thompson": Look(N_("Thompson"), OTHER, "triangle-up", "dot"),
    "linucb": Look("LinUCB", OTHER, "triangle-down", "dot"),
    "lints": Look("LinTS", OTHER, "pentagon", "dot"),
}
ABLATIONS = {
    "policy-2": Look(N_("Learned, second seed"), LOOKS["stack"].colour, "diamond", "dash"),
    "policy-3": Look(N_("Learned, third seed"), LOOKS["baseline"].colour, "triangle-up", "dot"),
    "policy-cold": Look(N_("Learned from a random start"), LOOKS["knn"].colour, "circle", "solid"),
    "policy-blind": Look(N_("Learned without P(seen)"), LOOKS["ranker"].colour, "diamond", "dash"),
    "policy-likelihood": Look(N_("Learned from likelihood"), LOOKS["leader"].colour, "triangle-down", "dot"),
    "a-optimal-blind": Look(N_("A-optimal without P(seen)"), LOOKS["svd"].colour, "diamond", "dash"),
    "a-optimal-one": Look(N_("A-optimal from one draw"), LOOKS["svd"].colour, "triangle-down", "dot"),
}

# A sentence on each ablation; those on the policies come from the app.
LEFT_OUT = {
    "policy-2": N_("The same training by other chance."),
    "policy-3": N_("The same training by other chance."),
    "policy-cold": N_("The same training from a random start, not from A-optimal."),
    "policy-blind": N_("Trained as if everybody had seen every film."),
    "policy-likelihood": N_("Rewarded for how likely the list makes the hidden films, not for their places on it."),
    "a-optimal-blind": N_("As if everybody had seen every film."),
    "a-optimal-one": N_("Believing one guess at the films instead of many."),
}


def policy_look(name: str) -> Look:
    """The look of a policy, with its name as it is shown; one that is not known here keeps its raw name."""
    known = WAYS.get(name) or ABLATIONS.get(name)
    return replace(known, name=_(known.name)) if known else look(name)


def named(name: str) -> str:
    """The name of a policy, as Markdown."""
    return text.plain(policy_look(name).name)


def own(names: Iterable[str]) -> list[str]:
    """The policies that are neither an ablation nor another seed of one."""
    return [name for name in names if name not in ABLATIONS]


def default(report: Report) -> str:
    """The policy that asks by the rule of `evaluate interview`. Raises LookupError, TypeError or ValueError."""
    return string(report["verdict"]["default"])
