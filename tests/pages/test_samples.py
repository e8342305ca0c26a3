"""A look through somebody else's eyes: a visit from which one comes back to one's own ratings."""

import pytest

from reelrec import app
from reelrec.visitor.profile import Profile
from tests.fakes.known_export import EXPORT

HORROR = app.sample_profile("horror")
EYES = "You are looking through the eyes of"
MINE = Profile(ratings={app.film("heat-1995").number: 4.5, app.film("amelie").number: 2.0})
TOKEN = app.link_token(MINE)


def look(page, sample: str) -> None:
    page.at.button(key=f"sample-{sample}").click()
    page.run()


def carried(page) -> dict[str, str]:
    return page.given("address")["carried"]


@pytest.fixture
def looking(visit):
    """Somebody with two ratings who looks through the eyes of Horror."""
    page = visit(p=TOKEN)
    look(page, "horror")
    return page


def test_a_sample_opens_for_you_with_its_list(visit):
    page = visit()
    look(page, "horror")
    assert page.state.page == "For you"
    assert page.profile == HORROR
    assert page.rows()
    assert f"{EYES} **Horror**: Sleeps with the light on." in page.words()


@pytest.mark.parametrize("sample", [sample.name for sample in app.sample_profiles()])
def test_every_sample_can_be_chosen_on_rate(visit, sample):
    page = visit()
    look(page, sample)
    assert page.profile == app.sample_profile(sample)


def test_the_banner_stands_on_every_page_until_one_comes_back(looking):
    for name in ("rate", "about", "models", "for_you"):
        looking.open(name)
        assert EYES in looking.words(), name
    looking.press("Back to my ratings")
    assert EYES not in looking.words()
    assert looking.profile == MINE


def test_who_brings_a_history_comes_as_themselves(looking):
    looking.open("letterboxd")
    assert EYES not in looking.words()
    assert looking.profile == MINE


def test_ones_own_ratings_stay_in_the_address_beside_the_sample(looking):
    assert carried(looking) == {"p": TOKEN, "as": "horror", "tv": "", "shared": "", "ask": "", "room": ""}
    looking.press("Back to my ratings")
    assert (carried(looking)["p"], carried(looking)["as"]) == (TOKEN, "")


def test_an_address_with_a_sample_opens_it_and_keeps_ones_own(visit):
    page = visit("for_you", told={"p": TOKEN, "as": "horror", "ratings": "", "ask": ""})
    assert page.profile == HORROR
    assert EYES in page.words()
    page.press("Back to my ratings")
    assert page.profile == MINE


@pytest.mark.parametrize("name", ["nobody", "Horror", "<script>", "horror "])
def test_a_sample_that_there_is_none_of_is_not_looked_through(visit, name):
    page = visit(told={"p": TOKEN, "as": name, "ratings": "", "ask": ""})
    assert page.profile == MINE
    assert EYES not in page.words()


def test_who_has_no_ratings_comes_back_to_themselves(visit):
    page = visit()
    look(page, "horror")
    page.press("Back to myself")
    assert page.profile == Profile()
    assert carried(page)["p"] == ""


def test_from_one_sample_to_the_next_ones_own_ratings_stay(looking):
    looking.open("rate")
    look(looking, "family-night")
    assert looking.profile == app.sample_profile("family-night")
    assert carried(looking) == {"p": TOKEN, "as": "family-night", "tv": "", "shared": "", "ask": "", "room": ""}
    looking.press("Back to my ratings")
    assert looking.profile == MINE


def test_stars_given_with_other_eyes_never_reach_ones_own(looking):
    looking.answer("row-likely-0", alien=0.5, heat_1995=0.5)
    assert looking.profile.ratings[app.film("alien").number] == 0.5
    assert carried(looking)["p"] == TOKEN
    looking.undo()
    assert looking.profile == HORROR
    looking.answer("row-likely-0", alien=0.5)
    looking.press("Back to my ratings")
    assert looking.profile == MINE
    assert looking.can_undo is None
    looking.undo()
    assert looking.profile == MINE


def test_no_change_made_before_a_look_is_undone_with_other_eyes(visit):
    page = visit(p=TOKEN)
    page.answer("interview", alien=3.0)
    look(page, "horror")
    assert page.can_undo is None
    page.undo()
    assert page.profile == HORROR


def test_the_screen_that_was_being_answered_is_there_again(visit):
    page = visit(p=TOKEN)
    before = page.numbers("interview")
    look(page, "horror")
    page.open("rate")
    assert page.numbers("interview") != before
    assert carried(page)["ask"] == ""
    page.press("Back to my ratings")
    assert page.numbers("interview") == before
    assert carried(page)["ask"]


def test_what_the_device_keeps_stays_ones_own(visit):
    page = visit(told={"p": TOKEN, "ratings": TOKEN, "as": "", "ask": ""})
    look(page, "horror")
    page.answer("row-likely-0", alien=0.5)
    assert page.given("address")["stored"]["ratings"] == TOKEN
    page.open("rate")
    assert "kept-here" not in {toggle.key for toggle in page.at.toggle}
    assert not page.given("header")["reminds"]


def test_to_be_forgotten_is_not_to_leave_ones_own_ratings_behind_a_sample(looking):
    looking.open("rate")
    looking.press("Forget me")
    assert carried(looking) == {"p": "", "as": "", "tv": "", "shared": "", "ask": carried(looking)["ask"], "room": ""}
    assert looking.profile == Profile()
    assert EYES not in looking.words()


@pytest.mark.parametrize("button", ["Use them instead of mine", "Mine too: add them"])
def test_films_brought_while_looking_are_as_much_ones_own_as_the_notice_says(looking, button):
    looking.open("letterboxd")
    looking.upload(("letterboxd.zip", EXPORT))
    looking.press(button)
    assert "yours" in looking.notice
    own = app.from_link(carried(looking)["p"])
    assert app.film("cats-2019").number in own.ratings
