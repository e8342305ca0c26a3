"""`reasons`: is a reason one? The test by deletion, through the same functions as a visitor's click.

Each test user's ratings come in a seeded random order; the first k are the history, and PICKS of the first SHOWN films
of the list made from it are explained (`serving/why/sums.py`). Then a film is told not to count, and the stars are
predicted again:

- moved_top, moved_random: by how many stars, in absolute value, without the film that is named first, and without
  another rated film, drawn at random. Their ratio is in details.
- survives: of all films that are named, the share without which the stars move to the side that the reason says, and
  further than without a rated film that is not named, drawn at random. Where all are named, the side decides.
- because_survives: of the films after "because you liked", the share without which the pick's place by score gets
  worse, and by more than without another liked film, drawn at random. The first places of a long history's list hang
  on no single film.
- apart: the largest difference of the sum of the lines from the stars that are shown; of all, not a mean.
"""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.history import History
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.protocols.dial import profile as profile_of
from reelrec.evaluation.report import Report, Row, Sums, describe
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.users import EvaluationData, evaluation_data
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.picks import reasons
from reelrec.serving.picks.filters import EVERYTHING
from reelrec.serving.picks.predictions import Pick
from reelrec.serving.why import place
from reelrec.serving.why.lines import Line
from reelrec.serving.why.sums import of_model, why
from reelrec.visitor.profile import Profile

NAME = "reasons"
KNOWN: tuple[int | str, ...] = (5, 10, 20, 50, "all")
SHOWN, PICKS = 24, 4  # films of a list; of these, evenly spread, the films that are explained
PEOPLE = 100  # by default
SEED = 42
Added = dict[str, list[float]]  # metric to the values of one user


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises InputError, ArtifactError or SourceError."""
    data = evaluation_data(ratings=options.ratings, people=options.people or PEOPLE)
    return run(data, Engine(shipped_store().load_catalogue(), functools.cache(data.model)))


def tables(report: Report) -> list[Printed]:
    ratios = [
        f"With {ratio['k']} ratings the first reason moves the stars {ratio['value']:.1f} times as far as a random "
        f"film ({ratio['low']:.1f} to {ratio['high']:.1f})."
        for ratio in report.details["ratios"]
    ]
    return [*by_metric(report), *ratios]


def run(data: EvaluationData, app: Engine) -> Report:
    """Rows of the metrics above by k; details: the ratios of moved_top and moved_random."""
    began = time.perf_counter()
    rows: list[Row] = []
    ratios = []
    for k in progress.steps(KNOWN):
        users = []
        for number, whole in enumerate(progress.steps(data.histories)):
            history = whole.head(k) if isinstance(k, int) else whole
            users.append(of_user(app, history, np.random.default_rng([SEED, number])))
        measured = {metric: _sums(users, metric, k) for metric in METRICS}
        rows += [sums.row() for sums in measured.values() if sums.counts.any()]
        rows.append(_largest(users, k))
        if measured["moved_random"].sums.any():
            ratio = asdict(measured["moved_top"].over(measured["moved_random"]))
            ratios.append(ratio | {"model": "stack", "than": "a random film", "metric": "moved"})
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=tuple(rows),
        seconds=time.perf_counter() - began,
        notes=data.notes,
        details={"ratios": ratios},
    )


METRICS = {"moved_top": "stack", "moved_random": "stack", "survives": "stack", "because_survives": "blend"}


def _sums(users: Sequence[Added], metric: str, k: int | str) -> Sums:
    values = [user.get(metric, []) for user in users]
    return Sums(
        model=METRICS[metric], metric=metric, k=k, sums=np.array([sum(of_user) for of_user in values]),
        counts=np.array([len(of_user) for of_user in values]),
    )  # fmt: skip


def _largest(users: Sequence[Added], k: int | str) -> Row:
    apart = [value for user in users for value in user.get("apart", [])]
    return Row(model="stack", metric="apart", k=k, value=max(apart, default=0.0), n=len(apart))


def of_user(app: Engine, history: History, rng: np.random.Generator) -> Added:
    """What one user adds to the metrics: metric to the values of their picks or reasons."""
    profile = profile_of(history)
    picks = engine.recommend(app, profile, SHOWN)[1][:: SHOWN // PICKS]
    stars_model = app.stars_model
    assert stars_model is not None
    sums = why(app.films, of_model(app, stars_model), profile, [pick.film for pick in picks])
    added: Added = defaultdict(list)
    for pick, lines in zip(picks, sums, strict=True):
        _stars(app, profile, pick, lines, rng, added)
        _because(app, profile, pick, rng, added)
    return added


def _stars(
    app: Engine, profile: Profile, pick: Pick, lines: tuple[Line, ...], rng: np.random.Generator, added: Added
) -> None:
    """Tell each named film not to count, and one that is drawn."""

    def stars(of: Profile) -> float:
        prediction = engine.predict(app, of, pick.film)
        assert prediction is not None
        assert prediction.stars is not None
        return prediction.stars

    now = stars(profile)
    added["apart"].append(abs(sum(line.stars for line in lines) - now))
    named = [(line.film.number, line.stars) for line in lines if line.film is not None]
    if not named:
        return

    def moved_by(number: int) -> float:
        return now - stars(profile.not_counted(number))

    numbers = [number for number, _ in named]
    others = [number for number in profile.ratings if number != numbers[0]]
    unnamed = [number for number in others if number not in numbers]
    moved = [moved_by(number) for number in numbers]
    if others:
        added["moved_top"].append(abs(moved[0]))
        added["moved_random"].append(abs(moved_by(int(rng.choice(others)))))
    bar = abs(moved_by(int(rng.choice(unnamed)))) if unnamed else 0.0
    added["survives"] += [float(by * said > 0 and abs(by) > bar) for by, (_, said) in zip(moved, named, strict=True)]


def _because(app: Engine, profile: Profile, pick: Pick, rng: np.random.Generator, added: Added) -> None:
    """Tell each film of "because you liked" not to count, and another liked one that is drawn."""
    history = profile.history(app.films.n_items)
    named = [reason.film.number for reason in pick.because]
    others = np.setdiff1d(history.items[reasons.liked_places(history)], named)
    if not named or not len(others):
        return
    may = engine.allowed(app, profile, EVERYTHING)

    def now(of: Profile) -> int:
        return place.rank(app.lister.score(of.history(app.films.n_items)), may, pick.film.number)

    before = now(profile)
    drawn = now(profile.not_counted(int(rng.choice(others))))
    after = [now(profile.not_counted(number)) for number in named]
    added["because_survives"] += [float(then > max(before, drawn)) for then in after]
