"""`bench interview`: how long a visitor waits for the next films to be asked about, on one core, by policy.

All that a page does for a screen is timed: the fold-in, the chances of having seen the films, the policy's choice in
the pool, and the expected gain of the answers. The visitors have no rating, some or many.
"""

from __future__ import annotations

import functools

import numpy as np

from reelrec import app, progress
from reelrec.bench.result import Bench
from reelrec.bench.serve import SEED, one_core, quantiles, visitor
from reelrec.serving import resources
from reelrec.visitor.profile import Profile

SIZES = (0, 20, 300)  # ratings of the visitors
BOUND = 150.0  # ms that the default policy may take, in 19 of 20 cases


def interview() -> Bench:
    """A row a policy, the default first. Raises ArtifactError."""
    one_core()
    pool, films = len(resources.interviewer().pool.items), app.catalogue()
    rng = np.random.default_rng(SEED)
    visitors = {size: visitor(size, rng) for size in SIZES}
    rows = []
    policies = app.policies()
    for choice in progress.steps(policies, names=[choice.name for choice in policies]):
        rows.append({"policy": choice.name} | times(choice.name, visitors))
    about = (
        f"Milliseconds until the next films to be asked about are chosen from {pool} of {len(films):,}, for visitors "
        f"with {SIZES[0]}, {SIZES[1]} and {SIZES[2]} ratings."
    )
    return Bench(name="interview", rows=tuple(rows), notes=(about, verdict(rows)))


def times(policy: str, visitors: dict[int, Profile]) -> dict[str, float]:
    """Milliseconds by visitor, p50 and p95."""
    row: dict[str, float] = {}
    for size, profile in visitors.items():
        measured = quantiles("", functools.partial(app.ask, profile, policy))
        row |= {f"{part}_{size}_ms": measured[f"{part}_ms"] for part in ("p50", "p95")}
    return row


def verdict(rows: list[dict]) -> str:
    """Whether the default policy answers in time."""
    name = app.policies()[0].name
    default = next(row for row in rows if row["policy"] == name)
    worst = max(default[f"p95_{size}_ms"] for size in SIZES)
    kept = "within" if worst <= BOUND else "above"
    return f"The default policy's worst p95 is {worst:.1f} ms ({name}): {kept} the {BOUND:.0f} ms it may take."
