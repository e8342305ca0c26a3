"""MovieLens' links.csv: which of its films is which at TMDB."""

from __future__ import annotations

import pandas as pd

from reelrec.sources.registry import source, sources


def read_tmdb_ids(name: str = "ml-latest-small") -> pd.Series:
    """TMDB ids (Int64, missing where unknown) by film_id."""
    frame = pd.read_csv(source(name).path("links.csv"), dtype={"tmdbId": "Int64"})
    return frame.rename(columns={"movieId": "film_id"}).set_index("film_id")["tmdbId"]


def names() -> list[str]:
    """The known sources that are MovieLens sets."""
    return [name for name, entry in sources().items() if "links.csv" in entry.files]
