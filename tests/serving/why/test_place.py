"""A film's place in the list, and where it would be without each of the visitor's films."""

import numpy as np
import pytest

from reelrec import app
from reelrec.bench.serve import visitor
from reelrec.serving.picks.filters import EVERYTHING
from reelrec.visitor.profile import Profile

MANN = Profile(ratings={app.film(slug).number: 5.0 for slug in ("heat-1995", "the-shining", "alien")})


def place_by_score(profile: Profile, film) -> int:
    """Counted in the whole list."""
    served = app.served()
    history = profile.history(served.films.n_items)
    score = served.lister.score(history)
    may = app.engine.allowed(served, profile, EVERYTHING)
    order = sorted(np.flatnonzero(may).tolist(), key=lambda item: -score[item])
    return 1 + order.index(film.number)


def test_the_place_is_that_of_the_list_and_the_other_places_come_true():
    film = app.film("thief")
    place = app.place(MANN, film)
    assert place.now == place_by_score(MANN, film)
    assert place.without[0][0].slug == "heat-1995"
    for other, then in place.without:
        assert then == place_by_score(MANN.not_counted(other.number), film)
        assert then > place.now
    assert [then for _, then in place.without] == sorted((then for _, then in place.without), reverse=True)


@pytest.mark.parametrize("slug", ["heat-1995", "the-dark-knight"])
def test_a_film_that_no_list_may_have_has_no_place(slug):
    film = app.film(slug)
    assert app.place(MANN.marked(film.number, "set_aside"), film) is None
    assert app.place(Profile(), film) is None


def test_a_film_that_is_no_item_has_no_place():
    assert app.place(MANN, app.catalogue().films[-1]) is None


def test_at_most_three_films_are_named():
    profile = visitor(40, np.random.default_rng(3))
    for pick in app.recommend(profile, 8).picks:
        assert len(app.place(profile, pick.film).without) <= 3
