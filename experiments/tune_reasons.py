"""The deletion test behind the reasons of a pick, on tune users, who neither train nor test. LOG.md keeps the results.

python -m experiments.tune_reasons [N]    survival by closeness and by strength, and what each rule leaves, from N users
                                          (400 unless said; 15 minutes)

Each user's first 1, 2, 3, 5, 10, 20 and 50 films, and all, make a list. Of each of its first PICKS films, the TESTED
liked films without which the score falls most are taken out of the history, one at a time, and the list is made again.
A reason survives where the pick's place by score gets worse, and more than without another liked film that was no
reason before, drawn at random. With few liked films there may be no such film, and the first half decides.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from typing import NamedTuple, cast

import numpy as np
import pandas as pd

from reelrec.artifacts.store import shipped_store
from reelrec.data.history import History
from reelrec.data.ratings.roles import Role
from reelrec.evaluation.protocols.dial import profile
from reelrec.evaluation.users import evaluation_data
from reelrec.models.lists.blend import Blend
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.picks import reasons
from reelrec.serving.picks.filters import EVERYTHING

USERS = 400
KNOWN: tuple[int | str, ...] = (1, 2, 3, 5, 10, 20, 50, "all")
PICKS, DEPTH = 24, 150  # films whose reasons are tested; places that are told apart
PICK = ["k", "user", "pick"]
TESTED, DRAWN = 4, 8  # liked films by their fall; liked films drawn at random
BEFORE_SHARE = 0.4  # of the largest fall, that a second reason had before
CLOSENESS = (0.0, 0.004, 0.007, 0.010, 0.013, 0.02, 1.0)  # edges of bands
STRENGTH = (0.0, 0.5, 0.6, 0.7, 0.85, 1.0, 1.3, 2.0, 100.0)


class Rule(NamedTuple):
    """What a reason must have at least. second: share of the largest fall, that a second one must have."""

    closeness: float = 0.0
    strength: float = 0.0
    related: bool = False
    second: float = 0.0


RULES = {
    "before": Rule(second=BEFORE_SHARE),
    "a genre or the director": Rule(related=True),
    "closeness .010": Rule(0.010),
    "strength .7": Rule(0.0, 0.7),
    "closeness .010, strength .7": Rule(0.010, 0.7),
    **{f"all three, closeness {c:.3f}, strength .7": Rule(c, 0.7, related=True) for c in (0.007, 0.010, 0.013)},
    **{f"all three, closeness .010, strength {s}": Rule(0.010, s, related=True) for s in (0.5, 0.85, 1.0)},
}


class Tested(NamedTuple):
    """A liked film that may be a reason for a pick. fell, other: places lost without it, and without another film."""

    k: str
    user: int
    pick: int
    rank: int  # by fall, from 0
    strength: float
    closeness: float
    related: bool
    fell: int
    other: float  # NaN without another liked film


def tested(app: Engine, k: int | str, user: int, history: History) -> Iterator[Tested]:
    """Every film that is tested of one history."""
    blend, liked = cast(Blend, app.model(engine.LIST_MODEL)), reasons.liked_places(history)
    shown = profile(history)
    among = engine.allowed(app, shown, EVERYTHING)
    items = np.array([pick.film.number for pick in engine.recommend(app, shown, PICKS)[1]])
    falls = blend.contributions(history, items, liked)
    strength, numbers = reasons.strengths(falls), history.items[liked]
    close = reasons.closeness(blend.ranker.contributions, numbers, items)
    akin = reasons.related(app.films, numbers, items)
    order = np.argsort(-falls, axis=0, kind="stable")[:TESTED]  # (TESTED, PICKS)
    drawn = np.random.default_rng([user, len(history)]).permutation(len(liked))[:DRAWN]

    def places(known: History) -> np.ndarray:
        ranked = blend.ranked(known, among, DEPTH).items.tolist()
        return np.array([ranked.index(item) if item in ranked else DEPTH for item in items.tolist()])

    before = places(history)
    fell = {row: places(history.without([numbers[row]])) - before for row in {*order.flat, *drawn}}
    for place, pick in enumerate(items.tolist()):
        least = BEFORE_SHARE * falls[:, place].max()
        old = [row for row in order[: reasons.REASONS, place] if falls[row, place] >= least]
        for rank, row in enumerate(order[:, place]):
            other = next((float(fell[it][place]) for it in drawn if it not in (row, *old)), np.nan)
            if falls[row, place] > 0:
                measured = (strength[row, place], close[row, place], akin[row, place], fell[row][place], other)
                yield Tested(str(k), user, pick, rank, *measured)


def named(table: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """The rows that this rule names as reasons."""
    rows = table[(table["closeness"] >= rule.closeness) & (table["strength"] >= rule.strength)]
    rows = rows[rows["related"] | (not rule.related)].sort_values([*PICK, "rank"])
    strongest = rows.groupby(PICK)["strength"].transform("max")
    rows = rows[rows["strength"] >= rule.second * strongest]
    return rows[rows.groupby(PICK).cumcount() < reasons.REASONS]


def survival(rows: pd.DataFrame) -> pd.Series:
    """(n,) bool, of each row."""
    return (rows["fell"] > 0) & (rows["other"].isna() | (rows["fell"] > rows["other"]))


def bands(table: pd.DataFrame, column: str, edges: tuple[float, ...]) -> None:
    """Print the survival of the reasons in each band of a column."""
    band = pd.cut(table[column], edges, include_lowest=True)
    by_band = survival(table).groupby([band, table["k"]], observed=True).agg(["mean", "size"]).unstack()
    print(f"survival by {column}", *KNOWN, "reasons", sep="\t")
    for of_band, row in by_band.iterrows():
        shares = (row.get(("mean", str(k)), np.nan) for k in KNOWN)
        print(of_band, *(f"{share:.2f}" for share in shares), int(row["size"].sum()), sep="\t")


def rules(table: pd.DataFrame, picks: dict[str, int]) -> None:
    """Print how many of the reasons of each rule survive, and how many picks have one. picks: of all lists, by k."""
    print("rule", "", *KNOWN, "reasons each", sep="\t")
    for name, rule in RULES.items():
        rows = named(table, rule)
        share = survival(rows).groupby(rows["k"]).mean()
        with_one = rows.drop_duplicates(PICK).groupby("k").size()
        each = len(rows) / with_one.sum()
        print(name, "survival", *(f"{share[str(k)]:.3f}" for k in KNOWN), f"{each:.2f}", sep="\t")
        print("", "picks", *(f"{with_one[str(k)] / picks[str(k)]:.2f}" for k in KNOWN), sep="\t")


def main(users: int) -> None:
    tuning = evaluation_data(people=users, role=Role.TUNE)
    app = Engine(shipped_store().load_catalogue(), functools.cache(tuning.model))
    found: list[Tested] = []
    picks = dict.fromkeys(map(str, KNOWN), 0)
    for user, whole in enumerate(tuning.histories):
        for k in KNOWN:
            history = whole.head(k) if isinstance(k, int) else whole
            if len(reasons.liked_places(history)):
                found.extend(tested(app, k, user, history))
                picks[str(k)] += PICKS
    table = pd.DataFrame(found)
    old = named(table, RULES["before"])
    bands(old, "closeness", CLOSENESS)
    bands(old, "strength", STRENGTH)
    rules(table, picks)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else USERS)
