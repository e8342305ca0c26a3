"""Figures that describe a data set, computed from its files: as data for a dashboard, and as lines to read.

sd: the sample standard deviation. density: the number of ratings, divided by people times rated films.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reelrec.errors import OptionError
from reelrec.paths import sha256
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.sources.movielens import dataset as movielens
from reelrec.sources.movielens import ml_100k
from reelrec.sources.registry import Source, source

BINS = 20


def describe(name: str) -> dict:
    """The figures of a data set: the keys of `figures`, and dataset and files.

    Raises OptionError for an unknown source, SourceError for one that is not on this machine.
    """
    entry = source(name)
    if entry.beside:
        raise OptionError(f"{name} is texts, which nothing here describes. Known: letterboxd, or one of MovieLens.")
    if name == "letterboxd":
        ratings, tables, file = _letterboxd()
    else:
        ratings, tables, file = _movielens_100k() if name == ml_100k.NAME else _movielens(entry)
    files = [{"file": table, "rows": shape[0], "columns": shape[1]} for table, shape in tables]
    people = ratings["user_id"].nunique()
    dataset = {"name": name, "sha256": sha256(entry.path(file)), "people": people, "ratings": len(ratings)}
    return {"dataset": dataset, "files": files, **figures(ratings)}


def figures(ratings: pd.DataFrame) -> dict:
    """The figures of a table with columns user_id, film_id and rating.

    Keys rated_films, stars, density, sparsity, shares, histogram, per_person and per_film.
    """
    stars = ratings["rating"].astype("float64")
    people, films = (_counts(ratings[column]) for column in ("user_id", "film_id"))
    density = len(ratings) / (len(people) * len(films))
    counts, edges = np.histogram(stars, bins=BINS)
    shares = stars.value_counts(normalize=True).sort_index()
    return {
        "rated_films": len(films),
        "stars": _spread(stars),
        "density": density,
        "sparsity": 1 - density,
        "shares": {str(value): float(share) for value, share in shares.items()},
        "histogram": {"edges": edges.tolist(), "counts": counts.tolist()},
        "per_person": _spread(people),
        "per_film": _spread(films),
    }


def lines(description: dict) -> list[tuple[str, str]]:
    """Pairs of a label and a value. description: from `describe`."""
    stars = description["stars"]
    rows = [
        (f"{table['file']}: rows x columns", f"{table['rows']:,} x {table['columns']}")
        for table in description["files"]
    ]
    rows += [("people", f"{description['dataset']['people']:,}"), ("rated films", f"{description['rated_films']:,}")]
    rows += [("mean stars", f"{stars['mean']:.6f}"), ("sd", f"{stars['sd']:.6f}")]
    rows += [("quartiles", " / ".join(f"{stars[q]:g}" for q in ("q25", "q50", "q75")))]
    rows += [(label, f"{description[label]:.6f}") for label in ("density", "sparsity")]
    rows += [(f"share of {float(value):g} stars", f"{share:.4f}") for value, share in description["shares"].items()]
    for label, key in (("ratings a person", "per_person"), ("ratings a film", "per_film")):
        spread = description[key]
        places = " / ".join(f"{spread[place]:.0f}" for place in ("min", "q25", "q50", "q75", "max"))
        summary = f"{spread['mean']:.1f}, {spread['sd']:.1f}, {places}"
        rows.append((f"{label}: mean, sd, min / quartiles / max", summary))
    edges, counts = description["histogram"]["edges"], description["histogram"]["counts"]
    return rows + [
        (f"ratings from {low:.3f} to {high:.3f}", f"{count:,}")
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    ]


def _letterboxd() -> tuple[pd.DataFrame, list[tuple], str]:
    """The ratings, the names and shapes of the tables, and the file with the ratings."""
    ratings, films = letterboxd.read_ratings(), letterboxd.read_films()
    file = "ratings.parquet"
    return ratings, [(file, ratings.shape), ("films_v2.parquet", films.shape)], file


def _movielens(entry: Source) -> tuple[pd.DataFrame, list[tuple], str]:
    """The same of a MovieLens data set."""
    tables = [(file, pd.read_csv(entry.path(file)).shape) for file in entry.files if file != "links.csv"]
    return movielens.read_ratings(entry.name), tables, "ratings.csv"


def _movielens_100k() -> tuple[pd.DataFrame, list[tuple], str]:
    """The same of MovieLens 100K. The two files of a fold together hold all ratings."""
    base, test = ml_100k.read_fold(1)
    shapes = [("u1.base", base.shape), ("u1.test", test.shape), ("u.item", ml_100k.read_films().shape)]
    return pd.concat([base, test]), shapes, "u1.base"


def _counts(column: pd.Series) -> pd.Series:
    """The number of ratings of each id that has any."""
    counts = column.value_counts()
    return counts[counts > 0]


def _spread(values: pd.Series) -> dict:
    """Count, mean, sd, least, quartiles and greatest value."""
    low, q25, q50, q75, high = map(float, values.quantile([0, 0.25, 0.5, 0.75, 1]))
    return {
        "count": len(values), "mean": float(values.mean()), "sd": float(values.std()),
        "min": low, "q25": q25, "q50": q50, "q75": q75, "max": high,
    }  # fmt: skip
