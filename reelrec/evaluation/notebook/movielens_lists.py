"""Lists for users of a MovieLens set.

`svd` ranks the notebook's way: Surprise's SVD with the tuned settings, fitted on the training 80 % of seed-svd, and the
factors it trained for that user,

    r_ui  ~  mu + b_u + b_i + p_u . q_i

Any other model is ours, fitted on the spot on the whole set, and ranks from the user's history. Candidates are the
films that the user has not rated and that the model knows; of equals the lower film_id comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reelrec.data import half_stars
from reelrec.errors import OptionError
from reelrec.evaluation.notebook import recipe
from reelrec.evaluation.users import movielens_dataset
from reelrec.names import one_of
from reelrec.sources.movielens import dataset as movielens
from reelrec.sources.movielens import links as movielens_links
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA

if TYPE_CHECKING:
    import surprise

MODEL = "svd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A film in a list. stars: predicted, 0.5-5.0, None where the model
    predicts no stars. score: what ranked.
    """

    film_id: int
    title: str
    year: int | None
    tmdb_id: int | None
    stars: float | None
    score: float

    @property
    def name(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title


def recommend(data: str, user: str, n: int, model: str = MODEL) -> tuple[Ranked, ...]:
    """At most n films for one user of a MovieLens set, best first.

    user: an id of the set, as text. Raises OptionError: unknown set, user or model, or Surprise is not installed.
    """
    data = one_of(data, movielens_links.names(), "MovieLens set")
    is_stars = fitting.model_class(model).unit == "stars"
    ratings = movielens.read_ratings(data)
    user_id = _user_id(data, ratings["user_id"], user)
    scores = trained_scores(data, user_id) if model == MODEL else _history_scores(data, user_id, model)
    chosen = best(scores, ratings.loc[ratings["user_id"] == user_id, "film_id"], n)
    films = movielens.read_films(data).set_index("film_id")
    tmdb_ids = movielens_links.read_tmdb_ids(data)
    return tuple(
        Ranked(
            film_id=film_id,
            title=str(films["title"][film_id]),
            year=_known(films["year"][film_id]),
            tmdb_id=_known(tmdb_ids.get(film_id, pd.NA)),
            stars=float(half_stars.clipped(score)) if is_stars else None,
            score=score,
        )
        for film_id, score in zip(chosen.index.tolist(), chosen.tolist(), strict=True)
    )


def trained_scores(data: str, user_id: int) -> pd.Series:
    """The notebook's predictions for a user it trained on, by film_id. Raises OptionError."""
    return scores_of(recipe.tuned(recipe.frames(data)[0]), user_id)


def scores_of(fitted: surprise.SVD, user_id: int) -> pd.Series:
    """(n_items,) stars by film_id, not clipped to the scale, so that no two films tie at 5."""
    user = fitted.trainset.to_inner_uid(user_id)
    stars = fitted.trainset.global_mean + fitted.bu[user] + fitted.bi + fitted.qi @ fitted.pu[user]
    return pd.Series(stars, index=film_ids(fitted))


def film_ids(fitted: surprise.SVD) -> list[int]:
    """The film of each of Surprise's inner ids."""
    return [fitted.trainset.to_raw_iid(item) for item in fitted.trainset.all_items()]


def best(scores: pd.Series, rated: Iterable[int], n: int) -> pd.Series:
    """The n highest scores without the films that are rated."""
    left = scores.drop(index=list(rated), errors="ignore").sort_index()
    return left.sort_values(ascending=False, kind="stable").head(n)


def _history_scores(data: str, user_id: int, model: str) -> pd.Series:
    """Scores of one of our models for a user's whole history, by film_id."""
    dataset = movielens_dataset(data)
    history = dataset.history(int(np.searchsorted(dataset.user_ids, user_id)))
    try:
        fitted = fitting.fitted(model, dataset, SMALL_DATA)
    except ImportError as error:
        raise OptionError(f"{model} needs {error.name}. Run: pip install -r requirements-train.txt") from error
    return pd.Series(fitted.score(history), index=dataset.item_ids)


def _user_id(data: str, user_ids: pd.Series, text: str) -> int:
    """The id that a text names. Raises OptionError."""
    if text.isdecimal() and (user_ids == int(text)).any():
        return int(text)
    raise OptionError(
        f"{data} has nobody with the id {text!r}. Its {user_ids.nunique():,} ids go from {user_ids.min()} to "
        f"{user_ids.max()}."
    )


def _known(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
