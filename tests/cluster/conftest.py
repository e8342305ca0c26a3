"""What the tests with several workers share."""

import os
from pathlib import Path

import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.cluster.engine import ENVIRONMENT, ONLY_HERE, ray_engine
from reelrec.data.catalogue import Catalogue
from reelrec.training.ratings import Ratings
from tests.fakes.parts import write_parts

os.environ.update(ENVIRONMENT | ONLY_HERE)  # before any test imports ray


@pytest.fixture(scope="module")
def ratings(make_film, make_people, tmp_path_factory):
    """A file with the ratings of 1,000 invented people, beside a catalogue of their 60 films."""
    folder = tmp_path_factory.mktemp("ratings")
    films = Catalogue(make_film(number) for number in range(60))
    ArtifactStore(folder / "shipped").save_catalogue(films)
    slugs = [film.slug for film in films.films]
    make_people(1_000, slugs, 40).to_csv(folder / "people.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REELREC_ARTIFACTS", str(folder / "shipped"))
        yield Ratings(file=folder / "people.csv")


@pytest.fixture(scope="module")
def two_workers(ratings):
    """Ray with two workers; the processes that it starts know the artifacts of `ratings`."""
    pytest.importorskip("ray")
    pytest.importorskip("torch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REELREC_TEST", str(os.getpid()))  # so that a test finds its workers, and no others
        with ray_engine(2):
            yield


@pytest.fixture
def parts(tiny_artifacts, films, tmp_path) -> Path:
    """Forty people in two parts, on the fourteen films."""
    return write_parts(tmp_path / "parts", films, people=40)
