"""The catalogue, built from the source's facts and the ratings of the train users."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pandas as pd

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import HALF_STARS
from reelrec.data.roles import Role, has_role
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training.same_films import join_twins


def train(store: ArtifactStore) -> float:
    """Build and write the catalogue; films already in it keep their numbers. Returns seconds. Raises SourceError."""
    began = time.perf_counter()
    known = store.load_catalogue() if store.path(CATALOGUE).exists() else None
    store.save_catalogue(build_catalogue(known))
    return time.perf_counter() - began


def build_catalogue(known: Catalogue | None) -> Catalogue:
    """Every rated film, with counts from people 0-7. Films of the `known` catalogue keep their numbers."""
    facts = letterboxd.read_films().drop_duplicates("film_id").set_index("film_id")
    ratings = letterboxd.read_ratings()
    rated = set(ratings["film_id"].cat.remove_unused_categories().cat.categories)
    training = ratings[has_role(ratings["user_id"].to_numpy(), Role.TRAIN)]
    histogram = _histograms(training)
    counts = histogram.sum(axis=1)
    slugs = [slug for slug in facts.index if slug in rated]
    slugs.sort(key=lambda slug: (-counts.get(slug, 0), slug))
    numbered = [film.slug for film in known.films] if known else []
    taken = set(numbered)
    numbered += [slug for slug in slugs if slug not in taken]
    films = [
        _film(number, slug, facts.loc[slug], histogram)
        if slug in facts.index
        else replace(known.films[number], n_ratings=0, mean=None, histogram=(0,) * 10)
        for number, slug in enumerate(numbered)
    ]
    return Catalogue(join_twins(films, facts["release_date"]))


def _histograms(ratings: pd.DataFrame) -> pd.DataFrame:
    """Index film_id, columns 0.5 … 5.0, how often each was given."""
    codes = ratings["film_id"].cat.codes.to_numpy(dtype=np.int64)
    stars = (ratings["rating"].to_numpy() * 2).astype(np.int64) - 1
    slugs = ratings["film_id"].cat.categories
    table = np.bincount(codes * 10 + stars, minlength=10 * len(slugs)).reshape(-1, 10)
    return pd.DataFrame(table, index=slugs, columns=HALF_STARS)


def _film(number: int, slug: str, row: pd.Series, histogram: pd.DataFrame) -> Film:
    counts = histogram.loc[slug].to_numpy() if slug in histogram.index else np.zeros(10, dtype=np.int64)
    n = int(counts.sum())
    return Film(
        number=number,
        slug=slug,
        title=row["title"],
        year=_known(row["year"], int),
        genres=tuple(row["genres"]),
        runtime=_known(row["runtime"], int),
        language=_known(row["language"], str),
        countries=tuple(row["countries"]),
        director=_known(row["director"], str),
        cast=tuple(row["cast"]),
        tmdb_id=_known(row["tmdb_id"], int),
        imdb_id=_known(row["imdb_id"], int),
        movielens_id=_known(row["movielens_id"], int),
        boxd_code=_known(row["boxd_code"], str),
        n_ratings=n,
        mean=float(counts @ HALF_STARS.astype(np.float64) / n) if n else None,
        histogram=tuple(int(count) for count in counts),
        same_as=None,
    )


def _known(value: object, kind: type) -> object:
    return None if pd.isna(value) else kind(value)
