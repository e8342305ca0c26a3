"""The map of films: where a film is placed, and what the regions are called."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.models.film_map import SIZE
from reelrec.paths import sha256
from reelrec.training import film_map, regions


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


def test_no_two_regions_have_one_name():
    assert regions.distinct([["Horror"], ["Horror", "Horror around Ring"], ["Horror"], ["Horror"]]) == (
        "Horror", "Horror around Ring", "Horror 2", "Horror 3",
    )  # fmt: skip


@pytest.fixture
def named(make_film):
    """The first name of a region of these films; others are westerns and war films of all times."""

    def name(*facts: dict) -> str:
        others = [{"year": 1930 + 10 * i, "genres": ("War",) if i % 2 else ("Western",)} for i in range(10)]
        films = Catalogue(make_film(i, **({"n_ratings": 100} | own)) for i, own in enumerate((*facts, *others)))
        inside = np.arange(len(films)) < len(facts)
        found = regions._Facts(films, np.ones(len(films))).candidates(inside, np.zeros(len(films)))
        return found[0]

    return name


def test_a_region_is_named_after_where_its_films_come_from_its_genre_and_its_era(named):
    anime = {"genres": ("Animation", "Fantasy"), "language": "ja"}
    assert named(*({**anime, "year": 1990 + i} for i in range(8))) == "Japanese animation, 1990s"
    horror = {"genres": ("Horror",)}
    assert named(*({**horror, "year": 1980 + 2 * i} for i in range(10))) == "Horror, 1980s–90s"
    assert named(*({**horror, "year": 1931 + 10 * i} for i in range(9))) == "Horror"
    assert named(*({"genres": ("Comedy", "Romance"), "year": 2004} for _ in range(5))) == "Romantic comedy, 2000s"
    assert named(*({"genres": ("Crime", "Drama"), "language": "ko", "year": 2003} for _ in range(5))) == (
        "Korean crime drama, 2000s"
    )


def test_old_american_films_are_classic_hollywood(named):
    film = {"genres": ("Drama",), "countries": ("United States of America",), "year": 1944}
    assert named(film, film, film) == "Classic Hollywood"


def test_a_region_of_dramas_is_named_after_its_best_known_film(named):
    drama = {"genres": ("Drama",), "year": 2010}
    best = {**drama, "title": "The Lantern", "n_ratings": 900}
    assert named(drama, drama, drama, best) == "Around The Lantern"
    assert named(drama, drama, {**best, "title": "A Title That Would Not Fit on Any Map"}) == "Around Film 0"


def test_shorts_are_called_shorts(named):
    assert named(*({"kind": "short", "genres": ("Animation",)} for _ in range(3))) == "Shorts and specials"


def test_films_of_which_nothing_is_known_have_a_region_too(named):
    nothing = {"genres": (), "year": None, "language": None}
    assert named(nothing, nothing) == "Around Film 0"


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
