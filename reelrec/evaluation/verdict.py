"""Does reinforcement learning help? The rule, fixed before the results, and what the results say by it.

    U  =  1/2 (stars gained / most stars gained)  +  1/2 (list gained / most list gained)

Stars gained are the drop in the negative log likelihood of the hidden ratings, list gained is the rise in the NDCG of
the list without seen films; both from having no answer at all, as areas over the screens; the most is that of the best
policy for each. The learned policy asks by default only if its U is above that of every policy that learned nothing,
the 95 % interval of each difference leaving out 0 and each standing Holm's procedure, for SEEDS_TO_WIN of its three
seeds. Otherwise the policy with the highest U of those that learned nothing asks.

Differences of many policies from one are tested by Holm's procedure ("A Simple Sequentially Rejective Multiple Test
Procedure", 1979), on bootstrap p-values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol, TypeVar

import numpy as np

from reelrec.evaluation.report import DRAWS, Difference, Sums

LEARNED, DESIGNED = "policy", "a-optimal"
SEEDS = (LEARNED, f"{LEARNED}-2", f"{LEARNED}-3")
SEEDS_TO_WIN = 2
LESS_IS_BETTER, MORE_IS_BETTER = -1, 1


class Measured(Protocol):
    """A number of one policy, and the same number in each bootstrap draw, which all policies share."""

    @property
    def model(self) -> str: ...

    @property
    def drawn(self) -> np.ndarray: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gained:
    """What one policy's questions brought. stars: nats of a hidden rating. lists: NDCG."""

    stars: Sums
    lists: Sums

    @property
    def model(self) -> str:
        return self.stars.model


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility:
    """U of one policy. stars, lists: its two terms, 1 for the best policy. drawn: (DRAWS,) U in each bootstrap draw."""

    model: str
    stars: float
    lists: float
    drawn: np.ndarray

    @property
    def value(self) -> float:
        return (self.stars + self.lists) / 2

    def minus(self, other: Utility) -> Difference:
        """This U minus that of another policy, on the same users."""
        low, high = map(float, np.quantile(self.drawn - other.drawn, (0.025, 0.975)))
        return Difference(
            model=self.model,
            than=other.model,
            metric="utility",
            k=None,
            value=self.value - other.value,
            low=low,
            high=high,
            different=bool(low > 0 or high < 0),
        )


M = TypeVar("M", Sums, Utility)


def gained(before: Sums, after: Sequence[Sums], sign: int) -> Sums:
    """What a policy gained over its screens. before: with no answer. after: after each screen. sign: of the metric."""
    area = np.mean([sums.sums for sums in after], axis=0)
    metric = f"gained_{after[0].metric.removeprefix('screens_')}"
    return replace(after[0], metric=metric, k=None, sums=sign * (area - before.sums))


def utilities(measured: Sequence[Gained]) -> list[Utility]:
    """U of each policy, the highest first; nothing where no policy gains anything in stars, or in the list."""
    stars, lists = [gain.stars for gain in measured], [gain.lists for gain in measured]
    if not all(any(sums.counts.any() and sums.value > 0 for sums in part) for part in (stars, lists)):
        return []
    best_stars, best_lists = (max(part, key=lambda sums: sums.value) for part in (stars, lists))
    found = [
        Utility(
            model=gain.model,
            stars=gain.stars.value / best_stars.value,
            lists=gain.lists.value / best_lists.value,
            drawn=(gain.stars.drawn / best_stars.drawn + gain.lists.drawn / best_lists.drawn) / 2,
        )
        for gain in measured
    ]
    return sorted(found, key=lambda utility: -utility.value)


def verdict(measured: Sequence[Gained]) -> dict | None:
    """default, helps, won, utility, against and a sentence.

    None without a seed, without a policy to hold it against, and where no answer brings anything. measured: one a
    policy: the seeds, and all that learned nothing.
    """
    found = utilities(measured)
    seeds = [utility for utility in found if utility.model in SEEDS]
    others = [utility for utility in found if utility.model not in SEEDS]
    if not seeds or not others:
        return None
    against = {seed.model: holm([seed, *others], seed) for seed in seeds}
    won = [name for name, rows in against.items() if all(row["high"] < 0 and row["stands"] for row in rows)]
    helps, best = len(won) >= SEEDS_TO_WIN, others[0]
    shipped = next((seed for seed in seeds if seed.model == LEARNED), seeds[0])
    gap = shipped.minus(best)
    beaten = f"the learned policy beats every policy that learned nothing in {len(won)} of {len(seeds)} trainings"
    held = (
        f"its worth, half stars and half list, is {shipped.value:.3f}, that of the best other one ({best.model}) "
        f"{best.value:.3f}, a difference of {gap.value:+.3f} (95 % interval {gap.low:+.3f} to {gap.high:+.3f})"
    )
    end = "it asks by default" if helps else f"{best.model} asks by default and the learned policy can be chosen"
    return {
        "default": LEARNED if helps else best.model,
        "helps": helps,
        "won": won,
        "utility": [_row(utility) for utility in found],
        "against": against,
        "sentence": f"{'RL helps' if helps else 'RL does not help here'}: {beaten}; {held}, so {end}.",
    }


def _row(utility: Utility) -> dict:
    low, high = map(float, np.quantile(utility.drawn, (0.025, 0.975)))
    return {
        "policy": utility.model,
        "stars": utility.stars,
        "lists": utility.lists,
        "utility": utility.value,
        "low": low,
        "high": high,
    }


def holm(measured: Sequence[M], than: M) -> list[dict]:
    """Each policy's difference from `than`, its p-value, the same after Holm's correction, and whether it stands."""
    others = [one for one in measured if one.model != than.model]
    rows = [asdict(one.minus(than)) | {"p": p_value(one, than)} for one in others]
    worst = 0.0
    for rank, row in enumerate(sorted(rows, key=lambda row: row["p"])):
        worst = max(worst, min(1.0, row["p"] * (len(rows) - rank)))
        row["p_holm"], row["stands"] = worst, worst < 0.05
    return rows


def p_value(one: Measured, other: Measured) -> float:
    """Two-sided, from the share of bootstrap draws beyond 0; at least what this number of draws can resolve."""
    drawn = one.drawn - other.drawn
    beyond = min(np.count_nonzero(drawn >= 0), np.count_nonzero(drawn <= 0))
    return float(min(1.0, 2 * (beyond + 1) / (DRAWS + 1)))
