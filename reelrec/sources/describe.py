"""Figures of a data set, straight from its files."""

from __future__ import annotations

import pandas as pd

from reelrec.sources import letterboxd, movielens
from reelrec.sources.registry import source


def describe(name: str) -> list[tuple[str, str]]:
    """Pairs of what and value: shapes of the files, people, films, and how the stars are spread."""
    found = source(name)
    if name == "letterboxd":
        ratings, films = letterboxd.read_ratings(), letterboxd.read_films()
        tables = [("ratings", ratings.shape), ("films (no television)", films.shape)]
    else:
        ratings = movielens.read_ratings(name)
        tables = [(file, pd.read_csv(found.path(file)).shape) for file in found.files if file != "links.csv"]
    stars = ratings["rating"].astype("float64")
    people, rated = ratings["user_id"].nunique(), ratings["film_id"].nunique()
    density = len(ratings) / (people * rated)
    rows = [(f"{file}: rows x columns", f"{shape[0]:,} x {shape[1]}") for file, shape in tables]
    rows += [("people", f"{people:,}"), ("rated films", f"{rated:,}")]
    rows += [("mean stars", f"{stars.mean():.6f}"), ("sd", f"{stars.std():.6f}")]
    rows += [("quartiles", " / ".join(f"{value:g}" for value in stars.quantile([0.25, 0.5, 0.75])))]
    rows += [("density", f"{density:.6f}"), ("sparsity", f"{1 - density:.6f}")]
    rows += [(f"share of {value:g} stars", f"{share:.4f}") for value, share in _shares(stars).items()]
    for what, column in (("ratings a person", "user_id"), ("ratings a film", "film_id")):
        counts = ratings[column].value_counts()
        low, *quartiles, high = counts[counts > 0].quantile([0, 0.25, 0.5, 0.75, 1])
        rows.append(
            (
                f"{what}: mean, min / quartiles / max",
                f"{counts[counts > 0].mean():.1f}, {low:.0f} / "
                + " / ".join(f"{q:.0f}" for q in quartiles)
                + f" / {high:.0f}",
            )
        )
    return rows


def _shares(stars: pd.Series) -> pd.Series:
    return stars.value_counts(normalize=True).sort_index()
