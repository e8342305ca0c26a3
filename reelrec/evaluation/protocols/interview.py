"""`interview`: which policy's questions make a new user best known?

Every policy interviews the same users (`panel.py`). Metrics after 1 … 10 answers about films that the user has seen:
rmse, mae, nll, recall20, new_recall20 and new_ndcg100. The same metrics with the prefix screens_, after 1 … 5 screens
of films that the user may not have seen. Lists are measured both ways: recall20 as a page would show the list, where
films that the user has seen and was not asked about take places; new_recall20 and new_ndcg100 without any film of the
answering half, which is what the list knows of the user. LISTER makes the lists. Further metrics:

- answers: ratings that a user has given by then.
- stars and screens_stars: the mean rating of the films shown that the user had seen.
- area: the mean of screens_nll over the screens.
- posters: films shown for each rating given. coverage: the share of the pool shown to anybody.

Endings of a policy's name: -2 and -3 are other seeds of its training; -blind does without P(seen); -one has a single
draw of the posterior; -cold was trained from a random start. These are measured by screens only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.errors import OptionError
from reelrec.evaluation import calibration
from reelrec.evaluation import verdict as rl
from reelrec.evaluation.panel import ANSWERS, Panel, Screens
from reelrec.evaluation.protocol import Doing, Options
from reelrec.evaluation.report import Difference, Report, Row, Sums, describe
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.interview.policies import POLICIES, Choice
from reelrec.interview.replay import SCREENS

NAME = "interview"
LISTER = "dae"  # the list model for short histories
YARDSTICK = "popularity"  # the notebook's way of asking
WITHOUT_SEEN, SINGLE_DRAW = "-blind", "-one"
ENJOYMENT = (0.0, 0.25, 0.5, 0.75, 1.0)
SLIDING = (rl.DESIGNED, rl.LEARNED)
VARIANTS = frozenset(f"{name}{end}" for name in SLIDING for end in ("-2", "-3", "-cold", WITHOUT_SEEN, SINGLE_DRAW))
ABLATIONS = tuple(f"{rl.DESIGNED}{end}" for end in (WITHOUT_SEEN, SINGLE_DRAW))
IN_TABLE = (None, 1, 2, 3, 5, 10)  # the answers and screens of the table in the terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyResult:
    """One policy's metrics. by_answers: after each answer. by_screens, area: after each screen, and of all."""

    name: str
    by_answers: list[Sums]
    by_screens: list[Sums]
    area: Sums
    screens: Screens

    def all_sums(self) -> list[Sums]:
        """In the order of the rows; without metrics that count nobody, such as recall where no hidden film is liked."""
        return [sums for sums in (*self.by_answers, *self.by_screens, self.area) if sums.counts.any()]


def evaluate(options: Options, doing: Doing) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    store = shipped_store()
    films, interviewer = store.load_catalogue(), store.load(Interviewer.name)
    policies = POLICIES | (store.load(Policies.name).policies_ if store.has(Policies.name) else {})
    data = evaluation_data(ratings=options.ratings, people=options.people)
    return run(data, interviewer, policies, films, options.models, doing)


def tables(report: Report) -> list[Printed]:
    return by_metric(report, k="after", than=YARDSTICK, shown=IN_TABLE)


def run(
    data: EvaluationData,
    interviewer: Interviewer,
    policies: dict[str, Choice],
    films: Catalogue,
    names: Sequence[str] | None = None,
    doing: Callable[[str], object] = lambda what: None,
) -> Report:
    """Rows of every metric and policy; details: needed, areas, verdict, pareto, by_popularity, meter.

    names: by default all policies and the ablations of DESIGNED. Raises OptionError for an unknown one. doing: is told
    which policy is being measured.
    """
    began = time.perf_counter()
    known = [*policies, *ABLATIONS]
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise OptionError(f"There is no policy called {unknown[0]!r}. Known: {', '.join(known)}.")
    panel = Panel.of(data.histories, interviewer.model, data.model(LISTER))
    tables: dict[str, list] = {"by_popularity": [], "meter": []}
    results = []
    for name in names or known:
        doing(f"{NAME}: {name}")
        variant, choose = _variant(name, interviewer, policies)
        results.append(_measured(name, panel, variant, choose, films, data.n_ratings, tables))
    measured = [sums for result in results for sums in result.all_sums()]
    areas = [result.area for result in results]
    needed, verdict = _needed(results), rl.verdict(areas)
    sliding = [name for name in SLIDING if name in (names or known)]
    details = {
        "needed": needed,
        "areas": {area.model: rl.holm(areas, area) for area in areas if area.model in (YARDSTICK, rl.DESIGNED)},
        "verdict": verdict,
        "pareto": [row for name in sliding for row in _front(name, panel, interviewer, policies)],
        **tables,
    }
    shown = (row for result in results for row in _shown(result, len(interviewer.pool.items)))
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=(*(sums.row() for sums in measured), *shown),
        seconds=time.perf_counter() - began,
        notes=(*data.notes, *map(_needed_note, needed), *([verdict["sentence"]] if verdict else ())),
        details=details,
        differences=_against_yardstick(measured),
    )


def _variant(name: str, interviewer: Interviewer, policies: dict[str, Choice]) -> tuple[Interviewer, Choice]:
    """The interviewer and the policy of that name."""
    choose = policies.get(name) or policies[name.removesuffix(WITHOUT_SEEN).removesuffix(SINGLE_DRAW)]
    return interviewer.ablated(name.endswith(WITHOUT_SEEN), name.endswith(SINGLE_DRAW)), choose


def _measured(
    name: str,
    panel: Panel,
    interviewer: Interviewer,
    choose: Choice,
    films: Catalogue,
    n_ratings: np.ndarray,
    tables: dict[str, list],
) -> PolicyResult:
    """Interview all users by one policy. tables: get its rows."""
    by_answers = []
    for k, answered in enumerate(() if name in VARIANTS else panel.by_answers(interviewer, choose, films), start=1):
        by_answers += panel.measured(name, "", k, answered, panel.forecast(answered))
    screens, by_screens = panel.by_screens(interviewer, choose), []
    for k, answered in enumerate(screens.answers, start=1):
        forecast = panel.forecast(answered)
        by_screens += panel.measured(name, "screens_", k, answered, forecast)
        tables["meter"].append(_meter(name, k, screens, by_screens))
    tables["by_popularity"] += calibration.by_popularity(name, SCREENS, panel.targets, forecast, n_ratings)
    losses = [sums for sums in by_screens if sums.metric == "screens_nll"]
    area = replace(losses[0], metric="area", k=None, sums=np.mean([sums.sums for sums in losses], axis=0))
    return PolicyResult(name=name, by_answers=by_answers, by_screens=by_screens, area=area, screens=screens)


def _meter(name: str, k: int, screens: Screens, by_screens: Sequence[Sums]) -> dict:
    """Mean over users of what the meter said after k screens, what it promised before the last, and the real error."""
    mae = next(sums for sums in by_screens if sums.metric == "screens_mae" and sums.k == k)
    return {
        "policy": name,
        "screens": k,
        "said": float(screens.errors[:, k - 1].mean()),
        "promised": float(screens.promised[:, k - 1].mean()),
        "measured": float(np.mean(mae.sums / mae.counts)),
    }


def _shown(result: PolicyResult, pool_size: int) -> list[Row]:
    """answers and screens_stars by screen, posters and coverage of all screens."""
    name, screens = result.name, result.screens
    seen, rows = ~np.isnan(screens.ratings), []
    for k in range(1, SCREENS + 1):
        answers = seen[:, :k].sum(axis=(1, 2))
        stars = np.nansum(screens.ratings[:, :k], axis=(1, 2))
        rows.append(Sums(model=name, metric="answers", k=k, sums=answers, counts=np.ones(len(answers))).row())
        if answers.any():
            rows.append(Sums(model=name, metric="screens_stars", k=k, sums=stars, counts=answers).row())
    places = screens.shown
    if answers.any():
        shown = np.full(len(places), places[0].size)
        rows.append(Sums(model=name, metric="posters", k=None, sums=shown, counts=answers).row())
    share = len(np.unique(places)) / pool_size
    return [*rows, Row(model=name, metric="coverage", k=None, value=share, n=len(places))]


def _front(name: str, panel: Panel, interviewer: Interviewer, policies: dict[str, Choice]) -> list[dict]:
    """Learning against enjoyment, as the slider goes: keys policy, enjoyment, nll, rmse, stars after all screens."""
    rows = []
    for enjoyment in ENJOYMENT:
        screens = panel.by_screens(interviewer, policies[name], enjoyment)
        last = screens.answers[-1]
        value = {sums.metric: sums.value for sums in panel.measured(name, "", SCREENS, last, panel.forecast(last))}
        stars = float(np.nanmean(screens.ratings))
        rows.append(
            {"policy": name, "enjoyment": enjoyment, "nll": value["nll"], "rmse": value["rmse"], "stars": stars}
        )
    return rows


def _needed(results: Sequence[PolicyResult]) -> list[dict]:
    """Answers after which each policy's RMSE is at or below that of YARDSTICK with ANSWERS answers; None for more.

    difference: at that number, or at ANSWERS, from the yardstick's.
    """
    errors = {
        result.name: {sums.k: sums for sums in result.by_answers if sums.metric == "rmse"}
        for result in results
        if result.by_answers
    }
    if YARDSTICK not in errors:
        return []
    bar, rows = errors[YARDSTICK][ANSWERS], []
    for name, by_k in errors.items():
        reached = next((k for k, sums in by_k.items() if sums.value <= bar.value), None)
        difference = by_k[reached or ANSWERS].minus(bar)
        rows.append({"policy": name, "answers": reached, "difference": asdict(difference)})
    return rows


def _needed_note(row: dict) -> str:
    if row["policy"] == YARDSTICK:
        return f"{YARDSTICK} is what the others are held against, at {ANSWERS} answers."
    after = f"after {row['answers']} answers" if row["answers"] else f"not within {ANSWERS} answers"
    value, low, high = (row["difference"][key] for key in ("value", "low", "high"))
    return f"{row['policy']} reaches that RMSE {after} ({value:+.4f} [{low:+.4f}, {high:+.4f}])."


def _against_yardstick(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """Every number minus the YARDSTICK's."""
    bars = {(sums.metric, sums.k): sums for sums in measured if sums.model == YARDSTICK}
    others = [sums for sums in measured if sums.model != YARDSTICK and (sums.metric, sums.k) in bars]
    return tuple(sums.minus(bars[sums.metric, sums.k]) for sums in others)
