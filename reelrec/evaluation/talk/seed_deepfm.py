"""`seed-deepfm`: the talk's DeepFM repeated, its mistakes put in and taken out one at a time, and ours beside it.

Films are split, users are in both parts: the model learns the users' ratings of the training films, and predicts
whether the same users like the test films. Liked is 3.5 stars or more. The talk's members cannot be had: a seeded
sample of Letterboxd test users, new to all our models, stands in, and the films are those best known to train users.

Rows that know nothing of the user: the talk's takes each film's like rate among the very test ratings, and so has seen
the answers, the more so the fewer users share a film. The honest ones take the like rate, or the mean, among train
users, on whom our models are fitted too. These rows and ours need no training here, so they are measured once more on
more users.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation.metrics import is_liked, is_predicted_liked
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Difference, Report, Sums, describe, differences
from reelrec.evaluation.stars import Forecast
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.evaluation.talk import deepfm
from reelrec.evaluation.talk.deepfm import NO_PRIOR, Epoch
from reelrec.evaluation.talk.film_fields import LETTERS, UNSCALED, WRONG_FILMS, film_fields, text_vectors
from reelrec.evaluation.talk.split import (
    SIZES,
    FilmSplit,
    film_split,
    liked_by_train_users,
    majority,
    overlapping,
)
from reelrec.evaluation.users import evaluation_data
from reelrec.models.base import Recommender, UncertainRecommender
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.sources.registry import source

NAME = "seed-deepfm"
PEOPLE, MORE_PEOPLE = 100, 1500
HALFWAY, EPOCHS = 100, 200
CURVES = ("500+100", "1000+150")
CAUSES_OF = ("500+100", "9000+1000")  # where the causes are put in and taken out
LARGEST = "9000+1000"
# No personalisation; training films after 100 and 200 epochs; test films after 100 and 200.
TALK = {
    "30": (0.7106, 0.9040, 0.9889, None, None),
    "500+100": (0.769, 0.7860, 0.8430, 0.5695, 0.5732),
    "1000+150": (0.745, 0.6030, 0.9040, 0.5170, 0.5369),
    "9000+1000": (0.7322, 0.8437, 0.8878, 0.5641, 0.5662),
}
# Windows of text that overlap by half belong to the talk's GPT-2: its test films stand in training windows too. Here
# the same leak means that half of the test ratings are trained on. The DeepFM as published did not do that.
OVERLAP = "overlap"
PUBLISHED = frozenset({NO_PRIOR, WRONG_FILMS, LETTERS, UNSCALED})
CAUSES = (NO_PRIOR, WRONG_FILMS, LETTERS, UNSCALED, OVERLAP)
TALKS, MENDED = "talk-deepfm", "talk-deepfm-mended"
SEEN, MEAN, HONEST = "film-likes-seen", "film-mean", "film-likes"
IMPERSONAL = (SEEN, MEAN, HONEST)
OURS = ("bmf", "deepfm")
CUT = 3.5
TEST, TRAINING = "like_accuracy", "train_accuracy"


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises OptionError, ArtifactError or SourceError."""
    return run(options.models, options.people or PEOPLE)


def tables(report: Report) -> list[Printed]:
    return by_metric(report, k="films", than=f"the row above (like_accuracy of a model: than {HONEST})")


def run(models: Sequence[str] | None = None, people: int = PEOPLE) -> Report:
    """Rows like_accuracy of held-out films and train_accuracy, after 100 epochs and at the end.

    models: ours; by default those of OURS that ship. people: how many, a seeded sample. Raises OptionError.
    """
    began = time.perf_counter()
    if source("letterboxd").folder is None:
        raise OptionError(
            f"{NAME} learns from Letterboxd ratings and overviews, which are not on this machine. "
            "Run: python -m reelrec data get letterboxd --from FOLDER"
        )
    data, more = evaluation_data(people=people), evaluation_data(people=max(people, MORE_PEOPLE))
    names, notes = data.choose(models, OURS)
    catalogue = shipped_store().load_catalogue()
    overviews = letterboxd.read_overviews()
    ours = {name: _of_stars(name, data.model(name)) for name in names}
    measured: list[Sums] = []
    curves, causes = {}, []
    for name in progress.steps(SIZES):
        split = film_split(data, catalogue.films, name)
        text = text_vectors([overviews.get(film.slug, "") for film in split.films])
        watched = range(1, EPOCHS + 1) if name in CURVES else (HALFWAY, EPOCHS)
        fits = {TALKS: fitted(split, text, PUBLISHED, watched), MENDED: fitted(split, text, (), watched)}
        for model, epochs in fits.items():
            measured += accuracies(model, split, epochs)
        measured += [*without_user(split), *(of_ours(ours, split) if len(split.test) else ())]
        if name in CURVES:
            curves[name] = {model: curve(epochs) for model, epochs in fits.items()}
        if name in CAUSES_OF:
            causes += list(one_at_a_time(split, text, {model: epochs[-1] for model, epochs in fits.items()}))
    largest = film_split(more, catalogue.films, LARGEST)
    largest = replace(largest, name=f"{LARGEST}, {len(more.histories)} people")
    measured += [*without_user(largest), *of_ours(ours, largest)]
    measured.sort(key=lambda sums: sums.metric)  # stable: below each metric the models in their order
    return Report(
        protocol=NAME,
        dataset=describe(data.users),
        rows=tuple(sums.row() for sums in measured),
        seconds=time.perf_counter() - began,
        notes=(*data.notes, *notes, *map(_cause_note, causes)),
        details={"curves": curves, "causes": causes, "talk": TALK, "more_people": largest.name},
        differences=apart(measured),
    )


def fitted(split: FilmSplit, text: np.ndarray, mistakes: Collection[str], watched: Collection[int]) -> list[Epoch]:
    """The talk's DeepFM with these of its mistakes. Raises OptionError."""
    training = overlapping(split) if OVERLAP in mistakes else split.training
    fields = film_fields(split.films, text, mistakes)
    return deepfm.train(fields, training, split.test, NO_PRIOR not in mistakes, watched)


def accuracies(model: str, split: FilmSplit, epochs: Sequence[Epoch]) -> list[Sums]:
    """Of both parts halfway and at the end; of the test films only where there are any."""
    measured = []
    for epoch in epochs:
        if epoch.number in (HALFWAY, EPOCHS):
            end = f"_{HALFWAY}" if epoch.number == HALFWAY else ""
            measured.append(split.training.sums(model, f"{TRAINING}{end}", split.name, epoch.training_right))
            if len(split.test):
                measured.append(split.test.sums(model, f"{TEST}{end}", split.name, epoch.test_right))
    return measured


def without_user(split: FilmSplit) -> Iterator[Sums]:
    """The talk's row and the honest ones; without test films they are of the training ratings."""
    metric, part = (TEST, split.test) if len(split.test) else (TRAINING, split.training)
    means = np.array([film.mean or 0.0 for film in split.films])
    likes = {
        SEEN: majority(part, len(split.films)),
        MEAN: is_predicted_liked(means),
        HONEST: liked_by_train_users(split.films),
    }
    for model, films in likes.items():
        yield part.sums(model, metric, split.name, films[part.items] == is_liked(part.ratings))


def of_ours(ours: Mapping[str, Recommender], split: FilmSplit) -> Iterator[Sums]:
    """Each of our models, shown each user's ratings of the training films."""
    for name, model in ours.items():
        yield predicted(model, name, split)


def predicted(model: Recommender, name: str, split: FilmSplit) -> Sums:
    """The like accuracy of one of our models on the test films."""
    training, test = split.training, split.test
    numbers = np.array([film.number for film in split.films])
    right = np.zeros(len(test), dtype=bool)
    for user in range(test.n_users):
        known, asked = training.user == user, test.user == user
        if asked.any():
            history = History.of(numbers[training.items[known]], training.ratings[known])
            right[asked] = _likes(model, history, numbers[test.items[asked]]) == is_liked(test.ratings[asked])
    return test.sums(name, TEST, split.name, right)


def one_at_a_time(split: FilmSplit, text: np.ndarray, ends: Mapping[str, Epoch]) -> Iterator[dict]:
    """Each cause alone taken out of the published recipe, or put into it, and put into the mended one.

    ends: the last epoch of both recipes.
    """
    recipes: dict[str, frozenset[str]] = {TALKS: PUBLISHED, MENDED: frozenset()}
    for cause in CAUSES:
        for recipe, mistakes in recipes.items():
            end = fitted(split, text, mistakes ^ {cause}, (EPOCHS,))[-1]
            now, before = (split.test.sums(recipe, TEST, split.name, epoch.test_right) for epoch in (end, ends[recipe]))
            training = overlapping(split) if cause == OVERLAP else split.training
            yield {
                "films": split.name,
                "cause": cause,
                "recipe": recipe,
                "put_in": cause not in mistakes,
                TRAINING: training.sums(recipe, TRAINING, split.name, end.training_right).value,
                TEST: now.value,
                "change": _change(now.minus(before)),
            }


def curve(epochs: Sequence[Epoch]) -> dict[str, list]:
    """Loss and accuracies by epoch, for the dashboards; rounded, so that the file stays small."""
    return {
        "epoch": [epoch.number for epoch in epochs],
        "loss": [round(epoch.loss, 5) for epoch in epochs],
        "train": [round(float(epoch.training_right.mean()), 5) for epoch in epochs],
        "test": [round(float(epoch.test_right.mean()), 5) for epoch in epochs],
    }


def apart(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """Every number minus that of the row above, and every model's held-out accuracy minus the impersonal rows."""
    held_out = [sums for sums in measured if sums.metric == TEST]
    impersonal = {(sums.model, sums.k): sums for sums in held_out if sums.model in IMPERSONAL}
    models = [sums for sums in held_out if sums.model not in IMPERSONAL]
    against = [sums.minus(impersonal[row, sums.k]) for sums in models for row in IMPERSONAL]
    keys = {(entry.model, entry.than, entry.metric, entry.k) for entry in against}
    above = (entry for entry in differences(measured) if (entry.model, entry.than, entry.metric, entry.k) not in keys)
    return (*above, *against)


def _of_stars(name: str, model: Recommender) -> Recommender:
    if model.unit != "stars":
        raise OptionError(f"{name} makes lists and predicts no stars, so it has no row in {NAME}. Use top-n.")
    return model


def _likes(model: Recommender, history: History, items: np.ndarray) -> np.ndarray:
    if isinstance(model, UncertainRecommender):
        return Forecast.of(model, model.predict(history, items)).likes(CUT)
    return is_predicted_liked(model.score(history)[items])


def _change(difference: Difference) -> dict:
    return {
        "value": difference.value,
        "low": difference.low,
        "high": difference.high,
        "different": difference.different,
    }


def _cause_note(cause: dict) -> str:
    done = "put into" if cause["put_in"] else "taken out of"
    change = cause["change"]
    return (
        f"{cause['films']}: {cause['cause']} {done} {cause['recipe']}: {cause[TEST]:.4f} of the held-out likes right, "
        f"{change['value']:+.4f} ({change['low']:+.4f} to {change['high']:+.4f})."
    )
