"""From the sources to the artifacts: the catalogue, the people who train, and the settings that ship."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd

from reelrec import artifacts, matching
from reelrec.catalogue import STARS, Catalogue, Film
from reelrec.dataset import Dataset
from reelrec.errors import OptionError, RatingsFileError
from reelrec.features import catalogue_features
from reelrec.models import BUILDS_ON, MODELS
from reelrec.models.base import Recommender
from reelrec.models.corrector import Corrector
from reelrec.models.stack import Stack
from reelrec.sources import letterboxd
from reelrec.sources.ratings_file import read_ratings_file
from reelrec.visits import with_visits

TUNES = 8  # the last digit of the people who tune; those below it train
SEED = 42
# Tuned on people 8; benchmarks/tune.py runs the search and LOG.md has its numbers.
SETTINGS: dict[str, dict] = {
    "svd": {"reg": 0.05, "bias_penalty": 6.0, "factor_penalty": 2.0},
    "bmf": {"burn_in": 100, "thin": 6},
    "ease": {"reg": 600.0, "floor": 0.03, "power": 2.0},
    "ranker": {"fame_at_one": 0.45, "fame_slope": 0.115, "fame_least": -0.12, "step": 0.0046},
    "deepfm": {"passes": 4, "epochs": 8},
    "gpt": {"embedding_dim": 64, "passes": 4, "epochs": 5},
}
# For data sets the size of ml-latest-small: fewer people need less regularisation in EASE.
SMALL_DATA: dict[str, dict] = {
    "bmf": {"embedding_dim": 12, "components": 32, "rater_components": 32, "samples": 40, "burn_in": 60, "thin": 4},
    "ease": {"reg": 200.0, "floor": 0.03, "power": 2.0},
    "ranker": {"fame_at_one": 0.45, "fame_slope": 0.115, "fame_least": -0.12},
}


# Rows of one film that no rule of `_join_twins` joins: other titles, no ids, no day. Checked by hand.
SAME_FILM = (
    ("glass-onion", "glass-onion-a-knives-out-mystery"),
    ("the-fantastic-4-first-steps", "the-fantastic-four-first-steps"),
    ("mission-impossible-dead-reckoning", "mission-impossible-dead-reckoning-part-one"),
    ("a-silent-voice", "a-silent-voice-the-movie"),
    ("three-colours-blue", "three-colors-blue"),
    ("bram-stokers-dracula", "dracula-1992"),
    ("ring-1998", "ringu"),
    ("lady-vengeance", "sympathy-for-lady-vengeance"),
    ("new-nightmare", "wes-cravens-new-nightmare"),
    ("memoria-2021", "memoria-2011"),
    ("monty-pythons-the-meaning-of-life", "the-meaning-of-life-1983"),
    ("phineas-and-ferb-the-movie-across-the-2nd", "phineas-and-ferb-the-movie-across-the-2nd-dimension"),
    ("all-the-colours-of-the-dark", "all-the-colors-of-the-dark"),
    ("lego-star-wars-holiday-special", "the-lego-star-wars-holiday-special"),
    ("the-good-the-bart-and-the-loki", "the-simpsons-the-good-the-bart-and-the-loki"),
    ("pusher-iii", "pusher-3"),
    ("house-1985", "house-1986"),
    ("around-the-world-in-eighty-days", "around-the-world-in-80-days-1956"),
)


def model_class(name: str) -> type[Recommender]:
    """What a model of that name is. Raises OptionError."""
    if name not in MODELS:
        raise OptionError(f"There is no model called {name!r}. Known: {', '.join(MODELS)}.")
    return MODELS[name]


def new_model(
    name: str, settings: Mapping[str, dict] = SETTINGS, part: Callable[[str], Recommender] | None = None
) -> Recommender:
    """An untrained model, by default with the settings that ship. Raises OptionError.

    part: gives the models that it builds on; by default those of the artifacts.
    """
    build = model_class(name)
    return build(*map(part or _shipped(), BUILDS_ON.get(name, ())), **settings.get(name, {}))


def _shipped() -> Callable[[str], Recommender]:
    """Gives the models of the artifacts, each loaded once."""

    @functools.cache
    def part(name: str) -> Recommender:
        return artifacts.load_model(name, artifacts.load_catalogue(), part=part)

    return part


def fitted(name: str, dataset: Dataset, settings: Mapping[str, dict] = SETTINGS) -> Recommender:
    """A model, and what it builds on, fitted on these people. Raises OptionError.

    The weights of `stack` are learned from one person in five, who teaches its members nothing.
    """
    learners = judges = dataset
    if name == Stack.name:
        kept = np.random.default_rng(SEED).permutation(dataset.n_users) % 5 == 0
        learners, judges = dataset.only(~kept), dataset.only(kept)

    @functools.cache
    def part(name: str) -> Recommender:
        return new_model(name, settings, part).fit(learners)

    return new_model(name, settings, part).fit(judges)


def train_catalogue(folder: Path) -> Catalogue:
    """Build and write the catalogue; films already in it keep their numbers."""
    known = artifacts.load_catalogue(folder) if (folder / "catalogue.parquet").exists() else None
    films = build_catalogue(known)
    artifacts.save_catalogue(films, folder)
    return films


def train(model: Recommender, ratings: Path | None, folder: Path, log: Path | None = None) -> float:
    """Fit the model on Letterboxd people 0-7, or on everybody in a ratings file, and write it. Returns seconds.

    People 8 say when a `Corrector` should stop, and give `stack` its weights; a file's people do both themselves. The
    visits of a log of events train beside people 0-7. Raises OptionError, RatingsFileError or EventLogError.
    """
    films, more = artifacts.load_catalogue(), ()
    if ratings is None:
        dataset = letterboxd_people(films, [TUNES] if isinstance(model, Stack) else range(TUNES))
        dataset = with_visits(dataset, log) if log else dataset
        more = (letterboxd_people(films, [TUNES]),) if isinstance(model, Corrector) else ()
    else:
        dataset = Dataset.from_frame(ratings.stem, read_ratings_file(ratings), [film.slug for film in films.films])
        dataset = replace(dataset, features=catalogue_features(films))
        if not len(dataset.items):
            raise RatingsFileError(f"{ratings.name} rates no film of the catalogue; film_id holds Letterboxd slugs.")
    began = time.perf_counter()
    try:
        model.fit(dataset, *more)
    except ImportError as error:
        raise OptionError(f"Training {model.name} needs {error.name}. Run: pip install -r requirements.txt") from error
    seconds = time.perf_counter() - began
    artifacts.save_model(model, films, dataset, seconds, folder)
    return seconds


def letterboxd_people(films: Catalogue, last_digits: Iterable[int]) -> Dataset:
    """The Letterboxd people whose id ends in one of these digits: 0-7 train, 8 tunes, 9 tests."""
    digits = sorted(last_digits)
    ratings = letterboxd.read_ratings()
    ratings = ratings[(ratings["user_id"] % 10).isin(digits)]
    slugs = [film.slug for film in films.films]
    span = f"{digits[0]}-{digits[-1]}" if len(digits) > 1 else f"{digits[0]}"
    dataset = Dataset.from_frame(f"letterboxd people {span}", ratings, slugs)
    return replace(dataset, features=catalogue_features(films))


def build_catalogue(known: Catalogue | None) -> Catalogue:
    """Every rated film, with counts from people 0-7. Films of the `known` catalogue keep their numbers."""
    facts = letterboxd.read_films().drop_duplicates("film_id").set_index("film_id")
    ratings = letterboxd.read_ratings()
    rated = set(ratings["film_id"].cat.remove_unused_categories().cat.categories)
    training = ratings[ratings["user_id"] % 10 < 8]
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
    return Catalogue(_join_twins(films, facts["release_date"]))


def _histograms(ratings: pd.DataFrame) -> pd.DataFrame:
    """Index film_id, columns 0.5 … 5.0, how often each was given."""
    codes = ratings["film_id"].cat.codes.to_numpy(dtype=np.int64)
    stars = (ratings["rating"].to_numpy() * 2).astype(np.int64) - 1
    slugs = ratings["film_id"].cat.categories
    table = np.bincount(codes * 10 + stars, minlength=10 * len(slugs)).reshape(-1, 10)
    return pd.DataFrame(table, index=slugs, columns=STARS)


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
        mean=float(counts @ np.array(STARS) / n) if n else None,
        histogram=tuple(int(count) for count in counts),
        same_as=None,
    )


def _known(value: object, kind: type) -> object:
    return None if pd.isna(value) else kind(value)


def _join_twins(films: list[Film], released: pd.Series) -> list[Film]:
    """Mark the lesser rows of one film: equal TMDB id or boxd.it code, equal title, release day and length, or said so.

    What the leading row does not know of the film it takes from the others.
    """
    said = {slug: pair[0] for pair in SAME_FILM for slug in pair}
    leaders: dict[tuple, Film] = {}
    joined: dict[int, Film] = {}
    for film in sorted(films, key=lambda film: (-film.n_ratings, film.number)):
        day = released.get(film.slug)
        keys = [("tmdb", film.tmdb_id), ("boxd", film.boxd_code), ("said", said.get(film.slug))]
        if pd.notna(day) and film.runtime:
            keys.append(("facts", matching.fold(film.title), day, film.runtime))
        keys = [key for key in keys if key[1] is not None]
        leader = next((leaders[key] for key in keys if key in leaders), film)
        leaders.update({key: leader for key in keys if key not in leaders})
        joined[film.number] = film if leader is film else replace(film, same_as=leader.number)
        if leader is not film:
            joined[leader.number] = _completed(joined[leader.number], film)
    return [joined[number] for number in sorted(joined)]


def _completed(film: Film, twin: Film) -> Film:
    """The film with its missing facts filled in from another row of it."""
    missing = (fact.name for fact in fields(Film) if getattr(film, fact.name) in (None, ()) and fact.name != "same_as")
    return replace(film, **{name: getattr(twin, name) for name in missing})
