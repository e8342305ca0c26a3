"""Every language in a browser: chosen, kept, laid out, and the same for everybody who cannot see."""

import re

import playwright.sync_api as playwright
import pytest

from reelrec import app
from reelrec.translation import ENGLISH, LANGUAGES, catalogue
from tests.e2e.conftest import running
from tests.e2e.test_axe import violations
from tests.texts import longer

pytestmark = pytest.mark.browser
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
PATHS = ["/", "/for_you", "/lists", "/together", "/taste", "/letterboxd", "/models", "/about", "/film?id=heat-1995"]
# Texts that reach out of what they stand on. An icon is none, and an ellipsis says itself that there is more.
CUT = """() => {
  const cut = []
  const look = root => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) look(node.shadowRoot)
      if (!node.matches('button, a, label, h1, h2, h3, [role=tab], [role=radio], summary')) continue
      const box = node.getBoundingClientRect()
      if (getComputedStyle(node).display === 'inline' || box.width < 24) continue
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const around = texts.currentNode.parentElement
        const style = getComputedStyle(around)
        if (around.closest('[data-testid=stIconMaterial]') || style.textOverflow === 'ellipsis') continue
        const range = document.createRange()
        range.selectNodeContents(texts.currentNode)
        const { left, right, width } = range.getBoundingClientRect()
        if (width > 1 && around.offsetWidth > 2 && (right > box.right + 1 || left < box.left - 1)) {
          cut.push(texts.currentNode.textContent.trim())
        }
      }
    }
  }
  look(document)
  return cut.filter(Boolean)
}"""


def token() -> str:
    return app.link_token(app.sample_profile("horror"))


def texts(language: str, text: str) -> str:
    return catalogue(language).gettext(text)


def chosen(page, name: str) -> None:
    page.get_by_role("navigation", name=re.compile("^(Languages|Sprachen|Idiomas|Langues)$")).get_by_role(
        "link", name=name
    ).click()


@pytest.mark.parametrize("language", OTHERS)
def test_a_browser_is_answered_in_its_language(browse, address, language):
    page = browse(address, locale={"de": "de-CH", "es": "es-AR", "fr": "fr-CA"}[language])
    title = texts(language, "Rate films you have seen, get a list made for you")
    page.get_by_role("heading", name=title, level=1).wait_for()
    assert page.evaluate("document.documentElement.lang") == language
    page.get_by_label(texts(language, "Search all films: a title, a director, a year")).wait_for(state="attached")
    assert "lang=" not in page.url


def test_a_language_is_chosen_at_the_foot_and_stays_when_the_page_is_left_loaded_again_and_sent(browse, address, ready):
    page = browse(f"{address}/#p={token()}")
    page.get_by_role("heading", level=1).wait_for()
    chosen(page, "Deutsch")
    page.get_by_role("heading", name=texts("de", "Rate films you have seen, get a list made for you")).wait_for()
    page.wait_for_url(re.compile(r"lang=de.*#.*p=1"))
    page.get_by_role("link", name=texts("de", "For you"), exact=True).first.click()
    page.get_by_role("heading", name=texts("de", "For you"), level=1).wait_for()
    page.wait_for_url(re.compile(r"for_you\?.*lang=de"))
    ready(page)
    page.reload()
    page.get_by_role("heading", name=texts("de", "For you"), level=1).wait_for()
    sent = browse(page.url)
    sent.get_by_role("heading", name=texts("de", "For you"), level=1).wait_for()
    ready(sent)
    chosen(sent, "English")
    sent.get_by_role("heading", name="For you", level=1).wait_for()
    playwright.expect(sent.get_by_role("navigation", name="Pages")).to_be_visible()
    assert sent.evaluate("document.documentElement.lang") == "en"


def test_back_comes_to_the_page_before_in_the_language_that_was_chosen_since(browse, address, ready):
    page = browse(f"{address}/for_you#p={token()}")
    ready(page)
    page.get_by_role("link", name="Lists", exact=True).first.click()
    page.get_by_role("heading", level=1).wait_for()
    ready(page)
    chosen(page, "Français")
    page.get_by_role("navigation", name=texts("fr", "Pages")).wait_for()
    ready(page)
    page.go_back()
    page.get_by_role("heading", name=texts("fr", "For you"), level=1).wait_for()


def test_a_strange_language_in_the_address_is_none(browse, address):
    page = browse(f"{address}/about?lang=%3Cscript%3E")
    page.get_by_role("heading", level=1).wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.wait_for_function("() => !location.search.includes('lang')")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_fits_and_axe_finds_nothing(browse, address, ready, language, width, scheme):
    page = browse(f"{address}/about?lang={language}", width=width, scheme=scheme)
    for path in PATHS:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}#p={token()}")
        page.reload()
        page.get_by_role("heading", level=1).wait_for()
        ready(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.evaluate(CUT) == [], path
        assert violations(page) == [], path


@pytest.fixture(scope="module")
def longer_address(tmp_path_factory):
    """A server whose French is English with texts of 130 %."""
    folder = tmp_path_factory.mktemp("locales")
    for language in OTHERS:
        longer.write(folder, language, 0.3)
    with running(folder / "log.txt", environment={"REELREC_LOCALES": str(folder)}) as url:
        yield url


@pytest.mark.parametrize("width", [1280, 390])
def test_texts_of_130_percent_fit(browse, longer_address, ready, width):
    page = browse(f"{longer_address}/about?lang=fr", width=width)
    for path in PATHS:
        page.goto(f"{longer_address}{path}{'&' if '?' in path else '?'}lang=fr#p={token()}")
        page.reload()
        page.get_by_role("heading", level=1).wait_for()
        ready(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.evaluate(CUT) == [], path
