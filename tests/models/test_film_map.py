import numpy as np
import pytest

from reelrec.models.film_map import FilmMap
from tests.fakes.film_maps import by_decade


@pytest.fixture
def film_map(films) -> FilmMap:
    return by_decade(films)


def test_what_was_saved_is_loaded(film_map, tmp_path):
    film_map.save(tmp_path / "map.npz")
    loaded = FilmMap.load(tmp_path / "map.npz")
    assert loaded.settings() == film_map.settings() == {"alike": 0.8, "perplexity": 30.0, "regions": 6, "seed": 3}
    np.testing.assert_array_equal(loaded.places, film_map.places)
    np.testing.assert_array_equal(loaded.region, film_map.region)
    assert loaded.names_.tolist() == film_map.names_.tolist()


def test_the_middle_of_a_region_is_the_mean_of_its_films(film_map):
    for region in range(len(film_map.names_)):
        np.testing.assert_allclose(
            film_map.centres[region], film_map.places[film_map.region == region].mean(axis=0), rtol=1e-6
        )


def test_its_arrays_are_read_only(film_map):
    for array in (film_map.places, film_map.region, film_map.centres, film_map.places_):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"places": np.zeros((14, 3))},
        {"places": np.zeros(14)},
        {"places": np.full((14, 2), np.nan)},
        {"places": np.zeros((14, 2), dtype=int)},
        {"region": np.zeros(13, dtype=np.int16)},
        {"region": np.zeros(14)},
        {"region": np.full(14, 7, dtype=np.int16)},
        {"region": np.full(14, -1, dtype=np.int16)},
        {"names": np.zeros(7)},
        {"names": np.array([["a"] * 7])},
    ],
    ids=str,
)
def test_arrays_that_are_no_map_are_refused(film_map, wrong):
    with pytest.raises((ValueError, TypeError)):
        FilmMap().keep(**film_map.learned() | wrong)
