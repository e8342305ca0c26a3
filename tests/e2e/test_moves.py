"""Moving about: a film opens at its top, Back comes to the same place, and the address holds every choice."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import SIZES, films_on, place, scroll_to

pytestmark = pytest.mark.browser
HORROR = app.link_token(app.sample_profile("horror"))


@pytest.mark.parametrize("size", SIZES)
def test_a_film_opens_at_its_top_from_ten_places_and_one_back_returns_to_each(browse, address, ready, size):
    page = browse(f"{address}/for_you?view=Full+list#p={HORROR}", **SIZES[size])
    films = films_on(page, "picks-0")
    for film in films[:20:2]:
        poster = page.locator(".st-key-picks-0").get_by_label(film, exact=True)
        page.mouse.wheel(0, 1)
        page.wait_for_timeout(100)
        poster.evaluate("node => node.scrollIntoView({ block: 'center' })")
        page.wait_for_timeout(350)
        before, entries = place(page), page.evaluate("history.length")
        poster.click()
        page.get_by_role("heading", name=film, level=1).wait_for()
        ready(page)
        assert place(page) == 0, film
        assert page.evaluate("history.length") <= entries + 1
        page.go_back()
        page.locator(".st-key-picks-0").get_by_label(film, exact=True).wait_for()
        page.wait_for_function(
            "y => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - y) <= 2", arg=before
        )
        assert "view=Full+list" in page.url


@pytest.mark.parametrize("size", SIZES)
def test_from_film_to_film_each_opens_at_its_top(browse, address, ready, size):
    page = browse(f"{address}/film?id=heat-1995#p={HORROR}", **SIZES[size])
    for _ in range(3):
        poster = page.locator("[class*=st-key-similar-] a.poster").nth(6)
        poster.scroll_into_view_if_needed()
        page.wait_for_timeout(350)
        assert place(page) > 0
        film = poster.get_attribute("aria-label")
        poster.click()
        page.get_by_role("heading", name=film, level=1).wait_for()
        ready(page)
        assert place(page) == 0


def test_dial_ranker_and_filters_are_in_the_address_and_survive_a_reload_and_back(browse, address, ready):
    page = browse(f"{address}/for_you?view=Full+list#p={HORROR}")
    page.get_by_role("button", name="Advanced").click()
    page.get_by_role("combobox", name="Ranked by").click()
    page.get_by_role("option", name="Watched and loved").click()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("ranked-by="))
    ready(page)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Only these genres").click()
    page.keyboard.type("West")
    page.get_by_role("option", name="Western").click()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("genres=Western"))
    page.get_by_role("button", name="Filters (1)").wait_for()
    ready(page)
    films = films_on(page, "picks-0")

    page.reload()
    ready(page)
    page.get_by_role("button", name="Filters (1)").wait_for()
    assert films_on(page, "picks-0") == films
    page.locator(".st-key-picks-0 a.poster").first.click()
    page.get_by_text("You would give it", exact=True).wait_for()
    assert "genres" not in page.url
    page.go_back()
    page.get_by_role("button", name="Filters (1)").wait_for()
    ready(page)
    assert films_on(page, "picks-0") == films

    page.get_by_role("link", name="Letterboxd").first.click()
    page.get_by_role("heading", name="Bring your history").wait_for()
    page.get_by_role("link", name="For you").first.click()
    page.get_by_role("button", name="Filters (1)").wait_for()
    ready(page)
    assert films_on(page, "picks-0") == films


def test_a_reload_stays_at_its_place(browse, address, ready):
    page = browse(f"{address}/for_you?view=Full+list#p={HORROR}")
    films_on(page, "picks-0")
    scroll_to(page, 700)
    page.reload()
    ready(page)
    page.wait_for_function("() => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - 700) <= 2")


def test_the_header_is_slim_and_stays(browse, address):
    for size in SIZES.values():
        page = browse(f"{address}/for_you?view=Full+list#p={HORROR}", **size)
        header = page.locator("header", has=page.get_by_role("navigation", name="Pages"))
        assert header.bounding_box()["height"] <= 48
        films_on(page, "picks-0")
        scroll_to(page, 900)
        assert 0 <= header.bounding_box()["y"] <= 2
        last = page.get_by_role("link", name="Letterboxd").first
        last.scroll_into_view_if_needed()  # on a phone the pages are a row that moves sideways
        link = last.bounding_box()
        top = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.st-key-frame-header') !== null",
                            [link["x"] + link["width"] / 2, link["y"] + link["height"] / 2])  # fmt: skip
        assert top
