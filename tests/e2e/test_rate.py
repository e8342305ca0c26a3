"""Rate: posters first, a foot that stays, and a meter that never punishes."""

import re

import pytest

from reelrec import app
from tests.e2e.steps import SIZES, films_on, give, rated, tile

pytestmark = pytest.mark.browser


def test_the_first_screen_of_a_phone_has_two_posters_with_their_stars(browse, address):
    page = browse(address, **SIZES["phone"])
    films_on(page, "interview")
    foot = page.locator(".st-key-rate-foot").bounding_box()["y"]
    stars = page.locator(".st-key-interview .stars")
    for place in range(2):
        box = stars.nth(place).bounding_box()
        assert box["y"] + box["height"] <= foot
    poster = page.locator(".st-key-interview a.poster").first.bounding_box()
    assert poster["y"] < 300


@pytest.mark.parametrize("size", SIZES)
def test_the_foot_stays_and_leads_on(browse, address, ready, size):
    page = browse(address, **SIZES[size])
    foot = page.locator(".st-key-rate-foot")
    foot.get_by_text("Tap the stars of what you have seen.").wait_for()
    assert foot.get_by_role("link", name="See my films").count() == 0
    for film in films_on(page, "interview")[:3]:
        give(page, "interview", film, 4)
    rated(page, 3)
    foot.get_by_role("button", name=re.compile("^3 rated: good start")).click()
    page.get_by_text(re.compile(r"typically 0\.\d\d stars off")).wait_for()
    page.keyboard.press("Escape")
    box = foot.bounding_box()
    assert box["y"] + box["height"] <= SIZES[size]["height"] + 1
    for name in ("Next 12", "See my films"):
        control = foot.get_by_role("button", name=name).or_(foot.get_by_role("link", name=name)).bounding_box()
        assert control["x"] >= 0
        assert control["x"] + control["width"] <= SIZES[size]["width"]
    before = films_on(page, "interview")
    foot.get_by_role("button", name="Next 12").click()
    page.locator(".st-key-interview").get_by_label(before[0], exact=True).wait_for(state="detached")
    foot.get_by_role("link", name="See my films").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()


def test_the_meter_counts_before_the_server_has_heard(browse, address):
    page = browse(address)
    film = films_on(page, "interview")[0]
    page.locator(".st-key-meter p").get_by_text("Tap the stars").wait_for()
    said = (
        tile(page, "interview", film)
        .locator("input")
        .evaluate("""input => {
      const meter = [...document.querySelectorAll('.st-key-meter *')].find(node => node.shadowRoot).shadowRoot
      const give = value => {
        input.value = value
        input.dispatchEvent(new Event('input'))
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
        return meter.querySelector('button').textContent
      }
      return [give(8), give(9)] // in one task, so no answer of the server can be in it
    }""")
    )
    assert said == ["1 rated: a start"] * 2
    rated(page, 1)
    assert page.locator(".st-key-meter button").inner_text() == "1 rated: a start"


def test_more_ratings_never_make_it_say_less(browse, address, ready):
    page = browse(address)
    order = ["a start", "good start", "it’s yours", "plenty"]
    worst, figures = 0, []
    for n, stars in enumerate((5, 0.5, 3, 4.5, 1, 5, 0.5, 2, 4, 1.5, 5, 0.5), start=1):
        give(page, "interview", films_on(page, "interview")[n - 1], stars)
        rated(page, n)
        word = page.locator(".st-key-rate-foot").get_by_role("button", name=re.compile(rf"^{n} rated: ")).inner_text()
        place = next(i for i, said in reversed(list(enumerate(order))) if said in word)
        assert place >= worst, word
        worst = place
    assert worst == order.index("it’s yours")
    for n in (1, 3, 5, 10, 20, 50):
        figures.append(app.typical_error(n))
    assert figures == sorted(figures, reverse=True)


@pytest.mark.parametrize("size", SIZES)
def test_how_films_are_asked_about_is_one_popover_and_in_the_address(browse, address, ready, size):
    page = browse(address, **SIZES[size])
    before = films_on(page, "interview")
    page.get_by_role("button", name="Options").click()
    page.get_by_role("radio", name="One list for all").click()
    page.get_by_text("What most people have seen, for everybody the same.").wait_for()
    page.wait_for_url(re.compile("way=One"))
    ready(page)
    assert films_on(page, "starters") != before
    page.reload()
    ready(page)
    films_on(page, "starters")


def test_one_word_for_one_thing(browse, address, ready):
    page = browse(f"{address}/#p={app.link_token(app.sample_profile('horror'))}")
    films_on(page, "interview")
    words = {"Seen", "Haven’t seen", "Not for me", "My list"}

    def labels() -> set[str]:
        return {text for text in page.locator("li .row button").all_inner_texts() if text}

    assert labels() == {"Seen", "Haven’t seen"}
    page.get_by_role("link", name="For you").first.click()
    page.locator("[class*=st-key-row-] button.line").first.click()
    assert labels() <= words
    page.locator("[class*=st-key-row-] a.poster").first.click()
    page.get_by_text("You would give it", exact=True).wait_for()
    assert labels() <= words


def test_a_copied_link_has_the_ratings_and_not_where_films_are_watched(browse, address):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/?way=One+list+for+all#p={token}&tv=DE-8")
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    page.get_by_text("Your ratings: change, keep, bring back").click()
    page.get_by_role("button", name="Copy my link").click()
    page.get_by_text("Copied.", exact=True).wait_for()
    assert page.evaluate("window.copied") == f"{address}/?way=One+list+for+all#p={token}"
    assert "tv=DE-8" in page.url
