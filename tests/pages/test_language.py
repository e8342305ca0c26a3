"""The visitor's language: of the browser, of the address, of the foot of a page; and what was typed stays."""

import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from reelrec import translation
from reelrec.ui import state
from tests.pages.visits import ENTRY


@pytest.fixture
def browser(monkeypatch):
    """Let the browser ask for a language."""

    def asks_for(tag: str | None) -> None:
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.locale", property(lambda _context: tag))

    return asks_for


@pytest.fixture(autouse=True)
def labels(monkeypatch):
    """AppTest asks for the labels of options after the page has run, when nobody visits: they are in its language."""
    last = [translation.ENGLISH]

    def language() -> str:
        if get_script_run_ctx(suppress_warning=True):
            last[0] = state.language()
        return last[0]

    monkeypatch.setattr(translation, "_asked", language)


def spoken(page) -> str:
    return page.given("header")["spoken"]


def languages(page) -> dict[str, dict]:
    return {link["label"]: link for link in page.given("page-languages")["links"]}


@pytest.mark.parametrize(
    ("tag", "language"), [("de-AT", "de"), ("fr", "fr"), ("es-MX", "es"), ("ja", "en"), (None, "en")]
)
def test_the_browser_chooses_and_english_is_for_whom_we_do_not_speak_to(visit, browser, tag, language):
    browser(tag)
    page = visit()
    assert spoken(page) == language
    assert page.at.title[0].value == translation.catalogue(language).gettext(
        "Rate films you have seen, get a list made for you"
    )
    assert "lang" not in page.at.query_params


def test_who_chooses_a_language_has_it_in_the_address_and_on_every_page(visit, browser):
    browser("de")
    page = visit()
    page.follow(languages(page)["Français"]["href"])
    assert spoken(page) == "fr"
    assert page.at.query_params["lang"] == "fr"
    page.at.query_params.clear()
    page.open("about")
    assert spoken(page) == "fr"
    assert page.at.query_params["lang"] == "fr"
    assert languages(page)["Français"]["current"]


def test_english_can_be_chosen_against_the_browser(visit, browser):
    browser("de")
    page = visit(lang="en")
    assert spoken(page) == "en"
    assert page.at.title[0].value.startswith("Rate films")


@pytest.mark.parametrize("lang", ["xx", "", "de-AT", "../de", "<b>", "x" * 5000])
def test_what_is_no_language_of_ours_changes_nothing_and_leaves_the_address(visit, browser, lang):
    browser("es")
    page = visit(lang=lang)
    assert spoken(page) == "es"
    assert "lang" not in page.at.query_params


def test_the_ratings_and_the_way_back_are_there_in_another_language(visit):
    page = visit()
    page.rate(heat_1995=4.5)
    page.put("interview", answers={"films": {str(page.numbers("interview")[0]): "unseen"}, "at": 1})
    before = page.profile
    page.follow(languages(page)["Deutsch"]["href"])
    assert page.profile == before
    page.undo()
    assert page.profile.ratings == before.ratings
    assert not page.profile.unseen


def test_what_happens_after_a_click_is_told_in_the_language_too(visit, browser):
    browser("de")
    page = visit()
    page.at.button(key="go-on-0").click()
    page.run()
    marked = translation.catalogue("de").ngettext("{n} film", "{n:,} films", 12).format(n=12)
    assert marked in page.notice
    assert "marked as not seen" not in page.notice


def test_a_device_that_keeps_the_ratings_keeps_the_language(visit):
    page = visit(told={"language": "es"})
    assert spoken(page) == "es"
    page.state.keeping.on = True
    page.run()
    assert page.given("address")["stored"]["language"] == "es"


def test_the_address_counts_more_than_what_the_device_keeps(visit):
    page = visit(told={"language": "es"}, lang="de")
    assert spoken(page) == "de"


def test_two_visitors_at_once_have_each_their_own(visit, browser):
    browser("de")
    german = visit("about")  # a page without options
    browser("fr")
    french = visit("about")
    german.run()
    assert (spoken(german), spoken(french)) == ("de", "fr")
    assert german.given("header")["pages"][0]["label"] != french.given("header")["pages"][0]["label"]


def test_nothing_of_a_visit_is_left_in_the_process(browser):
    browser("de")
    AppTest.from_file(ENTRY, default_timeout=30).run()
    assert state.language() == "en"
