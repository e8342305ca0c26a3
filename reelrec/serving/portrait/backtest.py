"""Would we have known this visitor? A fifth of their ratings is hidden at a time, and every model guesses it.

Each rating is hidden once, in one of five folds. A hidden film leaves the history wholly: stars, heart and all. Which
fold a film falls into depends on the films that are rated, not on their order, so a profile has one result. Stars are
clipped to the scale, and a model foretells "liked" as in `evaluate new-users`.

The concordance is what models of stars and makers of lists share: of two films that were hidden together and got
different stars, how often does the one with more stars have the higher score? Equal scores count half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reelrec.data.half_stars import LIKED_STARS, clipped
from reelrec.data.history import History
from reelrec.errors import ArtifactError
from reelrec.models.base import Recommender, UncertainRecommender
from reelrec.models.predictive import chance_of_liking
from reelrec.serving.picks.fallbacks import STARS
from reelrec.serving.portrait.best_model import Best, best_model
from reelrec.visitor.profile import Profile

FOLDS = 5
SEED = 42
LEAST_PAIRS = 30  # of films with different stars, for a concordance
MOST_RATINGS = 2000  # the newest, of a longer history: the others would take seconds and tell little
LEAST_RATINGS = 10  # of films that models know, for a backtest that says something
ROUNDS_UP = 0.25  # stars: from LIKED_STARS minus this on, predicted stars round to a like


@dataclass(frozen=True, slots=True)
class Scored:
    """What one model said of the hidden ratings.

    said: stars for each film of the backtest, in its order; None of a maker of lists, as are rmse, mae and likes. rmse,
    mae: stars. likes: share of ratings of which "3.5 stars or more" was foretold rightly. concordance: None where
    fewer than LEAST_PAIRS pairs of films were hidden together and differ in stars.
    """

    name: str
    said: tuple[float, ...] | None
    rmse: float | None
    mae: float | None
    likes: float | None
    concordance: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """n hidden ratings and what every model said of them.

    films: (n,) numbers, ascending. stars: (n,) given. models: in the order asked for. left_out: names of models that
    cannot be used. best: by the error in stars. best_order: by the concordance. Both None where nothing can be told
    apart: one model, one rating, or equal stars for every film.
    """

    films: tuple[int, ...]
    stars: tuple[float, ...]
    models: tuple[Scored, ...]
    left_out: tuple[str, ...]
    best: Best | None
    best_order: Best | None

    def model(self, name: str) -> Scored | None:
        """What this model said; None where it was left out."""
        return next((scored for scored in self.models if scored.name == name), None)

    @property
    def of_stars(self) -> tuple[Scored, ...]:
        """The models of stars, those with the least error first."""
        return tuple(
            sorted((scored for scored in self.models if scored.mae is not None), key=lambda scored: scored.mae or 0.0)
        )

    @property
    def shown(self) -> Scored | None:
        """The model whose stars the pages show; where it cannot be used, the one with the least error, if any."""
        known = (self.model(name) for name in STARS)
        return next((scored for scored in (*known, *self.of_stars) if scored is not None), None)


class Guesses(NamedTuple):
    """What a model says of n hidden items: scores, (n,), and whether it foretells a like, (n,) bool.

    likes: None of a maker of lists, whose scores are no stars.
    """

    scores: np.ndarray
    likes: np.ndarray | None


def backtest(model: Callable[[str], Recommender], n_items: int, profile: Profile, names: Sequence[str]) -> Backtest:
    """Hide each of the visitor's ratings once, and score every model.

    model: gives a model by its name, or raises ArtifactError. n_items: of the catalogue; ratings of later films and
    those that do not count are left out. names: of models.
    """
    history = in_order(newest(profile.history(n_items)))
    items, stars = history.stars()
    fold = folds(len(items))
    hidden = [items[fold == part] for part in np.unique(fold)]
    shown = [hide(history, part) for part in hidden]
    scored, left_out, losses, pairs = [], [], {}, {}
    compared = np.zeros(len(stars))
    for name in names:
        try:
            asked = model(name)
        except ArtifactError:
            left_out.append(name)
            continue
        said = _joined(fold, (guesses(asked, known, part) for known, part in zip(shown, hidden, strict=True)))
        wrong, compared = discordant(said.scores, stars, fold)
        concordance = 1 - float(wrong.sum() / compared.sum()) if compared.sum() >= 2 * LEAST_PAIRS else None
        pairs[name] = wrong
        if said.likes is None:
            scored.append(Scored(name, None, None, None, None, concordance))
            continue
        losses[name] = np.abs(clipped(said.scores) - stars)
        scored.append(_of_stars(name, said.scores, said.likes, stars, concordance))
    differ = len(np.unique(stars)) > 1
    return Backtest(
        films=tuple(items.tolist()),
        stars=tuple(stars.tolist()),
        models=tuple(scored),
        left_out=tuple(left_out),
        best=best_model(losses, np.ones(len(stars))) if differ else None,
        best_order=best_model(pairs, compared, of_pairs=True) if compared.sum() >= 2 * LEAST_PAIRS else None,
    )


def newest(history: History) -> History:
    """The history with its last MOST_RATINGS ratings, and with all films that have none."""
    rated = np.flatnonzero(np.isfinite(history.ratings))
    kept = np.ones(len(history), dtype=bool)
    kept[rated[:-MOST_RATINGS]] = False
    return history.take(kept)


def in_order(history: History) -> History:
    """The history by item, so that nothing depends on the order in which films were rated."""
    return history.take(np.argsort(history.items))


def hide(history: History, items: np.ndarray) -> History:
    """The history without these films: neither their stars nor a heart or another mark of them is left."""
    return history.without(items)


def folds(n: int) -> np.ndarray:
    """(n,) from 0 to FOLDS - 1: the fold of each of n ratings; their sizes differ by at most one."""
    return np.random.default_rng(SEED).permutation(n) % FOLDS


def guesses(model: Recommender, history: History, items: np.ndarray) -> Guesses:
    """What a model says of these items for somebody with this history, which lacks them."""
    if isinstance(model, UncertainRecommender):
        prediction = model.predict(history, items)
        return Guesses(prediction.mean, chance_of_liking(model.probabilities(prediction)) > 0.5)
    scores = model.score(history)[items]
    return Guesses(scores, scores >= LIKED_STARS - ROUNDS_UP if model.unit == "stars" else None)


def discordant(scores: np.ndarray, stars: np.ndarray, fold: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each rating: with how many others of its fold it stands in the wrong order, ties half; and of how many.

    Only pairs with different stars are compared. scores, stars, fold: (n,). Returns (n,) and (n,); every pair is in the
    sums of both of its ratings.
    """
    wrong, compared = np.zeros(len(stars)), np.zeros(len(stars))
    for part in np.unique(fold):
        among = fold == part
        given, said = stars[among], scores[among]
        more = given[:, None] > given  # (m, m)
        below = np.where(more, 0.5 * (said[:, None] <= said) + 0.5 * (said[:, None] < said), 0.0)
        wrong[among] = below.sum(axis=0) + below.sum(axis=1)
        compared[among] = more.sum(axis=0) + more.sum(axis=1)
    return wrong, compared


def _joined(fold: np.ndarray, parts: Iterator[Guesses]) -> Guesses:
    """The guesses of all folds, in the order of the ratings."""
    scores, likes = np.zeros(len(fold), dtype=np.float32), np.zeros(len(fold), dtype=bool)
    makes_lists = False
    for part, said in zip(np.unique(fold), parts, strict=True):
        scores[fold == part] = said.scores
        if said.likes is None:
            makes_lists = True
        else:
            likes[fold == part] = said.likes
    return Guesses(scores, None if makes_lists else likes)


def _of_stars(name: str, scores: np.ndarray, likes: np.ndarray, stars: np.ndarray, concordance: float | None) -> Scored:
    said = clipped(scores)
    errors = (said - stars).astype(np.float64)
    return Scored(
        name=name,
        said=tuple(said.tolist()),
        rmse=float(np.sqrt(np.mean(errors**2))),
        mae=float(np.abs(errors).mean()),
        likes=float(np.mean(likes == (stars >= LIKED_STARS))),
        concordance=concordance,
    )
