import numpy as np

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.history import History
from reelrec.training import facts


def test_facts_are_trained_from_what_ships_and_loaded_with_what_they_build_on(tiny_artifacts, tmp_path):
    store = ArtifactStore(tmp_path / "own")
    facts.train(store)
    entry = store.manifest().entry("facts")
    assert entry["built_on"] == {name: shipped_store().check(name)["sha256"] for name in ("bmf", "ranker")}
    model = store.load("facts")
    assert model.n_films == len(store.load_catalogue())
    assert np.isfinite(model.score(History.of([0, 1], [5.0, 1.0]))).all()
    assert model.is_telling(np.array([0, 11])).tolist() == [True, False]  # nothing is known of film 11
