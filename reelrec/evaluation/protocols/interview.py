"""`interview`: after which questions is a newcomer best known?

Every policy asks the same people (`interviewed.py`). rmse, mae, nll and recall20 after 1 … 10 answers about films they
have seen; the same with screens_ before them after 1 … 5 screens of films that they may not have seen. answers: that a
person has given by then. stars and screens_stars: the mean star of the films shown that the person had seen. area: the
mean of screens_nll over the screens. posters: shown for one answer. coverage: the share of the pool shown to anybody.

Of a policy's name, -2 and -3 are other seeds of its training; -blind does without P(seen), -one with one draw of the
posterior, and -cold was trained from a random start. These ask by screens only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.errors import OptionError
from reelrec.evaluation import calibration, verdict
from reelrec.evaluation.panel import ANSWERS, Panel, Screens
from reelrec.evaluation.report import Difference, Report, Row, Sums, describe
from reelrec.evaluation.users import EvaluationData
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import Choice
from reelrec.interview.replay import SCREENS

NAME = "interview"
YARDSTICK = "popularity"  # the notebook's way of asking
BLIND, ONE = "-blind", "-one"
ENJOYMENT = (0.0, 0.25, 0.5, 0.75, 1.0)
SLIDING = (verdict.DESIGNED, verdict.LEARNED)
VARIANTS = frozenset(f"{name}{end}" for name in SLIDING for end in ("-2", "-3", "-cold", BLIND, ONE))
ABLATIONS = tuple(f"{verdict.DESIGNED}{end}" for end in (BLIND, ONE))
SHOWN = (1, 2, 3, 5, 10)  # the answers and screens of the table in the terminal


@dataclass(frozen=True, slots=True)
class Asked:
    """One policy's measures. answered: after each answer. screened, area: after each screen, and of all."""

    name: str
    answered: list[Sums]
    screened: list[Sums]
    area: Sums
    screens: Screens


def run(
    data: EvaluationData,
    interviewer: Interviewer,
    policies: dict[str, Choice],
    films: Catalogue,
    names: Sequence[str] | None = None,
    doing: Callable[[str], object] = lambda what: None,
) -> Report:
    """Rows of every measure and policy; details: needed, areas, verdict, pareto, by_popularity, meter.

    names: by default all policies and the ablations of DESIGNED. Raises OptionError for an unknown one. doing: is told
    who is asking.
    """
    began = time.perf_counter()
    known = [*policies, *ABLATIONS]
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise OptionError(f"There is no policy called {unknown[0]!r}. Known: {', '.join(known)}.")
    panel = Panel.of(data.histories, interviewer.model, data.model("ranker"))
    tables: dict[str, list] = {"by_popularity": [], "meter": []}
    asked = []
    for name in names or known:
        doing(f"{NAME}: {name}")
        who, choose = _variant(name, interviewer, policies)
        asked.append(_asked(name, panel, who, choose, films, data.n_ratings, tables))
    sliding = [name for name in SLIDING if name in (names or known)]
    pareto = [row for name in sliding for row in _front(name, panel, interviewer, policies)]
    areas = [one.area for one in asked]
    measured = [one for policy in asked for one in (*policy.answered, *policy.screened, policy.area)]
    measured = [one for one in measured if one.counts.any()]  # nobody may like a hidden film
    said = verdict.verdict(areas)
    details = {
        "needed": _needed(asked),
        "areas": {one.model: verdict.holm(areas, one) for one in areas if one.model in (YARDSTICK, verdict.DESIGNED)},
        "verdict": said,
        "pareto": pareto,
        **tables,
    }
    rows = tuple(one.row() for one in measured) + tuple(row for one in asked for row in _shown(one, interviewer))
    notes = (*data.notes, *map(_told, details["needed"]), *([said["sentence"]] if said else ()))
    seconds = time.perf_counter() - began
    return Report(NAME, describe(data.users), rows, seconds, notes, details, _against(measured))


def _variant(name: str, interviewer: Interviewer, policies: dict[str, Choice]) -> tuple[Interviewer, Choice]:
    """Who asks, and how, under that name."""
    choose = policies.get(name) or policies[name.removesuffix(BLIND).removesuffix(ONE)]
    return interviewer.ablated(name.endswith(BLIND), name.endswith(ONE)), choose


def _asked(
    name: str,
    panel: Panel,
    interviewer: Interviewer,
    choose: Choice,
    films: Catalogue,
    n_ratings: np.ndarray,
    tables: dict[str, list],
) -> Asked:
    answered = []
    for k, told in enumerate(() if name in VARIANTS else panel.by_answers(interviewer, choose, films), start=1):
        answered += panel.measured(name, "", k, told, panel.forecast(told))
    screens, screened = panel.by_screens(interviewer, choose), []
    for k, told in enumerate(screens.told, start=1):
        forecast = panel.forecast(told)
        screened += panel.measured(name, "screens_", k, told, forecast)
        tables["meter"].append(_meter(name, k, screens, screened))
    tables["by_popularity"] += calibration.by_popularity(name, SCREENS, panel.targets, forecast, n_ratings)
    losses = [one for one in screened if one.metric == "screens_nll"]
    area = replace(losses[0], metric="area", k=None, sums=np.mean([one.sums for one in losses], axis=0))
    return Asked(name, answered, screened, area, screens)


def _meter(name: str, k: int, screens: Screens, screened: Sequence[Sums]) -> dict:
    """What the meter said after k screens, what it had promised before the last, and what it was: mean of people."""
    mae = next(one for one in screened if one.metric == "screens_mae" and one.k == k)
    return {
        "policy": name,
        "screens": k,
        "said": float(screens.errors[:, k - 1].mean()),
        "promised": float(screens.promised[:, k - 1].mean()),
        "measured": float(np.mean(mae.sums / mae.counts)),
    }


def _shown(one: Asked, interviewer: Interviewer) -> list[Row]:
    """answers and screens_stars by screen, posters and coverage of all screens."""
    seen, rows = ~np.isnan(one.screens.stars), []
    for k in range(1, SCREENS + 1):
        so_far = seen[:, :k].sum(axis=(1, 2))
        stars = np.nansum(one.screens.stars[:, :k], axis=(1, 2))
        rows.append(Sums(one.name, "answers", k, so_far, np.ones(len(so_far))).row())
        if so_far.any():
            rows.append(Sums(one.name, "screens_stars", k, stars, so_far).row())
    places = one.screens.shown
    if so_far.any():
        rows.append(Sums(one.name, "posters", None, np.full(len(places), places[0].size), so_far).row())
    share = len(np.unique(places)) / len(interviewer.pool.items)
    return [*rows, Row(one.name, "coverage", None, share, None, None, len(places))]


def _front(name: str, panel: Panel, interviewer: Interviewer, policies: dict[str, Choice]) -> list[dict]:
    """Learning against enjoyment, as the slider goes: keys policy, enjoyment, nll, rmse, stars after all screens."""
    rows = []
    for enjoyment in ENJOYMENT:
        screens = panel.by_screens(interviewer, policies[name], enjoyment)
        last = screens.told[-1]
        found = {one.metric: one.value for one in panel.measured(name, "", SCREENS, last, panel.forecast(last))}
        stars = float(np.nanmean(screens.stars))
        rows.append(
            {"policy": name, "enjoyment": enjoyment, "nll": found["nll"], "rmse": found["rmse"], "stars": stars}
        )
    return rows


def _needed(asked: Sequence[Asked]) -> list[dict]:
    """Answers after which each policy's RMSE is at or below what the YARDSTICK has with ANSWERS; None for more.

    difference: at that number, or at ANSWERS, from the yardstick's.
    """
    errors = {one.name: {sums.k: sums for sums in one.answered if sums.metric == "rmse"} for one in asked}
    errors = {name: by_k for name, by_k in errors.items() if by_k}
    if YARDSTICK not in errors:
        return []
    bar, rows = errors[YARDSTICK][ANSWERS], []
    for name, by_k in errors.items():
        reached = next((k for k, one in by_k.items() if one.value <= bar.value), None)
        difference = by_k[reached or ANSWERS].minus(bar)
        rows.append({"policy": name, "answers": reached, "difference": asdict(difference)})
    return rows


def _told(row: dict) -> str:
    if row["policy"] == YARDSTICK:
        return f"{YARDSTICK} is what the others are held against, at {ANSWERS} answers."
    one = row["difference"]
    after = f"after {row['answers']} answers" if row["answers"] else f"not within {ANSWERS} answers"
    return f"{row['policy']} reaches that RMSE {after} ({one['value']:+.4f} [{one['low']:+.4f}, {one['high']:+.4f}])."


def _against(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """Every number minus the YARDSTICK's."""
    bars = {(one.metric, one.k): one for one in measured if one.model == YARDSTICK}
    others = [one for one in measured if one.model != YARDSTICK and (one.metric, one.k) in bars]
    return tuple(one.minus(bars[one.metric, one.k]) for one in others)
