"""Figures of a data set, straight from its files: as data for a dashboard, and as lines to read.

sd is that of a sample. density: ratings of all that could be, people x rated films.
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
    """Keys dataset, files, rated_films, stars, density, sparsity, shares, histogram, per_person and per_film.

    Raises OptionError for an unknown source, SourceError for one that is not on this machine.
    """
    found = source(name)
    if found.beside:
        raise OptionError(f"{name} is texts, which nothing here describes. Known: letterboxd, or one of MovieLens.")
    if name == "letterboxd":
        ratings, tables, file = _letterboxd()
    else:
        ratings, tables, file = _movielens_100k() if name == ml_100k.NAME else _movielens(found)
    files = [{"file": what, "rows": shape[0], "columns": shape[1]} for what, shape in tables]
    people = ratings["user_id"].nunique()
    dataset = {"name": name, "sha256": sha256(found.path(file)), "people": people, "ratings": len(ratings)}
    return {"dataset": dataset, "files": files, **figures(ratings)}


def figures(ratings: pd.DataFrame) -> dict:
    """What columns user_id, film_id and rating say about stars, people and films."""
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


def lines(found: dict) -> list[tuple[str, str]]:
    """Pairs of what and value, from what `describe` gives."""
    stars = found["stars"]
    rows = [(f"{each['file']}: rows x columns", f"{each['rows']:,} x {each['columns']}") for each in found["files"]]
    rows += [("people", f"{found['dataset']['people']:,}"), ("rated films", f"{found['rated_films']:,}")]
    rows += [("mean stars", f"{stars['mean']:.6f}"), ("sd", f"{stars['sd']:.6f}")]
    rows += [("quartiles", " / ".join(f"{stars[q]:g}" for q in ("q25", "q50", "q75")))]
    rows += [(what, f"{found[what]:.6f}") for what in ("density", "sparsity")]
    rows += [(f"share of {float(value):g} stars", f"{share:.4f}") for value, share in found["shares"].items()]
    for what, key in (("ratings a person", "per_person"), ("ratings a film", "per_film")):
        spread = found[key]
        places = " / ".join(f"{spread[place]:.0f}" for place in ("min", "q25", "q50", "q75", "max"))
        rows.append((f"{what}: mean, sd, min / quartiles / max", f"{spread['mean']:.1f}, {spread['sd']:.1f}, {places}"))
    edges, counts = found["histogram"]["edges"], found["histogram"]["counts"]
    return rows + [
        (f"ratings from {low:.3f} to {high:.3f}", f"{count:,}")
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    ]


def _letterboxd() -> tuple[pd.DataFrame, list[tuple], str]:
    """The ratings, names and shapes of the tables, and the file of the ratings."""
    ratings, films = letterboxd.read_ratings(), letterboxd.read_films()
    file = "ratings.parquet"
    return ratings, [(file, ratings.shape), ("films.parquet (no television)", films.shape)], file


def _movielens(found: Source) -> tuple[pd.DataFrame, list[tuple], str]:
    tables = [(file, pd.read_csv(found.path(file)).shape) for file in found.files if file != "links.csv"]
    return movielens.read_ratings(found.name), tables, "ratings.csv"


def _movielens_100k() -> tuple[pd.DataFrame, list[tuple], str]:
    """Any fold's two files together are all the ratings."""
    base, test = ml_100k.read_fold(1)
    shapes = [("u1.base", base.shape), ("u1.test", test.shape), ("u.item", ml_100k.read_films().shape)]
    return pd.concat([base, test]), shapes, "u1.base"


def _counts(column: pd.Series) -> pd.Series:
    """Ratings of each id that has any."""
    counts = column.value_counts()
    return counts[counts > 0]


def _spread(values: pd.Series) -> dict:
    low, q25, q50, q75, high = map(float, values.quantile([0, 0.25, 0.5, 0.75, 1]))
    return {
        "count": len(values), "mean": float(values.mean()), "sd": float(values.std()),
        "min": low, "q25": q25, "q50": q50, "q75": q75, "max": high,
    }  # fmt: skip
