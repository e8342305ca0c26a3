"""Small tables in the place of the Letterboxd files."""

from __future__ import annotations

import pandas as pd
import pytest

from reelrec.sources.letterboxd import dataset as letterboxd

LISTS = ("genres", "countries", "cast", "other_titles", "other_years")
TEXTS = ("language", "director", "same_as")


@pytest.fixture
def sources(monkeypatch):
    """Put these films (slug to facts) and ratings (user, slug, stars) in the place of the Letterboxd files."""

    def put(films: dict[str, dict], ratings: list[tuple]) -> None:
        plain = {"title": "A Film", "year": 2000, "kind": "film"}
        facts = pd.DataFrame([{"slug": slug} | plain | more for slug, more in films.items()])
        for name in (*TEXTS, *letterboxd.NUMBERS):
            facts[name] = facts.get(name)
        for name in LISTS:
            facts[name] = [films[slug].get(name, []) for slug in facts["slug"]]
        facts = facts.astype(dict.fromkeys(letterboxd.NUMBERS, "Int64")).assign(from_page=True, n_members=0)
        rated = pd.DataFrame(ratings, columns=["user_id", "film_id", "rating"])
        rated = rated.astype({"film_id": "category", "rating": "float32", "user_id": "int32"})
        monkeypatch.setattr(letterboxd, "read_films", lambda path=None: facts.copy())
        monkeypatch.setattr(letterboxd, "read_ratings", lambda: rated.copy())

    return put
