"""`contrast`: does the list follow the stars, or only which films were rated?

Users and shown films are those of `top-n`. Each user's stars are replaced, the films stay:

- turned10: the share of films that the first ten of true and of turned stars (r to 5.5 - r) have in common.
- ones10, fives10: the same with 1 star, or 5 stars, for every film.
- ones_fives24: films that the first 24 of all at 1 star and of all at 5 stars have in common.

k is the number of films shown. details: families, for the FAMILIES series and directors with most ratings: whether half
a star for the best-known film alone lowers the mean place of the others, from where a visitor without ratings has them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import HIGHEST, LOWEST
from reelrec.data.history import History
from reelrec.data.titles.series import series
from reelrec.evaluation.list_measures import LIST_LENGTH, ranked
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.protocols import top_n
from reelrec.evaluation.report import Report, Sums, describe, differences
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.models.base import Recommender

NAME = "contrast"
MODELS = ("ranker", "dae", "blend")
KNOWN: tuple[int | str, ...] = (3, 10, 50, "all")
LONG_LIST = 24  # what For you shows
ONE, FIVE = 1.0, 5.0
FAMILIES = 150  # series, and as many directors
PEOPLE = 1_000  # by default
LEAST_FILMS = 2  # of a series; a director has one more
LEAST_RATINGS = 500  # of a film of a family


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    data = evaluation_data(ratings=options.ratings, people=options.people or PEOPLE)
    return run(data, families(shipped_store().load_catalogue()), options.models)


def tables(report: Report) -> list[Printed]:
    lowered = [
        f"{row['model']}: hating the best-known film lowers the others in {row['lowered']} of {row['families']} series "
        "and directors."
        for row in report.details["families"]
    ]
    return [*by_metric(report), *lowered]


def run(data: EvaluationData, of_families: Mapping[str, Sequence[int]], models: Sequence[str] | None = None) -> Report:
    """Rows of the metrics above by model and films shown; details: families.

    of_families: the films of each series and director, most rated first. models: by default those of MODELS that can
    be had.
    """
    began = time.perf_counter()
    names, notes = data.choose(models, MODELS)
    users = [user.history for user in top_n.parts(data)]
    measured, details = [], []
    for name in progress.steps(names):
        model = data.model(name)
        for k in progress.steps(KNOWN):
            shown = [history.head(k) if isinstance(k, int) else history for history in users]
            values = [shared(model, history) for history in progress.steps(shown)]
            for metric in values[0]:
                sums = np.array([of_user[metric] for of_user in values])
                measured.append(Sums(model=name, metric=metric, k=k, sums=sums, counts=np.ones(len(sums))))
        lowered = [falls(model, films) for films in of_families.values()]
        details.append({"model": name, "lowered": int(np.sum(lowered)), "families": len(lowered)})
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=tuple(sums.row() for sums in measured),
        seconds=time.perf_counter() - began,
        notes=(*data.notes, *notes),
        differences=differences(measured),
        details={"families": details},
    )


def shared(model: Recommender, history: History) -> dict[str, float]:
    """What the lists for these films have in common when their stars are others."""
    other = {
        "true": history,
        "turned": replace(history, ratings=np.float32(LOWEST + HIGHEST) - history.ratings),
        "ones": replace(history, ratings=np.full(len(history), ONE, dtype=np.float32)),
        "fives": replace(history, ratings=np.full(len(history), FIVE, dtype=np.float32)),
    }
    lists = {name: ranked(model.score(of_stars), history, n=LONG_LIST) for name, of_stars in other.items()}
    tens = {name: set(best[:LIST_LENGTH].tolist()) for name, best in lists.items()}
    found = {
        f"{name}{LIST_LENGTH}": len(tens["true"] & tens[name]) / LIST_LENGTH for name in ("turned", "ones", "fives")
    }
    both = len(set(lists["ones"].tolist()) & set(lists["fives"].tolist()))
    return found | {f"ones_fives{LONG_LIST}": float(both)}


def falls(model: Recommender, films: Sequence[int]) -> bool:
    """Whether half a star for the first of these films lowers the mean place of the others."""
    hated, others = films[0], np.array(films[1:])
    before = _mean_place(model.score(History.empty()), hated, others)
    after = _mean_place(model.score(History.of([hated], [LOWEST])), hated, others)
    return after > before


def _mean_place(score: np.ndarray, hated: int, films: np.ndarray) -> float:
    """The mean place of the films in the list of all but the hated one."""
    below = np.delete(score, hated)
    return float(np.mean([(below > score[film]).sum() for film in films]))


def families(films: Catalogue) -> dict[str, list[int]]:
    """The FAMILIES series and directors with most ratings, and the films of each, most rated first."""
    listed = [films.films[number] for number in np.flatnonzero(films.listed).tolist()]
    known = sorted((film for film in listed if film.n_ratings >= LEAST_RATINGS), key=lambda film: -film.n_ratings)
    names = series([film.title for film in known])
    by_series: dict[str, list[int]] = defaultdict(list)
    by_director: dict[str, list[int]] = defaultdict(list)
    for film, name in zip(known, names, strict=True):
        if name:
            by_series[f"series {name}"].append(film.number)
        if film.director:
            by_director[f"director {film.director}"].append(film.number)
    found: dict[str, list[int]] = {}
    for groups, least in ((by_series, LEAST_FILMS), (by_director, LEAST_FILMS + 1)):
        large = {name: numbers for name, numbers in groups.items() if len(numbers) >= least}
        fame = {name: int(films.n_ratings[numbers].sum()) for name, numbers in large.items()}
        found |= {name: large[name] for name in sorted(large, key=lambda name: -fame[name])[:FAMILIES]}
    return found
