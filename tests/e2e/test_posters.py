"""Posters from TMDB over the drawn ones, and what is left where they do not come."""

import pytest

from tests.e2e.steps import more_about
from tests.fakes.tmdb import DOWN, slow

pytestmark = pytest.mark.browser
POSTERS = ".st-key-picks-0 a.poster"


def sizes(page) -> list[dict]:
    return page.locator(POSTERS).evaluate_all("all => all.map(a => a.getBoundingClientRect().toJSON())")


def test_posters_come_after_the_shelf_and_move_nothing(surround, browse, ready):
    around = surround()
    around.tmdb.trouble[""] = [slow(0.3)] * 8
    page = browse(f"{around.address}/for_you")
    page.locator(POSTERS).nth(23).wait_for()
    before = sizes(page)
    page.wait_for_function(
        "() => document.querySelector('.st-key-picks-0') && [...document.querySelectorAll('.st-key-picks-0 *')]"
        ".flatMap(e => e.shadowRoot ? [...e.shadowRoot.querySelectorAll('.pictured')] : []).length >= 6",
        timeout=20_000,
    )
    assert sizes(page) == before
    page.get_by_role("link", name="Rate", exact=True).click()
    page.get_by_role("heading", name="Rate films you have seen").wait_for()
    page.get_by_role("link", name="For you").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    ready(page)
    assert around.tmdb.most_at_once <= 4
    assert around.asked_twice() == []  # not on the second visit either
    assert all(asked.authorization for asked in around.tmdb.asked if asked.path.startswith("/3/"))


def test_the_film_s_page_has_tmdb_s_summary(surround, browse):
    around = surround()
    page = browse(f"{around.address}/film?id=heat-1995")
    page.get_by_text("What happens in Invented Film 949.").wait_for()
    page.get_by_text("Summary by TMDB").wait_for()


@pytest.mark.parametrize(
    ("changed", "trouble", "says"),
    [({"TMDB_TOKEN": "wrong"}, None, "TMDB does not accept this server's key"), ({}, DOWN, "TMDB")],
)
def test_without_tmdb_the_drawn_posters_stand_in_and_the_page_works(surround, browse, ready, changed, trouble, says):
    around = surround(**changed)
    if trouble:
        around.tmdb.trouble[""] = trouble
    page = browse(f"{around.address}/for_you")
    page.get_by_text("ReelRec goes on without it").wait_for(timeout=20_000)
    assert says in page.get_by_text("ReelRec goes on without it").inner_text()
    film = page.locator(POSTERS).first.get_attribute("aria-label")
    more_about(page, "picks-0", film)
    page.get_by_role("button", name=f"Seen: {film}").click()
    page.get_by_text(f"“{film}”: marked as seen.").first.wait_for()
    ready(page)
    assert page.locator(f"{POSTERS}.pictured").count() == 0
    assert around.tmdb.token not in around.log.read_text()


def test_a_silent_tmdb_holds_nobody_up(surround, browse):
    around = surround()
    around.tmdb.trouble[""] = slow(30.0)
    page = browse(f"{around.address}/for_you")
    film = page.locator(POSTERS).first.get_attribute("aria-label")
    more_about(page, "picks-0", film)
    page.get_by_role("button", name=f"Seen: {film}").click()
    page.get_by_text(f"“{film}”: marked as seen.").first.wait_for(timeout=3_000)
