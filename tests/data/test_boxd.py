"""Codes of boxd.it links."""

import numpy as np
import pytest

from reelrec.data import boxd


@pytest.mark.parametrize(("film_id", "code"), [(51994, "2bg8"), (820448, "yqmk"), (681132, "szW0"), (35791, "1v6K")])
def test_known_films_have_known_codes(film_id, code):
    assert boxd.code(film_id) == code
    assert boxd.film_id(code) == film_id


def test_every_id_comes_back_from_its_code():
    for film_id in np.random.default_rng(1).integers(1, 2_000_000, 500).tolist():
        assert boxd.film_id(boxd.code(film_id)) == film_id


@pytest.mark.parametrize("code", ["", "0", "2bg9", "4abcDE", "a-b", "é", "0" * 13, "zzzzzzzzzzzzz"])
def test_a_code_of_something_else_names_no_film(code):
    assert boxd.film_id(code) is None
