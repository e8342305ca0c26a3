"""A copy of small artifacts in which a test breaks what it likes; pages are visited over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.models.review_text import ReviewText
from tests.fakes.film_maps import by_decade
from tests.faults.breaking import Break, missing
from tests.pages.visits import Visit


@pytest.fixture(autouse=True)
def no_component_packages(monkeypatch):
    """At every run Streamlit would look through all installed packages for components; ours come in none."""
    monkeypatch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)


@pytest.fixture(scope="session")
def whole(artifact_folder, make_film) -> Path:
    """240 films that TMDB knows, with small models, a model of review texts and a map."""
    facts = ({"title": f"Film {i:03d}", "year": 1950 + i % 70, "n_ratings": 1000 - i} for i in range(240))
    folder = artifact_folder(Catalogue(make_film(i, **own, tmdb_id=1000 + i) for i, own in enumerate(facts)))
    words = ReviewText()
    words.keep(
        terms=np.array(["bad", "good"]), idf=np.ones(2), weights=np.float32([-1, 1]), intercept=3.0, mean=3.0, sd=1.0,
        sds=np.ones(7, dtype=np.float32),
    )  # fmt: skip
    ArtifactStore(folder).save(words, {"name": "invented", "sha256": "", "people": 1, "ratings": 2}, 1.0)
    ArtifactStore(folder).save(by_decade(ArtifactStore(folder).load_catalogue()), {"name": "catalogue"}, 1.0)
    return folder


@pytest.fixture
def broken(whole, use_artifacts, tmp_path) -> Callable[..., Path]:
    """Let ReelRec run on a copy in which these parts are broken."""

    def make(*names: str, how: Break = missing) -> Path:
        folder = Path(shutil.copytree(whole, tmp_path / "artifacts"))
        for name in names:
            how(folder, name)
        return use_artifacts(folder)

    return make


@pytest.fixture
def visit() -> type[Visit]:
    return Visit
