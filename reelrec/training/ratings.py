"""Whose ratings an artifact learns from, and how they are read: by one worker, or by several that share the users."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from reelrec.data.catalogue import Catalogue
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.ratings_file import read_ratings_file
from reelrec.data.ratings.roles import Role, has_role
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.errors import OptionError, PartsError, RatingsFileError
from reelrec.names import one_of
from reelrec.sources.movielens import dataset as movielens
from reelrec.training.users import MOVIELENS, catalogue_dataset, letterboxd_users, movielens_ids
from reelrec.training.visits import with_visits

SMALL = ("ml-latest-small",)  # data sets for which settings for small data fit better


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """By default those of the Letterboxd users with the role that an artifact declares.

    file: ratings of other users, who all have every role. data: a MovieLens data set, by name, or a folder of parts;
    its users have the roles of their ids. log: events whose visits are added to the Letterboxd train users.
    """

    file: Path | None = None
    data: str | None = None
    log: Path | None = None

    def check(self) -> None:
        """Look before anything is started: whether one is given at most, and whether it is there.

        Raises OptionError or PartsError.
        """
        given = [name for name, value in (("ratings", self.file), ("data", self.data), ("log", self.log)) if value]
        if len(given) > 1:
            raise OptionError(
                f"{' and '.join(f'--{name}' for name in given)} name several sources of ratings: give one of them."
            )
        if self.parts:
            Parts.open(self.parts)
        elif self.data:
            one_of(self.data, MOVIELENS, "data set or folder of parts")

    def absolute(self) -> Ratings:
        """The same, with paths that hold in any folder of this machine."""
        return replace(
            self,
            file=self.file and self.file.resolve(),
            data=str(self.parts.resolve()) if self.parts else self.data,
            log=self.log and self.log.resolve(),
        )

    @property
    def parts(self) -> Path | None:
        """The folder of parts, where `data` is a path of one and no name."""
        path = Path(self.data or "")
        return path if self.data and self.data not in MOVIELENS and (path.exists() or len(path.parts) > 1) else None

    @property
    def small(self) -> bool:
        """Whether there are so few ratings that settings for small data fit better."""
        return self.data in SMALL

    def users(self, films: Catalogue, role: Role, workers: Workers = ALONE) -> tuple[Dataset, dict[str, Any]]:
        """What this worker learns from, and what a manifest says of what all of them learn from.

        Raises RatingsFileError, PartsError, EventLogError or SourceError.
        """
        if self.parts:
            return _of_parts(self.parts, films, role, workers)
        dataset = self._everybody(films, role)
        return dataset.share(workers), dataset.describe()

    def _everybody(self, films: Catalogue, role: Role) -> Dataset:
        if self.file is not None:
            dataset = catalogue_dataset(self.file.stem, read_ratings_file(self.file), films)
            if not len(dataset.items):
                raise RatingsFileError(
                    f"{self.file.name} rates no film of the catalogue; film_id holds Letterboxd slugs."
                )
            return dataset
        if self.data is not None:
            ratings = _of_catalogue(movielens.read_ratings(self.data), films)
            chosen = ratings[has_role(ratings["user_id"].to_numpy(), role)]
            return catalogue_dataset(f"{self.data} {role} users", chosen, films)
        dataset = letterboxd_users(films, role)
        return with_visits(dataset, self.log) if self.log else dataset


def _of_parts(folder: Path, films: Catalogue, role: Role, workers: Workers) -> tuple[Dataset, dict[str, Any]]:
    """Every so-manieth part for this worker. Raises PartsError."""
    parts = Parts.open(folder)
    if parts.n_parts < workers.n:
        raise PartsError(f"{folder} has {parts.n_parts} parts, too few for {workers.n} workers. Cut it into more.")
    if not parts.ratings(role):
        raise PartsError(f"{folder} has nobody with the role {role}, from whom this would be learned.")
    dataset = parts.read(role, range(workers.rank, parts.n_parts, workers.n), films)
    described = {"name": dataset.name, "sha256": parts.sha256, "people": parts.people(role)}
    return replace(dataset, workers=workers), described | {"ratings": parts.ratings(role)}


def _of_catalogue(ratings: pd.DataFrame, films: Catalogue) -> pd.DataFrame:
    """MovieLens ratings of films that the catalogue knows, by slug."""
    slugs = {key: films.slugs[item] for item, key in reversed([*enumerate(movielens_ids(films).tolist())]) if key >= 0}
    known = ratings["film_id"].map(slugs)
    return ratings.assign(film_id=known)[known.notna()].drop_duplicates(["user_id", "film_id"], keep="last")
