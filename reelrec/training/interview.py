"""Training of the interview: which films users have seen and find relevant, as the train users say."""

from __future__ import annotations

import time

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.ratings.workers import ALONE, Workers
from reelrec.interview.interviewer import Interviewer
from reelrec.models.bmf.model import BMF
from reelrec.models.lists.dae import DAE
from reelrec.training.users import letterboxd_users


def train(store: ArtifactStore, workers: Workers = ALONE) -> float:
    """Learn from the train users which films users have seen and find relevant, and save it. Returns seconds.

    workers: each learns from its share of the users, and the first one writes. Raises ArtifactError or SourceError.
    """
    if workers.rank == 0:
        store.copy_missing(Interviewer.builds_on, source=shipped_store())
    workers.add(0)  # the others wait for what was copied
    films = store.load_catalogue()
    model, lister = store.load(BMF.name), store.load(DAE.name)
    dataset = letterboxd_users(films, Interviewer.learns_from)
    began = time.perf_counter()
    interviewer = Interviewer.fit(dataset.share(workers), model, lister, films)
    seconds = time.perf_counter() - began
    if workers.rank == 0:
        store.save(interviewer, dataset.describe(), seconds)
    return seconds
