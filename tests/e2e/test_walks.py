"""What a visitor does, in a real browser."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import films_on, give, more_about, rated, unfold

pytestmark = pytest.mark.browser


def given(page, film: str) -> str:
    return page.get_by_label(f"Your stars for {film}").first.get_attribute("aria-valuetext")


def test_rate_five_films_filter_open_one_reload_and_find_the_ratings_again(browse, address, ready):
    page = browse(address)
    films = films_on(page, "interview")[:5]
    for film, stars in zip(films, (5, 0.5, 3.5, 4, 2.5), strict=True):
        give(page, "interview", film, stars)
    rated(page, 5)
    assert [given(page, film) for film in films] == ["5 stars", "0.5 stars", "3.5 stars", "4 stars", "2.5 stars"]

    page.get_by_role("link", name="See my films").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    page.locator(".st-key-view").get_by_text("Full list", exact=True).click()
    page.locator(".st-key-picks-0").wait_for()
    ready(page)
    picks = films_on(page, "picks-0")
    assert len(picks) == 24
    assert not set(picks) & set(films)

    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Only these genres").click()
    page.keyboard.type("West")
    page.get_by_role("option", name="Western").click()
    page.keyboard.press("Escape")
    ready(page)
    page.get_by_label(picks[0], exact=True).wait_for(state="detached")
    westerns = films_on(page, "picks-0")
    assert len(westerns) == 24
    page.locator(".st-key-picks-0 a.poster").first.click()
    page.wait_for_url(re.compile(r"/film\?.*id="))
    page.get_by_text("You would give it", exact=True).wait_for()

    page.reload()
    ready(page)
    rated(page, 5)
    page.get_by_role("link", name="Rate").first.click()
    rated(page, 5)
    unfold(page, "Your ratings: change")
    assert given(page, films[0]) == "5 stars"


def test_how_sure_a_guess_is_can_be_seen_and_read(browse, address):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/for_you?view=Full+list#p={token}")
    more_about(page, "picks-0", films_on(page, "picks-0")[0])
    tile = page.locator(".st-key-picks-0 li").first
    said = re.compile(r"^[\d.]+ stars, most likely between [\d.]+ and [\d.]+; ([Oo]ver )?\d+\s% you’ll like it$")
    picture = tile.get_by_role("img", name=said)
    picture.wait_for()
    reach, dot = (picture.locator(part).bounding_box() for part in (".reach", ".mean"))
    assert 10 < reach["width"] < picture.bounding_box()["width"]
    assert reach["x"] < dot["x"] + dot["width"] / 2 < reach["x"] + reach["width"]

    tile.locator("a.poster").click()
    sure = r"^8 of 10 times your stars would end up between [\d.]+ and [\d.]+\. ([Oo]ver )?\d+\s% you’ll like it\.$"
    page.get_by_text(re.compile(sure)).wait_for()
    page.get_by_label(re.compile("Share of each rating.*our guess at yours")).wait_for()


def test_a_deep_link_is_the_first_visit_of_a_fresh_server(browse, fresh_address, ready):
    page = browse(f"{fresh_address}/film?id=heat-1995")
    page.get_by_role("heading", name="Heat (1995)", level=1).wait_for()
    assert page.title() == "Heat (1995) · ReelRec"
    assert page.get_by_role("link", name="For you").count() == 1
    assert page.url.endswith("/film?id=heat-1995")
    ready(page)
    page.get_by_role("dialog").wait_for(state="detached")  # Streamlit's "Page not found", on a server's first visit


def test_two_quick_ratings_both_count(browse, address):
    page = browse(address)
    first, second, third = films_on(page, "interview")[:3]
    give(page, "interview", first, 4)
    give(page, "interview", second, 3)
    give(page, "interview", third, 1.5)
    rated(page, 3)


def test_the_keyboard_gives_half_stars(browse, address):
    page = browse(address)
    film = films_on(page, "interview")[0]
    page.get_by_label(f"Your stars for {film}").focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    rated(page, 1)
    assert given(page, film) == "3.5 stars"


def test_a_finger_gives_stars_and_the_same_tap_takes_them_back(browse, address):
    page = browse(address, width=390, height=844, touch=True)
    film = films_on(page, "interview")[0]
    stars = page.locator(".st-key-interview li").first.locator(".stars")
    stars.scroll_into_view_if_needed()
    size = stars.bounding_box()
    page.touchscreen.tap(size["x"] + size["width"] * 0.75, size["y"] + size["height"] / 2)
    rated(page, 1)
    assert given(page, film) == "4 stars"
    size = stars.bounding_box()
    page.touchscreen.tap(size["x"] + size["width"] * 0.75, size["y"] + size["height"] / 2)
    page.get_by_text("Tap the stars of what you have seen.").wait_for()


def test_a_film_that_was_not_seen_gives_way_and_can_be_brought_back(browse, address):
    page = browse(f"{address}/?way=One+list+for+all")
    film = films_on(page, "starters")[0]
    page.get_by_role("button", name=f"Haven’t seen: {film}").click()
    page.get_by_text(f"“{film}”: not seen.").first.wait_for()
    page.locator(".st-key-starters").get_by_label(film, exact=True).wait_for(state="detached")
    page.get_by_role("button", name="Undo").click()
    page.get_by_label(film, exact=True).first.wait_for()


def test_every_internal_link_carries_the_ratings(browse, address):
    page = browse(address)
    give(page, "interview", films_on(page, "interview")[0], 5)
    rated(page, 1)
    page.wait_for_url(re.compile("#p=1"))
    for link in page.locator("a.poster, header nav a, .row a").all():
        link.dispatch_event("pointerdown")  # what comes before a click, and before a menu that opens a tab
        assert "#p=1" in link.get_attribute("href")


def test_going_back_does_not_step_through_every_star(browse, address, ready):
    page = browse(f"{address}/about")
    page.get_by_role("link", name="Rate").first.click()
    page.get_by_role("heading", name="Rate films you have seen").wait_for()
    ready(page)
    for film in films_on(page, "interview")[:3]:
        give(page, "interview", film, 4)
    rated(page, 3)
    page.go_back()
    page.get_by_role("heading", name="About ReelRec").wait_for()
    rated(page, 3)


def test_nothing_is_wider_than_a_phone(browse, address):
    for path in (
        "/",
        "/letterboxd",
        "/for_you",
        "/lists",
        "/together",
        "/taste",
        "/film?id=heat-1995",
        "/models",
        "/about",
    ):
        page = browse(f"{address}{path}", width=390, height=844)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
