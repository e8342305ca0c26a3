"""The ratings of Letterboxd users, by their role."""

from __future__ import annotations

from dataclasses import replace

from reelrec.data.catalogue import Catalogue
from reelrec.data.dataset import Dataset
from reelrec.data.film_features import catalogue_features
from reelrec.data.roles import Role, has_role
from reelrec.sources.letterboxd import dataset as letterboxd


def letterboxd_users(films: Catalogue, role: Role) -> Dataset:
    """The ratings of all users with this role, and what is known of the films. Raises SourceError."""
    ratings = letterboxd.read_ratings()
    ratings = ratings[has_role(ratings["user_id"].to_numpy(), role)]
    dataset = Dataset.from_frame(f"letterboxd {role} users", ratings, [film.slug for film in films.films])
    return replace(dataset, features=catalogue_features(films))
