"""The page Together, run from the entry point."""

from dataclasses import replace

import pytest

from reelrec import app
from reelrec.errors import UnreachableError
from reelrec.ui.together.ways import token_in
from reelrec.visitor.profile import Profile
from tests.fakes.exports import RATED, film, table
from tests.pages.together_page import FILE, LINK, NAME, SAMPLE, add, swipe


@pytest.fixture
def page(visit):
    page = visit("together")
    page.become(app.sample_profile("horror"))
    return page


def names(page) -> list[str]:
    return [person.name for person in page.state.company.others]


def link(sample: str) -> str:
    return f"https://films.example/for_you?view=Rows#p={app.link_token(app.sample_profile(sample))}&tv=GB"


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
