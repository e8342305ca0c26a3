"""Lifts of groups of films: worked by hand, and what stands out."""

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.visitor.taste.beside import beside
from reelrec.visitor.taste.groups import KINDS, Group, groups
from reelrec.visitor.taste.members import LENGTHS, LONGEST


@pytest.fixture
def lifts(make_film):
    """The groups of one kind, by name, of films that others give 3 stars. rows: stars and facts of each film."""

    def of(kind: str, *rows: tuple[float, dict], means: float | list[float] = 3.0) -> dict[str, Group]:
        each = means if isinstance(means, list) else [means] * len(rows)
        pairs = zip(rows, each, strict=True)
        films = Catalogue([make_film(n, **({"mean": mean} | facts)) for n, ((_, facts), mean) in enumerate(pairs)])
        ratings = {number: stars for number, (stars, _) in enumerate(rows)}
        return {group.name: group for group in groups(beside(ratings, films), films)[kind]}

    return of


def test_a_lift_is_what_is_left_added_up_and_divided_by_the_films_and_the_trust(lifts):
    found = lifts("director", *[(4.0, {"director": "Ada"})] * 3, *[(2.0, {"director": "Ben"})] * 3)
    assert found["Ada"].lift == pytest.approx(3 / (3 + 5))
    assert found["Ben"].lift == pytest.approx(-3 / (3 + 5))
    assert (found["Ada"].n, found["Ada"].mean, found["Ada"].expected) == (3, 4.0, 3.0)
    assert found["Ben"].films == (3, 4, 5)


def test_the_stars_lie_on_the_lifts_side_of_what_is_expected(lifts):
    """Others give Ben's films more than Ada's, and he gets more from the visitor than she, who has the higher lift."""
    rows = [*[(4.0, {"director": "Ada"})] * 3, *[(4.5, {"director": "Ben"})] * 3]
    for group in lifts("director", *rows, means=[2.0] * 3 + [4.5] * 3).values():
        assert (group.mean - group.expected) * (3 / (3 + 5)) == pytest.approx(group.lift)


def test_a_group_that_others_like_too_has_no_lift(lifts):
    """Six films, stars as everybody's means: the slope is (6 + 7) / (6 + 7) = 1, and nothing is left."""
    rows = [*[(4.0, {"genres": ("Horror",)})] * 3, *[(2.0, {"genres": ("War",)})] * 3]
    found = lifts("genre", *rows, means=[4.0] * 3 + [2.0] * 3)
    assert [group.lift for group in found.values()] == [pytest.approx(0.0), pytest.approx(0.0)]


def test_somebody_who_puts_films_further_apart_is_not_said_to_dislike_a_weak_genre(lifts):
    """Stars 5 and 1 where others give 4 and 2: the slope is (12 + 7) / (6 + 7), which leaves 2 - 19/13 of each gap."""
    rows = [*[(5.0, {"genres": ("War",)})] * 3, *[(1.0, {"genres": ("Horror",)})] * 3]
    found = lifts("genre", *rows, means=[4.0] * 3 + [2.0] * 3)
    assert found["Horror"].lift == pytest.approx(-3 * (2 - 19 / 13) / (3 + 20))


def test_two_films_are_no_group_and_what_all_films_share_has_no_lift(lifts):
    rows = [(4.0, {"language": "fr", "director": "Ada"}), (2.0, {"language": "fr", "director": "Ada"})]
    assert lifts("director", *rows) == {}
    all_french = lifts("language", *rows, (5.0, {"language": "fr"}))
    assert all_french["French"].lift == pytest.approx(0.0)
    assert not all_french["French"].stands_out


def test_films_fall_into_decades_and_lengths(lifts):
    years = [(3.0, {"year": year}) for year in (1970, 1975, 1979, 1980, 1984, 1989, None)]
    assert {name: group.n for name, group in lifts("decade", *years).items()} == {"1970s": 3, "1980s": 3}
    minutes = [(3.0, {"runtime": runtime}) for runtime in (39, 40, 89, 90, 119, 120, 149, 150, 400, None)]
    found = lifts("length", *minutes * 3)
    assert {name: group.n for name, group in found.items()} == {
        "under 40 min": 3, "40 to 89 min": 6, "90 to 119 min": 6, "120 to 149 min": 6, "150 min and more": 6,
    }  # fmt: skip
    assert set(found) == {*LENGTHS.values(), LONGEST}


def test_a_film_is_in_each_of_its_groups_once(lifts):
    facts = {"genres": ("Horror", "War"), "cast": ("Ada", "Ada", "Ben"), "countries": ("Italy", "France")}
    for kind, names in (("genre", {"Horror", "War"}), ("actor", {"Ada and Ben"}), ("country", {"Italy", "France"})):
        assert {name: group.n for name, group in lifts(kind, *[(3.0, facts)] * 4).items()} == dict.fromkeys(names, 4)


def test_actors_who_share_nearly_all_their_films_are_one(lifts):
    casts = [("Ada", "Ben", "Cleo", "Dan")] * 3 + [("Ada", "Ben", "Dan", "Eve"), ("Eve",), ("Eve",)]
    found = lifts("actor", *[(3.0, {"cast": cast}) for cast in casts])
    assert {name: group.n for name, group in found.items()} == {"Ada, Ben and two others": 4, "Eve": 3}


def test_a_series_is_called_by_its_name_and_three_films_may_stand_out(lifts):
    saga = [(1.0, {"title": f"Night Ferry {part}", "n_ratings": 300}) for part in (1, 2, 3)]
    found = lifts("series", *saga, *[(3.0 + place % 2, {"title": f"Film {chr(65 + place)}"}) for place in range(26)])
    assert {name: (group.n, group.stands_out) for name, group in found.items()} == {"Night Ferry": (3, True)}


def test_a_strong_liking_stands_out_and_a_weak_one_of_few_films_does_not(lifts):
    """z of 20 films at +1 beside 20 at -1: 20 / sqrt(20 * .916 / 2) = 6.6, with a noise of (40 + 5.8) / 50 = .916."""
    strong = lifts("genre", *[(4.0, {"genres": ("Horror",)})] * 20, *[(2.0, {"genres": ("War",)})] * 20)
    assert [group.stands_out for group in strong.values()] == [True, True]
    few = lifts("genre", *[(4.0, {"genres": ("Horror",)})] * 4, *[(2.0, {"genres": ("War",)})] * 36)
    assert not few["Horror"].stands_out  # 4 films, however far
    noisy = [(stars, {"genres": (genre,)}) for genre, all_stars in (("Horror", (1, 5, 4)), ("War", (5, 1, 2)))
             for stars in all_stars * 5]  # fmt: skip
    assert not any(group.stands_out for group in lifts("genre", *noisy).values())


def test_a_small_lift_is_not_worth_a_word_however_sure(lifts):
    rows = [*[(3.5, {"genres": ("Horror",)})] * 300, *[(3.0, {"genres": ("War",)})] * 30]
    found = lifts("genre", *rows)
    assert (found["War"].stands_out, found["Horror"].stands_out) == (True, False)
    assert found["Horror"].lift < 0.1


def test_one_of_many_groups_has_to_be_further_out_than_one_of_two(lifts):
    def rows(others: int) -> list:
        return [(4.0, {"director": "Ada"})] * 5 + [
            (stars, {"director": f"Director {place % others}"}) for place, stars in enumerate((2.0, 3.0, 4.0) * 100)
        ]

    assert lifts("director", *rows(1))["Ada"].lift == pytest.approx(lifts("director", *rows(50))["Ada"].lift)
    chances = [lifts("director", *rows(others))["Ada"].stands_out for others in (1, 50)]
    assert chances == [True, False]


def rated_at_random(make_film, seed: int, n: int = 120) -> tuple[dict[int, float], Catalogue]:
    """A visitor whose stars have nothing to do with genre, decade, language or director."""
    rng = np.random.default_rng(seed)
    films = Catalogue(
        make_film(
            number, year=int(rng.integers(1950, 2020)), genres=tuple(rng.choice(list("ABCDEFGHI"), 2, replace=False)),
            director=f"Director {rng.integers(20)}", language=str(rng.choice(["en", "fr", "it", "de"])),
            mean=float(rng.uniform(2, 4)), n_ratings=500,
        )
        for number in range(n)
    )  # fmt: skip
    stars = np.clip(np.round(2 * (films.mean + rng.normal(0.2, 0.8, n))) / 2, 0.5, 5.0)
    return dict(enumerate(stars.tolist())), films


def test_chance_alone_stands_out_seldom(make_film):
    """Of 150 visitors without a taste of their own, each kind of group tells a false one of few."""
    told = dict.fromkeys(KINDS, 0)
    for seed in range(150):
        ratings, films = rated_at_random(make_film, seed)
        for kind, found in groups(beside(ratings, films), films).items():
            told[kind] += any(group.stands_out for group in found)
    assert max(told.values()) <= 6  # 1.5 are expected of each


@pytest.mark.parametrize("seed", range(5))
def test_half_a_star_more_for_every_film_moves_no_lift(make_film, seed):
    ratings, films = rated_at_random(make_film, seed)
    ratings = {number: min(stars, 4.5) for number, stars in ratings.items()}
    before, after = (
        groups(beside({number: stars + more for number, stars in ratings.items()}, films), films) for more in (0, 0.5)
    )
    for kind in KINDS:
        assert [group.name for group in before[kind]] == [group.name for group in after[kind]]
        for one, other in zip(before[kind], after[kind], strict=True):
            assert other.lift == pytest.approx(one.lift, abs=1e-9)
            assert other.stands_out == one.stands_out
            assert other.mean == pytest.approx(one.mean + 0.5)
