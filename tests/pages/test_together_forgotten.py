"""Who asks to be forgotten leaves nothing of themselves, or of others, on Together and Lists."""

import pytest

from reelrec import app
from reelrec.errors import RoomError
from reelrec.serving.together.rooms import Rooms
from reelrec.ui import state
from reelrec.ui.lists import take_along
from reelrec.ui.together import people
from reelrec.ui.visit import Shared


def test_forgetting_gives_up_the_seat_the_others_the_names_and_the_shared_list(visit, monkeypatch):
    rooms = Rooms()
    monkeypatch.setattr(app.together, "ROOMS", rooms)
    address, host = rooms.open((1, 2, 3), 2, "Ann")
    seat = rooms.join(address, "Ben")
    told = {"room": address, "seat": f"{address}.{seat}", "shared": app.lists.link_token("Ours", (1, 2))}
    page = visit("together")
    page.become(app.sample_profile("horror"))
    page.at.text_input(key=people.NAME).set_value("Benedict")
    page.run()
    page.choose("together-way", "An invented visitor")
    page.press("Add")
    page.state.company.room, page.state.company.key = address, seat
    page.state.shared = Shared(told["shared"], (1, 2), "Ours")
    page.open("lists", list="My list")
    page.open("rate")
    page.press("Forget me")
    assert [name for name, _ in rooms.look(address, host).guests] == ["Ann"]
    with pytest.raises(RoomError, match="no guest"):
        rooms.look(address, seat)
    assert (page.state.company.others, page.state.company.room, page.state.company.key) == ((), "", "")
    assert (page.state.shared, page.state.made_orders) == (Shared(), {})
    carried = page.given("address")["carried"]
    assert (carried["room"], carried["shared"], page.given("address")["seat"]) == ("", "", "")
    page.open("together")
    assert page.at.text_input(key=people.NAME).value == ""


def test_the_names_that_are_forgotten_are_those_of_the_boxes():
    assert state.NAMES_GIVEN == (people.NAME, take_along.NAME)
