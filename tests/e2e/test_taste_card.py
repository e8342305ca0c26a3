"""The card of the Taste page in a browser: it is seen, named, read out, and taken home."""

import io

import pytest
from PIL import Image

from reelrec import app
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def open_card(browse, address):
    def open_window(sample="horror", **window):
        page = browse(f"{address}/taste?taste=Card#p={app.link_token(app.sample_profile(sample))}", **window)
        picture(page).wait_for()
        return page

    return open_window


def picture(page):
    return page.get_by_role("img", name="taste in films")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_reaches_past_the_side(open_card, ready, width, scheme):
    page = open_card(width=width, scheme=scheme)
    page.get_by_text("Text for people who cannot see").click()
    page.locator("code").get_by_text("Made with ReelRec").wait_for()
    ready(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen = picture(page).bounding_box()
    assert seen["x"] >= 0
    assert seen["x"] + seen["width"] <= width


def test_a_visitor_names_the_card_chooses_its_shape_and_takes_it_home(open_card, ready):
    page = open_card()
    assert picture(page).get_attribute("alt").startswith("My taste in films: 32 films rated")
    page.get_by_label("Name on the card").fill("Ярослав")
    page.get_by_role("img", name="Ярослав’s taste in films").wait_for()
    page.get_by_role("radio", name="Tall").click()
    page.wait_for_function("() => document.querySelector('[data-testid=stImage] img').naturalHeight === 1920")
    ready(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the card").click()
    assert download.value.suggested_filename == "reelrec-taste.png"
    with open(download.value.path(), "rb") as file, Image.open(io.BytesIO(file.read())) as image:
        assert image.size == (1080, 1920)
        assert image.info == {"Description": picture(page).get_attribute("alt")}


def test_a_name_without_letters_leaves_the_card_and_says_so(open_card):
    page = open_card()
    page.get_by_label("Name on the card").fill("日本")
    page.get_by_text("The card has no letters for this name, so it goes without.").wait_for()
    assert picture(page).get_attribute("alt").startswith("My taste in films")
