"""`interview`: which policy's questions make a new user best known, and bring the best list?

Every policy interviews the same users (`panel.py`). Metrics after 1 … 10 answers about films that the user has seen:
rmse, mae, nll, recall20, new_recall20 and new_ndcg100. The same metrics with the prefix screens_, after 1 … 5 screens
of films that the user may not have seen. Lists are measured both ways: recall20 as a page would show the list, where
films that the user has seen and was not asked about take places; new_recall20 and new_ndcg100 without any film of the
answering half, which is what the list knows of the user. `dae` makes the lists. Further metrics:

- answers: ratings that a user has given by then.
- stars and screens_stars: the mean rating of the films shown that the user had seen.
- area: the mean of screens_nll over the screens.
- gained_nll, gained_new_ndcg100: what the screens brought, compared with no answer, on average over the screens.
- posters: films shown for each rating given. coverage: the share of the pool shown to anybody.

Endings of a policy's name: -2 and -3 are other seeds of its training; -blind does without P(seen); -one has a single
draw of the posterior; -cold was trained from a random start; -likelihood was rewarded by the list's log likelihood.
These are measured by screens only, and so are the policies of the list.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.evaluation import verdict as rl
from reelrec.evaluation.asking import SINGLE_DRAW, VARIANTS, WITHOUT_SEEN, Asking, PolicyResult, hold, measure
from reelrec.evaluation.panel import ANSWERS
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Difference, Report, Sums, describe
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import Policies
from reelrec.interview.policies import POLICIES, Choice
from reelrec.names import one_of

NAME = "interview"
YARDSTICK = "popularity"  # the notebook's way of asking
ABLATIONS = tuple(f"{rl.DESIGNED}{end}" for end in (WITHOUT_SEEN, SINGLE_DRAW))
IN_TABLE = (None, 1, 2, 3, 5, 10)  # the answers and screens of the table in the terminal


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    store = shipped_store()
    films, interviewer = store.load_catalogue(), store.load(Interviewer.name)
    policies = POLICIES | (store.load(Policies.name).policies_ if store.has(Policies.name) else {})
    data = evaluation_data(ratings=options.ratings, people=options.people)
    few = options.people is not None or options.ratings is not None  # they are asked sooner in one process
    processes = 1 if few else os.cpu_count() or 1
    return run(data, interviewer, policies, films, options.models, processes)


def tables(report: Report) -> list[Printed]:
    return by_metric(report, k="after", than=YARDSTICK, shown=IN_TABLE)


def run(
    data: EvaluationData,
    interviewer: Interviewer,
    policies: dict[str, Choice],
    films: Catalogue,
    names: Sequence[str] | None = None,
    processes: int = 1,
) -> Report:
    """Rows of every metric and policy; details: needed, areas, verdict, pareto, by_popularity, meter.

    names: by default all policies and the ablations of the design. Raises OptionError for an unknown one.
    processes: that measure policies at the same time.
    """
    began = time.perf_counter()
    known = [*policies, *ABLATIONS]
    chosen = [one_of(name, known, "policy") for name in names or known]
    asking = Asking.of(data, interviewer, policies, films)
    results = _measured(asking, chosen, processes)
    measured = [sums for result in results for sums in result.all_sums()]
    areas = [result.area for result in results]
    rivals = [result.gained for result in results if result.name in rl.SEEDS or result.name not in VARIANTS]
    needed, verdict = _needed(results), rl.verdict(rivals)
    details = {
        "needed": needed,
        "areas": {area.model: rl.holm(areas, area) for area in areas if area.model in (YARDSTICK, rl.DESIGNED)},
        "verdict": verdict,
        "pareto": [row for result in results for row in result.front],
        "by_popularity": [row for result in results for row in result.by_popularity],
        "meter": [row for result in results for row in result.meter],
    }
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=(*(sums.row() for sums in measured), *(row for result in results for row in result.shown)),
        seconds=time.perf_counter() - began,
        notes=(*data.notes, *map(_needed_note, needed), *([verdict["sentence"]] if verdict else ())),
        details=details,
        differences=_against_yardstick(measured),
    )


def _measured(asking: Asking, names: Sequence[str], processes: int) -> list[PolicyResult]:
    """The results of these policies, in this order, measured in so many processes."""
    with contextlib.ExitStack() as stack:
        if processes > 1:
            spawn = multiprocessing.get_context("spawn")
            workers = ProcessPoolExecutor(processes, spawn, initializer=hold, initargs=(asking,))
            measured = stack.enter_context(workers).map(measure, names)
        else:
            measured = map(asking.measure, names)
        return [next(measured) for _ in progress.steps(names)]


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
