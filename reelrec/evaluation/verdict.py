"""Does reinforcement learning help? The rule, fixed before the results, and what the results say by it.

The learned policy is the default only if the area under its negative log likelihood is below that of `a-optimal`, the
95 % interval of the difference leaving out 0. Otherwise `a-optimal` is. Differences of many policies from one are also
tested by Holm's procedure ("A Simple Sequentially Rejective Multiple Test Procedure", 1979), on bootstrap p-values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from reelrec.evaluation.report import DRAWS, Sums

LEARNED, DESIGNED = "policy", "a-optimal"


def verdict(areas: Sequence[Sums]) -> dict | None:
    """default, beats, difference and a sentence; None where one of the two was not measured. areas: one a policy."""
    by_name = {area.model: area for area in areas}
    if LEARNED not in by_name or DESIGNED not in by_name:
        return None
    difference = by_name[LEARNED].minus(by_name[DESIGNED])
    beats = difference.high < 0
    word = "beats" if beats else "loses to" if difference.low > 0 else "ties with"
    helps = "RL helps" if beats else "RL does not help here"
    sentence = (
        f"{helps}: over five screens the learned policy {word} the A-optimal design (area under the negative log "
        f"likelihood {difference.value:+.4f}, 95 % interval {difference.low:+.4f} to {difference.high:+.4f}), so "
        f"{'it' if beats else 'the design'} asks by default{'' if beats else ' and the learned policy can be chosen'}."
    )
    return {
        "default": LEARNED if beats else DESIGNED,
        "beats": beats,
        "difference": asdict(difference),
        "sentence": sentence,
    }


def holm(measured: Sequence[Sums], than: Sums) -> list[dict]:
    """Each policy's difference from `than`, its p-value, the same after Holm's correction, and whether it stands."""
    others = [sums for sums in measured if sums.model != than.model]
    rows = [asdict(sums.minus(than)) | {"p": p_value(sums, than)} for sums in others]
    worst = 0.0
    for rank, row in enumerate(sorted(rows, key=lambda row: row["p"])):
        worst = max(worst, min(1.0, row["p"] * (len(rows) - rank)))
        row["p_holm"], row["stands"] = worst, worst < 0.05
    return rows


def p_value(sums: Sums, other: Sums) -> float:
    """Two-sided, from the share of bootstrap draws beyond 0; at least what this number of draws can resolve."""
    drawn = sums.drawn - other.drawn
    beyond = min(np.count_nonzero(drawn >= 0), np.count_nonzero(drawn <= 0))
    return float(min(1.0, 2 * (beyond + 1) / (DRAWS + 1)))
