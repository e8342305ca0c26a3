"""No list shows a film that was seen under another title: held on test users, with what ships."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.artifacts.store import shipped_store
from reelrec.data.film import Film
from reelrec.data.ratings.roles import Role
from reelrec.data.titles import title_rules
from reelrec.serving.engine import LIST_MODEL, top
from reelrec.sources.registry import source
from reelrec.training.users import letterboxd_users

PEOPLE, FIRST = 1_000, 200
CUT_MINUTES = 10  # two cuts of one film differ by less


def same_film(one: Film, other: Film) -> bool:
    """Whether facts say that two rows are one film, whatever `same_as` says."""
    for name in ("letterboxd_id", "tmdb_id", "imdb_id", "movielens_id"):
        if getattr(one, name) is not None and getattr(one, name) == getattr(other, name):
            return True
    alike = set(title_rules.spellings(one.title)) & set(title_rules.spellings(other.title))
    near = one.year and other.year and abs(one.year - other.year) <= 1
    directed = one.director is not None and one.director == other.director
    long = one.runtime and other.runtime and abs(one.runtime - other.runtime) <= CUT_MINUTES
    return bool(alike and near and directed and long)


def test_no_seen_film_is_in_a_list_under_another_title():
    if source("letterboxd").folder is None:
        pytest.skip("The Letterboxd files are not on this machine.")
    store = shipped_store()
    films = store.load_catalogue()
    ranker, users = store.load(LIST_MODEL, store.loader()), letterboxd_users(films, Role.TEST)
    items = films.films[: films.n_items]
    alike: dict[object, set[int]] = {}
    for film in items:
        ids = [(name, getattr(film, name)) for name in ("letterboxd_id", "tmdb_id", "imdb_id", "movielens_id")]
        for key in (*(pair for pair in ids if pair[1] is not None), *title_rules.spellings(film.title)):
            alike.setdefault(key, set()).add(film.number)
    twins = {
        (one, other)
        for numbers in alike.values()
        if len(numbers) > 1
        for one in numbers
        for other in numbers - {one}
        if same_film(items[one], items[other])
    }
    shown_again = []
    for user in np.random.default_rng(42).choice(users.n_users, PEOPLE, replace=False).tolist():
        history = users.history(user)
        allowed = films.listed[: films.n_items].copy()
        allowed[history.items] = False
        listed = set(top(ranker.score(history), allowed, FIRST).tolist())
        seen = set(history.items.tolist())
        shown_again += [(items[one].name, items[other].name) for one, other in twins if one in seen and other in listed]
    assert not shown_again, shown_again[:10]
