"""A round of swiping, by hand."""

import pytest

from reelrec.errors import RoomError
from reelrec.serving.together.swiping import MOST_FILMS, Round, on_one_screen

FILMS = (7, 3, 9, 4)


def of(*names: str) -> Round:
    return on_one_screen(names, FILMS)


def test_the_first_film_that_all_want_wins_and_stays():
    made = of("Ann", "Ben")
    made.say("0", 7, True)
    made.say("1", 3, True)
    assert made.winner is None
    made.say("0", 3, True)
    assert made.winner == 3
    made.say("1", 7, True)
    assert made.winner == 3
    assert made.next_of("0") is made.turn() is None


def test_the_first_word_about_a_film_counts_and_no_strange_one():
    made = of("Ann", "Ben")
    made.say("0", 7, False)
    made.say("0", 7, True)
    made.say("1", 7, True)
    made.say("0", 99, True)
    made.say("stranger", 3, True)
    assert made.winner is None
    assert made.guests["0"].wants == {7: False}


def test_on_one_screen_everybody_is_asked_in_turn():
    made, asked = of("Ann", "Ben", "Cy"), []
    while turn := made.turn():
        asked.append(turn)
        made.say(*turn, wants=turn != ("0", 7) and turn != ("1", 3) and turn != ("2", 3))
    assert asked[:3] == [("0", 7), ("1", 7), ("2", 7)]  # wanted by all but Ann
    assert asked[3:6] == [("0", 3), ("1", 3), ("2", 3)]
    assert made.winner == 9
    assert made.almost == ((7, "Ann"),)


def test_a_film_that_cannot_win_is_asked_about_no_further():
    made = of("Ann", "Ben")
    made.say("0", 7, False)
    assert made.turn() == ("0", 3)
    three = of("Ann", "Ben", "Cy")
    three.say("0", 7, False)
    assert three.turn() == ("1", 7)  # it may still be wanted by all but one
    three.say("1", 7, False)
    assert three.turn() == ("0", 3)


def test_where_nobody_wants_anything_the_round_ends_without_a_film():
    made = of("Ann", "Ben")
    while turn := made.turn():
        made.say(*turn, wants=False)
    assert made.winner is None
    assert made.almost == ()


def test_it_waits_for_as_many_people_as_were_told():
    made = Round(FILMS, size=3)
    made.join("a", "Ann")
    made.say("a", 7, True)
    made.join("b", "Ben")
    made.say("b", 7, True)
    assert made.winner is None
    made.all_here()
    assert made.winner == 7


def test_one_person_alone_never_decides():
    made = Round(FILMS, size=2)
    made.join("a", "Ann")
    made.say("a", 7, True)
    made.all_here()
    assert made.winner is None


def test_a_seventh_guest_is_turned_away_and_nobody_loses_anything():
    made = Round(FILMS, size=2)
    for number in range(6):
        made.join(str(number), "Ann")
    made.say("0", 7, True)
    with pytest.raises(RoomError, match="full: 6 people"):
        made.join("7", "Bea")
    assert [guest.name for guest in made.guests.values()] == ["Ann", *(f"Ann {n}" for n in range(2, 7))]
    assert made.guests["0"].wants == {7: True}


def test_no_film_is_asked_about_twice_and_there_are_at_most_forty():
    assert len(Round((*range(60), 1, 2), 2).films) == MOST_FILMS
    assert Round((5, 5, 6), 2).films == (5, 6)
