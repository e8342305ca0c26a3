"""What each rating does to a prediction in closed form, against predicting again without it; on the shipped models."""

import numpy as np
import pytest

from reelrec import app
from reelrec.artifacts.store import shipped_store
from reelrec.bench.serve import visitor
from reelrec.serving.picks.predictions import Estimate
from reelrec.serving.why.sums import TRIED

ITEMS = np.array([3, 50, 400, 2500])
RATINGS = 80


@pytest.mark.parametrize("kind", ["bmf", "knn", "stack"])
def test_the_rating_without_which_most_is_lost_is_among_the_first(kind):
    model, found = shipped_store().load(kind), []
    for seed in range(4):
        history = visitor(RATINGS, np.random.default_rng(seed)).history(app.catalogue().n_items).without(ITEMS)
        rated, _ = history.stars()
        whole = Estimate.of(model, history, ITEMS).mean
        lost = np.array([whole - Estimate.of(model, history.without([item]), ITEMS).mean for item in rated])
        said = np.abs(model.influence(history, ITEMS))
        assert said.shape == lost.shape == (len(rated), len(ITEMS))
        first = np.argsort(-said, axis=0)[:TRIED]
        found += [row in column for row, column in zip(np.argmax(np.abs(lost), axis=0), first.T, strict=True)]
    assert np.mean(found) >= 0.9  # by chance it would be TRIED of RATINGS


@pytest.mark.parametrize("kind", ["bmf", "knn", "stack"])
def test_nobody_has_none(kind):
    history = visitor(1, np.random.default_rng(7)).history(0)
    assert shipped_store().load(kind).influence(history, ITEMS).shape == (0, len(ITEMS))
