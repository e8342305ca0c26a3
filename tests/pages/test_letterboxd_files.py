"""The Letterboxd page with the files that members bring: odd ones, one after another, on other scales."""

import pytest

from reelrec import app
from tests.fakes.exports import DIARY, NAMED, RATED, film, table
from tests.fakes.known_export import EXPORT

HEAT, ALIEN, JAWS = (app.film(slug).number for slug in ("heat-1995", "alien", "jaws"))
WATCHED = table(NAMED, [film("Heat", 1995, ""), film("Alien", 1979, "")])
RATINGS = table(RATED, [film("Heat", 1995, "", "4.5"), film("Jaws", 1975, "", "3")])
WATCHLIST = table(
    NAMED, [film("Arrival", 2016, ""), film("Her", 2013, ""), film("Up", 2009, ""), film("Heat", 1995, "")]
)
OF_TEN = table(RATED, [film("Heat", 1995, "", "9"), film("Alien", 1979, "", "5")])


@pytest.fixture
def page(visit):
    return visit("letterboxd")


def test_a_watchlist_alone_says_that_films_are_wanted_and_none_was_seen(page):
    page.upload(("watchlist.csv", WATCHLIST))
    words = page.words()
    assert page.notice == "4 films from Letterboxd are on your watchlist now. None of them was seen."
    assert "**4 of 4 wanted films are here.**" in words
    assert "These films are on the watchlist and none was seen" in words
    assert "in our catalogue" not in words
    assert len(page.profile.watchlist) == 4
    assert not page.profile.watched


def test_files_brought_one_after_another_add_up_and_the_page_says_what_changed(page):
    page.upload(("watched.csv", WATCHED))
    assert page.notice == "2 films from Letterboxd are yours now."
    page.upload(("ratings.csv", RATINGS))
    assert "You already have 2 films here; what was read has 2 films." in page.words()
    page.press("Mine too: add them")
    assert page.notice == "From Letterboxd, 1 new film and stars for 1 film seen before were added to yours."
    page.upload(("diary.csv", table(DIARY, [film("Heat", 1995, "d1", "4", "", "", "2025-01-01", day="2025-01-02")])))
    page.press("Mine too: add them")
    assert page.notice == "From Letterboxd, other stars for 1 film were added to yours."
    page.upload(("watchlist.csv", WATCHLIST))
    assert "what was read has 4 films on a watchlist" in page.words()
    page.press("Mine too: add them")
    assert page.notice == "From Letterboxd, 3 films on the watchlist were added to yours."
    page.upload(("watched.csv", WATCHED))
    page.press("Mine too: add them")
    assert page.notice == "Nothing changed: all that was read was here already."
    assert page.profile.ratings == {HEAT: 4.0, JAWS: 3.0}
    assert (page.profile.seen, len(page.profile.watchlist)) == ({ALIEN}, 3)
    assert page.profile.dates[HEAT] == "2025-01-01"


def test_the_order_of_files_does_not_matter(visit):
    uploads = [("watched.csv", WATCHED), ("ratings.csv", RATINGS), ("watchlist.csv", WATCHLIST)]
    profiles = []
    for order in (uploads, uploads[::-1]):
        page = visit("letterboxd")
        for place, upload in enumerate(order):
            page.upload(upload)
            if place:
                page.press("Mine too: add them")
        profiles.append(page.profile)
    assert profiles[0] == profiles[1]


def test_a_file_that_was_not_read_is_named_with_its_reason(page):
    page.upload(("ratings.csv", RATINGS), ("odd.csv", b"a,b\n"))
    (warning,) = page.at.warning
    assert "odd.csv was not read: its first line has a, b, not Name, Year." in warning.value.replace("\\", "")
    assert len(page.profile.ratings) == 2


def test_the_shares_of_what_was_found_are_told_apart(page):
    page.upload(("letterboxd.zip", EXPORT))
    words = page.words()
    assert "**3 of 4 rated films are here, 1 of 1 seen without stars, 1 of 1 wanted.**" in words


def test_ratings_out_of_ten_are_asked_about_and_may_be_right(page):
    page.upload(("ratings.csv", OF_TEN))
    assert "They were read as out of ten: 7 is 3.5 stars." in page.words().replace("\\", "")
    assert page.profile.ratings == {HEAT: 4.5, ALIEN: 2.5}
    page.press("Right")
    assert "Right" not in [button.label for button in page.at.button]
    assert page.profile.ratings == {HEAT: 4.5, ALIEN: 2.5}


def test_or_their_stars_are_left_out(page):
    page.upload(("ratings.csv", OF_TEN))
    page.press("No, leave the stars out")
    assert (page.profile.ratings, page.profile.seen) == ({}, {HEAT, ALIEN})
    assert page.notice == "The stars were left out; the films count as seen."
    page.undo()
    assert page.profile.ratings == {HEAT: 4.5, ALIEN: 2.5}


def test_stars_left_out_before_the_films_are_added_never_come(page):
    page.rate(jaws=4.0)
    page.upload(("ratings.csv", OF_TEN))
    page.press("No, leave the stars out")
    page.press("Mine too: add them")
    assert page.profile.ratings == {JAWS: 4.0}
    assert page.profile.seen == {HEAT, ALIEN}


def test_files_that_the_server_refused_are_said_beside_those_that_were_read(page, monkeypatch):
    monkeypatch.setattr("reelrec.ui.letterboxd.bring.refused", lambda: "Bring at most 8 files.")
    page.upload(("letterboxd.zip", EXPORT))
    assert [part.value for part in page.at.warning] == ["Some files did not arrive. Bring at most 8 files."]
    assert page.profile.ratings
    page.open("about")
    page.open("letterboxd")
    assert not page.at.warning
