"""The rooms of a process."""

import base64
import threading

import pytest

from reelrec.errors import RoomError
from reelrec.serving.together import rooms as module
from reelrec.serving.together.rooms import IDLE_SECONDS, LIFE_SECONDS, MOST_ROOMS, Rooms
from tests.fakes.clock import Clock

FILMS = tuple(range(12))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rooms(clock):
    return Rooms(clock)


def test_two_people_find_a_film(rooms):
    address, ann = rooms.open(FILMS, 2, "Ann")
    ben = rooms.join(address, "Ben")
    for film in (0, 1):
        rooms.say(address, ann, film, film == 1)
        rooms.say(address, ben, film, True)
    seen = rooms.look(address, ben)
    assert (seen.winner, seen.film, seen.name, seen.host) == (1, None, "Ben", False)
    assert seen.guests == (("Ann", 2), ("Ben", 2))
    assert seen.is_over
    assert rooms.look(address, ann).host


def test_who_comes_back_goes_on_where_they_were(rooms):
    address, ann = rooms.open(FILMS, 2, "Ann")
    rooms.say(address, ann, 0, False)
    assert rooms.look(address, ann).film == 1
    assert rooms.look(address, ann).guests == (("Ann", 1),)


def test_a_room_is_gone_an_hour_after_the_last_word_and_a_look_is_none(rooms, clock):
    address, ann = rooms.open(FILMS, 2, "Ann")
    clock.now += LIFE_SECONDS - 1
    ben = rooms.join(address, "Ben")
    clock.now += LIFE_SECONDS - 1
    assert rooms.look(address, ben).name == "Ben"
    clock.now += 1
    for act in (
        lambda: rooms.look(address, ann),
        lambda: rooms.say(address, ann, 0, True),
        lambda: rooms.join(address, "Cy"),
        lambda: rooms.word(address),
        lambda: rooms.all_here(address, ann),
    ):
        with pytest.raises(RoomError, match="closed"):
            act()
    assert len(rooms) == 0
    assert not rooms._rooms  # nothing of it is left


def test_addresses_and_keys_are_128_random_bits(rooms):
    made = [rooms.open(FILMS, 2, "Ann") for _ in range(MOST_ROOMS)]
    secrets = {secret for pair in made for secret in pair}
    assert len(secrets) == 2 * MOST_ROOMS
    assert {len(base64.urlsafe_b64decode(f"{secret}==")) * 8 for secret in secrets} == {128}
    bits = [byte for secret in secrets for byte in base64.urlsafe_b64decode(f"{secret}==")]
    assert 0.45 < sum(byte > 127 for byte in bits) / len(bits) < 0.55


def test_the_word_of_a_room_opens_nothing(rooms):
    address, _ = rooms.open(FILMS, 2, "Ann")
    with pytest.raises(RoomError, match="closed"):
        rooms.join(rooms.word(address), "Eve")


def test_a_guest_of_one_room_is_none_of_another(rooms):
    address, _ = rooms.open(FILMS, 2, "Ann")
    _, stranger = rooms.open(FILMS, 2, "Eve")
    for act in (lambda: rooms.look(address, stranger), lambda: rooms.say(address, stranger, 0, True)):
        with pytest.raises(RoomError, match="no guest of this room"):
            act()


def test_a_seventh_guest_is_turned_away(rooms):
    address, ann = rooms.open(FILMS, 6, "Ann")
    for name in "BCDEF":
        rooms.join(address, name)
    with pytest.raises(RoomError, match="full"):
        rooms.join(address, "G")
    assert len(rooms.look(address, ann).guests) == 6


def test_there_are_at_most_so_many_rooms_and_those_in_use_stay(rooms, clock):
    kept = [rooms.open(FILMS, 2, "Ann") for _ in range(MOST_ROOMS)]
    for address, _ in kept:
        rooms.join(address, "Ben")
    clock.now += IDLE_SECONDS
    with pytest.raises(RoomError, match="All rooms are taken"):
        rooms.open(FILMS, 2, "Eve")
    assert len(rooms) == MOST_ROOMS
    clock.now += LIFE_SECONDS
    rooms.open(FILMS, 2, "Eve")
    assert len(rooms) == 1


def test_where_all_are_taken_the_one_that_waited_longest_for_a_guest_gives_way(rooms, clock):
    made = []
    for _ in range(MOST_ROOMS):
        made.append(rooms.open(FILMS, 2, "Ann"))
        clock.now += 1
    rooms.join(made[0][0], "Ben")
    with pytest.raises(RoomError, match="All rooms are taken"):
        rooms.open(FILMS, 2, "Eve")
    clock.now += IDLE_SECONDS
    rooms.open(FILMS, 2, "Eve")
    assert rooms.look(*made[0]).name == "Ann"
    with pytest.raises(RoomError, match="closed"):
        rooms.look(*made[1])


def test_rooms_that_have_chosen_their_film_do_not_keep_others_out(rooms, clock):
    for _ in range(MOST_ROOMS):
        address, ann = rooms.open(FILMS, 2, "Ann")
        for key in (ann, rooms.join(address, "Ben")):
            rooms.say(address, key, 0, True)
    with pytest.raises(RoomError, match="All rooms are taken"):
        rooms.open(FILMS, 2, "Eve")
    clock.now += IDLE_SECONDS
    rooms.open(FILMS, 2, "Eve")
    assert len(rooms) == MOST_ROOMS


def test_only_who_opened_the_room_says_that_all_are_here(rooms):
    address, ann = rooms.open(FILMS, 4, "Ann")
    ben = rooms.join(address, "Ben")
    rooms.all_here(address, ben)
    assert rooms.look(address, ann).waits_for == 2
    rooms.all_here(address, ann)
    assert rooms.look(address, ann).waits_for == 0


def test_many_threads_at_once_lose_no_word_and_agree_on_one_film(rooms):
    films = tuple(range(40))
    address, ann = rooms.open(films, 6, "Ann")
    keys = [ann, *(rooms.join(address, str(number)) for number in range(5))]
    winners, errors = set(), []
    start = threading.Barrier(len(keys))

    def swipe(key: str, place: int) -> None:
        try:
            start.wait()
            for film in films:
                rooms.say(address, key, film, film % 6 != place and film < 36)
                if (winner := rooms.look(address, key).winner) is not None:
                    winners.add(winner)
        except Exception as error:  # noqa: BLE001 (told to the test)
            errors.append(error)

    threads = [threading.Thread(target=swipe, args=pair) for pair in zip(keys, range(6), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert not winners  # each film below 36 is refused by one, and all are refused from there on
    assert rooms.look(address, ann).guests == tuple((name, 40) for name in ("Ann", "0", "1", "2", "3", "4"))
    assert len(rooms.look(address, ann).almost) == 36


def test_a_process_has_rooms_whose_clock_never_goes_back():
    assert isinstance(module.ROOMS, Rooms)
    address, ann = module.ROOMS.open(FILMS, 2, "Ann")
    assert module.ROOMS.look(address, ann).word == module.ROOMS.word(address)
