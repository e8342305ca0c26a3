"""Whether what was read becomes the visitor's, and the ways back."""

import pytest

from reelrec import app
from reelrec.visitor.profile import Profile
from tests.fakes.known_export import EXPORT


@pytest.fixture
def page(visit):
    return visit("letterboxd")


def test_an_import_undone_can_be_taken_again(page):
    page.upload(("letterboxd.zip", EXPORT))
    page.undo()
    assert page.profile == Profile()
    assert "These films are not yours yet." in page.words()
    page.press("Use these films")
    assert len(page.profile.ratings) == 3


def test_the_way_back_from_an_import_stays_on_other_pages_and_leads_there_again(page):
    page.rate(jaws=4.0)
    page.upload(("letterboxd.zip", EXPORT))
    page.press("Use them instead of mine")
    assert page.given("header")["notice"]["lasting"]
    page.open("for_you")
    page.run()
    assert page.notice == ""  # it was said
    assert page.can_undo == "4 films from Letterboxd are yours now."
    page.undo()
    assert page.profile.ratings == {app.film("jaws").number: 4.0}
    assert page.can_undo == page.notice == "Taken back. The same arrow brings it again."
    page.undo()
    assert len(page.profile.ratings) == 3  # a tap too many loses nothing
    page.undo()
    assert page.profile.ratings == {app.film("jaws").number: 4.0}


def test_a_fix_undone_can_be_made_again(page):
    page.upload(("letterboxd.zip", EXPORT))
    place = page.state.letterboxd.intake.unmatched[0].place
    page.choose_place("lost", 0)
    page.at.text_input(key=f"lost-search-{place}").set_value("jaws")
    page.run()
    page.choose_place(f"lost-film-{place}", 0)
    page.press("This is the one")
    page.undo()
    assert app.film("jaws").number not in page.profile.ratings
    assert page.at.selectbox(key="lost").options == ["Nothing Anybody Knows (2011)"]


def test_somebody_who_only_looks_may_still_take_the_films(page):
    page.rate(jaws=4.0)
    page.upload(("letterboxd.zip", EXPORT))
    page.press("Only look")
    assert page.headings()[-1] == "This export’s own picks"
    assert "You are only looking: these films are not yours." in page.words()
    page.press("Mine too: add them")
    assert len(page.profile.ratings) == 4


def test_somebody_with_ratings_is_asked_and_may_add(page):
    page.rate(alien=2.0, jaws=4.0)
    page.upload(("letterboxd.zip", EXPORT))
    assert "You already have 2 films here" in page.words()
    assert len(page.profile.ratings) == 2  # nothing happens unasked
    page.press("Mine too: add them")
    assert page.profile.ratings[app.film("jaws").number] == 4.0
    assert page.profile.ratings[app.film("alien").number] == 4.5  # the export's, which came later
    assert "You already have" not in page.words()


@pytest.mark.parametrize(
    ("button", "left"), [("Use them instead of mine", {"heat-1995", "alien", "cats-2019"}), ("Only look", {"jaws"})]
)
def test_or_use_the_export_instead_or_only_look(page, button, left):
    page.rate(jaws=4.0)
    page.upload(("letterboxd.zip", EXPORT))
    page.press(button)
    assert {app.catalogue().films[number].slug for number in page.profile.ratings} == left
    assert page.shelf("own-best-rated")[0] == "Heat (1995)"  # their picks are shown all the same


def test_what_was_done_can_be_undone(page):
    page.rate(jaws=4.0)
    page.upload(("letterboxd.zip", EXPORT))
    page.press("Use them instead of mine")
    page.undo()
    assert page.profile.ratings == {app.film("jaws").number: 4.0}


def test_a_visit_s_history_is_its_own(visit):
    mine, other = visit("letterboxd"), visit("letterboxd")
    mine.upload(("letterboxd.zip", EXPORT))
    other.run()
    assert other.profile == Profile()
    assert other.state.letterboxd.intake is None
