"""The Letterboxd page, run from the entry point. What a browser does with it is in tests/e2e."""

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from reelrec import app
from reelrec.errors import BlockedError, NothingLoggedError, TooSlowError, UsernameError
from reelrec.sources.log import Log, LoggedFilm
from reelrec.ui.browser import links
from tests.fakes.bad_zips import not_a_zip
from tests.fakes.exports import NAMED, RATED, film, table
from tests.fakes.known_export import EXPORT


@pytest.fixture
def page(visit):
    return visit("letterboxd")


def log(*films: LoggedFilm) -> Log:
    return Log("rss", "alice", films)


def test_an_empty_visit_offers_both_ways_and_no_picks(page):
    assert "Your export: everything" in page.words()
    assert "Or a Letterboxd username" in page.words()
    assert "own picks" not in page.words()


def test_an_export_becomes_the_ratings_of_somebody_who_has_none(page):
    page.upload(("letterboxd.zip", EXPORT))
    assert "**3 of 4 rated films are here, 1 of 1 seen without stars, 1 of 1 wanted.**" in page.words()
    assert sorted(page.profile.ratings.values()) == [0.5, 4.5, 5.0]
    assert len(page.profile.watchlist) == 1
    assert page.profile.seen == {app.film("paris-texas").number}
    assert "Your own picks" in page.headings()
    assert page.shelf("own-best-rated") == ["Heat (1995)", "Alien (1979)", "Cats (2019)"]
    assert page.shelf("own-liked") == ["Heat (1995)"]
    assert page.shelf("own-above")[:1] == ["Heat (1995)"]
    assert "Cats (2019)" in page.shelf("own-below")


def test_an_old_mistake_is_not_told_when_the_page_is_opened_again(page):
    page.upload(("a.zip", not_a_zip()))
    assert page.at.error
    page.open("about")
    page.open("letterboxd")
    assert not page.at.error


def test_an_export_of_which_nothing_is_here_says_so(page):
    page.upload(("ratings.csv", table(RATED, [film("Nothing Anybody Knows", 2011, "4", "3")])))
    assert "None of the films read is in our catalogue" in page.words()


def test_each_pick_opens_its_page(page):
    page.upload(("letterboxd.zip", EXPORT))
    hrefs = [tile["href"] for tile in page.tiles("own-best-rated")]
    assert hrefs[0] == "film?id=heat-1995"


@pytest.mark.parametrize("content", [EXPORT, not_a_zip()], ids=["read", "refused"])
def test_the_uploaded_bytes_are_let_go(page, monkeypatch, content):
    kept = {}
    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", _noting(kept, MemoryUploadedFileManager.add_file))
    page.upload(("letterboxd.zip", content))
    assert page.at.file_uploader[0].value in (None, [])
    (held,) = kept
    assert [file.data for files in held.file_storage.values() for file in files.values()] == []


def _noting(kept: dict, add):
    """`add_file`, and beside it who was handed a file."""

    def add_file(manager, session_id, file) -> None:
        kept[manager] = file
        add(manager, session_id, file)

    return add_file


def test_rows_that_could_not_be_read_whole_are_told(page):
    page.upload(("letterboxd.zip", EXPORT))
    assert "ratings.csv, row 6: “many” is no rating, so the film counts as seen without stars." in page.words()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("a.zip", not_a_zip())], "Download the export again"),
        ([("ratings.csv", b"")], "it is empty"),
        ([("ratings.csv", b"<!DOCTYPE html><html></html>")], "its first line has <!DOCTYPE html>"),
        ([("letters.json", b'{"a": [1, 2]}')], "letters.json"),
    ],
)
def test_a_wrong_upload_is_told_and_nothing_is_lost(page, files, says):
    page.rate(jaws=4.0)
    page.upload(*files)
    (error,) = page.at.error
    assert says in error.value.replace("\\", "")
    assert "Your ratings here are unchanged" in error.value.replace("\\", "")
    assert page.profile.ratings == {app.film("jaws").number: 4.0}
    page.upload(("letterboxd.zip", EXPORT))
    assert not page.at.error


def test_a_username_shows_that_member_s_picks_and_says_how_much_it_rests_on(page, feed):
    feed(log(LoggedFilm("Heat", 1995, tmdb_id=949, stars=4.5, seen=True, rewatched=True, date="2026-01-02")))
    page.ask("@alice")
    assert "Based on the last 1 film that alice logged" in page.words()
    assert page.headings()[-1] == "alice’s own picks"
    assert page.shelf("own-rewatched") == ["Heat (1995)"]
    assert page.profile.ratings == {app.film("heat-1995").number: 4.5}


@pytest.mark.parametrize(
    "error", [UsernameError("Nobody."), NothingLoggedError("Nothing."), BlockedError("No."), TooSlowError("Slow.")]
)
def test_a_feed_that_cannot_be_had_is_told_and_the_page_stays(page, feed, error):
    page.rate(jaws=4.0)
    feed(error)
    page.ask("alice")
    assert str(error).strip(".") in page.at.error[0].value
    assert page.profile.ratings == {app.film("jaws").number: 4.0}
    assert "Your own picks" in page.headings()


def test_ratings_from_a_link_have_their_picks_too(visit, horror_link):
    page = visit("letterboxd", p=horror_link)
    ways = ["Your export: everything", "Or a Letterboxd username", "How to get your Letterboxd export"]
    assert page.headings() == [*ways, "Your own picks"]
    assert page.tiles("own-best-rated")


def test_what_was_brought_leads_to_for_you(page):
    page.upload(("letterboxd.zip", EXPORT))
    links = {link["label"]: link["href"] for link in page.given("onward")["links"]}
    page.follow(links["See my films"])
    assert page.state.page == "For you"
    assert page.rows()


def test_what_was_brought_leads_to_taste(page):
    page.upload(("letterboxd.zip", EXPORT))
    links = {link["label"]: link["href"] for link in page.given("onward")["links"]}
    page.follow(links["My taste"])
    assert page.state.page == "Taste"
    assert len(page.profile.ratings) == 3


def test_the_watchlist_that_was_brought_can_be_ranked(page):
    page.upload(("letterboxd.zip", EXPORT))
    links = {link["label"]: link["href"] for link in page.given("onward")["links"]}
    page.follow(links["Rank my watchlist (1)"])
    assert shown(page) == page.profile.watchlist


def test_a_watchlist_alone_can_be_ranked_too(page):
    wanted = [film("Arrival", 2016, ""), film("Her", 2013, ""), film("Up", 2009, "")]
    page.upload(("watchlist.csv", table(NAMED, wanted)))
    (link,) = page.given("onward")["links"]
    assert link["label"] == "Rank my watchlist (3)"
    page.follow(link["href"])
    assert shown(page) == page.profile.watchlist


def shown(page) -> set[int]:
    """The numbers of all films on For you."""
    keys = [key for key in page.components() if key.startswith(("picks-", "row-", "only-"))]
    return {number for key in keys for number in page.numbers(key)}


def test_the_sample_is_somebody_else_s_and_changes_nothing(page):
    page.rate(jaws=4.0)
    page.press("Try it with a sample export")
    assert page.profile.ratings == {app.film("jaws").number: 4.0}
    assert "an invented member, “World cinema”" in page.words().replace("\\", "")
    assert "rated films are here, 12 of 12 seen without stars, 24 of 24 wanted" in page.words()
    assert "World cinema’s own picks" in [heading.replace("\\", "") for heading in page.headings()]
    assert "Mine too: add them" not in [button.label for button in page.at.button]
    (taste,) = page.given("onward")["links"]
    assert (taste["label"], taste["href"]) == ("Their taste", f"#{links.OWN_PICKS}")
    page.press("Put it away")
    assert "How to get your Letterboxd export" in page.headings()
    page.press("Try it with a sample export")
    page.press("See their films")
    assert page.state.looking.sample == "world-cinema"
    assert page.state.looking.own.ratings == {app.film("jaws").number: 4.0}


def test_a_real_export_after_the_sample_is_the_visitor_s_own(page):
    page.press("Try it with a sample export")
    page.upload(("letterboxd.zip", EXPORT))
    assert page.state.letterboxd.sample == ""
    assert len(page.profile.ratings) == 3
    assert "Your own picks" in page.headings()


def test_the_buttons_come_before_what_was_read(page):
    page.upload(("letterboxd.zip", EXPORT))
    assert [link["label"] for link in page.given("onward")["links"]] == [
        "See my films", "My taste", "Rank my watchlist (1)"
    ]  # fmt: skip
    keys = [key for key in page.components() if key != "address"]
    assert keys.index("onward") < keys.index("own-best-rated")
