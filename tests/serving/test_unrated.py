"""Rows of films that nobody rated, and what a visitor would give one."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.film_features import new_film_features
from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import OptionError
from reelrec.models.facts.model import Facts
from reelrec.models.lists.ranker import Ranker
from reelrec.serving import unrated
from reelrec.serving.engine import Engine
from reelrec.serving.picks.filters import FEATURES, Filters
from reelrec.visitor.profile import Profile
from tests.fakes import corrections

N_ITEMS = 60
WAR = Profile(ratings={1: 5.0, 3: 5.0, 5: 4.5, 0: 1.0, 2: 0.5})
DRAMA = Profile(ratings={1: 1.0, 3: 0.5, 5: 1.0, 0: 5.0, 2: 5.0})
BOTH = Profile(ratings={1: 5.0, 3: 4.5, 0: 5.0, 2: 4.5})
UNKNOWN, OLD, SERIES, RATED_SERIES = 60 + 4, 60 + 5, 60 + 6, 60 + 7


@pytest.fixture(scope="module")
def wide(make_film) -> Catalogue:
    """Sixty rated films, war and drama by turns, and eight without: two of each genre, and four of another sort."""

    def genre(number: int) -> tuple[str, ...]:
        return ("War",) if number % 2 else ("Drama",)

    films = [make_film(number, genres=genre(number), year=2000) for number in range(N_ITEMS)]
    films += [make_film(number, genres=genre(number), year=2026, n_ratings=0) for number in range(60, 64)]
    films += [
        make_film(UNKNOWN, genres=(), year=2026, n_ratings=0),
        make_film(OLD, genres=("War",), year=1950, n_ratings=0),
        make_film(SERIES, genres=("Drama",), year=2026, kind="series", n_ratings=0),
        make_film(RATED_SERIES, genres=("War",), year=1999, kind="series"),
    ]
    return Catalogue(films, N_ITEMS)


@pytest.fixture(scope="module")
def facts(wide) -> Facts:
    rng, war = np.random.default_rng(4), np.arange(N_ITEMS) % 2
    factors = np.column_stack([2.0 * war - 1.0, np.zeros(N_ITEMS)]) + rng.normal(0, 0.05, (N_ITEMS, 2))
    items = np.concatenate([rng.permutation(np.arange(user % 2, N_ITEMS, 2))[:20] for user in range(100)])
    start, ratings = np.arange(0, len(items) + 1, 20), np.full(len(items), 4.0, dtype=np.float32)
    users = Dataset("x", np.arange(100), np.arange(N_ITEMS), start, items.astype(np.int32), ratings)
    parts = corrections.bmf(0.0 * war, factors), Ranker(reg=50.0).fit(users)
    return Facts(*parts, few=5.0).fit(new_film_features(wide))


@pytest.fixture(scope="module")
def engine(wide) -> Engine:
    return Engine(wide, {}.__getitem__)  # no model of ratings is asked


def numbers(picks) -> list[int]:
    return [pick.film.number for pick in picks]


def test_the_new_row_has_recent_unrated_films_of_which_something_is_known(engine, facts):
    found = unrated.rows(engine, facts, WAR, 9, Filters())
    assert set(found) == {"new"}
    assert set(numbers(found["new"])) == {61, 63}  # war films; a drama would hardly be liked
    assert set(numbers(unrated.rows(engine, facts, DRAMA, 9, Filters())["new"])) == {60, 62}
    assert set(numbers(unrated.rows(engine, facts, BOTH, 9, Filters())["new"])) == {60, 61, 62, 63}
    assert len(unrated.rows(engine, facts, BOTH, 3, Filters())["new"]) == 3


def test_stars_and_range_come_with_each_film_and_follow_the_taste(engine, facts):
    for pick in unrated.rows(engine, facts, BOTH, 9, Filters())["new"]:
        assert 0.5 <= pick.low < pick.stars < pick.high <= 5.0
        assert 0 < pick.chance < 1
        assert pick.because == ()


def test_a_filter_of_years_or_of_the_watchlist_takes_the_place_of_being_new(engine, facts):
    found = unrated.rows(engine, facts, WAR, 9, Filters(years=(1940, 1960)))
    assert {name: numbers(picks) for name, picks in found.items()} == {"unrated": [OLD]}
    wanting = replace(WAR, watchlist=frozenset({OLD}))
    found = unrated.rows(engine, facts, wanting, 9, Filters(watchlist="only"))
    assert {name: numbers(picks) for name, picks in found.items()} == {"unrated": [OLD]}
    assert unrated.rows(engine, facts, WAR, 9, Filters(years=(1900, 1910))) == {}
    with pytest.raises(OptionError, match="opera"):
        unrated.rows(engine, facts, WAR, 9, Filters(kinds=frozenset({"opera"})))


def test_series_have_a_row_of_their_own_when_asked_for(engine, facts):
    found = unrated.rows(engine, facts, WAR, 9, Filters(kinds=FEATURES | {"series"}))
    assert numbers(found["series"]) == [RATED_SERIES]
    assert not {SERIES, RATED_SERIES} & set(numbers(found["new"]))


def test_what_was_seen_set_aside_or_kept_off_is_in_no_row(engine, facts):
    profile = replace(BOTH, seen=frozenset({61}), set_aside=frozenset({63}), watchlist=frozenset({60}))
    assert numbers(unrated.rows(engine, facts, profile, 9, Filters(watchlist="hidden"))["new"]) == [62]
    rated = WAR.rated(61, 4.0)  # stars for a film that models do not know hide it, and no model reads them
    assert 61 not in numbers(unrated.rows(engine, facts, rated, 9, Filters())["new"])


def test_a_film_of_which_nothing_is_known_gets_no_stars(engine, facts, wide):
    assert unrated.predict(engine, facts, WAR, wide.films[UNKNOWN]) is None
    liked, other = (unrated.predict(engine, facts, WAR, wide.films[number]) for number in (61, 60))
    assert liked.stars > other.stars + 1
    assert liked.low < liked.stars < liked.high
