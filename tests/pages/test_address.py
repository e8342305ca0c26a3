"""What stands behind the # and in the browser's storage, as the script of the address tells it and is told of it."""

import pytest

from reelrec import app
from reelrec.interview.link import Questions
from reelrec.ui.browser import address
from reelrec.visitor.profile import Profile

HORROR, FAMILY = app.sample_profile("horror"), app.sample_profile("family-night")
MINE, FRIENDS = app.link_token(HORROR), app.link_token(FAMILY)
NEWER = f"3{MINE[1:]}"  # what another version of ReelRec would have written
NOTHING = {"p": "", "ratings": "", "services": "", "as": "", "tv": "", "shared": "", "ask": ""}
OTHERS = "This device keeps other ratings"
ODD = (
    {},
    {"p": None, "ratings": None, "as": None, "ask": None},
    {"p": 5, "ratings": True, "as": 0, "ask": -1.5, "room": 7, "seat": {"a": 1}},
    {"p": [MINE], "ratings": {"p": MINE}, "as": ["horror"], "ask": ["a-optimal.0.1"]},
    {"p": "<script>alert(1)</script>", "stored": "../../etc/passwd", "as": "<img src=x>", "ask": "a-optimal.9.1"},
    {name: name * 33_000 for name in NOTHING},  # just under what a page may tell
    {"p": "1" + "A" * 20_000, "as": "nobody", "ask": f"a-optimal.0.{'9' * 5000}"},
    {"p": "\ud800\x00", "stored": "1\u202e", "as": "\x00", "ask": "\n", "room": "\ud800", "seat": ".."},
    {"visit": {"number": 1}, "__class__": "x", "looking": "horror"},
)


def told(**parts: object) -> dict:
    return NOTHING | parts


def carried(page) -> dict[str, str]:
    """What the address is to have behind its #."""
    return page.given("address")["carried"]


def kept(page) -> str:
    """The token that the browser's storage is to have."""
    return page.given("address")["stored"]["ratings"]


def test_until_the_address_is_told_nothing_of_the_page_is_drawn(visit):
    page = visit(waits=True)
    assert page.given("address")["waiting"]
    assert page.components().keys() == {"header", "address"}
    assert not page.at.title
    assert page.given("address")["stored"] is None
    page.fire("address", "arrived", told(p=MINE))
    assert not page.given("address")["waiting"]
    assert page.numbers("interview")
    assert page.profile == HORROR


@pytest.mark.parametrize("name", [None, "for_you", "letterboxd", "about"])
def test_every_page_opens_with_the_ratings_of_its_address(visit, name):
    page = visit(name, told=told(p=MINE))
    assert page.profile == HORROR
    assert page.at.title
    assert carried(page) == {"p": MINE, "as": "", "tv": "", "shared": "", "ask": carried(page)["ask"], "room": ""}
    assert not page.given("address")["waiting"]


def test_the_page_and_the_film_that_are_drawn_are_told_to_the_script(visit):
    page = visit("film", id="heat-1995", told=told())
    assert (page.given("address")["page"], page.given("address")["film"]) == ("film", "heat-1995")
    first = page.given("address")["run"]
    page.run()
    assert page.given("address")["run"] > first
    page.follow("./")
    assert (page.given("address")["page"], page.given("address")["film"]) == ("", "")


def test_the_address_follows_what_is_answered_and_undone(visit):
    page = visit(told=told())
    assert carried(page)["p"] == ""
    page.answer("interview", heat_1995=4.0)
    assert app.from_link(carried(page)["p"]) == Profile(ratings={app.film("heat-1995").number: 4.0})
    page.undo()
    assert carried(page)["p"] == ""


def test_the_questions_are_in_the_address_of_rate_alone(visit):
    asked = app.ask_link(Questions("popularity", 0.0, (1, 0, 2)))
    page = visit(told=told(ask=asked))
    assert page.numbers("interview") == [1, 0, 2]
    assert carried(page)["ask"] == asked
    page.open("about")
    assert carried(page)["ask"] == ""


@pytest.mark.parametrize("name", [None, "for_you", "film", "letterboxd", "about"])
def test_no_link_of_a_page_holds_what_stands_behind_the_hash(visit, name):
    old = visit(name, p=MINE, id="heat-1995")  # an address of the old kind, before the script rewrites it
    new = visit(name, told=told(p=MINE), id="heat-1995")
    for page in (old, new):
        assert len(page.hrefs()) > 4
        assert not [href for href in page.hrefs() if MINE in href or "p=" in href]


def test_an_address_of_the_old_kind_is_read_once_and_carried_behind_the_hash(visit):
    asked = app.ask_link(Questions("popularity", 0.0, (1, 0, 2)))
    page = visit(p=MINE, ask=asked)
    assert page.profile == HORROR
    assert carried(page) == {"p": MINE, "as": "", "tv": "", "shared": "", "ask": asked, "room": ""}
    page.at.query_params["p"] = FRIENDS
    page.run()
    assert page.profile == HORROR


def test_a_link_that_cannot_be_read_stays_until_there_is_something_in_its_place(visit):
    page = visit(told=told(p="1damaged"))
    assert "You start without ratings." in page.words()
    assert page.given("address")["unread"]
    page.answer("interview", heat_1995=4.0)
    assert not page.given("address")["unread"]
    assert "You start without ratings." not in page.words()
    assert carried(page)["p"]


def test_what_the_device_keeps_is_there_without_a_link_and_follows_the_ratings(visit):
    page = visit(told=told(ratings=MINE))
    assert page.profile == HORROR
    assert kept(page) == MINE
    assert OTHERS not in page.words()
    page.answer("interview", heat_1995=4.0)
    assert kept(page) == carried(page)["p"] == app.link_token(page.profile) != MINE


def test_the_link_of_what_the_device_keeps_is_kept_on(visit):
    page = visit(told=told(p=MINE, ratings=MINE))
    assert kept(page) == MINE
    assert OTHERS not in page.words()


def test_a_friends_link_stands_beside_what_the_device_keeps_and_never_takes_its_place(visit):
    page = visit(told=told(p=FRIENDS, ratings=MINE))
    assert page.profile == FAMILY
    assert f"{OTHERS} ({len(HORROR.ratings)} films)." in page.words()
    assert page.given("address")["stored"] is None
    page.answer("interview", heat_1995=4.0)
    assert page.given("address")["stored"] is None
    assert carried(page)["p"] == app.link_token(page.profile)
    page.open("for_you")
    assert OTHERS in page.words()


def test_what_the_device_keeps_can_be_opened_in_place_of_a_friends_link(visit):
    page = visit(told=told(p=FRIENDS, ratings=MINE, **{"as": "world-cinema"}))
    page.press("Open those")
    assert page.profile == HORROR
    assert page.state.looking is None
    assert kept(page) == carried(page)["p"] == MINE
    assert OTHERS not in page.words()


def test_or_the_friends_ratings_stay(visit):
    page = visit(told=told(p=FRIENDS, ratings=MINE))
    page.press("Stay with these")
    assert page.profile == FAMILY
    assert OTHERS not in page.words()
    assert page.given("address")["stored"] is None


@pytest.mark.parametrize("stored", [NEWER, "1damaged", "<img src=x>"], ids=["of another version", "damaged", "hostile"])
def test_a_storage_that_cannot_be_read_is_passed_over_beside_a_link(visit, stored):
    page = visit(told=told(p=MINE, ratings=stored))
    assert page.profile == HORROR
    assert OTHERS not in page.words()
    assert not page.at.warning
    assert page.given("address")["stored"] is None


@pytest.mark.parametrize("stored", [NEWER, "1damaged"], ids=["of another version", "damaged"])
def test_a_storage_that_cannot_be_read_is_told_and_not_wiped(visit, stored):
    page = visit(told=told(ratings=stored))
    assert page.profile == Profile()
    assert "You start without ratings." in page.words()
    assert page.given("address")["stored"] is None  # "" would erase what a later version may read
    assert not page.given("address")["forget"]


def test_a_damaged_link_hides_nothing_that_the_device_keeps(visit):
    page = visit(told=told(p="1damaged", ratings=MINE))
    assert page.profile == Profile()
    assert page.given("address")["stored"] is None
    page.press("Open those")
    assert page.profile == HORROR


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_message_harms_nothing(visit, odd):
    page = visit(told=odd)
    assert page.profile == Profile()
    assert page.state.looking is None
    assert page.given("interview")
    assert carried(page)["p"] == carried(page)["as"] == ""
    assert len(str(page.given("address"))) < 1000
    page.answer("interview", heat_1995=4.0)
    assert page.given("header")["rated"] == "1"


def test_more_than_a_megabyte_is_told_in_vain_and_kept_nowhere(visit):
    page = visit(waits=True)
    with pytest.raises(AssertionError, match="error"):  # which is shown to who sent it
        page.fire("address", "arrived", {"p": "1" * 1_100_000})
    assert page.state.profile == Profile()
    assert not page.state.arrived


def test_one_odd_part_costs_no_other(visit, inside):
    page = visit(told=told())
    page.state.arrived = False
    with inside(page):
        address._arrive({"p": MINE, "as": ["horror"], "ask": 7, "stored": "w" * 1_000_000})
    page.run()
    assert page.profile == HORROR
    assert page.state.looking is None
    assert page.state.keeping.other == ""
    assert carried(page)["p"] == MINE


def test_what_is_told_twice_counts_once(visit):
    page = visit(told=told(p=MINE))
    page.answer("interview", heat_1995=4.0)
    rated = page.profile
    page.fire("address", "arrived", told(p=MINE))
    assert page.profile == rated
    assert page.given("header")["arrived"] is True
