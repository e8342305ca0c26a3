"""Automatic accessibility checks of every page, light and dark, wide and narrow."""

import pytest

from reelrec import app
from tests.fakes.exports import RATED, film, table

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", ["/", "/letterboxd", "/for_you", "/film?id=heat-1995", "/film?id=none", "/models", "/about"]
)
def test_axe_finds_nothing(browse, address, path, width, scheme):
    token = app.link_token(app.sample_profile("world-cinema"))
    page = browse(f"{address}{path}{'&' if '?' in path else '?'}p={token}", width=width, scheme=scheme)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_while_the_visitor_chooses_who_asks(browse, address, ready, width, scheme):
    page = browse(f"{address}/?ask=popularity.0.0.1.2", width=width, scheme=scheme)
    page.get_by_role("button", name="How we ask").click()
    page.get_by_role("combobox", name="Asked by").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="One list for all").click()
    page.get_by_role("button", name="More films").wait_for()
    ready(page)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_after_an_import_with_all_that_it_asks_and_tells(browse, address, drop, width, scheme):
    page = browse(f"{address}/letterboxd?p={app.link_token(app.sample_profile('horror'))}", width=width, scheme=scheme)
    rows = [film("Heat", 1995, "1", "5"), film("Nothing Anybody Knows", 2011, "2", "3"), film("Alien", 1979, "3", "no")]
    drop(page, ("ratings.csv", table(RATED, rows)))
    page.get_by_text("1 film not found").click()
    page.get_by_text("1 row not read whole").click()
    page.get_by_label("Which of them?").wait_for()
    assert violations(page) == []
    drop(page, ("ratings.csv", b"no table"))
    page.get_by_role("alert").first.wait_for()
    assert violations(page) == []


def violations(page) -> list[tuple]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]
