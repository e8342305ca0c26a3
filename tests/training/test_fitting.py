"""The catalogue from its sources, and models from a ratings file; the sources are small tables of our own."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pytest

from reelrec.artifacts.store import ArtifactStore, shipped_store
from reelrec.data.roles import Role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.models.corrections.corrector import Corrector
from reelrec.models.popularity import Popularity
from reelrec.models.registry import MODELS
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training import catalogue, fitting, same_films
from reelrec.training.settings import SETTINGS, SMALL_DATA
from reelrec.training.users import letterboxd_users

NUMBERS = ("year", "runtime", "tmdb_id", "imdb_id", "movielens_id")


@pytest.fixture
def sources(monkeypatch):
    """Put these films (slug to facts) and ratings (user, slug, stars) in the place of the Letterboxd files."""

    def put(films: dict[str, dict], ratings: list[tuple]) -> None:
        plain = {"title": "A Film", "year": 2000, "genres": [], "countries": [], "cast": [], "release_date": None}
        facts = pd.DataFrame([{"film_id": slug} | plain | more for slug, more in films.items()])
        for name in ("language", "director", "boxd_code", *NUMBERS):
            facts[name] = facts.get(name)
        facts = facts.astype(dict.fromkeys(NUMBERS, "Int64"))
        rated = pd.DataFrame(ratings, columns=["user_id", "film_id", "rating"])
        rated = rated.astype({"film_id": "category", "rating": "float32", "user_id": "int32"})
        monkeypatch.setattr(letterboxd, "read_films", lambda: facts.copy())
        monkeypatch.setattr(letterboxd, "read_ratings", lambda: rated.copy())

    return put


RATINGS = [
    (10, "b", 4.0), (11, "b", 5.0), (12, "b", 4.5), (10, "a", 3.0), (13, "a", 2.0), (17, "c", 0.5),
    (18, "a", 5.0), (19, "a", 5.0), (18, "d", 5.0),
]  # fmt: skip


def test_films_are_numbered_by_fame_and_counted_from_people_0_to_7(sources):
    sources({slug: {} for slug in "abcde"}, RATINGS)
    films = catalogue.build_catalogue(None)
    assert [film.slug for film in films.films] == ["b", "a", "c", "d"]  # d is rated, if only by person 8; e never is
    assert [film.n_ratings for film in films.films] == [3, 2, 1, 0]
    assert [film.mean for film in films.films] == [4.5, 2.5, 0.5, None]
    assert films.films[0].histogram == (0, 0, 0, 0, 0, 0, 0, 1, 1, 1)
    assert films.films[2].histogram == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_a_rebuilt_catalogue_keeps_the_old_numbers(sources):
    sources({slug: {} for slug in "abc"}, RATINGS)
    old = catalogue.build_catalogue(None)
    sources({slug: {} for slug in ("a", "b", "new", "older")}, [*RATINGS, *((u, "new", 5.0) for u in range(8))])
    films = catalogue.build_catalogue(old)
    assert [film.slug for film in films.films] == ["b", "a", "c", "new"]
    assert [film.number for film in films.films] == [0, 1, 2, 3]
    assert films.films[3].n_ratings == 8
    assert (films.films[2].n_ratings, films.films[2].mean) == (0, None)  # gone from the source, kept in the links
    again = catalogue.build_catalogue(films)
    assert again.fingerprint == films.fingerprint


def test_films_with_one_tmdb_id_one_code_or_equal_facts_are_one_film(sources):
    day = {"release_date": "2001-02-03", "runtime": 90, "title": "Same Facts"}
    facts = {
        "a": {"tmdb_id": 7},
        "b": {"tmdb_id": 7},
        "c": {"boxd_code": "xyz"},
        "d": {"boxd_code": "xyz"},
        "e": day,
        "f": day | {"title": "Same facts!"},
        "g": day | {"runtime": 91},
        "h": {},
    }
    sources(facts, [(user, slug, 3.0) for rank, slug in enumerate("bacdefgh") for user in range(8 - rank)])
    films = catalogue.build_catalogue(None)
    twins = {film.slug: films.films[film.same_as].slug for film in films.films if film.same_as is not None}
    assert twins == {"a": "b", "d": "c", "f": "e"}  # the lesser known one is the twin
    assert [film.slug for film in films.films] == list("bacdefgh")


def test_a_film_that_is_said_to_be_held_twice_is_one_and_knows_what_either_row_knows(sources):
    known, other = same_films.SAME_FILM[0]
    facts = {known: {"director": "Ada Moss", "title": "One Title"}, other: {"title": "Another", "imdb_id": 77}}
    sources(facts, [(user, slug, 3.0) for rank, slug in enumerate((other, known)) for user in range(8 - rank)])
    films = catalogue.build_catalogue(None)
    leader = films.films[films.by_slug[other]]
    assert films.films[films.by_slug[known]].same_as == leader.number
    assert (leader.title, leader.director, leader.imdb_id) == ("Another", "Ada Moss", 77)
    assert films.find("One Title", leader.year).number == leader.number


def test_every_film_said_to_be_held_twice_is_in_the_catalogue_under_both_addresses():
    films = shipped_store().load_catalogue()
    for pair in same_films.SAME_FILM:
        assert len({int(films.canonical[films.by_slug[slug]]) for slug in pair}) == 1, pair


def test_facts_come_over_and_what_is_unknown_is_none(sources):
    facts = {"title": "Ünï", "year": 1999, "runtime": 88, "tmdb_id": 5, "language": "fr", "cast": ["X", "Y"]}
    sources({"a": facts | {"genres": ["Drama"], "countries": ["France"]}, "b": {"year": None}}, RATINGS)
    bare, film = (catalogue.build_catalogue(None).films[i] for i in (0, 1))
    assert (film.title, film.year, film.runtime, film.tmdb_id, film.language) == ("Ünï", 1999, 88, 5, "fr")
    assert (film.genres, film.countries, film.cast) == (("Drama",), ("France",), ("X", "Y"))
    assert {type(value) for value in (film.year, film.runtime, film.tmdb_id)} == {int}
    assert (bare.year, bare.runtime, bare.tmdb_id, bare.director, bare.boxd_code) == (None,) * 5


def test_people_are_told_apart_by_the_last_digit_of_their_id(sources, films):
    rows = [(user, "night-ferry", 3.0) for user in range(20, 40)] + [(28, "not-in-the-catalogue", 5.0)]
    sources({"night-ferry": {}}, rows)
    assert letterboxd_users(films, Role.TRAIN).user_ids.tolist() == [*range(20, 28), *range(30, 38)]
    tuning = letterboxd_users(films, Role.TUNE)
    assert tuning.user_ids.tolist() == [28, 38]
    assert len(tuning.items) == 2
    assert tuning.name == "letterboxd tune users"
    assert tuning.features["director"].shape[0] == len(films)  # what is known of the films comes along


def test_a_catalogue_is_written_and_written_again_with_its_numbers(sources, tmp_path):
    sources({slug: {} for slug in "abc"}, RATINGS)
    store = ArtifactStore(tmp_path)
    catalogue.train(store)
    first = store.load_catalogue()
    sources({slug: {} for slug in "abcd"}, [*RATINGS, *((u, "c", 5.0) for u in (20, 21, 22, 23))])
    catalogue.train(store)
    second = store.load_catalogue()
    assert [film.slug for film in second.films[:3]] == [film.slug for film in first.films]
    assert store.manifest().catalogue["fingerprint"] == second.fingerprint


def test_a_model_is_trained_on_a_ratings_file(tiny_artifacts, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,night-ferry,5\n2,night-ferry,4\n2,the-harbour,3\n2,unknown,1\n")
    out = tmp_path / "out"
    seconds = fitting.train("popularity", ArtifactStore(out), path)
    assert seconds >= 0
    entry = ArtifactStore(out).manifest().content["models"]["popularity"]
    assert entry["data"] | {"sha256": ""} == {"name": "mine", "sha256": "", "people": 2, "ratings": 3}
    model = ArtifactStore(out).load("popularity")
    assert model.counts_.tolist() == [0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert "mine" not in (tiny_artifacts / "manifest.json").read_text()


@pytest.mark.usefixtures("tiny_artifacts")
def test_a_file_without_a_known_film_trains_nothing(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,unknown,5\n")
    with pytest.raises(RatingsFileError, match=r"mine.csv rates no film of the catalogue"):
        fitting.train("popularity", ArtifactStore(tmp_path / "out"), path)
    assert not (tmp_path / "out").exists()


def test_settings_name_models_and_their_own_options():
    for settings in (SETTINGS, SMALL_DATA):
        for name, values in settings.items():
            assert values.items() <= vars(fitting.new_model(name, {name: values})).items()
    assert set(SETTINGS) <= set(MODELS)


class Learner(Corrector):
    """A correction that keeps what it was given to learn from."""

    name, arrays = "deepfm", ("nothing",)
    given: ClassVar[list] = []

    def fit(self, *datasets):
        self.given[:] = datasets
        self.keep(nothing=np.zeros(1))
        return self


@pytest.mark.usefixtures("tiny_artifacts")
def test_a_correction_learns_from_train_users_and_stops_by_tune_users(sources, tmp_path, monkeypatch):
    sources({}, [(user, "night-ferry", 4.0) for user in range(10, 30)])
    monkeypatch.setitem(MODELS, "deepfm", Learner)
    store = ArtifactStore(tmp_path)
    fitting.train("deepfm", store)
    dataset, validation = Learner.given
    assert set(dataset.user_ids % 10) == set(range(8))
    assert set(validation.user_ids) == {18, 28}
    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,night-ferry,5\n")
    fitting.train("deepfm", store, path)
    assert len(Learner.given) == 1


@pytest.mark.usefixtures("tiny_artifacts")
def test_the_stack_learns_from_tune_users_who_taught_its_members_nothing(sources, tmp_path, monkeypatch):
    sources({}, [(user, "night-ferry", 4.0) for user in range(10, 30)])
    seen = []
    monkeypatch.setattr(MODELS["stack"], "fit", lambda self, *datasets: seen.extend(datasets))
    monkeypatch.setattr(ArtifactStore, "save", lambda *_: None)
    fitting.train("stack", ArtifactStore(tmp_path))
    assert [set(dataset.user_ids) for dataset in seen] == [{18, 28}]


@pytest.mark.usefixtures("tiny_artifacts")
def test_what_a_new_model_builds_on_is_what_ships_each_loaded_once():
    stack = fitting.new_model("stack")
    assert stack.bmf is stack.deepfm.bmf is stack.gpt.bmf
    assert stack.knn.name == "knn"


def test_a_model_and_what_it_builds_on_are_fitted_on_the_same_people_but_for_the_stack(people, monkeypatch):
    taught = {}

    class Fake:
        def __init__(self, *parts, **settings):
            self.models = parts

        def fit(self, dataset):
            taught[self] = set(dataset.user_ids)
            return self

    for name, kind in MODELS.items():
        declared = {"parts": kind.parts, "learns_from": kind.learns_from}
        monkeypatch.setitem(MODELS, name, type(name, (Fake,), declared))
    gpt = fitting.fitted("gpt", people)
    assert taught[gpt] == taught[gpt.models[0]] == set(people.user_ids)
    stack = fitting.fitted("stack", people)
    bmf, knn, deepfm, gpt = stack.models
    assert deepfm.models == gpt.models == (bmf,)
    assert taught[bmf] == taught[knn] == taught[deepfm] == taught[gpt]
    assert not taught[stack] & taught[bmf]
    assert len(taught[stack]) == 12  # of 60


def test_an_unknown_model_cannot_be_made():
    with pytest.raises(OptionError, match=r"no model called 'bmff'. Known: popularity"):
        fitting.new_model("bmff")


def test_a_model_without_its_package_names_what_to_install(tiny_artifacts, tmp_path, monkeypatch):
    class NeedsMore(Popularity):
        def fit(self, dataset):
            raise ModuleNotFoundError("No module named 'surprise'", name="surprise")

    path = tmp_path / "mine.csv"
    path.write_text("user_id,film_id,rating\n1,night-ferry,5\n")
    monkeypatch.setitem(MODELS, "popularity", NeedsMore)
    with pytest.raises(
        OptionError, match=r"Training popularity needs surprise. Run: pip install -r requirements-train.txt"
    ):
        fitting.train("popularity", ArtifactStore(tmp_path), path)
    assert np.isfinite(shipped_store().load("popularity").means_).all()
