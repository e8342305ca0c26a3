"""Lists for people of a MovieLens set.

`svd` ranks the notebook's way: Surprise's SVD with the tuned settings, fitted on the training 80 % of seed-svd, and the
factors it trained for that person,

    r_ui  ~  mu + b_u + b_i + p_u . q_i

Any other model is ours, fitted on the spot on the whole set, and ranks from the person's history. Candidates are the
films that the person has not rated and that the model knows; of equals the lower film_id comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reelrec.data import half_stars
from reelrec.errors import OptionError
from reelrec.evaluation.notebook import seed_svd
from reelrec.evaluation.users import movielens_dataset
from reelrec.sources import movielens, movielens_links
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA

if TYPE_CHECKING:
    import surprise

MODEL = "svd"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A film in a list. stars: predicted, 0.5-5.0, None where the model does not speak in stars. score: what ranked."""

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
    """At most n films for one person of a MovieLens set, best first.

    user: an id of the set, as text. Raises OptionError: unknown set, person or model, or Surprise is not installed.
    """
    if data not in (known := movielens_links.names()):
        raise OptionError(f"There is no MovieLens set called {data!r}. Known: {', '.join(known)}.")
    unit = fitting.model_class(model).unit
    ratings = movielens.read_ratings(data)
    person = _person(data, ratings["user_id"], user)
    scores = trained_scores(data, person) if model == MODEL else _history_scores(data, person, model)
    chosen = best(scores, ratings.loc[ratings["user_id"] == person, "film_id"], n)
    films = movielens.read_films(data).set_index("film_id")
    tmdb = movielens_links.read_tmdb_ids(data)
    return tuple(
        Ranked(
            int(film_id),
            str(films["title"][film_id]),
            _known(films["year"][film_id]),
            _known(tmdb.get(film_id, pd.NA)),
            float(half_stars.clipped(score)) if unit == "stars" else None,
            float(score),
        )
        for film_id, score in chosen.items()
    )


def trained_scores(data: str, person: int) -> pd.Series:
    """The notebook's predictions for somebody it trained on, by film_id. Raises OptionError."""
    return scores_of(seed_svd.tuned(seed_svd.frames(data)[0]), person)


def scores_of(fitted: surprise.SVD, person: int) -> pd.Series:
    """(n_items,) stars by film_id, not clipped to the scale, so that no two films tie at 5."""
    user = fitted.trainset.to_inner_uid(person)
    stars = fitted.trainset.global_mean + fitted.bu[user] + fitted.bi + fitted.qi @ fitted.pu[user]
    return pd.Series(stars, index=film_ids(fitted))


def film_ids(fitted: surprise.SVD) -> list[int]:
    """The film of each of Surprise's inner ids."""
    return [fitted.trainset.to_raw_iid(item) for item in fitted.trainset.all_items()]


def best(scores: pd.Series, rated: Iterable[int], n: int) -> pd.Series:
    """The n highest scores without the films that are rated."""
    left = scores.drop(index=list(rated), errors="ignore").sort_index()
    return left.sort_values(ascending=False, kind="stable").head(n)


def _history_scores(data: str, person: int, model: str) -> pd.Series:
    """Scores of one of our models for a person's whole history, by film_id."""
    dataset = movielens_dataset(data)
    history = dataset.history(int(np.searchsorted(dataset.user_ids, person)))
    try:
        fitted = fitting.fitted(model, dataset, SMALL_DATA)
    except ImportError as error:
        raise OptionError(f"{model} needs {error.name}. Run: pip install -r requirements.txt") from error
    return pd.Series(fitted.score(history), index=dataset.item_ids)


def _person(data: str, user_ids: pd.Series, user: str) -> int:
    """The id that a text names. Raises OptionError."""
    if user.isdecimal() and (user_ids == int(user)).any():
        return int(user)
    raise OptionError(
        f"{data} has nobody with the id {user!r}. Its {user_ids.nunique():,} ids go from {user_ids.min()} to "
        f"{user_ids.max()}."
    )


def _known(value: object) -> int | None:
    return None if pd.isna(value) else int(value)
