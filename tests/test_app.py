import ast
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reelrec import app
from reelrec.errors import ArtifactError, OptionError, ProfileFileError, TokenError, UnknownFilmError
from reelrec.serving import resources
from reelrec.serving.picks.filters import Filters
from reelrec.serving.picks.predictions import Pick
from reelrec.serving.shelf import Shelf
from reelrec.visitor.profile import Profile

ROOT = Path(__file__).parents[1]
LIKES = Profile(ratings={1: 5.0, 3: 4.0})


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def test_a_first_visitor_gets_popularity_and_is_told_that_it_is_not_personal():
    shelf = app.recommend(Profile(), 5)
    assert (shelf.model, shelf.personal, len(shelf.picks)) == ("popularity", False, 5)


def test_with_ratings_the_shelf_is_personal_unless_the_model_is_not():
    assert app.recommend(LIKES, 5).personal
    assert app.recommend(LIKES, 5).model == "blend"
    for same_for_all in ("popularity", "film-mean"):
        assert not app.recommend(LIKES, 5, model=same_for_all).personal
    assert not app.recommend(Profile(unseen=frozenset({2})), 5, model="ease").personal


@pytest.mark.parametrize("n", [0, -3])
def test_a_list_of_no_films_is_refused(n):
    with pytest.raises(OptionError, match="one or more"):
        app.recommend(LIKES, n)


def test_mistakes_reach_the_caller_as_option_errors():
    with pytest.raises(OptionError, match="no model called 'nope'"):
        app.recommend(LIKES, 5, model="nope")
    with pytest.raises(OptionError, match="no genre"):
        app.recommend(LIKES, 5, filters=Filters(genres=frozenset({"x"})))
    with pytest.raises(OptionError, match="dial"):
        app.recommend(LIKES, 5, dial=2.0)


def test_the_models_on_offer_are_the_shipped_ones_the_default_first():
    offered = app.models()
    names = [
        "blend",
        "dae",
        "ranker",
        "ease",
        "bmf",
        "stack",
        "deepfm",
        "gpt",
        "svd",
        "knn",
        "popularity",
        "baseline",
        "film-mean",
    ]
    assert [model.name for model in offered] == names
    assert all(model.label and model.about for model in offered)


def test_every_model_of_the_project_has_words_for_visitors():
    from reelrec.models.registry import MODELS
    from reelrec.serving.choices import MODEL_WORDS

    assert set(MODEL_WORDS) == set(MODELS)


def test_a_model_is_loaded_once_even_when_many_ask_at_once(monkeypatch):
    from reelrec.artifacts.store import ArtifactStore
    from reelrec.models.registry import MODELS

    loaded, real = [], ArtifactStore.load
    monkeypatch.setattr(ArtifactStore, "load", lambda self, name, *rest: loaded.append(name) or real(self, name, *rest))
    visitors = [threading.Thread(target=app.recommend, args=(LIKES, 3)) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    needed = {app.DEFAULT_MODEL, *MODELS[app.DEFAULT_MODEL].builds_on, *MODELS[app.STARS_MODEL].builds_on}
    assert sorted(loaded) == sorted(needed)


def test_warming_up_loads_what_the_first_visitor_needs(tiny_artifacts):
    app.warm_up()
    resources.wait_for_loader()
    (tiny_artifacts / "ranker.npz").rename(tiny_artifacts / "away.npz")
    try:
        assert app.recommend(LIKES, 3).picks  # from memory
    finally:
        (tiny_artifacts / "away.npz").rename(tiny_artifacts / "ranker.npz")


@pytest.mark.parametrize("name", [app.DEFAULT_MODEL, app.STARS_MODEL, *app.STARS_PARTS])
def test_a_missing_file_of_lists_is_told_to_the_host_before_the_first_page(
    tiny_artifacts, use_artifacts, tmp_path, caplog, name
):
    folder = use_artifacts(shutil.copytree(tiny_artifacts, tmp_path / "artifacts"))
    (folder / f"{name}.npz").unlink()
    app.warm_up()
    (told,) = (message for message in caplog.messages if name in message)
    assert re.search(rf"{name}.npz is missing.*python -m reelrec train {name}", told)


def test_without_artifacts_warming_up_says_what_to_run(use_artifacts, tmp_path):
    use_artifacts(tmp_path)
    with pytest.raises(ArtifactError, match=r"catalogue.parquet is missing.*python -m reelrec train catalogue"):
        app.warm_up()


def test_a_film_is_found_by_its_address_and_a_twin_leads_to_the_film():
    assert app.film("elodie-a-paris").title == "Élodie à Paris"
    assert app.film("the-lantern-1").number == 0
    with pytest.raises(UnknownFilmError, match="no such film here"):
        app.film("no-such-film")


def test_a_very_long_search_is_cut_and_finds_nothing():
    assert app.search("x" * 10_000_000) == []
    assert [film.number for film in app.search("night")] == [1, 2]


def test_a_profile_goes_into_a_link_and_comes_back():
    assert app.from_link(app.link_token(LIKES)) == LIKES
    assert app.fits_link(LIKES)
    with pytest.raises(TokenError):
        app.from_link(app.link_token(Profile(ratings={14: 3.0})))  # one beyond the catalogue


def test_a_profile_goes_into_a_file_and_comes_back():
    assert app.from_profile_file(app.profile_file(LIKES).encode()) == (LIKES, [])
    with pytest.raises(ProfileFileError):
        app.from_profile_file(b"{}")


def test_a_letterboxd_list_has_ids_title_and_year_in_rank_order():
    shelf = app.recommend(Profile(), 99)
    rows = list(csv.DictReader(io.StringIO(shelf.letterboxd_list())))
    assert [row["Title"] for row in rows] == [pick.film.title for pick in shelf.picks]
    by_title = {(row["Title"], row["Year"]): row for row in rows}
    assert by_title["Night Ferry", "1979"] == {
        "tmdbID": "501",
        "imdbID": "tt0079001",
        "Title": "Night Ferry",
        "Year": "1979",
    }
    assert by_title["Untitled Reel", ""]["imdbID"] == ""


def test_a_title_in_a_letterboxd_list_is_no_formula(make_film):
    film = make_film(1, title='=HYPERLINK("https://evil.example")')
    pick = Pick(film, stars=4.0, low=None, high=None, chance=None, distribution=None, because=(), score=1.0)
    (row,) = csv.DictReader(io.StringIO(Shelf("blend", (pick,), True, "for you").letterboxd_list()))
    assert row["Title"].startswith("'=")


def test_similar_films_and_predictions_are_about_the_film_asked_for():
    film = app.film("night-ferry")
    assert app.predict(LIKES, film).film == film
    assert film not in app.similar(film, 5)


def test_sample_visitors_have_ratings():
    assert app.sample_profile("horror").ratings
    assert {sample.name for sample in app.sample_profiles()} >= {"horror"}


def test_the_size_of_the_training_data_is_the_manifests(tiny_artifacts):
    entry = json.loads((tiny_artifacts / "manifest.json").read_text())["models"]["ease"]["data"]
    assert app.training_data() == (entry["people"], entry["ratings"])


@pytest.fixture
def measured(tiny_artifacts):
    """Put these rows where `evaluate` writes them."""
    path = tiny_artifacts / "metrics" / "new-users.json"
    path.parent.mkdir(exist_ok=True)

    yield lambda text: path.write_text(text)
    path.unlink(missing_ok=True)


def test_the_typical_error_is_that_of_the_largest_measured_size_below(measured):
    rows = [
        (app.STARS_MODEL, *row) for row in (("mae", 0, 0.8), ("mae", 5, 0.6), ("mae", "all", 0.1), ("rmse", 0, 9.0))
    ]
    rows += [("knn", "mae", 0, 9.0)]
    names = ("model", "metric", "k", "value")
    measured(json.dumps({"rows": [dict(zip(names, row, strict=True)) for row in rows]}))
    assert [app.typical_error(n) for n in (0, 4, 5, 900)] == [0.8, 0.8, 0.6, 0.6]


@pytest.mark.parametrize("text", ["", "{}", '{"rows": []}'])
def test_without_a_measurement_no_error_is_claimed(measured, text):
    measured(text)
    assert app.typical_error(10) is None


def test_the_pages_and_commands_take_from_the_app_only_what_it_defines():
    rooms = [ROOT / "pages", *(ROOT / "reelrec" / room for room in ("ui", "cli", "bench"))]
    taken = set()
    for path in [ROOT / "streamlit_app.py", *(path for room in rooms for path in room.rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "app":
                taken.add(node.attr)
            elif isinstance(node, ast.ImportFrom) and node.module == "reelrec.app":
                taken |= {name.name for name in node.names}
    defined = set()
    for node in ast.parse((ROOT / "reelrec" / "app.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            defined |= {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            defined |= {name.asname for name in node.names if name.asname == name.name}  # handed on
    assert len(taken) > 30
    assert taken - {"command", "add_typer", "callback"} <= defined  # a Typer is called app too


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [
        ("reelrec.app", {"torch", "surprise", "sklearn", "streamlit", "pandas"}),
        ("reelrec.cli.inputs, reelrec.cli.main", {"torch", "surprise", "sklearn", "streamlit"}),
    ],
)
def test_heavy_packages_are_not_loaded_to_serve(modules, heavy):
    code = f"import sys, {modules}; found = {heavy!r} & set(sys.modules); assert not found, found"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
