"""The page of a film: the answer beside the poster, what was said and given, and where to watch it."""

import re

import pytest

from reelrec import app
from reelrec.translation import ENGLISH, catalogue
from tests.e2e.steps import SIZES, films_on, give
from tests.fakes.tmdb_watch import film_ending_in

pytestmark = pytest.mark.browser
FILM = "heat-1995"
HEAD = "[class*=st-key-film-]"


@pytest.mark.parametrize("size", SIZES)
def test_the_answer_stands_beside_the_poster_and_follows_a_rating(browse, address, size):
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{address}/film?id={FILM}#p={token}", **SIZES[size])
    page.get_by_text("You would give it", exact=True).wait_for()
    poster, line = (page.locator(f"{HEAD} {part}").bounding_box() for part in ("a.poster", ".line"))
    assert poster["width"] <= 0.4 * SIZES[size]["width"]
    assert line["x"] >= poster["x"] + poster["width"]
    assert line["y"] + line["height"] <= min(poster["y"] + poster["height"], SIZES[size]["height"])
    said = page.locator(f"{HEAD} .line b").inner_text()
    (number,) = re.findall(r"\d\.\d", said)
    name = films_on(page, f"film-{app.film(FILM).number}")[0]
    before = page.url
    give(page, f"film-{app.film(FILM).number}", name, 0.5)
    page.get_by_text("You gave it").wait_for()
    assert page.locator(f"{HEAD} .line").text_content() == f"★ 0.5 we said {number}"
    assert "surprised" in page.locator(f"{HEAD} .chance").inner_text()
    page.wait_for_url(lambda url: url != before)  # the address follows a moment after the page
    page.reload()
    page.get_by_text("You gave it").wait_for()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("locale", "country", "lines"),
    [
        (
            "en-US",
            "United States of America",
            ["Stream Lantern+, Free Reel", "Rent Shop of Films", "Buy Shop of Films"],
        ),
        ("de-DE", "Deutschland", ["Streamen Otter Kino, Lantern+", "Kaufen Shop of Films"]),
        ("ja-JP", "Japan", ["Rent Lantern+"]),
    ],
)
def test_where_to_watch_is_by_the_country_of_the_browser(surround, browse, ready, size, locale, country, lines):
    around = surround()
    page = browse(f"{around.address}/film?id={film_ending_in(2).slug}", locale=locale, **SIZES[size])
    words = catalogue("de" if locale == "de-DE" else ENGLISH)
    page.get_by_role("heading", name=words.gettext("Where to watch")).wait_for()
    page.get_by_role("button", name=country).wait_for()
    for line in lines:
        page.get_by_text(line, exact=True).wait_for()
    page.get_by_role("link", name="JustWatch").wait_for()
    assert page.locator(".st-key-where-head").bounding_box()["width"] <= SIZES[size]["width"]


@pytest.mark.parametrize("size", SIZES)
def test_a_country_and_services_once_chosen_stay_on_every_page_and_filter_the_list(surround, browse, ready, size):
    around = surround()
    token = app.link_token(app.sample_profile("horror"))
    page = browse(f"{around.address}/film?id={film_ending_in(2).slug}#p={token}", locale="en-US", **SIZES[size])
    page.get_by_role("button", name="United States of America").click()
    page.get_by_label("My services").click()
    page.get_by_role("option", name="Free Reel").click()
    page.get_by_text("Free Reel (yours)").wait_for()
    page.wait_for_url(re.compile("tv=US-73"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="For you").first.click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    page.get_by_role("button", name=re.compile("Filters")).click()
    page.get_by_text("On my services").click()
    page.get_by_text("likeliest films that were looked up").wait_for()
    page.wait_for_url(re.compile("on-my-services=true.*tv=US-73"))
    page.reload()
    page.get_by_text("likeliest films that were looked up").wait_for()
    ready(page)


def test_without_a_key_there_are_plain_links(browse, address):
    page = browse(f"{address}/film?id={FILM}")
    links = {name: page.get_by_role("link", name=name).get_attribute("href") for name in ("Where to watch", "Trailer")}
    assert links["Where to watch"] == f"https://www.themoviedb.org/movie/{app.film(FILM).tmdb_id}/watch"
    assert links["Trailer"].startswith("https://www.youtube.com/results?")
