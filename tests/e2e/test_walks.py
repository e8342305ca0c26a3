"""What a visitor does, in a real browser."""

import re

import pytest

from reelrec import app

pytestmark = pytest.mark.browser


def give(page, film: str, stars: float) -> None:
    """Click the place on the stars that means so many."""
    box = page.locator(".st-key-interview li", has=page.get_by_label(film, exact=True)).locator(".stars")
    box.scroll_into_view_if_needed()
    size = box.bounding_box()
    box.click(position={"x": size["width"] * (stars * 2 - 0.5) / 10, "y": size["height"] / 2})


def given(page, film: str) -> str:
    return page.get_by_label(f"Your stars for {film}").first.get_attribute("aria-valuetext")


def films_on(page, key: str) -> list[str]:
    posters = page.locator(f".st-key-{key} a.poster")
    posters.first.wait_for()
    return posters.evaluate_all("all => all.map(a => a.getAttribute('aria-label'))")


def test_rate_five_films_filter_open_one_reload_and_find_the_ratings_again(browse, address, ready):
    page = browse(address)
    films = films_on(page, "interview")[:5]
    for film, stars in zip(films, (5, 0.5, 3.5, 4, 2.5), strict=True):
        give(page, film, stars)
    page.get_by_text("5 films rated").wait_for()
    assert [given(page, film) for film in films] == ["5 stars", "0.5 stars", "3.5 stars", "4 stars", "2.5 stars"]

    page.get_by_role("link", name="For you").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
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
    page.get_by_text("You would give it").wait_for()

    page.reload()
    ready(page)
    page.get_by_text("5 rated").wait_for()
    page.get_by_role("link", name="Rate").click()
    page.get_by_text("5 films rated").wait_for()
    assert given(page, films[0]) == "5 stars"


def test_how_sure_a_guess_is_can_be_seen_and_read(browse, address):
    page = browse(f"{address}/for_you?p={app.link_token(app.sample_profile('horror'))}")
    tile = page.locator(".st-key-picks-0 li").first
    said = re.compile(r"^[\d.]+ stars, most likely between [\d.]+ and [\d.]+; \d+\s% you’ll like it$")
    picture = tile.get_by_role("img", name=said)
    picture.wait_for()
    reach, dot = (picture.locator(part).bounding_box() for part in (".reach", ".mean"))
    assert 10 < reach["width"] < picture.bounding_box()["width"]
    assert reach["x"] < dot["x"] + dot["width"] / 2 < reach["x"] + reach["width"]
    tile.get_by_text(re.compile(r"^\d+\s% you’ll like it$")).wait_for()

    tile.locator("a.poster").click()
    page.get_by_text("Chance you’ll like it").wait_for()
    page.get_by_text(re.compile(r"^8 of 10 times your stars would end up between [\d.]+ and [\d.]+\.$")).wait_for()
    page.get_by_label(re.compile("Share of each rating.*our guess, most likely")).wait_for()


def test_a_deep_link_is_the_first_visit_of_a_fresh_server(browse, fresh_address):
    page = browse(f"{fresh_address}/film?id=heat-1995")
    page.get_by_role("heading", name="Heat (1995)", level=1).wait_for()
    assert page.title() == "Heat (1995) · ReelRec"
    assert page.get_by_role("link", name="For you").count() == 1
    page.get_by_role("dialog").wait_for(state="detached")  # Streamlit's "Page not found", on a server's first visit


def test_two_quick_ratings_both_count(browse, address):
    page = browse(address)
    first, second, third = films_on(page, "interview")[:3]
    give(page, first, 4)
    give(page, second, 3)
    give(page, third, 1.5)
    page.get_by_text("3 films rated").wait_for()


def test_the_keyboard_gives_half_stars(browse, address):
    page = browse(address)
    film = films_on(page, "interview")[0]
    page.get_by_label(f"Your stars for {film}").focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.get_by_text("1 film rated").wait_for()
    assert given(page, film) == "3.5 stars"


def test_a_finger_gives_stars_and_the_same_tap_takes_them_back(browse, address):
    page = browse(address, width=390, height=844, touch=True)
    film = films_on(page, "interview")[0]
    stars = page.locator(".st-key-interview li").first.locator(".stars")
    stars.scroll_into_view_if_needed()
    size = stars.bounding_box()
    page.touchscreen.tap(size["x"] + size["width"] * 0.75, size["y"] + size["height"] / 2)
    page.get_by_text("1 film rated").wait_for()
    assert given(page, film) == "4 stars"
    size = stars.bounding_box()
    page.touchscreen.tap(size["x"] + size["width"] * 0.75, size["y"] + size["height"] / 2)
    page.get_by_text("Nothing rated yet").wait_for()


def test_a_film_that_was_not_seen_gives_way_and_can_be_brought_back(browse, address):
    page = browse(address)
    page.get_by_role("radio", name="One list for all").click()
    film = films_on(page, "starters")[0]
    page.get_by_role("button", name=f"Haven’t seen: {film}").click()
    page.get_by_text(f"“{film}”: not seen.").first.wait_for()
    page.locator(".st-key-starters").get_by_label(film, exact=True).wait_for(state="detached")
    page.get_by_role("button", name="Undo").click()
    page.get_by_label(film, exact=True).first.wait_for()


def test_every_internal_link_carries_the_ratings(browse, address):
    page = browse(address)
    give(page, films_on(page, "interview")[0], 5)
    page.get_by_text("1 film rated").wait_for()
    page.wait_for_url(re.compile(r"p=1"))
    hrefs = page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stPageLink] a')].map(a => a.href)"
        ".concat([...document.querySelector('.st-key-interview').querySelectorAll('*')]"
        ".flatMap(e => e.shadowRoot ? [...e.shadowRoot.querySelectorAll('a')].map(a => a.href) : []))"
    )
    assert len(hrefs) > 15
    assert all("p=1" in href for href in hrefs), [href for href in hrefs if "p=1" not in href]


def test_going_back_does_not_step_through_every_star(browse, address, ready):
    page = browse(f"{address}/about")
    page.get_by_role("link", name="Rate").click()
    page.get_by_role("heading", name="Rate a few films").wait_for()
    ready(page)
    for film in films_on(page, "interview")[:3]:
        give(page, film, 4)
    page.get_by_text("3 films rated").wait_for()
    page.go_back()
    page.get_by_role("heading", name="About ReelRec").wait_for()
    page.get_by_text("3 rated").wait_for()


def test_nothing_is_wider_than_a_phone(browse, address):
    for path in ("/", "/letterboxd", "/for_you", "/film?id=heat-1995", "/models", "/about"):
        page = browse(f"{address}{path}", width=390, height=844)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
