"""A visitor reads what we would have said of them, chooses another model, and rates ten films once more."""

import pytest

from reelrec import app
from tests.e2e.steps import films_on, give
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.browser
TAB = "/taste?taste=Did+we+know+you%3F"
AGAIN = "asked-again"


@pytest.fixture
def opened(browse, address, ready):
    """The tab of the sample with most ratings, with all that it draws."""

    def open_it(**window):
        page = browse(f"{address}{TAB}#p={app.link_token(app.sample_profile('world-cinema'))}", **window)
        page.locator(".st-key-backtest-picture .main-svg").first.wait_for()
        ready(page)
        return page

    return open_it


def test_another_model_has_other_misses_and_the_films_open(opened, ready):
    page = opened()
    before = films_on(page, "backtest-misses")
    page.get_by_role("combobox", name="Guessed by").click()
    page.get_by_role("option", name="Film mean").click()
    page.wait_for_function(
        "(before) => document.querySelector('.st-key-backtest-misses a.poster')?.getAttribute('aria-label') !== before",
        arg=before[0],
    )
    ready(page)
    first = films_on(page, "backtest-misses")[0]
    page.locator(".st-key-backtest-misses a.poster").first.click()
    page.get_by_role("heading", level=1).get_by_text(first.rpartition(" (")[0]).wait_for()


def test_ten_films_are_rated_once_more_and_nothing_is_lost_by_leaving(opened, ready, address):
    page = opened()
    rated = page.get_by_text("rated", exact=False).first.inner_text()
    page.get_by_role("button", name="Ask me about 10 films again").click()
    films = films_on(page, AGAIN)
    assert len(films) == 10
    for place, film in enumerate(films[:5]):
        give(page, AGAIN, film, 4.0)
        page.get_by_text(f"{place + 1} of 10.").wait_for()
    page.get_by_role("link", name="Rate", exact=False).first.click()
    page.get_by_role("heading", level=1).wait_for()
    page.go_back()
    page.get_by_text("5 of 10.").wait_for()
    assert films_on(page, AGAIN) == films
    page.get_by_role("button", name="See what it says").click()
    page.get_by_text("Of 5 films").wait_for()
    ready(page)
    assert page.get_by_text("rated", exact=False).first.inner_text() == rated


def test_nothing_scrolls_to_the_side_on_a_phone(opened):
    page = opened(width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)"
    assert page.evaluate(f"{sizes}(document.querySelector('[data-testid=stMain]'))") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_before_while_and_after_films_are_asked_again(opened, ready, width, scheme):
    page = opened(width=width, scheme=scheme)
    assert violations(page) == []
    page.get_by_role("button", name="Ask me about 10 films again").click()
    for place, film in enumerate(films_on(page, AGAIN)[:5]):
        give(page, AGAIN, film, 3.5)
        page.get_by_text(f"{place + 1} of 10.").wait_for()
    page.get_by_role("button", name="See what it says").wait_for()
    ready(page)
    assert violations(page) == []
    page.get_by_role("button", name="See what it says").click()
    page.get_by_text("Of 5 films").wait_for()
    ready(page)
    assert violations(page) == []
