"""`ope`: what would other exploration policies have earned? Off-policy evaluation from the logged probabilities.

    IPS    =  sum w r / n,    w = pi(shown) / p(shown)     Horvitz and Thompson, JASA 1952
    SNIPS  =  sum w r / sum w                              Swaminathan and Joachims, NIPS 2015
    ESS    =  (sum w)^2 / sum w^2                          Kong, 1992

Over the n explorations of the log: p is the logged probability (pscore) of the film shown, pi that of the evaluated
policy, r the reward. r = 1 where the film was liked: the visitor opened it or gave it 3.5 stars or more while it stood
there. A rating outweighs the opening: "not for me" and fewer stars are 0. An exploration that comes back unchanged in
its visit is the same draw.

The explorations of one visit are not independent, so intervals come from what each visit adds (linearised: Cochran,
"Sampling Techniques", 1977, section 6.3). The interval of SNIPS is Wilson's, with the effective sample size
p (1 - p) / variance. The estimates hold for the shelves that the logging policy met. With an ESS under LEAST_ESS a
policy is refused.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rich.table import Column

from reelrec.data.half_stars import LIKED_STARS
from reelrec.errors import EventLogError
from reelrec.evaluation import intervals
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Report, Row
from reelrec.evaluation.tables import Note, Printed, broken_lines, plain
from reelrec.telemetry.events import OPENED, RATED, SET_ASIDE, SLATE, TAKEN_BACK, Event, EventFile, Slot

NAME = "ope"
LEAST_ESS = 100
METRICS = ("ips", "snips")
# Each policy's probability of the film at `place` of the candidates, best first, with logged probabilities p.
POLICIES: dict[str, Callable[[np.ndarray, int], float]] = {
    "logged": lambda p, place: p[place],
    "uniform": lambda p, place: 1 / len(p),
    "sharper": lambda p, place: p[place] ** 2 / np.sum(p**2),
    "greedy": lambda p, place: float(place == 0),
}


@dataclass(slots=True, kw_only=True)
class Draw:
    """One exploration that was shown. weights: of each policy. rating_reward: of a rating of it; None without one."""

    visit: str
    film: str
    weights: tuple[float, ...]
    opened: bool = False
    rating_reward: bool | None = None

    @property
    def reward(self) -> float:
        return float(self.opened if self.rating_reward is None else self.rating_reward)

    def take(self, event: Event) -> None:
        if event.kind == OPENED:
            self.opened = True
        elif event.kind == RATED:
            self.rating_reward = event.stars is not None and event.stars >= LIKED_STARS
        elif event.kind == SET_ASIDE:
            self.rating_reward = False
        elif event.kind == TAKEN_BACK:
            self.rating_reward = None


class Interval(NamedTuple):
    """An estimate and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One policy's estimates; ips and snips are None where ess is too small. largest_weight: of one draw."""

    ess: float
    largest_weight: float
    ips: Interval | None = None
    snips: Interval | None = None


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises EventLogError."""
    assert options.log is not None
    return run(options.log)


def tables(report: Report) -> list[Printed]:
    """A row a policy; one whose weights leave too small a sample is named as refused."""
    rows = {(row.model, row.metric): row for row in report.rows}
    policies, data = report.details["policies"], report.dataset
    cells = [
        (
            entry["policy"],
            *(_cell(rows.get((entry["policy"], metric))) for metric in METRICS),
            f"{entry['ess']:,.0f}",
            f"{entry['largest_weight']:.1f}",
        )
        for entry in policies
    ]
    columns = ("policy", "IPS", "SNIPS", Column("ESS", justify="right"), Column("largest weight", justify="right"))
    title = (
        f"ope: {data['name']}, {data['surprises']:,} surprises in {data['visits']:,} visits, {data['liked']:,} liked"
    )
    refused = Note(f"Refused: an effective sample of fewer than {LEAST_ESS} tells nothing.")
    return [
        plain(columns, cells, title),
        *([refused] if any(entry["refused"] for entry in policies) else ()),
        Note("The share of surprises liked, with its 95 % interval, had that policy chosen them."),
        *broken_lines(report),
    ]


def run(path: Path) -> Report:
    """Rows ips and snips of each policy that is not refused; all policies in "policies". Raises EventLogError."""
    began = time.perf_counter()
    log = EventFile(path)
    drawn = draws(log)
    if len(drawn) < LEAST_ESS:
        raise EventLogError(
            f"{path.name} holds {len(drawn):,} surprises; nothing can be told from fewer than {LEAST_ESS}. "
            "Let more visitors come."
        )
    rewards = np.array([draw.reward for draw in drawn])
    visits = np.unique([draw.visit for draw in drawn], return_inverse=True)[1]
    weights = np.array([draw.weights for draw in drawn])  # (n, n_policies)
    rows, policies = [], []
    for name, of_policy in zip(POLICIES, weights.T, strict=True):
        estimated = estimate(of_policy, rewards, visits)
        policies.append(
            {
                "policy": name,
                "ess": estimated.ess,
                "largest_weight": estimated.largest_weight,
                "refused": estimated.ips is None,
            }
        )
        for metric in METRICS:
            if interval := getattr(estimated, metric):
                rows.append(Row(model=name, metric=metric, k=None, **interval._asdict(), n=len(drawn)))
    dataset = {
        "name": path.name,
        "visits": int(visits.max()) + 1,
        "surprises": len(drawn),
        "liked": int(rewards.sum()),
        "broken_lines": log.broken,
    }
    seconds = time.perf_counter() - began
    return Report(protocol=NAME, dataset=dataset, rows=tuple(rows), seconds=seconds, details={"policies": policies})


def draws(events: Iterable[Event]) -> list[Draw]:
    """Every exploration of a log with its reward, in the order they were shown."""
    by_slot: dict[tuple[str, int], Draw] = {}
    current: dict[str, Draw] = {}
    for event in events:
        if event.kind == SLATE and event.slot:
            key = (event.visit, hash((event.slot.shown, event.slot.candidates)))
            if key not in by_slot:
                by_slot[key] = Draw(visit=event.visit, film=event.slot.shown, weights=weights(event.slot))
            current[event.visit] = by_slot[key]
        elif event.kind == SLATE:
            current.pop(event.visit, None)
        elif event.visit in current and current[event.visit].film == event.film:
            current[event.visit].take(event)
    return list(by_slot.values())


def weights(slot: Slot) -> tuple[float, ...]:
    """w of the formula for each policy."""
    p, place = np.array(slot.probabilities), slot.candidates.index(slot.shown)
    return tuple(float(policy(p, place) / p[place]) for policy in POLICIES.values())


def estimate(weights: np.ndarray, rewards: np.ndarray, visits: np.ndarray) -> Estimate:
    """One policy. weights, rewards, visits: (n,) w, r and the visit of each draw, as 0 … n_visits-1."""
    squares = float(np.sum(weights**2))
    ess = float(weights.sum()) ** 2 / squares if squares else 0.0
    largest = float(weights.max())
    if ess < LEAST_ESS:
        return Estimate(ess=ess, largest_weight=largest)
    earned, weight, count = (np.bincount(visits, part) for part in (weights * rewards, weights, np.ones(len(weights))))
    ips, ips_variance = ratio(earned, count)
    snips, snips_variance = ratio(earned, weight)
    spread = snips * (1 - snips)
    wilson = intervals.wilson(snips, spread / snips_variance if spread and snips_variance else ess)
    half = intervals.Z * math.sqrt(ips_variance)
    low, high = (max(0.0, ips - half), ips + half) if earned.any() else wilson
    return Estimate(ess=ess, largest_weight=largest, ips=Interval(ips, low, high), snips=Interval(snips, *wilson))


def ratio(above: np.ndarray, below: np.ndarray) -> tuple[float, float]:
    """sum above / sum below, and its variance, from what each visit adds."""
    value, n = float(above.sum() / below.sum()), len(above)
    residuals = above - value * below
    return value, float(np.sum(residuals**2) / below.sum() ** 2) * n / max(n - 1, 1)


def _cell(row: Row | None) -> str:
    return f"{row.value:.3f} ({row.low:.3f}–{row.high:.3f})" if row else "refused"
