"""`reviews`: what do the words of a review say about its stars?

Two questions. On texts of authors whom the model has never read (no author and no text is parted by the folds), is it
off by less than giving everybody the median? And for the few accounts with many texts: what do the words add to what
the person's other ratings say already?
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data import half_stars
from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.evaluation.report import Difference, Report, Sums, differences
from reelrec.models import predictive
from reelrec.models.base import Prediction, UncertainRecommender
from reelrec.models.review_text import ReviewText, folds, out_of_fold
from reelrec.serving.predictions import RANGE
from reelrec.serving.review_stars import STARS_MODEL, joined
from reelrec.training import reviews
from reelrec.training.reviews import Reviews

NAME = "reviews"
MEDIAN, FILM_MEDIAN, TEXT = "median", "film-median", ReviewText.name
OWN_MEAN, BLEND = "own-mean", "blend"
LONG = 20  # texts from which an account is a long one
ALL, READ = "all", "read"
COVERED = f"coverage{RANGE:.0%}".removesuffix("%")


class Asked(NamedTuple):
    """Ratings of one long account that were asked for, each of the account's other films known.

    stars: (n,) given. told: by model the mean and sd (n,) each, of own-mean the mean alone. middle: by model the
    half-star in the middle, (n,). left_out: texts about films that are not in the catalogue, or about one twice.
    read: how many of the others said something.
    """

    stars: np.ndarray
    told: dict[str, Prediction]
    middle: dict[str, np.ndarray]
    left_out: int
    read: int


def run() -> Report:
    """Rows mae, rmse, mae_median and coverage80: without k on all texts, "read" on those that said something, and
    by long account."""
    began = time.perf_counter()
    data, films = reviews.read(), shipped_store().load_catalogue()
    said, known = out_of_fold(lambda *read: ReviewText().fit(*read), data.texts, data.stars, data.authors)
    strangers = of_strangers(data, said, known > 0)
    stars_model = shipped_store().load(STARS_MODEL)
    asked = [account(data, said, known > 0, of, films, stars_model) for of in long_accounts(data.authors)]
    long = of_accounts(asked)
    rows = tuple(one.row() for one in (*strangers, *long))
    details = {
        "gain": gain(strangers, None),
        "gain_read": gain(strangers, READ),
        "accounts": [{"n": len(one.stars), "left_out": one.left_out, "read": one.read} for one in asked],
    }
    apart = (*against_others(strangers), *differences(long))
    return Report(NAME, data.describe(), rows, time.perf_counter() - began, _notes(details), details, apart)


def headline(report: Report) -> dict[str, float]:
    """The text's errors on strangers, for the manifest."""
    found = {row.metric: row.value for row in report.rows if (row.model, row.k) == (TEXT, None)}
    return {metric: round(found[metric], 4) for metric in ("mae", "rmse")}


def of_strangers(data: Reviews, said: Prediction, heard: np.ndarray) -> list[Sums]:
    """Errors for texts of authors who did not train, added up by author: of medians, and of what the text says.

    heard: (n,) bool, the texts that say something.
    """
    told = _medians(data) | {TEXT: said.mean}
    low, high = predictive.interval(said, RANGE)
    inside = (data.stars >= low) & (data.stars <= high)
    found = []
    for k, some in ((None, np.ones(len(heard), dtype=bool)), (READ, heard)):
        for model, mean in told.items():
            found += _errors(model, k, mean[some], data.stars[some], data.authors[some])
        found.append(_sums(TEXT, COVERED, k, inside[some], data.authors[some]))
    return found


def _medians(data: Reviews) -> dict[str, np.ndarray]:
    """(n,) the median of the texts that trained, and of those about the same film; of all where there is none."""
    _, film = np.unique([f"{title} {year}" for title, year in data.films], return_inverse=True)
    everybody, of_film = np.empty((2, len(film)))
    for learned, asked in folds(data.texts, data.authors):
        everybody[asked] = of_film[asked] = np.median(data.stars[learned])
        for number in np.intersect1d(film[learned], film[asked]):
            of_film[asked[film[asked] == number]] = np.median(data.stars[learned[film[learned] == number]])
    return {MEDIAN: everybody, FILM_MEDIAN: of_film}


def against_others(strangers: Sequence[Sums]) -> tuple[Difference, ...]:
    """What the text says against each median, in every measure that both have."""
    found = {(one.model, one.metric, one.k): one for one in strangers}
    return tuple(
        found[TEXT, metric, k].minus(other)
        for (model, metric, k), other in found.items()
        if model in (MEDIAN, FILM_MEDIAN)
    )


def gain(strangers: Sequence[Sums], k: str | None) -> dict[str, float]:
    """By which part the text's mean absolute error is below the median's, with its 95 % interval over authors."""
    found = {one.model: one for one in strangers if (one.metric, one.k) == ("mae", k)}
    low, high = np.nanquantile(1.0 - found[TEXT].drawn / found[MEDIAN].drawn, (0.025, 0.975))
    return {"value": 1.0 - found[TEXT].value / found[MEDIAN].value, "low": float(low), "high": float(high)}


def long_accounts(authors: np.ndarray) -> list[np.ndarray]:
    """Places of the texts of each author with many, the longest account first."""
    codes, counts = np.unique(authors, return_counts=True)
    many = codes[counts >= LONG][np.argsort(-counts[counts >= LONG], kind="stable")]
    return [np.flatnonzero(authors == code) for code in many]


def account(
    data: Reviews,
    said: Prediction,
    heard: np.ndarray,
    places: np.ndarray,
    films: Catalogue,
    stars_model: UncertainRecommender,
) -> Asked:
    """Ask about every film of one author, the film's own rating left out of what is known. places: of their texts."""
    by_film = {}  # film number to place; of several texts about a film the last counts
    for place in places:
        candidates = films.match(*data.films[place])
        if len(candidates) == 1:
            by_film[candidates[0].number] = place
    items, kept = np.array(list(by_film), dtype=np.int64), np.array(list(by_film.values()), dtype=np.int64)
    stars = data.stars[kept]
    whole = History.of(items, stars)
    alone = Prediction(*np.empty((2, len(items)), dtype=np.float32), habit=np.empty((len(items), 10)))
    for row, item in enumerate(items):
        told = stars_model.predict(whole.without([item]))
        alone.mean[row], alone.sd[row], alone.habit[row] = told.mean[item], told.sd[item], told.habit
    text = said.at(kept)
    others = data.stars[data.authors != data.authors[places[0]]]
    blend = joined(alone, text, Prediction(others.mean(), others.std()))
    own = Prediction((stars.sum() - stars) / max(len(stars) - 1, 1), np.full(len(stars), np.nan))
    middle = {
        name: predictive.median(stars_model.probabilities(of)) for name, of in ((STARS_MODEL, alone), (BLEND, blend))
    }
    told = {OWN_MEAN: own, TEXT: text, STARS_MODEL: alone, BLEND: blend}
    return Asked(stars, told, middle, len(places) - len(items), int(heard[kept].sum()))


def of_accounts(asked: Sequence[Asked]) -> list[Sums]:
    """Errors on each long account and on all of them, added up by text: an interval over two people says nothing."""
    named = {f"account {rank}": [one] for rank, one in enumerate(asked, start=1)} | {ALL: asked}
    found = []
    for k, some in named.items():
        stars = np.concatenate([one.stars for one in some])
        each = np.arange(len(stars))
        for model in some[0].told:
            mean = np.concatenate([one.told[model].mean for one in some])
            found += _errors(model, k, mean, stars, each)
            if model in some[0].middle:
                middle = np.concatenate([one.middle[model] for one in some])
                found.append(_sums(model, "mae_median", k, np.abs(middle - stars), each))
            if model != OWN_MEAN:
                sd = np.concatenate([one.told[model].sd for one in some])
                low, high = predictive.interval(Prediction(mean, sd), RANGE)
                found.append(_sums(model, COVERED, k, (stars >= low) & (stars <= high), each))
    return found


def _errors(model: str, k: str | None, told: np.ndarray, stars: np.ndarray, people: np.ndarray) -> list[Sums]:
    off = half_stars.clipped(told) - stars
    return [
        _sums(model, "mae", k, np.abs(off), people),
        _sums(model, "rmse", k, off**2, people, root=True),
    ]


def _sums(model: str, metric: str, k: str | None, values: np.ndarray, people: np.ndarray, root: bool = False) -> Sums:
    _, whose = np.unique(people, return_inverse=True)
    return Sums(model, metric, k, np.bincount(whose, values), np.bincount(whose), root)


def _notes(details: dict) -> tuple[str, ...]:
    won, accounts = details["gain"], details["accounts"]
    asked, left_out = (sum(one[key] for one in accounts) for key in ("n", "left_out"))
    return (
        f"On authors it never read the text is off by {won['value']:.1%} less than the median "
        f"({won['low']:.1%} to {won['high']:.1%}), on texts that it can read by {details['gain_read']['value']:.1%}.",
        f"{len(accounts)} long accounts: {asked:,} films asked about, {left_out:,} texts left out, whose film is not "
        "in the catalogue, or has a later text.",
    )
