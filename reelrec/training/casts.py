"""The facts about films without the casts that the source gave to the wrong film."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd

from reelrec.data.titles.series import series
from reelrec.sources.letterboxd import dataset as letterboxd

LEAST_CAST = 3  # names; fewer are shared by chance
FAR_YEARS = 3  # two films further apart do not have one cast


def film_facts(path: Path | None = None) -> pd.DataFrame:
    """What `letterboxd.read_films` reads, where a film whose cast is another one's has no cast."""
    films = letterboxd.read_films(path)
    borrowed = casts_of_others(films)
    films["cast"] = [[] if gone else names for names, gone in zip(films["cast"], borrowed, strict=True)]
    return films


def casts_of_others(films: pd.DataFrame) -> np.ndarray:
    """(n,) bool: which casts are those of another film, name by name.

    The source gave hundreds of films the cast of another one. Films with the same director or of one series may share a
    cast. Facts that were read on a film's own page are right; where two such films share a cast and are far apart, it
    is that of the one with more members.

    films: columns slug, title, year, director, cast, same_as, from_page and n_members of `read_films`.
    """
    sure, members = (films[name].to_numpy() for name in ("from_page", "n_members"))
    mains = films["same_as"].fillna(films["slug"]).to_numpy()
    titles, directors, years = (films[name].tolist() for name in ("title", "director", "year"))

    def keeps(row: int, other: int) -> bool:
        if sure[row] and sure[other]:
            far = not (pd.isna(years[row]) or pd.isna(years[other])) and abs(years[row] - years[other]) > FAR_YEARS
            return not far or members[row] > members[other]
        return bool(sure[row])

    borrowed = np.zeros(len(films), dtype=bool)
    casts = pd.Series([tuple(names) if len(names) >= LEAST_CAST else None for names in films["cast"]])
    for rows in (np.asarray(found).tolist() for found in casts.groupby(casts).indices.values()):
        if len({mains[row] for row in rows}) == 1:
            continue
        of_series = dict(zip(rows, series([titles[row] for row in rows]), strict=True))
        for row, other in permutations(rows, 2):
            related = mains[row] == mains[other] or any(
                values[row] and values[row] == values[other] for values in (of_series, directors)
            )
            borrowed[row] |= not related and not keeps(row, other)
    return borrowed
