"""The page Together, run from the entry point."""

import json
from dataclasses import replace

import pytest

from reelrec import app
from reelrec.errors import UnreachableError
from reelrec.serving.together import rooms
from reelrec.serving.together.rooms import LIFE_SECONDS, Rooms
from reelrec.ui.together.ways import token_in
from reelrec.visitor.profile import Profile
from tests.fakes.clock import Clock
from tests.fakes.exports import RATED, film, table

LINK, FILE, NAME, SAMPLE = "Their ReelRec link", "A file", "A username", "An invented visitor"


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


def add(page, way: str, given: object = None, name: str = "") -> None:
    page.choose("together-way", way)
    if way == SAMPLE:
        page.at.selectbox[0].set_value(given)
    elif way == FILE:
        for file in given:
            page.at.file_uploader[0].upload(*file)
    else:
        page.at.text_input[1].set_value(given)
    page.at.text_input[-1].set_value(name)
    page.press("Add")


def names(page) -> list[str]:
    return [person.name for person in page.state.company.others]


def link(sample: str) -> str:
    return f"https://films.example/for_you?view=Rows#p={app.link_token(app.sample_profile(sample))}&tv=GB"


def join(visit, room: str, name: str):
    guest = visit("together", told={"room": room})
    guest.at.text_input[0].set_value(name)
    guest.press("Join")
    return guest


def swipe(page, wants: bool) -> None:
    page.press("Want" if wants else "Not tonight")


def open_room(page) -> str:
    next(group for group in page.at.button_group if group.key.startswith("together-where")).set_value(
        "Each on their own phone"
    )
    page.run()
    page.press("Open a room")
    return page.state.company.room


def test_it_says_what_it_is_for_and_shows_the_form(page):
    assert "Bring one to five others" in page.words()
    assert [button.label for button in page.at.button if button.label == "Add"]
    assert not page.given("together-films")


@pytest.mark.parametrize("as_link", [True, False])
def test_somebody_is_added_by_a_link_or_what_it_carries(page, as_link):
    add(page, LINK, link("world-cinema") if as_link else app.link_token(app.sample_profile("world-cinema")), "Ann")
    assert names(page) == ["Ann"]
    shown = page.tiles("together-films")
    assert len(shown) == 24
    assert [line["name"] for line in shown[0]["people"]] == ["You", "Ann"]
    assert shown[0]["people"][0]["says"].count("stars, most likely between") == 1
    assert page.profile == app.sample_profile("horror")


def test_somebody_is_added_by_a_profile_file_an_export_a_username_and_a_sample(page, feed):
    add(page, FILE, [("profile.json", app.profile_file(app.sample_profile("family-night")).encode())], "Fay")
    rows = [film("Heat", 1995, "1", "5"), film("Alien", 1979, "3", "4")]
    add(page, FILE, [("ratings.csv", table(RATED, rows))], "Eve")
    _, taken = app.sample_export()
    feed(replace(taken.log, owner="Some_Body"))
    add(page, NAME, "https://letterboxd.com/Some_Body/")
    add(page, SAMPLE, "world-cinema")
    assert names(page) == ["Fay", "Eve", "Some_Body", "World cinema"]
    assert len(page.tiles("together-films")[0]["people"]) == 5
    page.press("Eve, 2 films")
    assert names(page) == ["Fay", "Some_Body", "World cinema"]


@pytest.mark.parametrize(
    ("way", "given", "says"),
    [
        (LINK, "https://films.example/together", "This link has no ratings in it"),
        (LINK, "", "This link has no ratings in it"),
        (LINK, "https://films.example/#p=1abc", "Nobody was added"),
        (FILE, [("profile.json", b"{}")], "Nobody was added"),
        (FILE, [], "Nobody was added"),
        (FILE, [("x.csv", b"\x00\x01")], "Nobody was added"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_nothing_is_lost(page, way, given, says):
    add(page, SAMPLE, "world-cinema", "Ann")
    add(page, way, given)
    (error,) = page.at.error
    assert says in error.value.replace("\\", "")
    assert names(page) == ["Ann"]
    assert page.tiles("together-films")
    add(page, SAMPLE, "family-night", "Ben")
    assert not page.at.error


def test_a_feed_that_does_not_come_adds_nobody(page, feed):
    feed(UnreachableError("Letterboxd does not answer."))
    add(page, NAME, "alice")
    assert "Letterboxd does not answer. Nobody was added" in page.at.error[0].value.replace("\\", "")
    assert names(page) == []


def test_of_whom_nothing_is_known_nothing_is_said(page):
    add(page, LINK, app.link_token(Profile(watchlist=frozenset({5}))), "Ann")
    assert "nothing can be said for Ann" in page.at.error[0].value.replace("\\", "")
    assert names(page) == []


def test_six_people_are_all(page):
    for _ in range(5):
        add(page, SAMPLE, "world-cinema", "Ann")
    assert names(page) == ["Ann", "Ann 2", "Ann 3", "Ann 4", "Ann 5"]
    assert "6 people are here: that is all there is room for." in page.words()
    assert not [button for button in page.at.button if button.label == "Add"]


def test_names_are_text_and_nothing_else(page):
    add(page, SAMPLE, "world-cinema", "**<b>[x](y)</b>**")
    assert "**<b>" not in page.words()
    assert page.tiles("together-films")[0]["people"][1]["name"] == "**<b>[x](y)</b>**"


@pytest.mark.parametrize(
    ("order", "word"),
    [("average", "on average"), ("least misery", "at least"), ("fair", "evening 1"), ("most loved", "You")],
)
def test_every_order_has_its_shelf(page, order, word):
    add(page, SAMPLE, "family-night", "Ann")
    page.choose("together-order", order)
    shown = page.tiles("together-films")
    assert len(shown) == (7 if order == "fair" else 24)
    assert shown[0]["word"] in (word, "Ann")
    assert shown[0]["stars"].startswith("★ 4")


def test_films_that_some_have_seen_come_when_asked_for(page):
    add(page, SAMPLE, "family-night", "Ann")
    people = (page.profile, app.sample_profile("family-night"))
    watched = set().union(*(person.watched for person in people))
    assert not watched & set(page.numbers("together-films"))
    page.choose("together-seen", True)
    seen = [tile for tile in page.tiles("together-films") if tile["number"] in watched]
    assert seen
    for tile in seen:
        (place,) = (place for place, person in enumerate(people) if tile["number"] in person.watched)
        assert tile["why"] == f"Seen by {('You', 'Ann')[place]}."
        assert tile["people"][place]["stars"] == f"gave {people[place].ratings[tile['number']]:g}"
        assert tile["people"][1 - place]["stars"].startswith("★ ")


def test_two_people_agree_in_words_and_films(page):
    add(page, SAMPLE, "family-night", "Ann")
    assert "You and Ann agree in part." in page.words().replace("\\", "")
    assert len(page.at.table) == 2
    add(page, LINK, app.link_token(Profile(ratings={app.film("heat-1995").number: 4.0})), "Ben")
    assert "too few to say" in page.at.table[0].value.to_string()


def test_without_ratings_of_ones_own_the_shelf_follows_the_others(visit):
    page = visit("together")
    assert "You have no films here yet" in page.words()
    add(page, SAMPLE, "horror", "Ann")
    assert not page.given("together-films")
    add(page, SAMPLE, "family-night", "Ben")
    assert [line["name"] for line in page.tiles("together-films")[0]["people"]] == ["Ann", "Ben"]


def test_on_one_screen_everybody_swipes_in_turn_until_all_want_one(page):
    add(page, SAMPLE, "family-night", "Ann")
    films = page.numbers("together-films")
    page.press("Begin")
    assert page.headings() == ["You: do you want this one tonight?"]
    swipe(page, False)
    assert page.numbers("together-film") == [films[1]]
    swipe(page, True)
    assert page.headings() == ["Ann: do you want this one tonight?"]
    swipe(page, True)
    assert page.numbers("together-winner") == [films[1]]
    page.press("Back to your shelf")
    assert page.numbers("together-films") == films


def test_where_nobody_wants_anything_the_end_says_what_nearly_was(page):
    for name in ("Ann", "Ben"):
        add(page, SAMPLE, "family-night", name)
    page.press("Begin")
    for wants in (True, True, False):
        swipe(page, wants)
    while page.given("together-film"):
        swipe(page, False)
    assert page.headings() == ["No film that all of you want"]
    assert "all but Ben" in page.words().replace("\\", "")


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


def open_room_alone(page) -> str:
    page.press("Open a room")
    return page.state.company.room


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


@pytest.mark.parametrize(
    ("link", "token"),
    [
        ("https://a.example/#p=1Ab-_c&as=horror", "1Ab-_c"),
        ("https://a.example/?p=1Abc", "1Abc"),
        ("p=1Abc", "1Abc"),
        (" 1Abc ", "1Abc"),
        ("https://a.example/#p=1%41b", "1Ab"),
    ],
)
def test_the_token_is_found_in_any_link(link, token):
    assert token_in(link) == token
