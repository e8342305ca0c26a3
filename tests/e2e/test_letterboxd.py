"""A visitor brings their Letterboxd, in a real browser, among servers of our own."""

import re
import time

import pytest

from reelrec import app
from reelrec.sources.letterboxd.feed import ANSWER_SECONDS, SPACING_SECONDS
from tests.e2e.steps import SIZES, films_on, unfold
from tests.fakes.bad_zips import encrypted, not_a_zip
from tests.fakes.exports import NAMED, RATED, diary_rows, film, html, packed, real_format, table

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")


def ask(page, name: str) -> None:
    page.get_by_label("Letterboxd username").fill(name)
    page.get_by_role("button", name="Read the feed").click()


@pytest.fixture(scope="module")
def export() -> bytes:
    films = app.catalogue().films[:2000]
    return real_format([(film.title, film.year, film.boxd_code) for film in films], 300)


def test_drop_a_zip_see_the_picks_and_get_the_shelf(browse, address, drop, ready, export):
    page = browse(f"{address}/letterboxd")
    drop(page, ("letterboxd-alice-2026-10-01-08-09-utc.zip", export))
    page.get_by_text("300 rated", exact=True).wait_for()
    page.get_by_role("heading", name="Your own picks").wait_for()
    for heading in ("Rated best", "Logged last", "With a heart", "Watched again", "Above the crowd", "Below the crowd"):
        page.get_by_role("heading", name=heading).wait_for()
    best = films_on(page, "own-best-rated")
    assert len(best) == 12
    page.locator(".st-key-own-best-rated a.poster").first.click()
    page.get_by_role("heading", name=best[0], level=1).wait_for()
    page.get_by_role("link", name="For you").click()
    page.get_by_role("heading", name="Most likely to please").wait_for()
    ready(page)
    assert len(films_on(page, "row-likely-0")) == 12
    page.reload()
    ready(page)
    page.get_by_text("300 rated", exact=True).wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_after_an_export_the_line_and_the_buttons_stand_on_the_first_screen(browse, address, drop, export, size):
    page = browse(f"{address}/letterboxd", **SIZES[size])
    drop(page, ("letterboxd.zip", export))
    page.get_by_text("300 of 300 rated films are here").wait_for()
    for name in ("See my films", "My taste"):
        box = page.get_by_role("link", name=name).bounding_box()
        assert box["y"] + box["height"] <= 500
        assert box["height"] >= 40
    page.get_by_role("link", name="My taste").click()
    page.get_by_role("heading", name="Your taste", level=1).wait_for()
    page.go_back()
    page.get_by_text("300 of 300 rated films are here").wait_for()
    page.get_by_role("link", name="See my films").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_a_newcomer_sees_the_drop_zone_the_steps_and_can_try_a_sample(browse, address, ready, size):
    page = browse(f"{address}/letterboxd", **SIZES[size])
    zone = page.locator("[data-testid=stFileUploaderDropzone]").bounding_box()
    assert zone["height"] >= 130
    assert zone["y"] + zone["height"] <= SIZES[size]["height"]
    for shown in ("Letterboxd’s settings", "A button, and below it", "A file above a field"):
        image = page.get_by_role("img", name=shown)
        image.scroll_into_view_if_needed()
        assert image.evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_role("button", name="Try it with a sample export").click()
    page.get_by_text("an invented member, “World cinema”").wait_for()
    page.get_by_role("button", name="See their films").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    page.get_by_text("World cinema").first.wait_for()


def test_the_watchlist_of_an_export_is_ranked(browse, address, drop, ready, export):
    page = browse(f"{address}/letterboxd")
    drop(page, ("letterboxd.zip", export))
    page.get_by_text("300 rated", exact=True).wait_for()
    page.get_by_role("link", name="Rank my watchlist").click()
    page.get_by_role("heading", name="From your watchlist, best first").wait_for()
    ready(page)
    taken = app.read_export([("a.zip", export)]).profile
    listed = {app.catalogue().films[number].name for number in taken.watchlist}
    assert set(films_on(page, "only-watchlist")) <= listed


def test_loose_files_dropped_together_are_one_history(browse, address, drop):
    page = browse(f"{address}/letterboxd")
    ratings = table(RATED, [film("Heat", 1995, "1", "5")])
    watched = table(NAMED, [film("Heat", 1995, "1"), film("Alien", 1979, "2")])
    drop(page, ("ratings.csv", ratings), ("watched.csv", watched))
    page.get_by_text("2 films from Letterboxd are yours now.").first.wait_for()


def test_somebody_with_ratings_is_asked_before_two_histories_are_merged(browse, address, drop, export):
    token = app.link_token(app.sample_profile("horror"))
    mine = len(app.sample_profile("horror").ratings)
    page = browse(f"{address}/letterboxd?p={token}")
    drop(page, ("letterboxd.zip", export))
    page.get_by_text(f"You already have {mine} films here").wait_for()
    page.get_by_text(f"{mine} rated", exact=True).wait_for()
    page.get_by_role("button", name="Mine too: add them").click()
    page.get_by_text("were added to yours").first.wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text(f"{mine} rated", exact=True).wait_for()


def test_a_film_that_was_not_found_is_named_by_hand(browse, address, drop):
    page = browse(f"{address}/letterboxd")
    rows = [film("Heat", 1995, "1", "5"), film("The Big Fish", 1961, "2", "3.5")]
    drop(page, ("ratings.csv", table(RATED, rows)))
    unfold(page, "1 film not found")
    page.get_by_label("Which of them?").click()
    page.get_by_role("option", name="The Big Fish (1961)").click()
    page.get_by_label("Search all films", exact=True).fill("jaws")
    playwright.expect(page.get_by_label("It is really")).to_have_value("")  # nothing is chosen for the visitor
    playwright.expect(page.get_by_role("button", name="This is the one")).to_be_disabled()
    page.get_by_label("It is really").click()
    page.get_by_role("option", name="Jaws (1975) · Steven Spielberg").click()
    page.get_by_role("button", name="This is the one").click()
    page.get_by_text("2 rated", exact=True).wait_for()
    page.get_by_text("“Jaws (1975)” was found.").first.wait_for()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("letterboxd.zip", not_a_zip())], "is no ZIP"),
        ([("letterboxd.zip", encrypted())], "password"),
        ([("letterboxd.zip", packed({}))], "holds no CSV, JSON or XML file"),
        ([("a.zip", packed({})), ("b.zip", packed({}))], "holds no CSV, JSON or XML file"),
        ([("ratings.csv", html())], "its first line has"),
        ([("ratings.csv", b"")], "it is empty"),
    ],
)
def test_a_wrong_file_is_told_in_a_sentence_and_the_ratings_stay(browse, address, drop, files, says):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/letterboxd?p={token}")
    drop(page, *files)
    page.get_by_role("alert").get_by_text(says).wait_for()
    page.get_by_role("alert").get_by_text("Your ratings here are unchanged.").wait_for()
    page.get_by_text(f"{len(app.sample_profile('horror').ratings)} rated", exact=True).wait_for()


def test_a_diary_of_thirty_thousand_rows_is_read(browse, address, drop):
    page = browse(f"{address}/letterboxd")
    drop(page, ("diary.csv", diary_rows(30_000)))
    page.get_by_text("films not found").wait_for()


def test_a_username_gives_the_newest_films_with_posters_and_is_in_no_log(surround, browse, ready):
    around = surround()
    page = browse(f"{around.address}/letterboxd")
    ask(page, f"https://letterboxd.com/alice/films/?{'x' * 20}")
    page.get_by_role("heading", name="alice’s own picks").wait_for()
    page.get_by_text("that alice logged, which is all the feed has").wait_for()
    picture = page.locator(".st-key-own-best-rated a.poster.pictured img").first
    picture.wait_for(timeout=15_000)
    assert picture.get_attribute("src").startswith(around.tmdb.image_url)
    assert "alice" not in page.url
    token = page.url.partition("#p=")[2]
    page.get_by_role("link", name="For you").click()
    page.get_by_role("heading", name="Most likely to please").wait_for()
    ready(page)
    assert len(films_on(page, "row-likely-0")) == 12
    assert len(token) > 20
    log = around.log.read_text()
    assert "alice" not in log
    assert token not in log
    assert around.tmdb.most_at_once <= 4
    assert around.asked_twice() == []
    assert [asked.path for asked in around.letterboxd.asked] == ["/alice/rss/"]


def test_each_failure_of_a_feed_has_its_own_words_and_the_page_stays(surround, browse):
    failures = {
        "not a name": "This is not a Letterboxd username",
        "ghost": "There is no Letterboxd member called “ghost”",
        "empty": "has logged no film",
        "listsonly": "has logged no film",
        "html200": "turns programs away",
        "broken": "incomplete",
        "huge": "more than 2,000,000 bytes",
        "bomb": "something else than a feed",
        "moved": "an answer that ReelRec does not know",
        "limited": "asked again in 30 minutes",
        "blocked": "asked again in",  # after the limit nobody is asked
    }
    token = app.link_token(app.sample_profile("horror"))
    around = surround()
    page = browse(f"{around.address}/letterboxd?p={token}")
    for name, says in failures.items():
        ask(page, name)
        page.get_by_role("alert").get_by_text(says).wait_for(timeout=20_000)
    page.get_by_text(f"{len(app.sample_profile('horror').ratings)} rated", exact=True).wait_for()
    page.get_by_role("heading", name="Your own picks").wait_for()
    assert "/blocked/rss/" not in [asked.path for asked in around.letterboxd.asked]


def test_a_bot_check_and_a_silent_server_are_told(surround, browse):
    around = surround()
    page = browse(f"{around.address}/letterboxd")
    ask(page, "blocked")
    page.get_by_role("alert").get_by_text("turns programs away").wait_for()
    began = time.monotonic()
    ask(page, "slow")
    page.get_by_role("alert").get_by_text(
        re.compile("(too slow|does not answer) at the moment.*use that instead")
    ).wait_for()
    assert time.monotonic() - began < SPACING_SECONDS + ANSWER_SECONDS + 2  # with what two busy cores take to draw it
    ask(page, "alice")
    page.get_by_role("heading", name="alice’s own picks").wait_for()
    assert page.get_by_role("alert").get_by_text("too slow").count() == 0


def test_the_taste_of_a_sample_is_on_the_same_page(browse, address, ready):
    page = browse(f"{address}/letterboxd")
    page.get_by_role("button", name="Try it with a sample export").click()
    page.get_by_role("link", name="Their taste").wait_for()
    ready(page)
    before = page.url
    page.get_by_role("link", name="Their taste").click()
    heading = page.get_by_role("heading", name="World cinema’s own picks")
    playwright.expect(heading).to_be_focused()
    assert 40 < heading.bounding_box()["y"] < 450
    assert page.url == before
