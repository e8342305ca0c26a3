"""What past visits rated, from the host's log of events: people to train on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from reelrec.data.dataset import Dataset
from reelrec.errors import EventLogError
from reelrec.telemetry.events import ANSWERS, RATED, EventFile

LEAST_RATINGS = 5  # of films in the catalogue, for a visit to count as a person


def with_visits(dataset: Dataset, path: Path) -> Dataset:
    """The people, and after them the visits of a log as further people. Raises EventLogError."""
    visits = Dataset.from_frame("visits", read_visits(path, frozenset(dataset.item_ids)), dataset.item_ids)
    first = int(dataset.user_ids.max(initial=-1)) + 1
    return replace(
        dataset,
        name=f"{dataset.name} and {visits.n_users:,} visits",
        user_ids=np.append(dataset.user_ids, np.arange(first, first + visits.n_users)),
        start=np.append(dataset.start, dataset.start[-1] + visits.start[1:]),
        items=np.append(dataset.items, visits.items),
        ratings=np.append(dataset.ratings, visits.ratings),
    )


def read_visits(path: Path, known: Collection[str]) -> pd.DataFrame:
    """Columns user_id (the visit's number), film_id and rating, as `read_ratings_file` has them.

    Of films in `known`, by visits that rated LEAST_RATINGS of them or more. The last answer about a film counts; one
    without stars takes the stars back. Raises EventLogError.
    """
    rated: dict[str, dict[str, float]] = {}
    for event in EventFile(path):
        if event.kind in ANSWERS and event.film in known:
            ratings = rated.setdefault(event.visit, {})
            ratings.pop(event.film, None)
            if event.kind == RATED:
                ratings[event.film] = event.stars
    enough = {visit: ratings for visit, ratings in rated.items() if len(ratings) >= LEAST_RATINGS}
    if not enough:
        raise EventLogError(f"No visit in {path.name} rated {LEAST_RATINGS} films of the catalogue, so none can train.")
    rows = [(visit, *rating) for visit, ratings in enough.items() for rating in ratings.items()]
    return pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])
