"""A review without stars in a real browser: suggested with its range, changed, accepted, counted and kept."""

import pytest

from reelrec import app
from reelrec.ui.letterboxd.suggested import FOLD
from tests.fakes.exports import RATED, REVIEWS, film, packed, table

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
WARM = "A wonderful, patient film. I loved its harbour scenes and cried at the end <img src=x onerror='window.PWNED=1'>"
COLD = "Boring and terrible, the worst two hours of the year."


@pytest.fixture(scope="module")
def export() -> bytes:
    rated = [film("Heat", 1995, "1", "4"), film("Alien", 1979, "2", "4.5"), film("Cats", 2019, "3", "1")]
    reviews = [
        film("Jaws", 1975, "r1", "", "", WARM, "", "2024-03-05"),
        film("Possession", 1981, "r2", "", "", COLD, "", "2024-03-04"),
    ]
    return packed({"ratings.csv": table(RATED, rated), "reviews.csv": table(REVIEWS, reviews)})


def box(page, slug: str):
    return page.locator(f".st-key-reviewed-{app.film(slug).number}")


def kept(page) -> dict[int, float]:
    """The ratings in the address."""
    return dict(app.from_link(page.url.partition("p=")[2].partition("&")[0]).ratings)


def test_a_suggestion_is_seen_changed_and_accepted_counts_and_stays(browse, address, drop, ready, export):
    page = browse(f"{address}/letterboxd")
    drop(page, ("letterboxd.zip", export))
    page.get_by_text(FOLD).click()
    jaws = box(page, "jaws")
    jaws.get_by_text("A wonderful, patient film.").wait_for()
    jaws.get_by_text("most likely between").wait_for()
    picture = jaws.get_by_role("img", name="most likely between")
    picture.wait_for()
    low, high = (float(picture.locator("i.reach").evaluate(f"i => parseFloat(i.style.getPropertyValue('{end}'))"))
                 for end in ("--at", "--to"))  # fmt: skip
    assert 0 <= low < high <= 100
    assert page.evaluate("typeof window.PWNED") == "undefined"
    page.get_by_text("3 rated", exact=True).wait_for()

    jaws.get_by_label("Your stars").click()
    page.get_by_role("option", name="★★½", exact=True).click()
    ready(page)
    assert app.film("jaws").number not in kept(page)
    jaws.get_by_role("button", name="Accept").click()
    page.get_by_text("4 rated", exact=True).wait_for()
    jaws.wait_for(state="detached")
    box(page, "possession").wait_for()
    ready(page)
    assert kept(page)[app.film("jaws").number] == 2.5
    assert app.film("possession").number not in kept(page)

    page.get_by_role("link", name="For you").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    ready(page)
    page.get_by_text("4 rated", exact=True).wait_for()
    page.reload()
    ready(page)
    page.get_by_text("4 rated", exact=True).wait_for()
    assert kept(page)[app.film("jaws").number] == 2.5
    page.goto(f"{address}/film?id=jaws&p={page.url.partition('p=')[2].partition('&')[0]}")
    ready(page)
    page.get_by_role("heading", name="Jaws (1975)", level=1).wait_for()


def test_all_are_accepted_at_once_and_taken_back(browse, address, drop, ready, export):
    page = browse(f"{address}/letterboxd")
    drop(page, ("letterboxd.zip", export))
    page.get_by_text(FOLD).click()
    page.get_by_role("button", name="Accept all 2").click()
    page.get_by_text("5 rated", exact=True).wait_for()
    ready(page)
    found = kept(page)
    assert found[app.film("jaws").number] > found[app.film("possession").number]
    assert page.get_by_role("heading", name="Reviewed without stars").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("3 rated", exact=True).wait_for()
    page.get_by_text(FOLD).click()


def test_on_a_phone_nothing_is_cut_off(browse, address, drop, export):
    page = browse(f"{address}/letterboxd", width=390, height=844, touch=True)
    drop(page, ("letterboxd.zip", export))
    page.get_by_text(FOLD).click()
    jaws = box(page, "jaws")
    jaws.get_by_role("button", name="Accept").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for part in (jaws.get_by_role("button", name="Accept"), jaws.get_by_label("Your stars")):
        place = part.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390
