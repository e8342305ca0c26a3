"""`ope`: what other ways to choose the surprise would have earned, from the logged probabilities of the one that chose.

    IPS    =  sum w r / n,    w = pi(shown) / p(shown)     Horvitz and Thompson, JASA 1952
    SNIPS  =  sum w r / sum w                              Swaminathan and Joachims, NIPS 2015
    ESS    =  (sum w)^2 / sum w^2                          Kong, 1992

Over the n surprises of the log: p the logged probability, pi the judged policy's, and r = 1 where the film was liked:
the visitor opened it or gave it 3.5 stars or more while it stood there. An answer about it outweighs the opening: "not
for me" and fewer stars are 0. A surprise that comes back unchanged in its visit is the same draw.

The surprises of one visit are not independent, so intervals come from what each visit adds (linearised: Cochran,
"Sampling Techniques", 1977, section 6.3); that of SNIPS is Wilson's, with as many draws as this variance stands for.
What is told holds for shelves as the logging policy came to them. With an ESS under LEAST_ESS nothing is told.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reelrec.data.half_stars import LIKED_STARS
from reelrec.errors import EventLogError
from reelrec.evaluation import intervals
from reelrec.evaluation.report import Report, Row
from reelrec.telemetry.events import OPENED, RATED, SET_ASIDE, SLATE, TAKEN_BACK, Event, EventFile, Slot

NAME = "ope"
LEAST_ESS = 100
# Each policy's probability of the film at `place` of the candidates, best first, with logged probabilities p.
POLICIES: dict[str, Callable[[np.ndarray, int], float]] = {
    "logged": lambda p, place: p[place],
    "uniform": lambda p, place: 1 / len(p),
    "sharper": lambda p, place: p[place] ** 2 / np.sum(p**2),
    "greedy": lambda p, place: float(place == 0),
}


@dataclass(slots=True)
class Draw:
    """A surprise that was shown. weights: of each policy. verdict: what an answer about it says; None without one."""

    visit: str
    film: str
    weights: tuple[float, ...]
    opened: bool = False
    verdict: bool | None = None

    @property
    def reward(self) -> float:
        return float(self.opened if self.verdict is None else self.verdict)

    def take(self, event: Event) -> None:
        if event.kind == OPENED:
            self.opened = True
        elif event.kind == RATED:
            self.verdict = event.stars >= LIKED_STARS
        elif event.kind == SET_ASIDE:
            self.verdict = False
        elif event.kind == TAKEN_BACK:
            self.verdict = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """ips and snips: value, low and high of the 95 % interval; None where ess is too small to tell."""

    ess: float
    largest: float
    ips: tuple[float, float, float] | None
    snips: tuple[float, float, float] | None


def run(path: Path) -> Report:
    """Rows ips and snips of each policy that can be told, the others in "policies" only. Raises EventLogError."""
    began = time.perf_counter()
    log = EventFile(path)
    drawn = draws(log)
    if len(drawn) < LEAST_ESS:
        raise EventLogError(
            f"{path.name} holds {len(drawn):,} surprises; nothing can be told from fewer than {LEAST_ESS}. "
            "Let more visitors come."
        )
    rewards = np.array([one.reward for one in drawn])
    visits = np.unique([one.visit for one in drawn], return_inverse=True)[1]
    weights = np.array([one.weights for one in drawn])  # (n, n_policies)
    rows, told = [], []
    for name, of_policy in zip(POLICIES, weights.T, strict=True):
        found = estimate(of_policy, rewards, visits)
        told.append({"policy": name, "ess": found.ess, "largest_weight": found.largest, "refused": found.ips is None})
        for metric in ("ips", "snips"):
            if value := getattr(found, metric):
                rows.append(Row(name, metric, None, *value, len(drawn)))
    dataset = {
        "name": path.name,
        "visits": int(visits.max()) + 1,
        "surprises": len(drawn),
        "liked": int(rewards.sum()),
        "broken_lines": log.broken,
    }
    return Report(NAME, dataset, tuple(rows), time.perf_counter() - began, details={"policies": told})


def draws(events: Iterable[Event]) -> list[Draw]:
    """Every surprise of a log with what became of it, in the order they were shown."""
    found: dict[tuple[str, int], Draw] = {}
    current: dict[str, Draw] = {}
    for event in events:
        if event.kind == SLATE and event.slot:
            key = (event.visit, hash((event.slot.shown, event.slot.candidates)))
            if key not in found:
                found[key] = Draw(event.visit, event.slot.shown, weights(event.slot))
            current[event.visit] = found[key]
        elif event.kind == SLATE:
            current.pop(event.visit, None)
        elif event.visit in current and current[event.visit].film == event.film:
            current[event.visit].take(event)
    return list(found.values())


def weights(slot: Slot) -> tuple[float, ...]:
    """w of the formula for each policy."""
    p, place = np.array(slot.probabilities), slot.candidates.index(slot.shown)
    return tuple(float(policy(p, place) / p[place]) for policy in POLICIES.values())


def estimate(weights: np.ndarray, rewards: np.ndarray, visits: np.ndarray) -> Estimate:
    """One policy. weights, rewards, visits: (n,) w, r and whose each draw is, as 0 … n_visits-1."""
    squares = float(np.sum(weights**2))
    ess = float(weights.sum()) ** 2 / squares if squares else 0.0
    largest = float(weights.max())
    if ess < LEAST_ESS:
        return Estimate(ess, largest, None, None)
    earned, weight, count = (np.bincount(visits, part) for part in (weights * rewards, weights, np.ones(len(weights))))
    ips, error = ratio(earned, count)
    snips, variance = ratio(earned, weight)
    spread = snips * (1 - snips)
    of_snips = intervals.wilson(snips, spread / variance if spread and variance else ess)
    half = intervals.Z * math.sqrt(error)
    of_ips = (max(0.0, ips - half), ips + half) if earned.any() else of_snips
    return Estimate(ess, largest, (ips, *of_ips), (snips, *of_snips))


def ratio(above: np.ndarray, below: np.ndarray) -> tuple[float, float]:
    """sum above / sum below, and its variance, from what each visit adds."""
    value, n = float(above.sum() / below.sum()), len(above)
    residuals = above - value * below
    return value, float(np.sum(residuals**2) / below.sum() ** 2) * n / max(n - 1, 1)
