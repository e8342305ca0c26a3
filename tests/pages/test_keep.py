"""Your ratings on Rate: where they are kept, taking them home, bringing them back, and being forgotten."""

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from reelrec import app
from reelrec.visitor.profile import Profile

HORROR = app.sample_profile("horror")


def toggles(page) -> list[str]:
    return [toggle.label for toggle in page.at.toggle]


def test_this_device_keeps_the_ratings_if_asked_and_stops_if_asked(visit, horror_link):
    page = visit(p=horror_link)
    assert page.given("address")["stored"] is None
    page.choose("kept-here", True)
    assert page.given("address")["stored"]["ratings"] == horror_link
    page.answer("interview", heat_1995=4.0)
    assert page.given("address")["stored"]["ratings"] == app.link_token(page.profile)
    page.open("about")
    assert page.given("address")["stored"]["ratings"] == app.link_token(page.profile)
    page.open("rate")
    assert page.at.toggle(key="kept-here").value
    page.choose("kept-here", False)
    assert (page.given("address")["stored"], page.given("address")["forget"]) == (None, True)
    page.run()
    assert (page.given("address")["stored"], page.given("address")["forget"]) == (None, False)


def test_what_is_folded_away_is_drawn_once_it_is_opened(visit, horror_link):
    page = visit(p=horror_link, folded=True)
    assert page.given("rated") is None
    assert not page.at.get("download_button")
    page.unfold()
    assert len(page.shelf("rated")) == len(HORROR.ratings)


def test_nothing_can_be_kept_taken_home_or_forgotten_before_there_is_something(visit):
    page = visit()
    assert "Keep my ratings on this device" not in toggles(page)
    assert "Forget me" not in [button.label for button in page.at.button]
    assert not page.at.get("download_button")
    page.answer("interview", heat_1995=4.0)
    assert "Keep my ratings on this device" in toggles(page)
    assert page.at.get("download_button")[0].proto.label == "Download my ratings"


def test_being_forgotten_clears_everything_and_tells_the_device_once(visit, horror_link):
    page = visit(told={"p": horror_link, "ratings": horror_link, "as": "", "ask": ""})
    assert page.given("address")["stored"]["ratings"] == horror_link
    page.press("Forget me")
    assert page.profile == Profile()
    said = page.given("address")
    assert (said["forget"], said["stored"], said["carried"]["p"]) == (True, None, "")
    page.run()
    assert not page.given("address")["forget"]
    page.answer("interview", heat_1995=4.0)
    assert (page.given("address")["forget"], page.given("address")["stored"]) == (False, None)


def test_being_forgotten_can_be_undone(visit, horror_link):
    page = visit(p=horror_link)
    before, asked = page.profile, page.state.questions
    page.press("Forget me")
    assert page.notice == "You are forgotten here."
    page.undo()
    assert page.profile == before
    assert page.state.questions == asked
    assert not page.given("address")["forget"]


def test_a_downloaded_profile_can_be_dropped_back(visit):
    kept = app.profile_file(app.sample_profile("family-night")).encode()
    page = visit()
    page.at.file_uploader(key="profile-file-0").upload("reelrec-profile.json", kept)
    page.run()
    page.press("Use them")
    assert page.profile == app.sample_profile("family-night")
    assert page.given("header")["notice"] | {"number": 0} == {
        "number": 0,
        "text": "Your ratings are now the file’s.",
        "lasting": True,
    }


@pytest.mark.parametrize(
    ("button", "left"), [("Add them to mine", HORROR.merged(app.sample_profile("family-night"))),
                         ("Use them instead", app.sample_profile("family-night"))]
)  # fmt: skip
def test_a_file_is_added_to_what_is_there_or_takes_its_place_and_that_can_be_undone(visit, horror_link, button, left):
    page = visit(p=horror_link)
    kept = app.profile_file(app.sample_profile("family-night")).encode()
    page.at.file_uploader(key="profile-file-0").upload("reelrec-profile.json", kept)
    page.run()
    assert page.profile == HORROR  # nothing happens unasked
    page.press(button)
    assert page.profile == left
    page.undo()
    assert page.profile == HORROR


def test_a_wrong_profile_file_is_refused_and_the_ratings_stay(visit, horror_link):
    page = visit(p=horror_link)
    page.at.file_uploader(key="profile-file-0").upload("holiday.json", b"{]")
    page.run()
    assert "Your ratings here are unchanged" in page.words()
    assert page.profile == HORROR


def test_the_bytes_of_a_file_are_let_go_and_another_can_be_brought(visit, monkeypatch):
    removed = []
    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", lambda manager, session, file: removed.append(file))
    page = visit()
    page.at.file_uploader(key="profile-file-0").upload("holiday.json", b"{]")
    page.run()
    assert len(removed) == 1
    page.at.file_uploader(key="profile-file-1").upload("kept.json", app.profile_file(HORROR).encode())
    page.run()
    assert len(removed) == 2
    assert "Your ratings here are unchanged" not in page.words()
    page.press("Use them")
    assert page.profile == HORROR
    assert "The file has" not in page.words()


def test_more_ratings_than_a_link_holds_are_kept_and_every_page_says_so(visit):
    page = visit()
    page.become(Profile(ratings={number: 3.0 for number in range(2100)}))
    assert "Download your ratings" in page.words()
    assert len(page.profile.ratings) == 2100
    page.open("about")
    assert "Download your ratings" in page.words()


def test_what_was_marked_is_listed_once_and_without_the_rated(visit):
    page = visit()
    marks = {"seen": frozenset({5, 7}), "set_aside": frozenset({7}), "unseen": frozenset({9})}
    page.become(Profile(ratings={5: 4.0}, **marks))
    assert page.numbers("marked") == [7, 9]


def test_what_was_rated_is_listed_newest_first_and_can_be_changed(visit):
    page = visit()
    page.rate(heat_1995=4.0)
    page.rate(alien=3.0)
    assert page.shelf("rated") == ["Alien (1979)", "Heat (1995)"]
    page.answer("rated", heat_1995=2.0)
    assert page.profile.ratings[app.film("heat-1995").number] == 2.0
    page.answer("rated", heat_1995=None)
    assert page.shelf("rated") == ["Alien (1979)"]
    assert page.notice == "“Heat (1995)”: stars taken back."
