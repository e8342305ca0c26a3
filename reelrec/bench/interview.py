"""`bench interview`: how long a visitor waits for the next films to be asked about, on one core, by policy.

All that a page does for it is timed: folding the visitor in, who has seen what, the policy's choice among the pool, and
what the answers would be worth. The visitors have no rating, some or many.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reelrec import app
from reelrec.bench.result import Bench
from reelrec.bench.serve import SEED, one_core, quantiles, visitor
from reelrec.serving import resources
from reelrec.visitor.profile import Profile

SIZES = (0, 20, 300)  # ratings of the visitors
BOUND = 150.0  # ms that the default policy may take, in 19 of 20 cases


def interview(doing: Callable[[str], object] = lambda what: None) -> Bench:
    """A row a policy, the default first. Raises ArtifactError."""
    one_core()
    pool, films = len(resources.interviewer().pool.items), app.catalogue()
    rng = np.random.default_rng(SEED)
    visitors = {size: visitor(size, rng) for size in SIZES}
    rows = []
    for choice in app.policies():
        doing(f"bench interview: {choice.name}")
        rows.append({"policy": choice.name} | asking(choice.name, visitors))
    about = (
        f"Milliseconds until the next films to be asked about are chosen from {pool} of {len(films):,}, for visitors "
        f"with {SIZES[0]}, {SIZES[1]} and {SIZES[2]} ratings."
    )
    return Bench("interview", tuple(rows), (about, verdict(rows)))


def asking(policy: str, visitors: dict[int, Profile]) -> dict[str, float]:
    """Milliseconds by visitor, p50 and p95."""
    found = {}
    for size, profile in visitors.items():
        measured = quantiles("", lambda profile=profile: app.ask(profile, policy))
        found |= {f"{part}_{size}_ms": measured[f"{part}_ms"] for part in ("p50", "p95")}
    return found


def verdict(rows: list[dict]) -> str:
    """Whether the default policy answers in time."""
    found = next(row for row in rows if row["policy"] == app.DEFAULT_POLICY)
    worst = max(found[f"p95_{size}_ms"] for size in SIZES)
    kept = "within" if worst <= BOUND else "above"
    name = app.DEFAULT_POLICY
    return f"The default policy's worst p95 is {worst:.1f} ms ({name}): {kept} the {BOUND:.0f} ms it may take."
