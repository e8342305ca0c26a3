"""What many tests share: the options, invented films, invented people, and a folder of small artifacts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reelrec import app, progress
from reelrec.artifacts.store import ArtifactStore
from reelrec.cli import main
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.ratings.dataset import Dataset
from reelrec.interview.interviewer import Interviewer
from reelrec.models.baseline import Baseline
from reelrec.models.bmf.model import BMF
from reelrec.models.film_mean import FilmMean
from reelrec.models.knn import KNN, nearest
from reelrec.models.lists.dae import DAE
from reelrec.models.lists.ease import EASE
from reelrec.models.lists.popularity import Popularity
from reelrec.models.lists.ranker import Ranker
from reelrec.models.svd import SVD
from reelrec.serving import figures, resources
from reelrec.serving.engine import Engine
from tests.fakes import corrections, list_models

os.environ["REELREC_SHARE"] = "off"  # else loaded arrays would be kept in the cache folder of whoever runs the tests

# slug, title, year, genres, minutes, language, director, ratings, mean, further facts
FILMS = (
    ("the-lantern", "The Lantern", 1994, "Drama", 120, "en", "Ada Moss", 900, 4.2, {"letterboxd_id": 242_235}),
    ("night-ferry", "Night Ferry", 1979, "Horror Thriller", 95, "en", "Ben Hale", 800, 3.9, {"imdb_id": 79001}),
    ("night-ferry-2011", "Night Ferry", 2011, "Horror", 88, "en", "Cleo Finch", 300, 2.6, {}),
    ("twin-rivers", "Twin Rivers", 1988, "Drama", 101, "en", "Dora Lind", 260, 3.4, {}),
    ("twin-rivers-1988-1", "Twin Rivers", 1988, "Western", 97, "en", "Emil Stone", 90, 3.1, {}),
    ("elodie-a-paris", "Élodie à Paris", 2001, "Comedy Romance", 110, "fr", "Zoé Marchand", 500, 3.8, {}),
    ("the-harbour", "The Harbour", 2003, "Crime Drama", 132, "en", "Ada Moss", 450, 3.7, {}),
    ("salt-and-smoke", "Salt & Smoke", 2015, "Documentary", 74, "en", "Finn O'Dea", 120, 3.6, {}),
    ("star-quay", "Star Quay: Episode II - The Return", 1983, "Adventure", 127, "en", "Gus Orr", 700, 4.0, {}),
    ("the-lantern-1", "The Lantern", 1994, "Drama", 120, "en", "Ada Moss", 30, 4.1, {"same_as": 0}),
    ("orsteds-dream", "Ørsted’s Dream", 2016, "Science Fiction", 99, "da", "Ida Krag", 60, 3.3, {}),
    ("untitled-reel", "Untitled Reel", None, "", None, None, None, 5, 2.9, {}),
    ("grey-dawn", "Grey Dawn", 1990, "War", 140, "de", "Jo Adler", 200, 3.5, {}),
    ("grey-dawn-1992", "Grey Dawn", 1992, "Family", 82, "de", "Kai Brandt", 40, 3.0, {}),
)


@pytest.fixture(autouse=True)
def main_module_as_it_was(monkeypatch):
    """Streamlit's AppTest leaves its script as the main module, which every process that is spawned later would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--train", action="store_true", help="run also what needs torch or scikit-surprise")
    parser.addoption("--record", action="store_true", help="write again what tests without torch compare with")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked `train` unless --train is given, and say so."""
    if config.getoption("--train"):
        return
    left_out = pytest.mark.skip(reason="needs torch or scikit-surprise. Run: python3 dev.py test --train")
    for item in items:
        if item.get_closest_marker("train"):
            item.add_marker(left_out)


@pytest.fixture(scope="session")
def make_film():
    """A film from the facts that matter to a test."""

    def make(number: int, **facts) -> Film:
        plain = {
            "slug": f"film-{number}", "letterboxd_id": None, "title": f"Film {number}", "year": 2000,
            "other_titles": (), "other_years": (), "kind": "film", "genres": (), "runtime": 100, "language": "en",
            "countries": (), "director": None, "cast": (), "tmdb_id": None, "imdb_id": None, "movielens_id": None,
            "n_ratings": 10, "mean": 3.0, "histogram": (0,) * 10, "same_as": None,
        }  # fmt: skip
        return Film(number, **plain | facts)

    return make


@pytest.fixture(scope="session")
def films(make_film) -> Catalogue:
    """Fourteen films with the traps of real titles; number 9 is number 0 under a second address."""
    names = ("slug", "title", "year", "genres", "runtime", "language", "director", "n_ratings", "mean")
    rows = []
    for number, (*values, more) in enumerate(FILMS):
        facts = dict(zip(names, values, strict=True)) | {"tmdb_id": 500 + number} | more
        genres = facts["genres"].replace("Science Fiction", "Science_Fiction").split()
        rows.append(make_film(number, **facts | {"genres": tuple(name.replace("_", " ") for name in genres)}))
    return Catalogue(rows)


@pytest.fixture(scope="session")
def many_films(make_film) -> Catalogue:
    """240 plain films: enough for hidden films, a hundred places, and people with sixty ratings."""
    return Catalogue(make_film(i, title=f"Film {i:03d}", year=1950 + i % 70, n_ratings=1000 - i) for i in range(240))


@pytest.fixture(scope="session")
def make_people():
    """Random ratings with tastes in them: two hidden factors, film and person bias, noise; reproducible by seed."""

    def make(n_users: int, slugs: list[str], each: int, seed: int = 1) -> pd.DataFrame:
        rng = np.random.default_rng(seed)
        people, items = rng.normal(size=(n_users, 2)), rng.normal(size=(len(slugs), 2))
        bias = rng.normal(0, 0.5, n_users)[:, None] + rng.normal(0, 0.5, len(slugs))
        stars = 3.4 + bias + 0.5 * people @ items.T + rng.normal(0, 0.3, bias.shape)
        stars = np.clip(np.round(stars * 2) / 2, 0.5, 5.0)
        rows = [(u, slugs[i], stars[u, i]) for u in range(n_users) for i in rng.permutation(len(slugs))[:each]]
        return pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])

    return make


@pytest.fixture(scope="session")
def people(make_people) -> Dataset:
    """60 people, 40 films, 25 ratings each."""
    slugs = [f"film-{i}" for i in range(40)]
    return Dataset.from_frame("people", make_people(60, slugs, 25), slugs)


@pytest.fixture(scope="session")
def two_tastes() -> Dataset:
    """People with even ids give the even films 5 stars and the odd ones 1; the others the reverse. 20 films."""
    rng = np.random.default_rng(7)
    rows = [(u, i, 5.0 if (u + i) % 2 == 0 else 1.0) for u in range(200) for i in rng.permutation(20)[:14]]
    return Dataset.from_frame("two tastes", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(20))


@pytest.fixture(scope="session")
def small_models(make_people):
    """Every model for a catalogue's films, without Surprise: svd and knn from the residuals around the bias."""

    def fit(films: Catalogue) -> tuple[Dataset, list]:
        slugs = [film.slug for film in films.films]
        dataset = Dataset.from_frame("invented", make_people(50, slugs, max(8, len(slugs) // 3)), slugs)
        baseline = Baseline().fit(dataset)
        residuals = np.zeros((dataset.n_users, dataset.n_items), dtype=np.float32)
        residuals[dataset.users, dataset.items] = dataset.ratings - baseline.mean_ - baseline.item_bias_[dataset.items]
        svd = SVD(embedding_dim=4)
        svd.mean_, svd.item_bias_ = baseline.mean_, baseline.item_bias_
        svd.item_factors_ = np.linalg.svd(residuals, full_matrices=False)[2][:4].T.astype(np.float32)
        knn = KNN(neighbours=10)
        columns, similarity = nearest(np.corrcoef(residuals.T) - np.eye(dataset.n_items), knn.neighbours)
        knn.keep(mean=baseline.mean_, item_bias=baseline.item_bias_, nearest=columns, similarity=similarity)
        ranker = Ranker(reg=5.0).fit(dataset)
        fitted = (model.fit(dataset) for model in (Popularity(), FilmMean(), EASE(reg=5.0)))
        bmf = corrections.bmf(svd.item_bias_, svd.item_factors_, svd.mean_)
        deepfm, gpt = corrections.random_deepfm(bmf), corrections.random_gpt(bmf)
        stack = corrections.even_stack(bmf, knn, deepfm, gpt)
        dae = list_models.cold_dae(dataset.n_items)
        blend = list_models.blend(dae, ranker, stack)
        return dataset, [*fitted, ranker, baseline, svd, knn, bmf, deepfm, gpt, stack, dae, blend]

    return fit


@pytest.fixture(scope="session")
def tiny(films, small_models) -> Engine:
    """An engine over the fourteen films with real small models."""
    models = {model.name: model for model in small_models(films)[1]}
    return Engine(films, models.__getitem__)


@pytest.fixture(scope="session")
def artifact_folder(small_models, tmp_path_factory):
    """Write a catalogue and its small models as they ship; the folder's path."""

    def write(films: Catalogue) -> Path:
        folder = tmp_path_factory.mktemp("artifacts")
        ArtifactStore(folder).save_catalogue(films)
        dataset, models = small_models(films)
        for model in models:
            ArtifactStore(folder).save(model, dataset.describe(), 1.0)
        by_name = {model.name: model for model in models}
        interviewer = Interviewer.fit(dataset, by_name[BMF.name], by_name[DAE.name], films)
        ArtifactStore(folder).save(interviewer, dataset.describe(), 1.0)
        return folder

    return write


@pytest.fixture
def use_artifacts(monkeypatch):
    """Let the app, the terminal and the evaluation read this folder."""

    def clear() -> None:
        resources.wait_for_loader()  # else they would be loaded from one folder into the other's place
        for value in (value for module in (app, resources, figures) for value in vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()

    monkeypatch.setattr(resources, "SECONDS_FOR_A_PAGE", 0.0)

    def use(folder: Path) -> Path:
        clear()
        monkeypatch.setenv("REELREC_ARTIFACTS", str(folder))
        return folder

    yield use
    clear()


@pytest.fixture(scope="session")
def _tiny_folder(artifact_folder, films) -> Path:
    return artifact_folder(films)


@pytest.fixture
def tiny_artifacts(use_artifacts, _tiny_folder) -> Path:
    """The fourteen films with small models, in the place of the shipped artifacts."""
    return use_artifacts(_tiny_folder)


@pytest.fixture
def command(monkeypatch, capsys):
    """Run `python -m reelrec …` in this process: exit code, stdout, stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reelrec", *map(str, words)])
        code = 0
        try:
            main.main()
        except SystemExit as stop:
            code = stop.code or 0
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def told():
    """The names of the steps that were told so far, each once."""
    names: list[str] = []
    with progress.watched(lambda share, name: name in names or not name or names.append(name)):
        yield names


@pytest.fixture
def ratings_file(tmp_path):
    """Write a CSV of ratings and say where it is."""

    def write(text: str) -> Path:
        path = tmp_path / "ratings.csv"
        path.write_text(text)
        return path

    return write
