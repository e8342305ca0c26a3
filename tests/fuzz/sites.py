"""Targets that read the files of other sites, and tables whose columns a visitor names."""

from __future__ import annotations

from reelrec import app
from reelrec.sources.budget import Budget
from reelrec.sources.others.loose import LooseTable, log_of
from reelrec.sources.others.registry import read_history
from reelrec.sources.scales import LETTERS, SCALES
from reelrec.visitor import intake, match_report
from tests.fakes import other_sites
from tests.fuzz import mutations, small
from tests.fuzz.mutations import Mutation
from tests.fuzz.target import Target

CSV = (mutations.as_csv, mutations.piecewise)
JSON = (mutations.as_json, mutations.as_json, mutations.piecewise)
NAMES = ("ratings.csv", "watchlist.csv", "favorites.json", "x.xml", "history.txt")
HEAD_LINES = 30


def history(data: bytes) -> None:
    """An upload; its length says what it is called, and which scale is said when one is asked."""
    budget = Budget()
    found = read_history([(NAMES[len(data) % len(NAMES)], data)], None, budget)
    if isinstance(found, LooseTable):
        found.ratings(len(data) % len(found.header))
        found = log_of(found, {"title": 0, **found.guess}, None, budget)
    taken = intake.take_in(found, small.films(), budget=budget)
    out_of = (*SCALES, LETTERS, None)[len(data) % 5]
    match_report.match_report(intake.on_scale(taken, small.films(), out_of)).as_dict()


def _target(name: str) -> Target:
    """The target of a site's sample."""

    def valid() -> list[bytes]:
        data = other_sites.SAMPLES[name](app.catalogue().films).data
        return [data if data.startswith(b"[") else b"".join(data.splitlines(keepends=True)[:HEAD_LINES])]

    return Target(f"file of {name}".replace(",", ""), history, valid, _ways(name), 40)


def _ways(name: str) -> tuple[Mutation, ...]:
    return JSON if "JSON" in name else CSV


TARGETS = (
    *map(_target, other_sites.SAMPLES),
    Target("table", history, lambda: [other_sites.table(app.catalogue().films).data[:2_000]], CSV, 60),
)
