"""The searches behind `facts`, on items whose ratings stay in training, and on tune users. LOG.md keeps the results.

python -m experiments.tune_facts strengths   the error at unseen items by block: without, halved, doubled (5 minutes)
python -m experiments.tune_facts few         the same by the number of ratings at which an item counts half
python -m experiments.tune_facts known       tune users' RMSE on new films with some facts only (10 minutes)
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data.film_features import new_film_features
from reelrec.data.half_stars import clipped
from reelrec.data.ratings.roles import Role
from reelrec.evaluation.protocols import new_films
from reelrec.models.bmf.model import BMF
from reelrec.models.facts.model import STRENGTHS, Facts, item_vectors, trust, unseen_errors
from reelrec.models.facts.words import Words
from reelrec.training.settings import SETTINGS
from reelrec.training.users import letterboxd_users

FOLDS, SEED = 5, 42
FEW = 300.0
FACTORS = (0.0, 0.5, 2.0)
KNOWN = (
    ("year",), ("year", "actor"), ("genre",), ("year", "genre"), ("year", "director"), ("year", "genre", "director"),
    tuple(STRENGTHS),
)  # fmt: skip


class Unseen:
    """The squared error of the vectors of unseen items, in stars, as the mean user would feel it for each rating."""

    def __init__(self) -> None:
        store = shipped_store()
        self._bmf, self._features = store.load("bmf"), new_film_features(store.load_catalogue())
        self._counts = store.load("ranker").counts_
        self._moment = user_moment(self._bmf)

    def error(self, strengths: Mapping[str, float], few: float = FEW) -> float:
        used = {name: strength for name, strength in strengths.items() if strength}
        design = Words.of(self._features, used).design[: len(self._counts)]
        weights, vectors = trust(self._counts, few), item_vectors(self._bmf)
        errors = unseen_errors(design, weights, vectors - weights @ vectors / weights.sum(), FOLDS, SEED)
        errors -= self._counts @ errors / self._counts.sum()
        squares = np.einsum("nk,kl,nl->n", errors, self._moment, errors)
        return float(self._counts @ squares / self._counts.sum())


def user_moment(bmf: BMF) -> np.ndarray:
    """(k, k) the mean of a a', a being [1, the factors] of users before their ratings count."""
    moment = np.array(bmf.prior_covariances_[0], dtype=np.float64)
    moment[0], moment[:, 0] = 0.0, 0.0
    moment[0, 0] = 1.0
    return moment


def strengths() -> None:
    unseen = Unseen()
    print("as it ships", round(unseen.error(STRENGTHS), 4), sep="\t")
    print("block", *(f"x {factor}" for factor in FACTORS), sep="\t")
    for name in STRENGTHS:
        rows = (STRENGTHS | {name: STRENGTHS[name] * factor} for factor in FACTORS)
        print(name, *(round(unseen.error(row), 4) for row in rows), sep="\t")


def few() -> None:
    unseen = Unseen()
    for ratings in (30.0, 100.0, 300.0, 1000.0):
        print(ratings, round(unseen.error(STRENGTHS, ratings), 4), sep="\t")


def known() -> None:
    """Fit as `evaluate new-films` does, and forget facts of the films that are asked about."""
    films = shipped_store().load_catalogue()
    training = new_films.sample(letterboxd_users(films, Role.TRAIN), new_films.TRAIN_USERS)
    taken = new_films.taken_out(training.n_items)
    split = new_films.of_films(training, letterboxd_users(films, Role.TUNE), taken)
    features = new_film_features(films)
    fits = new_films.Fits(split.training, SETTINGS, features)
    trained = fits.fitted(Facts.name)
    for names in KNOWN:
        print("+".join(names), round(_rmse(_knowing(trained, names), split), 4), sep="\t")


def _knowing(model: Facts, names: tuple[str, ...]) -> Facts:
    """The same model, of which the films' other facts are forgotten."""
    words = Words(**{name: model.learned()[name] for name in ("blocks", "strengths", "edges", "start", "columns")})
    forgetful = Facts(model.bmf, model.ranker)
    forgetful.keep(**{**model.learned(), **words.only(*names).arrays()})
    return forgetful


def _rmse(model: Facts, split: new_films.Split) -> float:
    errors = [clipped(model.predict(user.history, user.items).mean) - user.ratings for user in split.held_out]
    return float(np.sqrt(np.mean(np.concatenate(errors) ** 2)))


if __name__ == "__main__":
    {"strengths": strengths, "few": few, "known": known}[sys.argv[1]]()
