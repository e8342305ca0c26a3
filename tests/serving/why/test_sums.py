"""What adds up to a film's stars. On the shipped models: 1,000 pairs of profile and film."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelrec import app
from reelrec.bench.serve import visitor
from reelrec.data.history import History
from reelrec.serving.why.lines import Line, in_hundredths
from reelrec.serving.why.sums import NAMED, TRIED, Predictor, why
from reelrec.visitor.profile import Profile

CROWD = 3.0


def linear(weights: dict[int, float], level: float = CROWD) -> Predictor:
    """Stars of every film: a level, and for each rating its weight times how far it is from the crowd."""

    def mean(history: History, items: np.ndarray) -> np.ndarray:
        rated, ratings = history.stars()
        moved = sum(weights.get(item, 0.0) * (stars - CROWD) for item, stars in zip(rated, ratings, strict=True))
        return np.full(len(items), level + moved)

    def influence(history: History, items: np.ndarray) -> np.ndarray:
        rated, _ = history.stars()
        return np.tile([[weights.get(item, 0.0)] for item in rated.tolist()], (1, len(items)))

    return Predictor(mean, influence, lambda items: np.full(len(items), CROWD))


def of_one(films, predictor, profile, number=0) -> tuple[Line, ...]:
    (lines,) = why(films, predictor, profile, [films.films[number]])
    return lines


def as_text(lines) -> list[str]:
    return [f"{line.label}: {line.stars:+.2f}" for line in lines]


def test_of_a_linear_model_each_film_has_its_part_and_nothing_is_left(films):
    lines = of_one(films, linear({1: 0.2, 2: 0.1}), Profile(ratings={1: 5.0, 2: 1.0, 3: 4.0}))
    assert as_text(lines) == [
        "What a newcomer would give it: +3.00",
        f"{films.films[1].name}, 5 stars: +0.40",
        f"{films.films[2].name}, 1 star: -0.20",
    ]


def test_what_films_say_only_together_is_said_so(films):
    def mean(history: History, items: np.ndarray) -> np.ndarray:
        return np.full(len(items), 3.0 + 0.5 * (len(history) >= 2))

    both = Predictor(mean, lambda history, items: np.ones((len(history), len(items))), lambda items: items * 0 + 3.0)
    lines = of_one(films, both, Profile(ratings={1: 4.0, 2: 4.0}))
    assert [line.stars for line in lines] == [3.0, 0.5, 0.5, -0.5]
    assert lines[-1].label == "What your films say only together"


def test_a_film_that_does_not_count_is_no_reason(films):
    profile = Profile(ratings={1: 5.0, 2: 1.0}).not_counted(1)
    assert [line.film and line.film.number for line in of_one(films, linear({1: 0.2, 2: 0.1}), profile)] == [None, 2]


def test_the_films_own_rating_does_not_count(films):
    profile = Profile(ratings={0: 0.5, 1: 5.0})
    assert of_one(films, linear({0: 0.9, 1: 0.2}), profile) == of_one(
        films, linear({1: 0.2}), Profile(ratings={1: 5.0})
    )


def test_the_own_average_is_what_is_left_when_all_stars_are_average(films):
    ratings = {number: 4.0 for number in range(1, 11)}
    lines = of_one(films, linear(dict.fromkeys(range(1, 11), 0.02)), Profile(ratings=ratings))
    average = next(line for line in lines if line.kind == "average")
    assert (average.stars, average.offset, average.n) == (0.2, 1.0, 10)
    assert average.label == "Your own average, 1.00 above everybody’s"
    assert "average" not in {
        line.kind for line in of_one(films, linear({}), Profile(ratings=dict.fromkeys(range(1, 10), 4.0)))
    }


@pytest.mark.parametrize(("level", "shown", "scale"), [(5.6, 5.0, -0.6), (0.1, 0.5, 0.4), (5.0, 5.0, None)])
def test_where_the_scale_ends_the_sum_ends_too(films, level, shown, scale):
    lines = of_one(films, linear({}, level), Profile(ratings={1: 3.0}))
    assert sum(line.stars for line in lines) == pytest.approx(shown)
    assert next((line.stars for line in lines if line.kind == "scale"), None) == scale


def test_of_many_films_those_that_move_it_most_are_named_and_the_rest_counted(many_films):
    weights = {number: number / 1000 for number in range(1, 41)}
    lines = of_one(many_films, linear(weights), Profile(ratings=dict.fromkeys(range(1, 41), 4.0)))
    assert [line.film.number for line in lines if line.film] == [40, 39, 38, 37, 36, 35][:NAMED]
    assert lines[-1].label.endswith("other films of yours, together")
    assert sum(line.n for line in lines if line.kind in ("kin", "together")) == 34


def test_no_film_is_of_two_kinds_and_a_kind_is_left_out_as_a_whole(many_films):
    weights = dict.fromkeys(range(1, 41), 0.01)
    lines = of_one(many_films, linear(weights), Profile(ratings=dict.fromkeys(range(1, 41), 4.0)))
    kins = [line for line in lines if line.kind == "kin"]
    assert kins
    assert all(line.stars == pytest.approx(0.01 * line.n) for line in kins)
    assert sum(line.n for line in lines) == 40 + 40  # of the average, too


@pytest.mark.parametrize("profile", [Profile(), Profile(seen=frozenset({1})), Profile(unseen=frozenset({1}))])
def test_nobody_gets_what_a_newcomer_gets(films, profile):
    assert [line.kind for line in of_one(films, linear({1: 1.0}), profile)] == ["everybody"]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=9))
def test_hundredths_add_up_and_are_next_to_what_they_round(amounts):
    lines = [Line("together", amount) for amount in amounts]
    rounded = in_hundredths([Line("everybody", 0.0), *lines], sum(amounts))
    assert sum(line.stars for line in rounded) == pytest.approx(sum(amounts), abs=0.00501)
    assert all(abs(round(100 * line.stars) / 100 - line.stars) < 1e-9 for line in rounded)
    assert len(rounded) <= len(amounts) + 1
    if len(rounded) == len(amounts) + 1:
        assert all(abs(a.stars - b.stars) < 0.0101 for a, b in zip(rounded[1:], lines, strict=True))


# The shipped models.


def test_on_1000_random_pairs_the_lines_add_up_to_what_is_shown():
    rng, films, pairs = np.random.default_rng(42), app.catalogue(), 0
    for size in (1, 2, 4, 8, 9, 10, 15, 30, 60, 120) * 4:
        profile = visitor(size, rng)
        numbers = [*rng.integers(films.n_items, size=20).tolist(), *rng.integers(len(films), size=5).tolist()]
        wanted = [films.films[number] for number in dict.fromkeys(numbers)]
        for film, lines in zip(wanted, app.why(profile, wanted), strict=True):
            shown = app.predict(profile, film)
            assert bool(lines) == (shown is not None)
            if shown is not None:
                assert sum(line.stars for line in lines) == pytest.approx(shown.stars, abs=0.01), film.name
            pairs += 1
    assert pairs >= 990


@pytest.mark.parametrize("size", [8, 60])
def test_the_amount_of_a_film_is_what_the_stars_lose_without_it(size):
    profile, film = visitor(size, np.random.default_rng(size)), app.film("heat-1995")
    profile = profile.unanswered(film.number)
    (lines,) = app.why(profile, [film])
    now = app.predict(profile, film).stars
    named = [line for line in lines if line.film]
    assert named
    for line in named:
        without = app.predict(profile.not_counted(line.film.number), film).stars
        assert now - without == pytest.approx(line.stars, abs=0.0151)
    assert all(abs(a.stars) >= abs(b.stars) - 0.0101 for a, b in pairwise(named))


def test_the_film_named_first_moves_the_stars_more_than_any_that_was_not_tried():
    profile, film = visitor(60, np.random.default_rng(5)), app.film("heat-1995")
    profile = profile.unanswered(film.number)
    (lines,) = app.why(profile, [film])
    now = app.predict(profile, film).stars
    moved = {number: abs(now - app.predict(profile.not_counted(number), film).stars) for number in profile.ratings}
    assert len(moved) > 4 * TRIED
    first = next(line.film.number for line in lines if line.film)
    assert moved[first] >= max(moved.values()) - 0.0101


def test_the_stars_of_another_model_are_explained_by_that_model():
    profile, film = app.sample_profile("horror"), app.film("heat-1995")
    pick = next(pick for pick in app.recommend(profile, 3000, "svd").picks if pick.film == film)
    (lines,) = app.why(profile, [film], "svd")
    assert sum(line.stars for line in lines) == pytest.approx(pick.stars, abs=0.01)
    assert lines != app.why(profile, [film])[0]


def test_a_film_that_nobody_rated_is_explained_from_facts():
    films, profile = app.catalogue(), app.sample_profile("horror")
    unrated = (films.films[number] for number in range(films.n_items, len(films)))
    film = next(film for film in unrated if app.predict(profile, film))
    (lines,) = app.why(profile, [film])
    assert {line.kind for line in lines} >= {"everybody", "film", "together"}
    assert sum(line.stars for line in lines) == pytest.approx(app.predict(profile, film).stars, abs=0.01)
