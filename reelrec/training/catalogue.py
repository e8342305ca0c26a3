"""The catalogue, built from the source's facts and the ratings of the train users."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import HALF_STARS, half_star_places
from reelrec.data.roles import Role, has_role
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training.same_films import join_twins

T = TypeVar("T")
N_STARS = len(HALF_STARS)


def train(store: ArtifactStore) -> float:
    """Build and write the catalogue; films already in it keep their numbers. Returns seconds. Raises SourceError."""
    began = time.perf_counter()
    known = store.load_catalogue() if store.path(CATALOGUE).exists() else None
    store.save_catalogue(build_catalogue(known))
    return time.perf_counter() - began


def build_catalogue(known: Catalogue | None) -> Catalogue:
    """Every rated film, with counts from the train users. Films of the `known` catalogue keep their numbers."""
    table = letterboxd.read_films().drop_duplicates("film_id").set_index("film_id")
    facts: dict[Any, dict[Any, Any]] = table.to_dict("index")  # by slug
    ratings = letterboxd.read_ratings()
    rated = set(ratings["film_id"].cat.remove_unused_categories().cat.categories)
    histograms = _histograms(ratings[has_role(ratings["user_id"].to_numpy(), Role.TRAIN)])
    counts = {slug: int(histogram.sum()) for slug, histogram in histograms.items()}
    slugs = sorted((slug for slug in facts if slug in rated), key=lambda slug: (-counts.get(slug, 0), slug))
    old = known.films if known else ()
    numbered = [film.slug for film in old]
    taken = set(numbered)
    numbered += [slug for slug in slugs if slug not in taken]
    films = [
        _film(number, slug, facts[slug], histograms.get(slug, np.zeros(N_STARS, dtype=np.int64)))
        if slug in facts
        else replace(old[number], n_ratings=0, mean=None, histogram=(0,) * N_STARS)
        for number, slug in enumerate(numbered)
    ]
    return Catalogue(join_twins(films, table["release_date"]))


def _histograms(ratings: pd.DataFrame) -> dict[str, np.ndarray]:
    """How often each half-star was given, (10,) int64, by slug."""
    codes = ratings["film_id"].cat.codes.to_numpy(dtype=np.int64)
    places = half_star_places(ratings["rating"].to_numpy())
    slugs = ratings["film_id"].cat.categories
    table = np.bincount(codes * N_STARS + places, minlength=N_STARS * len(slugs)).reshape(-1, N_STARS)
    return dict(zip(slugs, table, strict=True))


def _film(number: int, slug: str, facts: Mapping[Any, Any], histogram: np.ndarray) -> Film:
    n = int(histogram.sum())
    return Film(
        number=number,
        slug=slug,
        title=facts["title"],
        year=_known(facts["year"], int),
        genres=tuple(facts["genres"]),
        runtime=_known(facts["runtime"], int),
        language=_known(facts["language"], str),
        countries=tuple(facts["countries"]),
        director=_known(facts["director"], str),
        cast=tuple(facts["cast"]),
        tmdb_id=_known(facts["tmdb_id"], int),
        imdb_id=_known(facts["imdb_id"], int),
        movielens_id=_known(facts["movielens_id"], int),
        boxd_code=_known(facts["boxd_code"], str),
        n_ratings=n,
        mean=float(histogram @ HALF_STARS.astype(np.float64) / n) if n else None,
        histogram=tuple(int(count) for count in histogram),
        same_as=None,
    )


def _known(value: Any, kind: Callable[[Any], T]) -> T | None:
    """The value as this type; None where it is missing."""
    return None if pd.isna(value) else kind(value)
