"""What each rating does to a prediction in closed form, against predicting again without it; on the shipped models."""

import numpy as np
import pytest

from reelrec import app
from reelrec.artifacts.store import shipped_store
from reelrec.bench.serve import visitor

ITEMS = np.array([3, 50, 400, 2500])


@pytest.mark.parametrize(("kind", "least"), [("bmf", 0.97), ("knn", 0.97), ("stack", 0.85)])
def test_it_is_nearly_what_the_prediction_loses_without_the_rating(kind, least):
    model = shipped_store().load(kind)
    profile = visitor(40, np.random.default_rng(7))
    history = profile.history(app.catalogue().n_items).without(ITEMS)
    rated, _ = history.stars()
    whole = model.score(history)[ITEMS]
    lost = np.array([whole - model.score(history.without([item]))[ITEMS] for item in rated])
    said = model.influence(history, ITEMS)
    assert said.shape == lost.shape == (len(rated), len(ITEMS))
    assert min(np.corrcoef(said[:, place], lost[:, place])[0, 1] for place in range(len(ITEMS))) > least


@pytest.mark.parametrize("kind", ["bmf", "knn", "stack"])
def test_nobody_has_none(kind):
    history = visitor(1, np.random.default_rng(7)).history(0)
    assert shipped_store().load(kind).influence(history, ITEMS).shape == (0, len(ITEMS))
