"""Why these stars: asked on a tile, read as a sum, a film told not to count, and taken back."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import SIZES, films_on, more_about
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.browser
SHELF = "picks-0"
SHOWS = """films => [...document.querySelectorAll('.st-key-picks-0 *')].some(host => {
  const posters = [...(host.shadowRoot?.querySelectorAll('a.poster') || [])]
  return posters.map(poster => poster.ariaLabel).join() === films.join()
})"""


def figures(page) -> list[float]:
    """The numbers of the sum that is open, the last one its total."""
    texts = page.locator("[class*=st-key-sum] li b").all_inner_texts()
    return [float(text.replace("−", "-")) for text in texts]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_visitor_asks_why_takes_a_film_out_and_puts_it_back(browse, address, ready, size, scheme):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/for_you?view=Full+list#p={token}", **SIZES[size], scheme=scheme)
    before = films_on(page, SHELF)
    more_about(page, SHELF, before[2])
    page.get_by_role("button", name=re.compile(f"^Why ★ .*: {re.escape(before[2])}$")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("list", name="Terms of the predicted stars").wait_for()
    ready(page)
    *lines, total = figures(page)
    assert sum(lines) == pytest.approx(total, abs=0.01)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    first = dialog.get_by_role("button", name=re.compile("^Don’t count ")).first
    film, place = first.get_attribute("aria-label").removeprefix("Don’t count "), first.bounding_box()["y"]
    first.click()
    back = dialog.get_by_role("button", name=f"Count {film}", exact=True).first
    back.wait_for()
    assert abs(back.bounding_box()["y"] - place) < 3  # no other film has slid under the finger
    dialog.get_by_text(f"before: {total:.2f}").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    ready(page)
    assert films_on(page, SHELF) != before
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.wait_for_function(SHOWS, arg=before)


def test_the_keyboard_opens_the_answer_and_closes_it(browse, address, ready):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/for_you?view=Full+list#p={token}")
    film = films_on(page, SHELF)[0]
    more_about(page, SHELF, film)
    page.get_by_role("button", name=re.compile(f"^Why ★ .*: {re.escape(film)}$")).press("Enter")
    page.get_by_role("dialog").get_by_role("list", name="Terms of the predicted stars").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")


@pytest.mark.parametrize("size", SIZES)
def test_a_films_page_adds_up_and_names_its_place(browse, address, size):
    profile = app.sample_profile("horror")
    film = next(pick.film for pick in app.recommend(profile, 24).picks if app.place(profile, pick.film).without)
    page = browse(f"{address}/film?id={film.slug}#p={app.link_token(profile)}", **SIZES[size])
    page.get_by_role("list", name="Terms of the predicted stars").wait_for()
    *lines, total = figures(page)
    assert sum(lines) == pytest.approx(total, abs=0.01)
    page.get_by_role("heading", name=re.compile("Its place in your whole list: ")).wait_for()
    assert violations(page) == []
