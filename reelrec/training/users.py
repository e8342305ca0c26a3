"""The ratings of Letterboxd users, by their role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from reelrec.data.catalogue import Catalogue
from reelrec.data.film_features import item_features
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.roles import Role, has_role
from reelrec.sources.letterboxd import dataset as letterboxd

MOVIELENS = ("ml-latest-small", "ml-32m")  # data sets whose films have MovieLens ids


def letterboxd_users(films: Catalogue, role: Role) -> Dataset:
    """The ratings of all users with this role, and what is known of the items. Raises SourceError."""
    ratings = letterboxd.read_ratings()
    return catalogue_dataset(f"letterboxd {role} users", ratings[has_role(ratings["user_id"].to_numpy(), role)], films)


def catalogue_dataset(name: str, ratings: pd.DataFrame, films: Catalogue) -> Dataset:
    """Ratings of the catalogue's items, with the items' facts. Ratings of a film's second row are of the film.

    ratings: columns user_id, film_id (slug), rating.
    """
    slugs = films.slugs[: films.n_items]
    twins = {slug: films.slugs[main] for slug, main in zip(slugs, films.canonical.tolist(), strict=False)}
    dataset = Dataset.from_frame(name, joined(ratings, {s: main for s, main in twins.items() if s != main}), slugs)
    return replace(dataset, features=item_features(films))


def movielens_ids(films: Catalogue) -> np.ndarray:
    """(n_items,) int64: the MovieLens id of each item, -1 where it has none."""
    ids: np.ndarray = films.films.array("movielens_id", -1, np.int64)[: films.n_items]
    return ids


def joined(ratings: pd.DataFrame, main_of: Mapping[str, str]) -> pd.DataFrame:
    """The ratings with each twin's as ratings of its main row; who rated both keeps the rating of the main row.

    main_of: a twin's slug to that of its main row.
    """
    films = ratings["film_id"].astype("category").cat
    slugs = films.categories.union(sorted(set(main_of.values())), sort=False)
    mains = slugs.get_indexer(pd.Index([main_of.get(slug, slug) for slug in slugs]))
    old = films.codes.to_numpy()
    new = mains[old]
    moved = new != old
    joins = ratings[["user_id"]].assign(film=new, moved=moved)[np.isin(new, new[moved])]
    joins = joins.sort_values("moved", kind="stable")
    twice = joins.index[joins.duplicated(["user_id", "film"])]
    return ratings.assign(film_id=pd.Categorical.from_codes(new, slugs)).drop(index=twice)
