"""The catalogue, built from the source's facts and the ratings of the train users."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from reelrec import progress
from reelrec.artifacts.kinds import CATALOGUE
from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import HALF_STARS, half_star_places
from reelrec.data.ratings.roles import Role, has_role
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training import check
from reelrec.training.casts import film_facts
from reelrec.training.users import joined

T = TypeVar("T")
N_STARS = len(HALF_STARS)
COUNTED = {"number", "slug", "n_ratings", "mean", "histogram", "same_as", "kind"}  # never completed from a twin


def train(store: ArtifactStore) -> float:
    """Build and write the catalogue; films already in it keep their numbers. Returns seconds.

    Raises SourceError, or ContradictionError with the list of what cannot be true.
    """
    began = time.perf_counter()
    known = store.load_catalogue() if store.path(CATALOGUE).exists() else None
    store.save_catalogue(build_catalogue(known))
    return time.perf_counter() - began


def build_catalogue(known: Catalogue | None) -> Catalogue:
    """Every film of the source, the items of the models first. Films of the `known` catalogue keep their numbers.

    The items are the rated films that are no series, in the order of their counts; what comes after the items of a
    known catalogue is no item, rated or not. Raises ContradictionError.
    """
    table = film_facts()
    check.refuse(table)
    facts: dict[Hashable, Any] = table.set_index("slug").to_dict("index")
    ratings = joined(letterboxd.read_ratings(), dict(table[["slug", "same_as"]].dropna().itertuples(index=False)))
    histograms = _histograms(ratings[has_role(ratings["user_id"].to_numpy(), Role.TRAIN)])
    slugs, n_items = _numbered(table, set(ratings["film_id"].unique()), histograms, known)
    numbers = {slug: number for number, slug in enumerate(slugs)}
    nothing = np.zeros(N_STARS, dtype=np.int64)
    old: Sequence[Film] = known.films if known else ()
    films = [
        _film(number, slug, facts[slug], histograms.get(slug, nothing), numbers)
        if slug in facts
        else replace(old[number], n_ratings=0, mean=None, histogram=(0,) * N_STARS)  # links name it still
        for number, slug in enumerate(progress.steps(slugs))
    ]
    return Catalogue(_completed(films), n_items)


def _numbered(
    table: pd.DataFrame, rated: set[str], histograms: Mapping[str, np.ndarray], known: Catalogue | None
) -> tuple[list[str], int]:
    """The slugs in the order of their numbers, and the number of items."""
    is_item = table["slug"].isin(rated) & (table["kind"] != "series")
    if known is None:
        counts = {slug: int(histogram.sum()) for slug, histogram in histograms.items()}
        old = sorted(table["slug"][is_item], key=lambda slug: (-counts.get(slug, 0), slug))
        n_items = len(old)
    else:
        old, n_items = known.slugs, known.n_items
    taken = set(old)
    return [*old, *(slug for slug in table["slug"] if slug not in taken)], n_items


def _histograms(ratings: pd.DataFrame) -> dict[str, np.ndarray]:
    """How often each half-star was given, (10,) int64, by slug."""
    codes = ratings["film_id"].cat.codes.to_numpy(dtype=np.int64)
    places = half_star_places(ratings["rating"].to_numpy())
    slugs = ratings["film_id"].cat.categories
    table = np.bincount(codes * N_STARS + places, minlength=N_STARS * len(slugs)).reshape(-1, N_STARS)
    return dict(zip(slugs, table, strict=True))


def _film(number: int, slug: str, facts: Mapping[str, Any], histogram: np.ndarray, numbers: Mapping[str, int]) -> Film:
    n = int(histogram.sum())
    main = _known(facts["same_as"], str)
    return Film(
        number=number,
        slug=slug,
        letterboxd_id=_known(facts["letterboxd_id"], int),
        title=facts["title"],
        year=_known(facts["year"], int),
        other_titles=tuple(facts["other_titles"]),
        other_years=tuple(facts["other_years"]),
        kind=facts["kind"],
        genres=tuple(facts["genres"]),
        runtime=_known(facts["runtime"], int),
        language=_known(facts["language"], str),
        countries=tuple(facts["countries"]),
        director=_known(facts["director"], str),
        cast=tuple(facts["cast"]),
        tmdb_id=_known(facts["tmdb_id"], int),
        imdb_id=_known(facts["imdb_id"], int),
        movielens_id=_known(facts["movielens_id"], int),
        n_ratings=n,
        mean=float(histogram @ HALF_STARS.astype(np.float64) / n) if n else None,
        histogram=tuple(int(count) for count in histogram),
        same_as=None if main is None else numbers[main],
    )


def _completed(films: list[Film]) -> list[Film]:
    """The films, each main row with what its twins know and it does not, and with their titles and years."""
    for twin in films:
        if twin.same_as is not None:
            main = films[twin.same_as]
            missing = (fact.name for fact in fields(Film) if getattr(main, fact.name) in (None, ()))
            filled = {name: getattr(twin, name) for name in missing if name not in COUNTED}
            titles = dict.fromkeys((*main.other_titles, twin.title, *twin.other_titles))
            years = dict.fromkeys((*main.other_years, twin.year, *twin.other_years))
            filled["other_titles"] = tuple(title for title in titles if title != main.title)
            filled["other_years"] = tuple(year for year in years if year not in (None, main.year))
            films[twin.same_as] = replace(main, **filled)
    return films


def _known(value: Any, kind: Callable[[Any], T]) -> T | None:
    """The value as this type; None where it is missing."""
    return None if pd.isna(value) else kind(value)
