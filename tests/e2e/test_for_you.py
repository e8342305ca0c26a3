"""For you: rows with a point, chips, Tonight, filters, and tiles that say one thing once."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import SIZES, films_on, rated

pytestmark = pytest.mark.browser
PROFILE = app.sample_profile("horror").marked(app.film("heat-1995").number, "seen")
HORROR = app.link_token(PROFILE)
TILES = "[class*=st-key-row-] li"


def test_the_first_screen_of_a_phone_has_two_picks(browse, address, ready):
    page = browse(f"{address}/for_you#p={HORROR}", **SIZES["phone"])
    page.locator(TILES).first.wait_for()
    ready(page)
    for place in range(2):
        line = page.locator(f"{TILES} button.line").nth(place).bounding_box()
        assert line["y"] + line["height"] <= 844
        assert line["x"] < 390


@pytest.mark.parametrize("size", SIZES)
def test_no_film_stands_twice_and_every_chip_shows_a_row(browse, address, ready, size):
    page = browse(f"{address}/for_you#p={HORROR}", **SIZES[size])
    page.get_by_role("heading", name="Most likely to please").wait_for()
    ready(page)
    names = page.locator(f"{TILES} a.poster").evaluate_all("all => all.map(a => a.getAttribute('aria-label'))")
    assert len(names) > 40
    assert len(names) == len(set(names))
    chips = page.locator(".st-key-view").get_by_role("radio").or_(page.locator(".st-key-view").get_by_role("button"))
    labels = [text for text in chips.all_inner_texts() if text not in ("For you", "Tonight", "Full list")]
    assert labels[:3] == ["New", "Short", "Gems"]
    for label in labels[:4]:
        chips.filter(has_text=re.compile(rf"^{re.escape(label)}$")).click()
        page.locator("[class*=st-key-only-] li").first.wait_for()
        ready(page)
        assert "view=" in page.url


@pytest.mark.parametrize("size", SIZES)
def test_a_tile_says_one_thing_and_the_rest_after_a_tap(browse, address, ready, size):
    page = browse(f"{address}/for_you#p={HORROR}", **SIZES[size])
    tile = page.locator(TILES).first
    tile.wait_for()
    ready(page)
    assert re.fullmatch(
        r"★ [\d.]+\s*(very likely|likely|a gamble)", tile.inner_text().strip().splitlines()[-1].strip()
    ) or ("★" in tile.locator("button.line").inner_text())
    assert not tile.locator(".details").is_visible()
    tile.locator("button.line").focus()
    page.keyboard.press("Enter")
    tile.locator(".details").get_by_text(
        re.compile(r"^Most likely [\d.]+ to [\d.]+ stars; .* you’ll like it$")
    ).wait_for()
    assert tile.locator("button.line").get_attribute("aria-expanded") == "true"
    assert not [text for text in page.locator(".chance").all_inner_texts() if re.search(r"\b(9[6-9]|100)\s?%", text)]
    tile.get_by_role("button", name=re.compile("^Not for me")).click()
    page.get_by_text(re.compile("not for you")).first.wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_tonight_offers_three_films_and_swaps_one(browse, address, ready, size):
    page = browse(f"{address}/for_you#p={HORROR}", **SIZES[size])
    page.locator(".st-key-view").get_by_text("Tonight", exact=True).click()
    page.get_by_role("heading", name="Safe").wait_for()
    ready(page)
    posters = page.locator("[class*=st-key-tonight-film-] a.poster")
    names = "all => all.map(a => a.getAttribute('aria-label'))"
    before = posters.evaluate_all(names)
    assert len(set(before)) == 3
    assert page.get_by_text(re.compile(r", \d+ minutes\. ")).count() == 3
    page.get_by_role("button", name="Not this one").nth(1).click()
    page.get_by_label(before[1], exact=True).first.wait_for(state="detached")
    ready(page)
    after = posters.evaluate_all(names)
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1] not in before


@pytest.mark.parametrize("size", SIZES)
def test_filters_are_a_sheet_live_in_the_address_and_can_be_cleared(browse, address, ready, size):
    page = browse(f"{address}/for_you?view=Full+list#p={HORROR}", **SIZES[size])
    before = films_on(page, "picks-0")
    page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog", name="Filters")
    sheet.wait_for()
    page.wait_for_timeout(300)
    box, window = sheet.bounding_box(), SIZES[size]
    if size == "phone":
        assert box["x"] == 0
        assert box["y"] + box["height"] == pytest.approx(window["height"], abs=1)
    else:
        assert box["x"] + box["width"] == pytest.approx(window["width"], abs=16)
        assert box["y"] == 0
    page.get_by_label("None of these").click()
    page.keyboard.type("Horr")
    page.get_by_role("option", name="Horror").click()
    page.wait_for_url(re.compile("without=Horror"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Filters (1)").wait_for()
    ready(page)
    assert films_on(page, "picks-0") != before
    page.reload()
    ready(page)
    page.get_by_role("button", name="Filters (1)").click()
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_url(lambda url: "without" not in url)
    ready(page)
    page.keyboard.press("Escape")
    assert films_on(page, "picks-0") == before


def test_where_nothing_is_left_it_says_which_filter_to_loosen_and_what_that_brings(browse, address, ready):
    page = browse(f"{address}/for_you?genres=Western&languages=Japanese&years=1990&years=1991#p={HORROR}")
    page.get_by_text("No film passes these filters.").wait_for()
    button = page.get_by_role("button", name=re.compile(r"^Loosen .*: [\d,]+ more$")).first
    label = button.inner_text()
    more = int(re.search(r"([\d,]+) more", label)[1].replace(",", ""))
    assert more > 0
    button.click()
    page.locator("a.poster").first.wait_for()


def test_films_of_unknown_length_are_never_lost_in_silence(browse, address, ready):
    page = browse(f"{address}/for_you?view=Full+list&runtime=0&runtime=120#p={HORROR}")
    page.get_by_text(re.compile(r"Also \d[\d,]* films? of unknown year or length")).wait_for()


def test_a_newcomer_gets_one_list_and_no_chips(browse, address):
    page = browse(f"{address}/for_you")
    page.get_by_text("Not personal yet").wait_for()
    films_on(page, "picks-0")
    assert page.locator(".st-key-view").count() == 0


def test_a_list_changes_with_a_rating(browse, address, ready):
    page = browse(f"{address}/for_you#p={HORROR}")
    tile = page.locator(TILES).first
    name = tile.locator("a.poster").get_attribute("aria-label")
    tile.locator("button.line").click()
    stars = tile.locator(".stars").bounding_box()
    page.mouse.click(stars["x"] + stars["width"] * 0.1, stars["y"] + stars["height"] / 2)
    rated(page, len(PROFILE.ratings) + 1)
    page.get_by_label(name, exact=True).wait_for(state="detached")
