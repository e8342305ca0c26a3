"""A search that opens any film from anywhere."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import SIZES, rated, unfold

pytestmark = pytest.mark.browser


def search(page, text: str):
    """Type into the header's search; the films that it finds."""
    box = page.get_by_role("searchbox")
    if not box.is_visible():
        page.get_by_role("button", name="Search films").click()
    box.fill(text)
    found = page.get_by_role("search").locator("li a")
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/for_you", "/letterboxd", "/film?id=alien", "/models", "/about"])
def test_it_opens_a_film_from_every_page(browse, address, size, path):
    page = browse(f"{address}{path}", **SIZES[size])
    search(page, "the godfathr").first.filter(has_text="The Godfather").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The Godfather (1972)", level=1).wait_for()


def test_a_film_gets_stars_in_the_search(browse, address, ready):
    page = browse(f"{address}/about")
    line = page.get_by_role("search").locator("li").first
    search(page, "heat 1995").first.filter(has_text="Heat").wait_for()
    stars = line.locator(".stars").bounding_box()
    page.mouse.click(stars["x"] + stars["width"] * 0.75, stars["y"] + stars["height"] / 2)
    rated(page, 1)
    page.get_by_role("link", name="Rate").first.click()
    unfold(page, "Your ratings: change")
    assert page.get_by_label("Your stars for Heat (1995)").last.get_attribute("aria-valuetext") == "4 stars"


def test_the_keyboard_walks_through_what_was_found_and_escape_leaves(browse, address):
    page = browse(address)
    search(page, "nolan").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    first = page.get_by_role("search").locator("li a").first
    assert first.evaluate("node => node.getRootNode().activeElement === node")
    page.keyboard.press("Escape")
    page.get_by_role("search").locator(".panel").wait_for(state="hidden")


def test_nothing_found_is_said(browse, address):
    page = browse(address)
    search(page, "xqzzv qqxv")
    page.get_by_text("No film is like that.").wait_for()


@pytest.mark.parametrize("text", ["<img src=x onerror=window.PWNED=1>", "![](https://evil.example/p.png)", "'" * 100])
def test_hostile_words_do_nothing(browse, address, text):
    page = browse(address)
    search(page, text)
    page.wait_for_timeout(800)
    assert page.evaluate("window.PWNED") is None


def test_it_finds_while_somebody_else_is_looked_through(browse, address):
    token = app.link_token(app.sample_profile("family-night"))
    page = browse(f"{address}/for_you#p={token}&as=horror")
    page.get_by_text("You are looking through the eyes of Horror").wait_for()
    search(page, "千と千尋").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=re.compile("Spirited Away"), level=1).wait_for()
