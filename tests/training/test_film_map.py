"""The map of films: where a film is placed, and what the regions are called."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.models.film_map import SIZE
from reelrec.paths import sha256
from reelrec.training import film_map, regions
from reelrec.training.region_names import Name, Names


def test_the_map_is_turned_so_that_films_are_newer_to_the_right():
    rng = np.random.default_rng(5)
    year = rng.integers(1930, 2024, 200)
    places = np.stack([rng.normal(size=200), -(year - 1980) / 20 + rng.normal(0, 0.1, 200)], axis=1) + 7
    turned = film_map.upright(places, year)
    assert np.corrcoef(turned[:, 0], year)[0, 1] > 0.99
    assert np.abs(turned).max() == pytest.approx(SIZE)
    np.testing.assert_allclose(turned.mean(axis=0), 0, atol=1e-9)
    apart = np.linalg.norm(places[0] - places[1]) / np.linalg.norm(places[2] - places[3])
    assert np.linalg.norm(turned[0] - turned[1]) / np.linalg.norm(turned[2] - turned[3]) == pytest.approx(apart)


def test_films_of_unknown_year_turn_nothing():
    places = np.array([[0.0, 0.0], [2.0, 1.0]])
    assert np.isfinite(film_map.upright(places, np.zeros(2, dtype=np.int64))).all()


def name(words: str, true: str) -> Name:
    return Name(words, np.array([sign == "1" for sign in true]))


def words(*candidates: list[Name]) -> tuple[str, ...]:
    return tuple(name.words for name in regions.distinct(candidates))


def test_no_two_regions_have_one_name():
    horror = name("Horror", "1100")
    assert words([horror], [horror, name("Horror around Ring", "1100")], [horror], [horror]) == (
        "Horror", "Horror around Ring", "Horror 2", "Horror 3",
    )  # fmt: skip


def test_two_names_that_are_true_of_mostly_the_same_films_are_told_apart_by_a_film():
    first, later = name("Horror, 2010s", "11100000"), name("Horror, 2000s–2010s", "11110000")
    other = name("Horror, 1980s", "00001111")
    around = name("Horror around Ring", "11110000")
    assert words([first], [later, around], [other, around]) == ("Horror, 2010s", "Horror around Ring", "Horror, 1980s")
    free, next_free = name("Around Jaws", "11111111"), name("Around Ring", "11111111")
    assert words([free], [next_free], [first]) == ("Around Jaws", "Around Ring", "Horror, 2010s")


def test_a_film_that_its_name_is_not_true_of_lies_in_the_nearest_region_whose_name_is():
    away = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 3.0, 2.0], [1.0, 2.0, 3.0]])
    true = np.array([[1, 1, 1], [0, 1, 1], [0, 1, 1], [0, 0, 0]], dtype=bool)
    assert regions.settled(away, np.zeros(4, dtype=int), true).tolist() == [0, 1, 2, 0]


@pytest.fixture
def named(make_film):
    """The first name of a region of these films, and how many of them it is true of; others are of all times."""

    def candidates(*facts: dict) -> list[Name]:
        others = [{"year": 1930 + 10 * (i % 10), "genres": ("War",) if i % 2 else ("Western",)} for i in range(60)]
        films = Catalogue(make_film(i, **({"n_ratings": 100} | own)) for i, own in enumerate((*facts, *others)))
        inside = np.arange(len(films)) < len(facts)
        return Names(films, np.ones(len(films))).candidates(inside, np.zeros(len(films)))

    return candidates


def test_a_region_is_named_after_where_its_films_come_from_its_genre_and_its_era(named):
    anime = {"genres": ("Animation", "Fantasy"), "language": "ja"}
    assert named(*({**anime, "year": 1990 + i} for i in range(8)))[0].words.startswith("Japanese ")
    horror = {"genres": ("Horror",)}
    assert named(*({**horror, "year": 1980 + 2 * i} for i in range(10)))[0].words == "Horror, 1980s–90s"
    assert named(*({**horror, "year": 1931 + 10 * i} for i in range(9)))[0].words == "Horror"
    assert named(*({"genres": ("Comedy", "Romance"), "year": 2004} for _ in range(5)))[0].words.endswith(", 2000s")
    assert named(*({"genres": ("Crime",), "language": "ko", "year": 2003} for _ in range(5)))[0].words == (
        "Korean crime films, 2000s"
    )


def test_a_name_is_given_only_where_it_is_true_of_nearly_all_and_of_the_best_known_films(named):
    horror, other = {"genres": ("Horror",), "year": 1985}, {"genres": ("Music",), "year": 1985}
    few = named(*[horror] * 17, *[{**other, "n_ratings": 10}] * 4)  # 17 of 21
    assert few[0].words == "Horror, 1980s"
    assert few[0].true[:21].tolist() == [True] * 17 + [False] * 4
    assert named(*[horror] * 15, *[{**other, "n_ratings": 10}] * 4)[0].words == "Around Film 0"  # 15 of 19
    known = named(*[horror] * 30, *[{**other, "n_ratings": 900}] * 2)
    assert known[0].words == "Around Film 30"  # two of the ten best known are none
    assert known[0].true.all()
    assert named(*[horror] * 30, {**other, "n_ratings": 900})[0].words == "Horror, 1980s"


def test_a_region_whose_name_is_taken_is_told_by_a_film_that_the_name_is_true_of(named):
    horror, music = {"genres": ("Horror",), "year": 1985}, {"genres": ("Music",), "year": 1985, "n_ratings": 900}
    _, next_name, *_ = named(*[horror] * 12, music)
    assert next_name.words == "Horror around Film 0"


def test_old_american_films_are_classic_hollywood(named):
    film = {"genres": ("Drama",), "countries": ("United States of America",)}
    found = named(*({**film, "year": 1932 + 3 * i} for i in range(12)))
    assert found[0].words.startswith("Classic Hollywood")


def test_a_region_of_dramas_is_named_after_its_best_known_film(named):
    drama = {"genres": ("Drama",), "year": 2010}
    best = {**drama, "title": "The Lantern", "n_ratings": 900}
    assert named(drama, drama, drama, best)[0].words == "Around The Lantern"
    assert named(drama, drama, {**best, "title": "A Title That Would Not Fit on Any Map"})[0].words == "Around Film 0"


def test_shorts_are_called_shorts(named):
    found = named(*({"kind": "short", "genres": (), "year": 1931 + 10 * i} for i in range(9)))
    assert found[0].words == "Shorts and specials"


def test_films_of_which_nothing_is_known_have_a_region_too(named):
    nothing = {"genres": (), "year": None, "language": None}
    assert named(nothing, nothing)[0].words == "Around Film 0"


@pytest.mark.train
def test_it_is_trained_from_what_ships_twice_alike_and_lies_where_the_models_say(tiny_artifacts, tmp_path):
    pytest.importorskip("sklearn")
    made = []
    for name in ("once", "again"):
        store = ArtifactStore(tmp_path / name)
        assert film_map.train(store) > 0
        made.append(store.load("map"))
    once, again = made
    assert store.path("map").read_bytes() == ArtifactStore(tmp_path / "once").path("map").read_bytes()
    films = store.load_catalogue()
    assert once.places.shape == (len(films), 2)
    assert np.abs(once.places).max() == pytest.approx(SIZE, rel=1e-3)
    np.testing.assert_array_equal(once.places[9], again.places[0])  # a second row of film 0
    assert len(set(once.names_.tolist())) == len(once.names_) == 13  # no more regions than places
    entry = store.manifest().entry("map")
    assert entry["built_on"] == {part: sha256(store.path(part)) for part in ("dae", "bmf")}


@pytest.mark.train
def test_films_that_are_alike_lie_near_each_other():
    pytest.importorskip("sklearn")
    rng = np.random.default_rng(1)
    kind = np.repeat(np.arange(4), 25)
    space = np.eye(4)[kind] + rng.normal(0, 0.05, (100, 4))
    places = film_map.projection(space, perplexity=10.0, seed=2)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :10]
    assert (kind[nearest] == kind[:, None]).mean() > 0.99
