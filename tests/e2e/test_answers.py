"""What is said about a film arrives, whatever was said before, and whatever became of the server."""

import re

import pytest

from tests.e2e.steps import give, more_about, rated, unfold

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")


def first_film(page, shelf: str) -> str:
    return page.locator(f".st-key-{shelf} a.poster").first.get_attribute("aria-label")


def asked(page) -> list[str]:
    """The films of the interview's screen."""
    posters = page.locator(".st-key-interview a.poster")
    posters.first.wait_for()
    return posters.evaluate_all("all => all.map(a => a.getAttribute('aria-label'))")


def test_the_same_stars_count_again_after_starting_over(browse, address, ready):
    page = browse(address)
    film = first_film(page, "interview")
    give(page, "interview", film, 4)
    rated(page, 1)
    ready(page)
    unfold(page, "Your ratings: change")
    page.get_by_role("button", name="Forget me").click()
    page.get_by_text("Tap the stars of what you have seen.").wait_for()
    give(page, "interview", film, 4)
    rated(page, 1)


def test_seen_undone_and_seen_again_is_seen(browse, address):
    page = browse(f"{address}/for_you")
    film = first_film(page, "picks-0")
    for _ in range(2):
        more_about(page, "picks-0", film)
        page.get_by_role("button", name=f"Seen: {film}").click()
        page.get_by_text(f"“{film}”: marked as seen.").first.wait_for()
        poster = page.locator(".st-key-picks-0").get_by_label(film, exact=True)
        poster.wait_for(state="detached")  # the notice is drawn before the list
        page.get_by_role("button", name="Undo").click()
        poster.wait_for()


def test_stars_on_a_films_page_can_be_taken_back_after_a_reload(browse, address, ready):
    page = browse(f"{address}/film?id=heat-1995")
    shelf = page.locator("[class*=st-key-film-]").first.get_attribute("class").split("st-key-")[1].split()[0]
    give(page, shelf, "Heat (1995)", 4)
    page.get_by_text("You gave it", exact=True).wait_for()
    assert page.get_by_role("button", name="Seen: Heat (1995)").count() == 0
    page.wait_for_url(re.compile("p=1"))
    page.reload()
    ready(page)
    give(page, shelf, "Heat (1995)", 4)
    page.get_by_role("button", name="Seen: Heat (1995)").wait_for()


def test_the_keyboard_goes_on_to_the_film_that_takes_an_unseen_ones_place(browse, address):
    page = browse(f"{address}/?way=One+list+for+all")
    film = first_film(page, "starters")
    page.get_by_role("button", name=f"Haven’t seen: {film}").focus()
    page.keyboard.press("Enter")
    page.get_by_text(f"“{film}”: not seen.").first.wait_for()
    shelf = page.locator(".st-key-starters")
    shelf.get_by_label(film, exact=True).wait_for(state="detached")  # the notice is drawn before the list
    following = first_film(page, "starters")
    focused = shelf.get_by_role("button", name=f"Haven’t seen: {following}")
    playwright.expect(focused).to_be_focused()


def test_ratings_given_before_a_server_restart_are_still_there_after_it(browse, restartable, ready):
    server = restartable()
    from reelrec import app

    horror = app.sample_profile("horror")
    n = len(horror.ratings)
    page = browse(f"{server.address}/?p={app.link_token(horror)}", restarts=True)
    rated(page, n)
    first = asked(page)[0]
    page.get_by_role("button", name="Next 12").click()
    page.get_by_text("12 films marked as not seen.").first.wait_for()
    page.locator(".st-key-interview").get_by_label(first, exact=True).wait_for(state="detached")
    films = asked(page)
    give(page, "interview", films[0], 4)
    rated(page, n + 1)
    ready(page)
    before = page.url
    server.restart()
    page.get_by_text(f"{n + 1} rated", exact=True).wait_for(timeout=40_000)
    ready(page)
    assert asked(page) == films
    give(page, "interview", films[1], 3)
    rated(page, n + 2)
    page.wait_for_url(lambda url: url != before)  # the address follows a moment after the page
    page.reload()
    rated(page, n + 2)
