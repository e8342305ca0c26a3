"""links.csv of MovieLens: the TMDB ids of its films."""

from __future__ import annotations

import pandas as pd

from reelrec.sources.registry import source, sources


def read_tmdb_ids(name: str = "ml-latest-small") -> pd.Series:
    """A series of TMDB ids (Int64, missing where unknown) with film_id as its index."""
    frame = pd.read_csv(source(name).path("links.csv"), dtype={"tmdbId": "Int64"})
    return frame.rename(columns={"movieId": "film_id"}).set_index("film_id")["tmdbId"]


def names() -> list[str]:
    """The names of the data sets that have a links.csv."""
    return [name for name, entry in sources().items() if "links.csv" in entry.files]
