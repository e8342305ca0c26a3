"""The dashboard of models: tabs by click, by keyboard and by address, and nothing heavy in any of them."""

import re
from urllib.parse import urlencode

import pytest

from tests.e2e.steps import MODELS, SIZES, place, scroll_to

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
MOST_NODES = 3000
NODES = "document.querySelectorAll('*').length"
VERDICT = re.compile("After 10 ratings the best list is .* hold .*% more")

each_size = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def opened(browse, address, ready):
    """Open Models at a tab; it is drawn with its figures."""

    def open_page(size: str, **query: str):
        page = browse(f"{address}/models?{urlencode(query)}", **SIZES[size])
        figure(page)
        ready(page)
        return page

    return open_page


def figure(page) -> None:
    """Wait until a figure of the open tab stands."""
    page.get_by_role("tabpanel").locator(".bars, .js-plotly-plot .main-svg, table").first.wait_for()


def chosen(page) -> str:
    """The tab that is open."""
    return page.get_by_role("tab", selected=True).inner_text()


@each_size
def test_the_first_screen_says_which_list_is_best_and_by_how_much(opened, size):
    page = opened(size)
    page.get_by_role("heading", name=VERDICT, level=2).wait_for()
    assert page.get_by_role("heading", name=VERDICT).bounding_box()["y"] < SIZES[size]["height"] / 2
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert page.get_by_role("img", name=re.compile("^Loved films among the first 20")).count() == 1
    assert "ReelRec’s picks" in page.get_by_role("table").inner_text()


@each_size
def test_a_click_opens_a_tab_in_place_of_the_one_before_and_the_address_says_so(opened, ready, size):
    page = opened(size)
    entries = page.evaluate("history.length")
    page.get_by_role("tab", name="Cost").click()
    page.get_by_role("heading", name="What it costs").wait_for()
    ready(page)
    assert "tab=Cost" in page.url
    assert page.get_by_role("heading", name=VERDICT).count() == 0
    page.get_by_role("tab", name="At a glance").click()
    page.get_by_role("heading", name=VERDICT).wait_for()
    ready(page)
    assert "tab=" not in page.url
    assert page.evaluate("history.length") == entries


@each_size
def test_tabs_obey_the_keyboard(opened, ready, size):
    page = opened(size)
    page.get_by_role("tab", name="At a glance").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="New people").wait_for()
    ready(page)
    playwright.expect(page.get_by_role("tab", name="Stars")).to_be_focused()  # though it was drawn again
    page.keyboard.press("End")
    page.get_by_role("heading", name="The data").wait_for()
    ready(page)
    assert chosen(page) == "Data"
    assert "tab=Data" in page.url
    page.keyboard.press("Tab")  # to what the tab holds, not to the next tab
    assert page.evaluate("document.activeElement.closest('[role=tabpanel]') !== null")


@each_size
def test_a_reload_keeps_the_tab_and_its_part(opened, ready, size):
    page = opened(size, tab="History")
    page.get_by_role("radio", name="The talk’s GPT-2").click()
    page.get_by_role("heading", name="The talk’s GPT-2").wait_for()
    ready(page)
    page.reload()
    page.get_by_role("heading", name="The talk’s GPT-2").wait_for()
    ready(page)
    assert chosen(page) == "History"
    assert page.get_by_role("heading", name="The notebook, repeated").count() == 0


@each_size
@pytest.mark.parametrize("query", [{"tab": "Nothing"}, {"tab": "<img src=x>"}, {"tab": "tab\0"}])
def test_an_address_with_an_unknown_tab_opens_the_first_one(opened, size, query):
    page = opened(size, **query)
    page.get_by_role("heading", name=VERDICT).wait_for()
    assert chosen(page) == "At a glance"
    assert page.get_by_role("alert").count() == 0


def test_an_unknown_part_opens_the_first_one(opened):
    page = opened("desktop", tab="Stars", stars="Nothing")
    page.get_by_role("heading", name="New people").wait_for()
    assert chosen(page) == "Stars"


@each_size
def test_back_comes_to_the_tab_and_the_place_that_were_left(opened, ready, size):
    page = opened(size, tab="History")
    page.get_by_role("tab", name="Lists").click()
    page.get_by_role("heading", name="Lists", exact=True).wait_for()
    ready(page)
    scroll_to(page, 800)
    page.get_by_role("link", name="About ReelRec").dispatch_event("click")
    page.get_by_role("heading", name="About ReelRec").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Lists", exact=True).wait_for()
    page.wait_for_function("() => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - 800) <= 2")
    assert chosen(page) == "Lists"
    assert place(page) == pytest.approx(800, abs=2)


@each_size
def test_no_tab_is_heavy_wide_or_skips_a_level_of_headings(opened, address, ready, size):
    page = opened(size)
    for path in MODELS:
        page.goto(f"{address}{path}")
        figure(page)
        ready(page)
        page.wait_for_timeout(800)  # charts draw themselves after the script is done
        assert page.evaluate(NODES) < MOST_NODES, path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
        assert levels[:2] == [1, 2], path
        assert set(levels[2:]) == {3}, path


def test_two_clicks_lead_to_the_notebook_s_table_the_talk_s_causes_and_the_price_of_each_model(opened, ready):
    page = opened("desktop")
    page.get_by_role("tab", name="History").click()
    page.get_by_role("cell", name="KNNBaseline (item-based, pearson_baseline)").first.wait_for()
    page.get_by_role("radio", name="The talk’s DeepFM").click()
    page.get_by_role("cell", name="Letters for words").first.wait_for()
    page.get_by_role("tab", name="Cost").click()
    page.get_by_role("columnheader", name="Answers, ms").wait_for()
    ready(page)
    assert page.get_by_role("columnheader", name="MB").count() == 1


@each_size
def test_a_fold_is_drawn_when_it_is_opened(opened, ready, size):
    page = opened(size)
    before = page.evaluate(NODES)
    assert page.get_by_text("python -m reelrec evaluate top-n").count() == 0
    page.get_by_text("Numbers and command").first.click()
    page.get_by_text("python -m reelrec evaluate top-n", exact=True).wait_for()
    ready(page)
    assert page.get_by_role("columnheader", name="95% interval").count() == 1
    assert page.evaluate(NODES) > before + 50
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
