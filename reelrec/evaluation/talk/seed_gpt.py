"""`seed-gpt`: the talk's GPT-2, repeated as nearly as public data allows, and ours beside it.

The question: is a film liked, 3.5 stars or more, asked after 0 to 9 films and ratings of a user?

`like_accuracy`: test users as in `new-users`, whom no model has seen. The first films of their random order are shown,
and the same later ones are asked for, however many are shown. The talk's way (`gpt2.py`) learned from a sample of train
users. `film-likes-seen` is the talk's "no personalisation": whether most of the very test ratings of the film like it,
so it has seen the answers. `film-mean`, the mean among train users, has not.

`window_like_accuracy`: windows shared between training and test as the talk did it, and windows apart (`overlap`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.half_stars import HALF_STARS, LIKED_PLACE
from reelrec.data.history import History
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError
from reelrec.evaluation.metrics import is_liked
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.protocols import new_users
from reelrec.evaluation.report import Difference, Report, Sums, describe
from reelrec.evaluation.stars import Forecast, Targets
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.talk import overlap, scatter, windows
from reelrec.evaluation.talk.film_vectors import film_vectors
from reelrec.evaluation.talk.gpt2 import TalkGPT
from reelrec.evaluation.talk.windows import Windows
from reelrec.evaluation.users import EvaluationData, evaluation_data, shuffled
from reelrec.models.base import Prediction
from reelrec.names import one_of
from reelrec.sources.registry import source
from reelrec.training.users import letterboxd_users

NAME = "seed-gpt"
METRIC = "like_accuracy"
CUT = 3.5
KNOWN = tuple(range(windows.LENGTH))
NONE, MOST = KNOWN[0], KNOWN[-1]
IN_TABLE = (0, 1, 3, 6, 9)  # the terminal has no room for ten columns
GROWTH = f"{NONE} to {MOST}"  # k of a difference between the two, of one model
WEIGHTED, UNWEIGHTED = "talk-weighted", "talk-unweighted"
# What the talk printed: like accuracy after 0 to 9 films.
TALK = {
    WEIGHTED: (0.709, 0.741, 0.720, 0.723, 0.733, 0.733, 0.724, 0.704, 0.655, 0.680),
    UNWEIGHTED: (0.653, 0.691, 0.710, 0.695, 0.725, 0.724, 0.738, 0.735, 0.707, 0.800),
}
SEEN, HONEST, BAR, OURS = "film-likes-seen", "film-mean", "baseline", "gpt"
MODELS = (SEEN, HONEST, WEIGHTED, UNWEIGHTED, BAR, "bmf", OURS)
MADE_HERE = (SEEN, WEIGHTED, UNWEIGHTED)
PEOPLE, EPOCHS = 2_000, 3  # PEOPLE: train users
WINDOW_EPOCHS = 5
SEED = 42


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises OptionError, ArtifactError or SourceError."""
    return run(options.models, options.people)


def tables(report: Report) -> list[Printed]:
    return by_metric(report, k="after", than=f"{BAR} (of windows: than -apart)", shown=IN_TABLE)


def run(models: Sequence[str] | None = None, people: int | None = None) -> Report:
    """Rows like_accuracy and window_like_accuracy by films shown; tables of predicted against given stars; curves.

    models: by default those of MODELS that can be had. people: a seeded sample of that many test users.
    Raises OptionError, also where ratings or packages are missing.
    """
    began = time.perf_counter()
    if source("letterboxd").folder is None:
        raise OptionError(
            f"{NAME} learns from Letterboxd ratings and overviews, which are not on this machine. "
            "Run: python -m reelrec data get letterboxd --from FOLDER"
        )
    data = evaluation_data(people=people)
    names, notes = _choose(data, models)
    targets = new_users.all_targets(data.histories)
    measured: list[Sums] = []
    scatters, curves = [], dict[str, list]()
    lesson = Lesson() if set(names) & TALK.keys() else None
    for name in progress.steps(names):
        if name in TALK and lesson:
            model = lesson.fitted(name, windows.side_by_side(lesson.histories), EPOCHS)
            forecasts = forecasts_of_talk(model, data.histories)
            of_windows, curves_of_windows = _of_windows(model, name, lesson, data.histories)
            measured += of_windows
            curves |= {name: model.curve_, **curves_of_windows}
        else:
            forecasts = _forecasts(name, data, targets)
        for k, forecast in zip(KNOWN, forecasts, strict=True):
            right = forecast.likes(CUT) == is_liked(targets.ratings, CUT)
            measured.append(targets.sums(name, METRIC, k, right))
            if name != SEEN:  # which predicts no stars
                scatters.append({"model": name, "k": k} | scatter.by_given(targets.ratings, forecast.stars))
    measured.sort(key=lambda sums: sums.metric)  # stable: below each metric the models in their order
    compared = differences(measured)
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=tuple(sums.row() for sums in measured),
        seconds=time.perf_counter() - began,
        notes=(*notes, *_notes(compared)),
        details={"talk": {name: list(TALK[name]) for name in TALK}, "scatter": scatters, "curves": curves},
        differences=compared,
    )


class Lesson:
    """What the talk's way learns from: a sample of train users in seeded random orders, and the films' vectors."""

    def __init__(self) -> None:
        films = shipped_store().load_catalogue()
        self.vectors = film_vectors(films)
        everybody = letterboxd_users(films, Role.TRAIN)
        users = np.random.default_rng(SEED).permutation(everybody.n_users)[:PEOPLE]
        self.histories = [shuffled(everybody.history(user), user) for user in users]

    def fitted(self, name: str, training: Windows, epochs: int, watched: Windows | None = None) -> TalkGPT:
        """The talk's way, weighted or not as the name says. Raises OptionError without torch."""
        model = TalkGPT(self.vectors, weighted=name == WEIGHTED, epochs=epochs)
        try:
            return model.fit(training, watched)
        except ImportError as error:
            raise OptionError(f"{NAME} needs {error.name}. Run: pip install -r requirements-train.txt") from error


def forecasts_of_talk(model: TalkGPT, histories: Sequence[History]) -> list[Forecast]:
    """For each number of films shown, what the talk's way says of all targets."""
    by_user = []
    for history in histories:
        shown, items, _ = new_users.split(history)
        by_user.append(model.after_each(shown.head(MOST), items))
    return [_from_chances(np.concatenate([chances[min(k, len(chances) - 1)] for chances in by_user])) for k in KNOWN]


def likes_seen(targets: Targets, n_items: int) -> Forecast:
    """Whether most of these very ratings of the film like it, as a certain chance."""
    liked = np.bincount(targets.items, is_liked(targets.ratings, CUT), n_items)
    is_film_liked = (2 * liked > np.bincount(targets.items, minlength=n_items))[targets.items]
    chances = np.zeros((len(targets), len(HALF_STARS)), dtype=np.float32)
    chances[np.arange(len(chances)), np.where(is_film_liked, LIKED_PLACE, LIKED_PLACE - 1)] = 1.0
    return _from_chances(chances)


def differences(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """After the same films: windows shared or many against windows apart, weighted against not, without against
    everybody's mean, and every model against film and user bias. Each model after nine films against after none.
    """
    by_key = {(sums.model, sums.metric, sums.k): sums for sums in measured}
    pairs = [(f"{name}{ending}", f"{name}{overlap.APART}") for name in TALK for ending in ("", overlap.SHARED)]
    pairs += [(WEIGHTED, UNWEIGHTED), (UNWEIGHTED, HONEST)]
    pairs += [(name, BAR) for name in MODELS if name != BAR]
    compared = []
    for model, than in pairs:
        for sums in (sums for sums in measured if sums.model == model):
            other = by_key.get((than, sums.metric, sums.k))
            if other is not None:
                compared.append(sums.minus(other))
    for name in (WEIGHTED, UNWEIGHTED, BAR, "bmf", OURS):
        if (name, METRIC, MOST) in by_key:
            growth = by_key[name, METRIC, MOST].minus(by_key[name, METRIC, NONE])
            compared.append(replace(growth, k=GROWTH))
    return tuple(compared)


def _choose(data: EvaluationData, models: Sequence[str] | None) -> tuple[list[str], tuple[str, ...]]:
    """The rows to be measured, in the order of MODELS, and a note on each model that cannot be had."""
    asked = [one_of(name, MODELS, f"row of {NAME}") for name in models or MODELS]
    wanted = [name for name in MODELS if name in asked]
    shipped, notes = data.choose(None, [name for name in wanted if name not in MADE_HERE])
    return [name for name in wanted if name in MADE_HERE or name in shipped], notes


def _forecasts(name: str, data: EvaluationData, targets: Targets) -> list[Forecast]:
    """For each number of films shown, what the row of this name says of all targets."""
    if name == SEEN:
        return [likes_seen(targets, data.users.n_items)] * len(KNOWN)
    model = data.model(name)
    return [Forecast.of(model, prediction) for prediction in new_users.predict(model, data.histories, KNOWN)]


def _of_windows(
    model: TalkGPT, name: str, lesson: Lesson, test_users: Sequence[History]
) -> tuple[list[Sums], dict[str, list]]:
    """The metric of `overlap`: of this model, and of two fitted for it; and the curves of these two."""
    measured, curves = [], {}
    for ending, training, test in overlap.lessons(test_users, lesson.histories):
        fitted = lesson.fitted(name, training, WINDOW_EPOCHS, test)
        curves[f"{name}{ending}"] = fitted.curve_
        measured += overlap.sums(f"{name}{ending}", test, fitted.chances)
    return [*overlap.sums(name, test, model.chances), *measured], curves


def _from_chances(chances: np.ndarray) -> Forecast:
    stars = chances @ HALF_STARS
    return Forecast(stars=stars, prediction=Prediction(stars, np.zeros_like(stars)), chances=chances)


def _notes(compared: Sequence[Difference]) -> Iterator[str]:
    """What ours gains, in numbers."""
    by_key = {(entry.model, entry.than, entry.k): entry for entry in compared if entry.metric == METRIC}
    gains = {f"against {BAR}": by_key.get((OURS, BAR, MOST)), "against no film": by_key.get((OURS, OURS, GROWTH))}
    for words, entry in gains.items():
        if entry is not None:
            yield f"{OURS} after {MOST} films {words}: {entry.value:+.4f} ({entry.low:+.4f} to {entry.high:+.4f})."
