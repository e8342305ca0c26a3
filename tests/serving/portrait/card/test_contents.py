from dataclasses import replace

import pytest

from reelrec import app
from reelrec.errors import NothingRatedError
from reelrec.serving.portrait.card.contents import Apart, Standout, contents
from reelrec.visitor.portrait import Group, Portrait, Unusual, portrait
from reelrec.visitor.profile import Profile

HEAT, ALIEN = app.film("heat-1995"), app.film("alien")
HISTOGRAM = app.everyones_histogram()


def seen(**changes: object) -> Portrait:
    return replace(portrait(Profile(ratings={HEAT.number: 4.0}), app.catalogue()), **changes)


def group(kind: str, name: str, lift: float, stands_out: bool = True) -> Group:
    return Group(kind=kind, name=name, n=9, mean=4.0, expected=3.0, lift=lift, stands_out=stands_out)


def written(title: str) -> Unusual:
    return Unusual(film=replace(ALIEN, title=title, other_titles=()), stars=5.0, others=2.5, alike=0.01)


def card_of(of: Portrait, best: object = (), name: str = ""):
    return contents(of, best, HISTOGRAM, name)[0]


def test_where_nothing_is_rated_there_is_no_card():
    with pytest.raises(NothingRatedError, match="Rate a few films"):
        card_of(seen(n=0))


def test_only_liked_films_are_favourites_and_at_most_five():
    films = app.catalogue().films[:9]
    best = [(film, 5.0 if place < 7 else 3.0) for place, film in enumerate(films)]
    assert [favourite.film for favourite in card_of(seen(), best).favourites] == list(films[:5])
    assert [favourite.film for favourite in card_of(seen(), best[5:]).favourites] == list(films[5:7])


def test_a_favourite_whose_title_cannot_be_written_is_passed_over_and_that_is_said():
    unwritten = replace(HEAT, title="七人の侍", other_titles=())
    card, notes = contents(seen(), [(unwritten, 5.0), (ALIEN, 5.0), (unwritten, 4.0)], HISTOGRAM, "")
    assert [favourite.title for favourite in card.favourites] == ["Alien"]
    assert notes == ("The card has no letters for the title of 2 favourites, so it goes without.",)
    assert contents(seen(), [(ALIEN, 5.0)], HISTOGRAM, "")[1] == ()


def test_the_groups_that_stand_out_furthest_are_shown_not_more_than_two_of_a_kind():
    groups = {
        "genre": (group("genre", "Horror", 0.5), group("genre", "War", -0.6), group("genre", "Music", 0.45)),
        "decade": (group("decade", "1970s", 0.2), group("decade", "1980s", 0.9, stands_out=False)),
        "length": (group("length", "90 to 119 min", 2.0),),
        "language": (group("language", "French", 0.3), group("language", "日本語", 1.0)),
    }
    assert card_of(seen(groups=groups)).groups == (
        Standout("genre", "War", -0.6),
        Standout("genre", "Horror", 0.5),
        Standout("language", "French", 0.3),
    )


def test_series_and_people_come_first():
    saga, ada = group("series", "The Saga", -0.7, stands_out=False), group("actor", "Ada", 0.3, stands_out=False)
    genres = {"genre": (group("genre", "Horror", 0.9), group("genre", "War", 0.8))}
    assert card_of(seen(groups=genres, telling=(saga, group("actor", "日本", 0.5), ada))).groups == (
        Standout("series", "The Saga", -0.7),
        Standout("actor", "Ada", 0.3),
        Standout("genre", "Horror", 0.9),
    )


def test_a_small_lift_stands_behind_a_film_or_not_at_all():
    groups = {"genre": (group("genre", "Horror", 0.2),)}
    film = card_of(seen(groups=groups, loves=(written("Speed Racer"),), dislikes=()))
    assert film.groups == (Standout("film", "Speed Racer", 2.5), Standout("genre", "Horror", 0.2))
    assert (film.loves, film.dislikes) == (None, None)
    assert card_of(seen(groups=groups, loves=(), dislikes=())).groups == ()


def test_the_most_unusual_film_whose_title_can_be_written_is_shown():
    card = card_of(seen(loves=(written("七人の侍"), written("Speed Racer")), dislikes=()))
    assert (card.loves, card.dislikes) == (Apart("Speed Racer", 5.0, 2.5), None)


def test_what_the_portrait_does_not_know_is_not_on_the_card():
    card = card_of(seen(generosity=None, groups={}))
    assert (card.apart, card.groups, card.favourites) == (None, (), ())


def test_what_was_left_out_of_the_name_is_noted():
    assert contents(seen(), (), HISTOGRAM, "日本")[1] == ("The card has no letters for this name, so it goes without.",)
