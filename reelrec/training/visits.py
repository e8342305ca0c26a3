"""The ratings of past visits, from the host's log of events, as further users to train on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import EventLogError
from reelrec.telemetry.events import ANSWERS, EventFile

LEAST_RATINGS = 5  # of films in the catalogue, for a visit to count as a user


def with_visits(dataset: Dataset, path: Path) -> Dataset:
    """The users of a data set, followed by the visits of a log as further users. Raises EventLogError."""
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
    """The ratings of all visits with LEAST_RATINGS or more of `known` films. Raises EventLogError where there are none.

    Columns user_id (the visit), film_id (the slug) and rating, as in `read_ratings_file`. The last answer about a film
    counts; an answer without stars takes earlier stars back.
    """
    by_visit: dict[str, dict[str, float]] = {}
    for event in EventFile(path):
        if event.kind in ANSWERS and event.film in known:
            ratings = by_visit.setdefault(event.visit, {})
            ratings.pop(event.film, None)
            if event.stars is not None:  # of a rating, and of no other answer
                ratings[event.film] = event.stars
    enough = {visit: ratings for visit, ratings in by_visit.items() if len(ratings) >= LEAST_RATINGS}
    if not enough:
        raise EventLogError(f"No visit in {path.name} rated {LEAST_RATINGS} films of the catalogue, so none can train.")
    rows = [(visit, slug, stars) for visit, ratings in enough.items() for slug, stars in ratings.items()]
    return pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])
