"""`seed-gpt`: the talk's GPT-2, repeated as near as public data allows, and ours beside it.

The question: is a film liked, 3.5 stars or more, asked after 0 to 9 films and ratings of a person?

`like_accuracy`: test people as in `new-users`, whom no model has seen. The first films of their random order are told,
and the same later ones are asked for, whatever was told. The talk's way (`talk_gpt`) learned from a sample of people
0-7. `film-likes-seen` is the talk's "no personalisation": what most of the very test ratings say of the film, so it has
seen the answers. `film-mean`, the mean among people 0-7, has not.

`window_like_accuracy`: windows shared between training and test as the talk did it, and windows apart (`overlap`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reelrec.artifacts import store
from reelrec.data.half_stars import HALF_STARS, LIKED_PLACE
from reelrec.data.history import History
from reelrec.data.roles import Role
from reelrec.errors import OptionError
from reelrec.evaluation.metrics import is_liked
from reelrec.evaluation.protocols import new_users
from reelrec.evaluation.report import Difference, Report, Sums, describe
from reelrec.evaluation.stars import Forecast, Targets
from reelrec.evaluation.talk import overlap, scatter, windows
from reelrec.evaluation.talk.film_vectors import film_vectors
from reelrec.evaluation.talk.gpt2 import TalkGPT
from reelrec.evaluation.talk.windows import Windows
from reelrec.evaluation.users import EvaluationData, evaluation_data, shuffled
from reelrec.models.base import Prediction
from reelrec.sources.registry import source
from reelrec.training.users import letterboxd_users

NAME = "seed-gpt"
METRIC = "like_accuracy"
CUT = 3.5
KNOWN = tuple(range(windows.LENGTH))
NONE, MOST = KNOWN[0], KNOWN[-1]
SHOWN = (0, 1, 3, 6, 9)  # in the terminal, where ten columns have no room
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
PEOPLE, EPOCHS = 2_000, 3  # of people 0-7
WINDOW_EPOCHS = 5
SEED = 42


def run(models: Sequence[str] | None = None, people: int | None = None) -> Report:
    """Rows like_accuracy and window_like_accuracy by films told; tables of the stars predicted and given; curves.

    models: by default those of MODELS that are to be had. people: a seeded sample of that many test people.
    Raises OptionError, also where ratings or packages are missing.
    """
    began = time.perf_counter()
    if source("letterboxd").folder is None:
        raise OptionError(
            f"{NAME} learns from Letterboxd ratings and overviews, which are not on this machine. "
            "Run: python -m reelrec data get letterboxd --from FOLDER"
        )
    test = evaluation_data(people=people)
    names, notes = _choose(test, models)
    targets = new_users.all_targets(test.histories)
    details = {"talk": {name: list(TALK[name]) for name in TALK}, "scatter": [], "curves": {}}
    measured: list[Sums] = []
    lesson = Lesson() if set(names) & set(TALK) else None
    for name in names:
        if name in TALK:
            model = lesson.learned(name, windows.side_by_side(lesson.histories), EPOCHS)
            details["curves"][name] = model.curve_
            forecasts = told_by_talk(model, test.histories)
            measured += _of_windows(model, name, lesson, test.histories, details["curves"])
        elif name == SEEN:
            forecasts = [likes_seen(targets, test.users.n_items)] * len(KNOWN)
        else:
            model = test.model(name)
            forecasts = [Forecast.of(model, told) for told in new_users.predict(model, test.histories, KNOWN)]
        for k, forecast in zip(KNOWN, forecasts, strict=True):
            measured.append(_like_accuracy(name, k, targets, forecast))
            if name != SEEN:  # which says no stars
                details["scatter"].append({"model": name, "k": k} | scatter.by_given(targets.stars, forecast.stars))
    measured.sort(key=lambda one: one.metric)  # stable: below each measure the models in their order
    found = differences(measured)
    rows = tuple(one.row() for one in measured)
    seconds = time.perf_counter() - began
    return Report(NAME, describe(test.users), rows, seconds, (*notes, *_sentences(found)), details, found)


class Lesson:
    """What the talk's way learns from: a sample of people 0-7 in seeded random orders, and the films' vectors."""

    def __init__(self) -> None:
        films = store.load_catalogue()
        self.vectors = film_vectors(films)
        everybody = letterboxd_users(films, Role.TRAIN)
        users = np.random.default_rng(SEED).permutation(everybody.n_users)[:PEOPLE]
        self.histories = [shuffled(everybody.history(user), user) for user in users]

    def learned(self, name: str, learn: Windows, epochs: int, watched: Windows | None = None) -> TalkGPT:
        """The talk's way, weighted or not as the name says. Raises OptionError without torch."""
        model = TalkGPT(self.vectors, name == WEIGHTED, epochs)
        try:
            return model.fit(learn, watched)
        except ImportError as error:
            raise OptionError(f"{NAME} needs {error.name}. Run: pip install -r requirements.txt") from error


def told_by_talk(model: TalkGPT, histories: Sequence[History]) -> list[Forecast]:
    """For each number of films told, what the talk's way says of everybody's targets."""
    told = []
    for history in histories:
        shown, items, _ = new_users.split(history)
        told.append(model.after_each(shown.head(MOST), items))
    return [_from_chances(np.concatenate([one[min(k, len(one) - 1)] for one in told])) for k in KNOWN]


def likes_seen(targets: Targets, n_items: int) -> Forecast:
    """Whether most of these very ratings of the film like it, as a certain chance."""
    liked = np.bincount(targets.items, is_liked(targets.stars, CUT), n_items)
    is_film_liked = (2 * liked > np.bincount(targets.items, minlength=n_items))[targets.items]
    chances = np.zeros((len(targets.items), len(HALF_STARS)), dtype=np.float32)
    chances[np.arange(len(chances)), np.where(is_film_liked, LIKED_PLACE, LIKED_PLACE - 1)] = 1.0
    return _from_chances(chances)


def differences(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """After the same films: windows shared or many against windows apart, weighted against not, without against
    everybody's mean, and every model against film and person bias. Ours after nine films against after none.
    """
    place = {(one.model, one.metric, one.k): one for one in measured}
    pairs = [(f"{name}{ending}", f"{name}{overlap.APART}") for name in TALK for ending in ("", overlap.SHARED)]
    pairs += [(WEIGHTED, UNWEIGHTED), (UNWEIGHTED, HONEST)]
    pairs += [(name, BAR) for name in MODELS if name != BAR]
    found = []
    for model, than in pairs:
        for one in (one for one in measured if one.model == model):
            other = place.get((than, one.metric, one.k))
            if other is not None:
                found.append(one.minus(other))
    for name in (WEIGHTED, UNWEIGHTED, BAR, "bmf", OURS):
        if (name, METRIC, MOST) in place:
            found.append(replace(place[name, METRIC, MOST].minus(place[name, METRIC, NONE]), k=GROWTH))
    return tuple(found)


def _choose(test: EvaluationData, models: Sequence[str] | None) -> tuple[list[str], tuple[str, ...]]:
    """The rows to be measured, in the order of MODELS, and a note on each model that is not to be had."""
    unknown = set(models or ()) - set(MODELS)
    if unknown:
        raise OptionError(f"{NAME} has no row {min(unknown)!r}. Known: {', '.join(MODELS)}.")
    wanted = [name for name in MODELS if not models or name in models]
    shipped, notes = test.choose(None, [name for name in wanted if name not in MADE_HERE])
    return [name for name in wanted if name in MADE_HERE or name in shipped], notes


def _of_windows(
    model: TalkGPT, name: str, lesson: Lesson, newcomers: Sequence[History], curves: dict[str, list]
) -> list[Sums]:
    """The measure of `overlap`: this model's, and of two fitted for it."""
    found = []
    for ending, learn, asked in overlap.lessons(newcomers, lesson.histories):
        fitted = lesson.learned(name, learn, WINDOW_EPOCHS, asked)
        curves[f"{name}{ending}"] = fitted.curve_
        found += overlap.sums(f"{name}{ending}", asked, fitted.told)
    return overlap.sums(name, asked, model.told) + found


def _from_chances(chances: np.ndarray) -> Forecast:
    stars = chances @ HALF_STARS
    return Forecast(stars, Prediction(stars, np.zeros_like(stars)), chances)


def _like_accuracy(model: str, k: int, targets: Targets, forecast: Forecast) -> Sums:
    right = forecast.likes(CUT) == is_liked(targets.stars, CUT)
    return Sums(model, METRIC, k, targets.per_person(right), targets.per_person(np.ones(len(right))))


def _sentences(found: Sequence[Difference]) -> tuple[str, ...]:
    """What ours gains, in numbers."""
    said = {(one.model, one.than, one.k): one for one in found if one.metric == METRIC}
    told = {f"against {BAR}": said.get((OURS, BAR, MOST)), "against no film": said.get((OURS, OURS, GROWTH))}
    return tuple(
        f"{OURS} after {MOST} films {words}: {one.value:+.4f} ({one.low:+.4f} to {one.high:+.4f})."
        for words, one in told.items()
        if one is not None
    )
