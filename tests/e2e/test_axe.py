"""Automatic accessibility checks of every page, light and dark, wide and narrow."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import MODELS, unfold
from tests.fakes.exports import RATED, film, table

pytestmark = pytest.mark.browser
FOLD = re.compile("^(Numbers and command|Details and command|Command)$")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/letterboxd",
        "/for_you",
        "/for_you?view=Tonight",
        "/for_you?view=Full+list",
        "/film?id=heat-1995",
        "/film?id=none",
        "/about",
    ],
)
def test_axe_finds_nothing(browse, address, path, width, scheme):
    token = app.link_token(app.sample_profile("world-cinema"))
    page = browse(f"{address}{path}#p={token}", width=width, scheme=scheme)
    assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])  # many tabs: not all four of them
def test_axe_finds_nothing_on_any_tab_of_models_nor_in_a_fold(browse, address, ready, width, scheme):
    page = browse(f"{address}/about", width=width, scheme=scheme)
    for path in MODELS:
        page.goto(f"{address}{path}")
        page.get_by_role("tabpanel").locator(".bars, .js-plotly-plot .main-svg, table").first.wait_for()
        ready(page)
        page.get_by_text(FOLD).first.click()
        page.get_by_text("python -m reelrec").first.wait_for()
        page.mouse.move(
            1, 1
        )  # away from a fold that may lie there now, whose colour is Streamlit's while it is pointed at
        ready(page)
        page.wait_for_timeout(300)
        assert violations(page) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_while_the_visitor_chooses_who_asks(browse, address, ready, width, scheme):
    page = browse(f"{address}/#ask=popularity.0.0.1.2", width=width, scheme=scheme)
    page.get_by_role("button", name="Options").click()
    page.get_by_role("combobox", name="Asked by").wait_for()
    assert violations(page) == []
    page.get_by_role("radio", name="One list for all").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="12 more").wait_for()
    ready(page)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_what_opens(browse, address, ready, width, scheme):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/for_you#p={token}&as=family-night", width=width, scheme=scheme)
    page.locator("[class*=st-key-row-] button.line").first.click()
    assert violations(page) == []
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Only these genres").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    box = page.get_by_role("searchbox")
    if not box.is_visible():
        page.get_by_role("button", name="Search films").click()
    box.fill("heat")
    page.get_by_role("search").locator("li a").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_after_an_import_with_all_that_it_asks_and_tells(browse, address, drop, width, scheme):
    page = browse(f"{address}/letterboxd#p={app.link_token(app.sample_profile('horror'))}", width=width, scheme=scheme)
    rows = [film("Heat", 1995, "1", "5"), film("Nothing Anybody Knows", 2011, "2", "3"), film("Alien", 1979, "3", "no")]
    drop(page, ("ratings.csv", table(RATED, rows)))
    unfold(page, "1 film not found")
    unfold(page, "1 row not read whole")
    page.get_by_label("Which of them?").click()
    page.get_by_role("option").first.click()
    page.get_by_label("Search all films", exact=True).fill("jaws")
    page.get_by_label("It is really").wait_for()
    assert violations(page) == []
    drop(page, ("ratings.csv", b"no table"))
    page.get_by_role("alert").first.wait_for()
    assert violations(page) == []


def violations(page) -> list[tuple]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page, options={"runOnly": RULES}).response["violations"]
    ours = [(rule["id"], [n["html"][:200] for n in rule["nodes"] if not is_streamlits(n["html"])]) for rule in found]
    return [(rule, nodes) for rule, nodes in ours if nodes]


def is_streamlits(html: str) -> bool:
    """Two parts of Streamlit 1.67 itself: its link that skips to the content, and the frame of its uploader."""
    return 'data-testid="stSkipToContent"' in html or 'data-testid="stFileUploaderDropzone"' in html
