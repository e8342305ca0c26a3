"""Small tables in the place of the Letterboxd files."""

from __future__ import annotations

import pandas as pd
import pytest

from reelrec.sources.letterboxd import dataset as letterboxd

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
