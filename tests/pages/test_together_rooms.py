"""Rooms of the page Together, in which people swipe on their own phones."""

import json

import pytest

from reelrec import app
from reelrec.serving.together import rooms
from reelrec.serving.together.rooms import LIFE_SECONDS, Rooms
from tests.fakes.clock import Clock
from tests.pages.together_page import SAMPLE, add, swipe


@pytest.fixture
def page(visit):
    page = visit("together")
    page.become(app.sample_profile("horror"))
    return page


@pytest.fixture
def clock(monkeypatch):
    """The time of the process's rooms, which are new."""
    clock = Clock()
    monkeypatch.setattr(app.together, "ROOMS", Rooms(clock))
    return clock


def join(visit, room: str, name: str):
    guest = visit("together", told={"room": room})
    guest.at.text_input[0].set_value(name)
    guest.press("Join")
    return guest


def open_room(page) -> str:
    next(group for group in page.at.button_group if group.key.startswith("together-where")).set_value(
        "Each on their own phone"
    )
    page.run()
    page.press("Open a room")
    return page.state.company.room


def open_room_alone(page) -> str:
    page.press("Open a room")
    return page.state.company.room


def test_two_phones_find_a_film_in_a_room(page, visit, clock):
    add(page, SAMPLE, "family-night", "Ann")
    room = open_room(page)
    invite = page.given("together-invite")
    assert invite["link"].endswith(f"#room={room}")
    assert app.together.ROOMS.word(room) in page.words()
    guest = join(visit, room, "Zoé")
    assert "Host: 0 of 24" in guest.words().replace("\\", "")
    first, second = page.tiles("together-film")[0]["number"], None
    swipe(page, False)
    swipe(guest, True)
    second = guest.tiles("together-film")[0]["number"]
    assert second != first
    swipe(page, True)
    swipe(guest, True)
    page.run()
    assert page.numbers("together-winner") == guest.numbers("together-winner") == [second]
    told = page.given("address")
    assert told["carried"]["room"] == room
    assert told["seat"] == f"{room}.{page.state.company.key}"
    assert page.state.company.key not in json.dumps(told["carried"])


@pytest.mark.parametrize(("name", "query"), [("b", "?at=b"), ("", ""), ("x&y", "")])
def test_the_link_names_the_replica_where_there_are_several(page, clock, monkeypatch, name, query):
    monkeypatch.setenv("REELREC_REPLICA", name)
    room = open_room_alone(page)
    assert page.given("together-invite")["link"].endswith(f"together{query}#room={room}")


def test_a_guest_who_loads_the_page_again_is_still_in_the_room(page, visit, clock):
    room = open_room_alone(page)
    guest = join(visit, room, "Zoé")
    swipe(guest, True)
    again = visit("together", told={"room": room, "seat": guest.given("address")["seat"]})
    assert again.state.company.key == guest.state.company.key
    assert "**Zoé**: 1 of 20" in again.words().replace("\\", "")


@pytest.mark.parametrize("seat", ["", "other.key", "{room}", "{room}.", "{room}.<b>"])
def test_a_seat_that_is_none_leads_to_the_door(page, visit, clock, seat):
    room = open_room_alone(page)
    guest = visit("together", told={"room": room, "seat": seat.format(room=room)})
    assert "You are invited to choose a film" in guest.headings()


def test_a_key_that_is_nobody_s_is_told_so(page, visit, clock):
    room = open_room_alone(page)
    guest = visit("together", told={"room": room, "seat": f"{room}.madeup"})
    assert "You are no guest of this room" in guest.at.error[0].value.replace("\\", "")


def test_a_closed_room_a_dead_link_and_a_full_one_are_one_sentence_and_nothing_is_lost(page, visit, clock):
    room = open_room_alone(page)
    for number in range(5):
        join(visit, room, f"G{number}")
    seventh = join(visit, room, "Late")
    assert "This room is full: 6 people" in seventh.at.error[0].value.replace("\\", "")
    clock.now += LIFE_SECONDS
    for where in (room, "nothing-of-that-name"):
        late = visit("together", told={"room": where, "p": app.link_token(app.sample_profile("horror"))})
        (error,) = late.at.error
        assert "This room is closed" in error.value.replace("\\", "")
        assert late.profile.ratings == app.sample_profile("horror").ratings
        late.press("Look for a film without it")
        assert late.given("address")["carried"]["room"] == ""
        assert "Bring one to five others" in late.words()
    page.run()
    assert "This room is closed" in page.at.error[0].value.replace("\\", "")
    assert page.profile == app.sample_profile("horror")


@pytest.mark.parametrize("room", ["<b>", "a" * 65, "../x", "x y"])
def test_what_can_be_no_room_is_passed_over(visit, room):
    assert visit("together", told={"room": room}).state.company.room == ""


def test_who_leaves_is_awaited_no_more(page, visit, clock):
    room = open_room_alone(page)
    guest = join(visit, room, "Zoé")
    page.run()
    guest.press("Leave the room")
    assert guest.state.company.room == ""
    page.run()
    assert "Zoé" not in page.words()


def test_who_opened_the_room_says_that_all_are_here(page, visit, clock):
    for _ in range(2):
        add(page, SAMPLE, "family-night")
    room = open_room(page)
    guest = join(visit, room, "Zoé")
    assert "One more is awaited" in guest.words()
    assert not [button for button in guest.at.button if button.label == "We are all here"]
    page.run()
    page.press("We are all here")
    assert "awaited" not in page.words()


def test_nobody_opens_rooms_without_end(page, clock, monkeypatch):
    for _ in range(5):
        open_room_alone(page)
        page.press("Leave the room")
    open_room_alone(page)
    assert "That was many rooms." in page.at.error[0].value
    assert page.state.company.room == ""


def test_where_all_rooms_are_taken_it_says_so(page, clock, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_ROOMS", 0)
    open_room_alone(page)
    assert "All rooms are taken" in page.at.error[0].value
