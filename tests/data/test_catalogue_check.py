"""Casts that cannot be of two films."""

import pandas as pd
import pytest

from reelrec.data.catalogue_check import contradictions

CAST = ("Ann", "Ben", "Cem")


def said(*films: dict) -> list[str]:
    plain = {"title": "A", "year": 2000, "kind": "film", "director": None, "cast": CAST, "same_as": None}
    ids = dict.fromkeys(("letterboxd_id", "tmdb_id", "imdb_id", "movielens_id"))
    rows = [plain | ids | {"slug": f"film-{place}"} | film for place, film in enumerate(films)]
    return contradictions(pd.DataFrame(rows).astype(dict.fromkeys(("year", *ids), "Int64")))


def test_two_films_years_apart_do_not_share_a_cast():
    (sentence,) = said({"title": "Tall"}, {"title": "Short", "year": 2008})
    assert sentence == "film-0, film-1: these main rows share their cast, Ann, Ben, Cem."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Tall"}, {"title": "Short", "year": 2007}),  # near enough
        ({"title": "Tall"}, {"title": "Tall 2", "year": 2020}),
        ({"title": "Tall", "director": "Q"}, {"title": "Short", "director": "Q", "year": 2020}),
        ({"title": "Tall"}, {"title": "Short", "year": 2020, "cast": ("Ann", "Ben", "Dia")}),
        ({"title": "Tall", "cast": CAST[:2]}, {"title": "Short", "year": 2020, "cast": CAST[:2]}),
        ({"title": "Tall"}, {"title": "Short", "year": 2020, "same_as": "film-0"}),
    ],
)
def test_films_that_may_share_a_cast_are_left_alone(one, other):
    assert said(one, other) == []
