"""Does reinforcement learning help? The rule, fixed before the results, and what it says of them.

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
    by_name = {one.model: one for one in areas}
    if LEARNED not in by_name or DESIGNED not in by_name:
        return None
    one = by_name[LEARNED].minus(by_name[DESIGNED])
    beats = one.high < 0
    word = "beats" if beats else "loses to" if one.low > 0 else "ties with"
    helps = "RL helps" if beats else "RL does not help here"
    sentence = (
        f"{helps}: over five screens the learned policy {word} the A-optimal design (area under the negative log "
        f"likelihood {one.value:+.4f}, 95 % interval {one.low:+.4f} to {one.high:+.4f}), so "
        f"{'it' if beats else 'the design'} asks by default{'' if beats else ' and the learned policy can be chosen'}."
    )
    return {"default": LEARNED if beats else DESIGNED, "beats": beats, "difference": asdict(one), "sentence": sentence}


def holm(measured: Sequence[Sums], than: Sums) -> list[dict]:
    """Each measure's difference from `than`, its p-value, the same after Holm's correction, and whether it stands."""
    others = [one for one in measured if one.model != than.model]
    found = [asdict(one.minus(than)) | {"p": p_value(one, than)} for one in others]
    worst = 0.0
    for rank, row in enumerate(sorted(found, key=lambda row: row["p"])):
        worst = max(worst, min(1.0, row["p"] * (len(found) - rank)))
        row["p_holm"], row["stands"] = worst, worst < 0.05
    return found


def p_value(one: Sums, other: Sums) -> float:
    """Two-sided, from the share of bootstrap draws beyond 0; never below what the number of draws can tell."""
    drawn = one.drawn - other.drawn
    beyond = min(np.count_nonzero(drawn >= 0), np.count_nonzero(drawn <= 0))
    return float(min(1.0, 2 * (beyond + 1) / (DRAWS + 1)))
