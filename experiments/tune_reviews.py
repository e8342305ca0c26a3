"""The searches behind the model of review texts, on texts of authors outside of the fold that trained.

python -m experiments.tune_reviews text     terms, their weights, regularisation and kinds of regression (5 minutes)
python -m experiments.tune_reviews known    the share of words that must be known (2 minutes)
python -m experiments.tune_reviews blend    ways to join text and bmf, on the long accounts

Errors in stars: MAE of the mean, MAE of the median half-star ("of the middle"), and RMSE.
LOG.md keeps the results.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack

from reelrec.artifacts.store import shipped_store
from reelrec.data import half_stars
from reelrec.evaluation.protocols import reviews as protocol
from reelrec.models import predictive, review_text
from reelrec.models.base import Prediction, UncertainRecommender
from reelrec.models.review_text import ReviewText, folds, words
from reelrec.serving.review_stars import STARS_MODEL
from reelrec.training import reviews

MARK = re.compile(r"[!?…]|[\u2600-\u27bf\U0001f300-\U0001faff]")


@dataclass(frozen=True)
class Row:
    """One setting; the first row is the plainest.

    longest: words in a term. chars: n-grams of 3 to 5 characters inside of words too. marks: exclamation marks,
    question marks and emoji are terms. films: a term must be used of so many films. length: the logarithm of the number
    of words is a feature. regression: ridge, ordinal (nine logistic regressions), absolute (least absolute error).
    """

    longest: int = 2
    min_authors: int = 5
    reg: float = 3.0
    sublinear: bool = True
    chars: bool = False
    marks: bool = False
    films: int = 1
    length: bool = False
    regression: str = "ridge"


ROWS = (
    Row(longest=1),
    Row(),
    Row(longest=3),
    Row(reg=1.0),
    Row(reg=2.0),
    Row(reg=5.0),
    Row(reg=10.0),
    Row(min_authors=10),
    Row(min_authors=20),
    Row(sublinear=False),
    Row(chars=True),
    Row(chars=True, reg=5.0),
    Row(marks=True),
    Row(films=2),
    Row(films=3),
    Row(length=True),
    Row(marks=True, length=True),
    Row(regression="ordinal", reg=1.0),
    Row(regression="ordinal", reg=3.0),
    Row(regression="absolute", reg=1.0),
    Row(regression="absolute", reg=10.0),
)


def terms_of(row: Row) -> Callable[[str], list[str]]:
    """The analyzer of a row."""

    def analyse(text: str) -> list[str]:
        tokens = words(text)
        terms = [" ".join(tokens[i : i + n]) for n in range(1, row.longest + 1) for i in range(len(tokens) - n + 1)]
        if row.chars:
            padded = [f" {word} " for word in tokens]
            terms += [f"#{word[i : i + n]}" for word in padded for n in (3, 4, 5) for i in range(len(word) - n + 1)]
        return terms + MARK.findall(text) if row.marks else terms

    return analyse


def counted(row: Row, data: reviews.Reviews) -> tuple[list[list[str]], np.ndarray]:
    """The terms of each text, and film numbers."""
    analyse = terms_of(row)
    _, film = np.unique([f"{title} {year}" for title, year in data.films], return_inverse=True)
    return [analyse(text) for text in data.texts], film


def vocabulary(row: Row, texts: Sequence[list[str]], authors: np.ndarray, film: np.ndarray) -> list[str]:
    """The terms of enough authors and films."""
    authors_of: dict[str, set] = {}
    films_of: dict[str, set] = {}
    for text, author, number in zip(texts, authors, film, strict=True):
        for term in set(text):
            authors_of.setdefault(term, set()).add(author)
            films_of.setdefault(term, set()).add(number)
    return sorted(
        term for term, users in authors_of.items() if len(users) >= row.min_authors and len(films_of[term]) >= row.films
    )


def out_of_fold(row: Row, data: reviews.Reviews) -> tuple[np.ndarray, np.ndarray | None]:
    """(n,) means, and for the ordinal regression (n, 10) chances."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts, film = counted(row, data)
    means, chances = np.empty(len(texts)), np.empty((len(texts), 10))
    for training, test in folds(data.texts, data.authors):
        some = [texts[i] for i in training]
        known = vocabulary(row, some, data.authors[training], film[training])
        vectorizer = TfidfVectorizer(analyzer=lambda terms: terms, vocabulary=known, sublinear_tf=row.sublinear)
        x, z = vectorizer.fit_transform(some), vectorizer.transform([texts[i] for i in test])
        if row.length:
            x, z = (
                hstack([part, csr_array(np.log1p([[len(texts[i])] for i in rows]) / 5.0)]).tocsr()
                for part, rows in ((x, training), (z, test))
            )
        means[test], chances[test] = _fitted(row, x, data.stars[training], z)
    return half_stars.clipped(means), chances if row.regression == "ordinal" else None


def _fitted(row: Row, x: csr_array, stars: np.ndarray, z: csr_array) -> tuple[np.ndarray, np.ndarray | float]:
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.svm import LinearSVR

    if row.regression == "ridge":
        return Ridge(alpha=row.reg).fit(x, stars).predict(z), np.nan
    if row.regression == "absolute":
        model = LinearSVR(epsilon=0.0, C=1.0 / row.reg, random_state=42, max_iter=20_000)
        return model.fit(x, stars).predict(z), np.nan
    above = np.array(
        [
            LogisticRegression(C=1.0 / row.reg, max_iter=500).fit(x, stars > cut).predict_proba(z)[:, 1]
            for cut in half_stars.HALF_STARS[:-1]
        ]
    ).T
    above = np.minimum.accumulate(above, axis=1)  # P(more than each half-star)
    chances = -np.diff(above, axis=1, prepend=1.0, append=0.0)
    return chances @ half_stars.HALF_STARS, chances


def middle(mean: np.ndarray, stars: np.ndarray) -> np.ndarray:
    """(n,) the median half-star of a Gaussian around the mean, with the habit of all stars."""
    prediction = Prediction(mean, np.full(len(mean), np.std(stars - mean)))
    expected = predictive.half_star_probabilities(prediction)
    habit = predictive.habit(expected, stars, weight=100.0)
    return predictive.median(predictive.half_star_probabilities(prediction._replace(habit=habit)))


def text() -> None:
    """Every row, below the median and the mean of the training texts."""
    data = reviews.read()
    stars = data.stars
    constants = {"median": np.empty(len(stars)), "mean": np.empty(len(stars))}
    for training, test in folds(data.texts, data.authors):
        constants["median"][test] = np.median(stars[training])
        constants["mean"][test] = np.mean(stars[training])
    print("row", "MAE", "MAE of the middle", "RMSE", sep="\t")
    for name, constant in constants.items():
        _print(name, stars, constant, constant)
    for row in ROWS:
        mean, chances = out_of_fold(row, data)
        _print(row, stars, mean, middle(mean, stars) if chances is None else predictive.median(chances))


def known() -> None:
    """Errors by the share of words that must be known."""
    data = reviews.read()
    print("share", "texts that say something", "MAE", "MAE of the middle", "RMSE", sep="\t")
    for review_text.KNOWN_SHARE in (0.0, 0.3, 0.5, 0.6, 0.8):
        fit = ReviewText()._fit_line
        prediction, words_known = review_text.out_of_fold(fit, data.texts, data.stars, data.authors)
        row = f"{review_text.KNOWN_SHARE}\t{np.count_nonzero(words_known):,}"
        _print(row, data.stars, prediction.mean, middle(prediction.mean, data.stars))


def blend() -> None:
    """Ways to join the text model and bmf."""
    data, films = reviews.read(), shipped_store().load_catalogue()
    model = shipped_store().load(STARS_MODEL)
    assert isinstance(model, UncertainRecommender)
    texts, read = review_text.out_of_fold(lambda *some: ReviewText().fit(*some), data.texts, data.stars, data.authors)
    accounts = [
        protocol.account(data, texts, read > 0, places, films, model) for places in protocol.long_accounts(data.authors)
    ]
    stars = np.concatenate([account.ratings for account in accounts])
    own, words, alone, both = (
        half_stars.clipped(np.concatenate([account.predictions[name].mean for account in accounts]))
        for name in (protocol.OWN_MEAN, protocol.TEXT, STARS_MODEL, protocol.BLEND)
    )
    medians = {
        name: np.concatenate([account.medians[name] for account in accounts]) for name in (STARS_MODEL, protocol.BLEND)
    }
    print("from", "MAE", "MAE of the middle", "RMSE", sep="\t")
    _print("own mean", stars, own, own)
    _print("words", stars, words, words)
    _print("bmf", stars, alone, medians[STARS_MODEL])
    _print("joined as Gaussians", stars, both, medians[protocol.BLEND])
    for weight in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        moved = half_stars.clipped(alone + weight * (words - data.stars.mean()))
        _print(f"bmf + {weight} (words - mean)", stars, moved, np.round(2 * moved) / 2)
        centred = half_stars.clipped(alone + weight * (words - words.mean()))  # the mean of these very texts
        _print(f"bmf + {weight} (words - their mean)", stars, centred, np.round(2 * centred) / 2)


def _print(row: object, stars: np.ndarray, mean: np.ndarray, half: np.ndarray) -> None:
    errors = np.abs(mean - stars).mean(), np.abs(half - stars).mean(), np.sqrt(np.mean((mean - stars) ** 2))
    print(row, *(f"{error:.4f}" for error in errors), sep="\t", flush=True)


if __name__ == "__main__":
    searches = {"text": text, "known": known, "blend": blend}
    if sys.argv[1:2] and sys.argv[1] in searches:
        searches[sys.argv[1]]()
    else:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
