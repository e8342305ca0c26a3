"""`reviews`: what do the words of a review say about its stars?

Two questions. On texts of authors whom the model has never read (the folds separate authors, and equal texts), is its
error below that of the median? And for the few accounts with many texts: what do the words add to what the author's
other ratings already say?
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelrec import progress
from reelrec.artifacts.store import shipped_store
from reelrec.data import half_stars
from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Difference, Report, Sums, differences
from reelrec.evaluation.tables import Printed, by_metric
from reelrec.models import predictive
from reelrec.models.base import Prediction, UncertainRecommender
from reelrec.models.review_text import ReviewText, folds, out_of_fold
from reelrec.serving.picks.predictions import RANGE
from reelrec.serving.review_stars import STARS_MODEL, joined
from reelrec.training import reviews
from reelrec.training.reviews import Reviews

NAME = "reviews"
MEDIAN, FILM_MEDIAN, TEXT = "median", "film-median", ReviewText.name
OWN_MEAN, BLEND = "own-mean", "ratings-and-words"
LONG = 20  # texts from which an account is a long one
ALL, READ = "all", "read"
COVERED = f"coverage{RANGE:.0%}".removesuffix("%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One long account: each rating predicted while the author's other films are known.

    ratings: (n,) given. predictions: by model the mean and sd (n,) each, of own-mean the mean alone. medians: by model
    the median half-star, (n,). left_out: texts about films that are not in the catalogue, or about one twice. read:
    how many of the others have words that the model knows.
    """

    ratings: np.ndarray
    predictions: dict[str, Prediction]
    medians: dict[str, np.ndarray]
    left_out: int
    read: int


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises SourceError or ArtifactError."""
    return run()


def tables(report: Report) -> list[Printed]:
    return by_metric(report, k="")


def headlines(report: Report) -> dict[str, dict[str, float]]:
    return {"reviews": headline(report)}


def run() -> Report:
    """Rows mae, rmse, mae_median and coverage80: without k on all texts, "read" on those with known words, and by
    long account."""
    began = time.perf_counter()
    data, films = reviews.read(), shipped_store().load_catalogue()
    texts, n_known = out_of_fold(lambda *read: ReviewText().fit(*read), data.texts, data.stars, data.authors)
    unread = of_unread_authors(data, texts, n_known > 0)
    stars_model = shipped_store().load(STARS_MODEL)
    assert isinstance(stars_model, UncertainRecommender)
    long = progress.steps(long_accounts(data.authors))
    accounts = [account(data, texts, n_known > 0, places, films, stars_model) for places in long]
    of_long = of_accounts(accounts)
    details = {
        "gain": gain(unread, None),
        "gain_read": gain(unread, READ),
        "accounts": [{"n": len(entry.ratings), "left_out": entry.left_out, "read": entry.read} for entry in accounts],
    }
    return Report(
        protocol=NAME,
        dataset=data.describe(),
        rows=tuple(sums.row() for sums in (*unread, *of_long)),
        seconds=time.perf_counter() - began,
        notes=_notes(details),
        details=details,
        differences=(*against_medians(unread), *differences(of_long)),
    )


def headline(report: Report) -> dict[str, float]:
    """The text model's errors on authors it never read, for the manifest."""
    value = {row.metric: row.value for row in report.rows if (row.model, row.k) == (TEXT, None)}
    return {metric: round(value[metric], 4) for metric in ("mae", "rmse")}


def of_unread_authors(data: Reviews, texts: Prediction, read: np.ndarray) -> list[Sums]:
    """Errors on texts of authors who did not train, added up by author: of the medians, and of the text model.

    texts: what the text model predicts. read: (n,) bool, the texts with words it knows.
    """
    means = _medians(data) | {TEXT: texts.mean}
    low, high = predictive.interval(texts, RANGE)
    inside = (data.stars >= low) & (data.stars <= high)
    measured = []
    for k, some in ((None, np.ones(len(read), dtype=bool)), (READ, read)):
        for model, mean in means.items():
            measured += _errors(model, k, mean[some], data.stars[some], data.authors[some])
        measured.append(_sums(TEXT, COVERED, k, inside[some], data.authors[some]))
    return measured


def _medians(data: Reviews) -> dict[str, np.ndarray]:
    """(n,) the median of the training texts, and of those about the same film; of all where there is none."""
    _, film = np.unique([f"{title} {year}" for title, year in data.films], return_inverse=True)
    of_all, of_film = np.empty((2, len(film)))
    for training, test in folds(data.texts, data.authors):
        of_all[test] = of_film[test] = np.median(data.stars[training])
        for number in np.intersect1d(film[training], film[test]):
            of_film[test[film[test] == number]] = np.median(data.stars[training[film[training] == number]])
    return {MEDIAN: of_all, FILM_MEDIAN: of_film}


def against_medians(measured: Sequence[Sums]) -> tuple[Difference, ...]:
    """The text model against each median, in every metric that both have."""
    by_key = {(sums.model, sums.metric, sums.k): sums for sums in measured}
    return tuple(
        by_key[TEXT, metric, k].minus(other)
        for (model, metric, k), other in by_key.items()
        if model in (MEDIAN, FILM_MEDIAN)
    )


def gain(measured: Sequence[Sums], k: str | None) -> dict[str, float]:
    """By which part the text's mean absolute error is below the median's, with its 95 % interval over authors."""
    mae = {sums.model: sums for sums in measured if (sums.metric, sums.k) == ("mae", k)}
    low, high = np.nanquantile(1.0 - mae[TEXT].drawn / mae[MEDIAN].drawn, (0.025, 0.975))
    return {"value": 1.0 - mae[TEXT].value / mae[MEDIAN].value, "low": float(low), "high": float(high)}


def long_accounts(authors: np.ndarray) -> list[np.ndarray]:
    """Places of the texts of each author with many, the longest account first."""
    codes, counts = np.unique(authors, return_counts=True)
    many = codes[counts >= LONG][np.argsort(-counts[counts >= LONG], kind="stable")]
    return [np.flatnonzero(authors == code) for code in many]


def account(
    data: Reviews,
    texts: Prediction,
    read: np.ndarray,
    places: np.ndarray,
    films: Catalogue,
    stars_model: UncertainRecommender,
) -> Account:
    """Predict every rating of one author, that rating left out of the history.

    texts, read: as in `of_unread_authors`. places: of the author's texts.
    """
    items, kept = _known_films(data, places, films)
    ratings = data.stars[kept]
    history = History.of(items.tolist(), ratings.tolist())
    mean, sd = np.empty((2, len(items)), dtype=np.float32)
    habit = np.empty((len(items), len(half_stars.HALF_STARS)))
    for row, item in enumerate(progress.steps(items)):
        prediction = stars_model.predict(history.without([item]))
        mean[row], sd[row], habit[row] = prediction.mean[item], prediction.sd[item], prediction.habit
    alone = Prediction(mean, sd, habit)
    of_text = texts.at(kept)
    others = data.stars[data.authors != data.authors[places[0]]]
    blend = joined(alone, of_text, Prediction(others.mean(), others.std()))
    own_mean = Prediction((ratings.sum() - ratings) / max(len(ratings) - 1, 1), np.full(len(ratings), np.nan))
    return Account(
        ratings=ratings,
        predictions={OWN_MEAN: own_mean, TEXT: of_text, STARS_MODEL: alone, BLEND: blend},
        medians={
            name: predictive.median(stars_model.probabilities(prediction))
            for name, prediction in ((STARS_MODEL, alone), (BLEND, blend))
        },
        left_out=len(places) - len(items),
        read=int(read[kept].sum()),
    )


def _known_films(data: Reviews, places: np.ndarray, films: Catalogue) -> tuple[np.ndarray, np.ndarray]:
    """Items and places of their texts, (n,) int64 each; of several texts about a film the last."""
    by_film = {}
    for place in places:
        candidates = films.match(*data.films[place])
        if len(candidates) == 1 and candidates[0].number < films.n_items:
            by_film[candidates[0].number] = place
    return np.array(list(by_film), dtype=np.int64), np.array(list(by_film.values()), dtype=np.int64)


def of_accounts(accounts: Sequence[Account]) -> list[Sums]:
    """Errors on each long account and on all of them, added up by text: two people are too few to draw from."""
    groups = {f"account {rank}": [entry] for rank, entry in enumerate(accounts, start=1)} | {ALL: [*accounts]}
    measured = []
    for k, some in groups.items():
        ratings = np.concatenate([entry.ratings for entry in some])
        each = np.arange(len(ratings))
        for model in some[0].predictions:
            mean = np.concatenate([entry.predictions[model].mean for entry in some])
            measured += _errors(model, k, mean, ratings, each)
            if model in some[0].medians:
                median = np.concatenate([entry.medians[model] for entry in some])
                measured.append(_sums(model, "mae_median", k, np.abs(median - ratings), each))
            if model != OWN_MEAN:
                sd = np.concatenate([entry.predictions[model].sd for entry in some])
                low, high = predictive.interval(Prediction(mean, sd), RANGE)
                measured.append(_sums(model, COVERED, k, (ratings >= low) & (ratings <= high), each))
    return measured


def _errors(model: str, k: str | None, mean: np.ndarray, ratings: np.ndarray, authors: np.ndarray) -> list[Sums]:
    errors = half_stars.clipped(mean) - ratings
    return [
        _sums(model, "mae", k, np.abs(errors), authors),
        _sums(model, "rmse", k, errors**2, authors, root=True),
    ]


def _sums(model: str, metric: str, k: str | None, values: np.ndarray, authors: np.ndarray, root: bool = False) -> Sums:
    _, author = np.unique(authors, return_inverse=True)
    sums, counts = np.bincount(author, values), np.bincount(author)
    return Sums(model=model, metric=metric, k=k, sums=sums, counts=counts, root=root)


def _notes(details: dict) -> tuple[str, ...]:
    won, accounts = details["gain"], details["accounts"]
    asked, left_out = (sum(entry[key] for entry in accounts) for key in ("n", "left_out"))
    return (
        f"On authors it never read the text is off by {won['value']:.1%} less than the median "
        f"({won['low']:.1%} to {won['high']:.1%}), on texts that it can read by {details['gain_read']['value']:.1%}.",
        f"{len(accounts)} long accounts: {asked:,} films asked about, {left_out:,} texts left out, whose film is not "
        "in the catalogue, or has a later text.",
    )
