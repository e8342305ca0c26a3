"""Whose ratings a tab shows, where they are kept, and who gets to see them."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import SIZES, films_on, give, rated, unfold

pytestmark = pytest.mark.browser
HORROR = app.sample_profile("horror")
TOKEN = app.link_token(HORROR)
N = len(HORROR.ratings)


@pytest.mark.parametrize("size", SIZES)
def test_no_request_and_no_referer_of_a_whole_visit_holds_the_profile(browse, address, ready, size):
    page = browse(address, **SIZES[size])
    sent = []
    page.on("request", lambda request: sent.append(request.url + request.headers.get("referer", "")))
    film = films_on(page, "interview")[0]
    give(page, "interview", film, 4.5)
    rated(page, 1)
    page.wait_for_url(re.compile("#.*p=1"))
    token = re.search(r"p=([^&]+)", page.url.partition("#")[2])[1]
    page.get_by_role("link", name="For you").first.click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    ready(page)
    page.locator("[class*=st-key-row-] a.poster").first.click()
    page.get_by_text("You would give it", exact=True).wait_for()
    page.reload()
    ready(page)
    rated(page, 1)
    page.goto(f"{address}/about#p={token}")
    page.get_by_role("heading", name="About ReelRec").wait_for()
    assert len(sent) > 10
    assert not [line for line in sent if token[:8] in line]
    assert token in page.url.partition("#")[2]


def test_an_old_link_is_opened_and_rewritten_at_once(browse, address, ready):
    page = browse(f"{address}/for_you?p={TOKEN}&ask=popularity.0.0.1")
    rated(page, N)
    page.wait_for_url(re.compile(rf"/for_you#p={re.escape(TOKEN)}$"))
    page.reload()
    ready(page)
    rated(page, N)


def test_an_old_link_of_no_film_is_rewritten_too(browse, address):
    page = browse(f"{address}/film?id=none&p={TOKEN}")
    page.wait_for_url(re.compile(rf"/film\?id=none#p={re.escape(TOKEN)}$"))


def test_a_shared_link_has_the_ratings_in_a_fresh_browser(browse, address, ready):
    page = browse(address)
    films = films_on(page, "interview")[:2]
    for film in films:
        give(page, "interview", film, 4)
    rated(page, 2)
    page.wait_for_url(re.compile("#p=1"))
    ready(page)
    friend = browse(page.url)
    rated(friend, 2)
    assert films_on(friend, "interview")[:2] == films


@pytest.mark.parametrize("path", ["/", "/for_you", "/film?id=heat-1995", "/letterboxd", "/models", "/about"])
def test_a_deep_link_has_the_ratings_and_a_new_tab_too(browse, address, ready, path):
    page = browse(f"{address}{path}#p={TOKEN}")
    rated(page, N)
    pages = page.get_by_role("navigation", name="Pages")  # Film has another link of that name
    with page.context.expect_page() as opened:
        pages.get_by_role("link", name="Letterboxd").click(modifiers=["ControlOrMeta"])
    tab = opened.value
    ready(tab)
    rated(tab, N)
    assert tab.url.startswith(f"{address}/letterboxd#p=")


def test_every_poster_opens_a_tab_with_the_ratings(browse, address, ready):
    page = browse(f"{address}/for_you#p={TOKEN}")
    poster = page.locator("[class*=st-key-row-] a.poster").nth(1)
    poster.wait_for()
    with page.context.expect_page() as opened:
        poster.click(modifiers=["ControlOrMeta"])
    ready(opened.value)
    rated(opened.value, N)


def test_two_tabs_keep_their_own_ratings(browse, address, ready):
    page = browse(f"{address}/#p={TOKEN}")
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    give(other, "interview", films_on(other, "interview")[0], 5)
    rated(other, 1)
    page.reload()
    ready(page)
    rated(page, N)


@pytest.mark.parametrize("size", SIZES)
def test_this_device_keeps_the_ratings_if_asked_and_forgets_them_if_asked(browse, address, ready, size):
    page = browse(f"{address}/#p={TOKEN}", **SIZES[size])
    unfold(page, "Your ratings: change")
    page.get_by_text("Keep my ratings on this device").click()
    page.wait_for_function("token => localStorage.getItem('reelrec.ratings') === token", arg=TOKEN)
    give(page, "interview", films_on(page, "interview")[0], 4)
    rated(page, N + 1)
    page.wait_for_function("token => localStorage.getItem('reelrec.ratings') !== token", arg=TOKEN)

    again = page.context.new_page()
    again.goto(address)
    ready(again)
    rated(again, N + 1)
    unfold(again, "Your ratings: change")
    again.get_by_role("button", name="Forget me").click()
    again.get_by_text("Tap the stars of what you have seen.").wait_for()
    again.wait_for_function("() => localStorage.getItem('reelrec.ratings') === null")
    again.reload()
    ready(again)
    again.get_by_text("Tap the stars of what you have seen.").wait_for()


def test_a_friends_link_does_not_overwrite_the_ratings_that_this_device_keeps(browse, address, ready):
    page = browse(f"{address}/#p={TOKEN}")
    unfold(page, "Your ratings: change")
    page.get_by_text("Keep my ratings on this device").click()
    page.wait_for_function("token => localStorage.getItem('reelrec.ratings') === token", arg=TOKEN)
    friend = app.link_token(app.sample_profile("family-night"))
    tab = page.context.new_page()
    tab.goto(f"{address}/#p={friend}")
    ready(tab)
    tab.get_by_text("This device keeps other ratings").wait_for()
    give(tab, "interview", films_on(tab, "interview")[0], 4)
    rated(tab, len(app.sample_profile("family-night").ratings) + 1)
    assert tab.evaluate("localStorage.getItem('reelrec.ratings')") == TOKEN
    tab.get_by_role("button", name="Open those").click()
    rated(tab, N)


def test_a_damaged_link_and_a_damaged_storage_are_told_and_harm_nothing(browse, address, ready):
    page = browse(f"{address}/#p=1damaged")
    page.get_by_text("You start without ratings.").wait_for()
    assert "p=1damaged" in page.url
    page.evaluate("localStorage.setItem('reelrec.ratings', '<img src=x onerror=alert(1)>')")
    page.goto(f"{address}/about")
    page.get_by_text("You start without ratings.").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_a_sample_is_a_visit_and_ones_own_ratings_are_one_click_away(browse, address, ready, size):
    page = browse(address, **SIZES[size])
    give(page, "interview", films_on(page, "interview")[0], 5)
    rated(page, 1)
    page.wait_for_url(re.compile("#p=1"))
    mine = re.search("p=([^&]+)", page.url.partition("#")[2])[1]
    page.get_by_role("button", name="Try an example").click()
    page.get_by_role("button", name="Horror: Sleeps with the light on").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    page.get_by_text("You are looking through the eyes of Horror").wait_for()
    rated(page, N)
    page.wait_for_url(re.compile("as=horror"))
    assert f"p={mine}" in page.url
    page.reload()
    ready(page)
    page.get_by_text("You are looking through the eyes of Horror").wait_for()
    page.locator("[class*=st-key-row-] a.poster").first.click()
    page.get_by_text("You would give it", exact=True).wait_for()
    page.get_by_role("button", name="Back to my ratings").click()
    rated(page, 1)
    page.get_by_text("You are looking through the eyes").wait_for(state="detached")
    page.wait_for_url(lambda url: "as=horror" not in url and f"p={mine}" in url)


def test_who_is_about_to_leave_is_told_once_that_the_link_is_all_there_is(browse, address, ready):
    page = browse(f"{address}/#p={TOKEN}")
    films_on(page, "interview")
    leave = "() => document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }))"
    page.evaluate(leave)
    said = page.get_by_text("Only this page’s address holds your ratings")
    said.wait_for()
    page.get_by_role("button", name="Keep them on this device").click()
    page.wait_for_function("token => localStorage.getItem('reelrec.ratings') === token", arg=TOKEN)
    ready(page)
    page.evaluate(leave)
    page.wait_for_timeout(500)
    assert page.locator("header.reminding").count() == 0
