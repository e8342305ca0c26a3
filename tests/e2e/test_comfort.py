"""Without a mouse, at twice the size, and without motion."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import films_on, rated

pytestmark = pytest.mark.browser
FOCUSED = """() => {
  let node = document.activeElement
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
  return node ? (node.getAttribute('aria-label') || node.innerText || '').trim() : ''
}"""


def tab_to(page, words: str, most: int = 60) -> None:
    """Press Tab until the control of that name has the keyboard."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if re.match(words, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"no Tab leads to {words}")


def test_the_keyboard_alone_leads_from_the_first_visit_to_a_list_in_hand(browse, address, ready):
    page = browse(address)
    first = films_on(page, "interview")[0]
    tab_to(page, re.escape(f"Your stars for {first}"))
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    rated(page, 1)
    ready(page)
    tab_to(page, "See my films", 120)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="For you", level=1).wait_for()
    page.get_by_role("heading", name="Most likely to please").wait_for()
    ready(page)
    tab_to(page, "★ .*more about")
    page.keyboard.press("Enter")
    page.locator(".details").first.wait_for()
    with page.expect_download() as kept:
        tab_to(page, "CSV for a Letterboxd list", 600)
        page.keyboard.press("Enter")
    assert kept.value.suggested_filename == "reelrec-list.csv"


@pytest.mark.parametrize("path", ["/", "/for_you", "/letterboxd", "/film?id=heat-1995", "/about"])
def test_at_twice_the_size_nothing_is_cut_off(browse, address, path):
    page = browse(f"{address}{path}#p={app.link_token(app.sample_profile('horror'))}", width=640, height=450)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cut = """() => [...document.querySelectorAll('.stMain button, .stMain a, .stMain h1, .stMain h2')]
      .filter(node => node.offsetParent && node.getBoundingClientRect().right > innerWidth + 1
        && !node.closest('.st-key-view, ul.strip')).map(node => node.innerText)"""
    assert page.evaluate(cut) == []


def test_who_wants_less_motion_gets_none(browse, address):
    page = browse(f"{address}/for_you#p={app.link_token(app.sample_profile('horror'))}")
    poster = page.locator("[class*=st-key-row-] a.poster").first
    poster.wait_for()
    assert poster.evaluate("node => getComputedStyle(node).transitionDuration") == "0s"
    mean = page.locator("[class*=st-key-row-] .range i.mean").first
    assert mean.evaluate("node => getComputedStyle(node).transitionDuration") == "0s"
