"""A visitor brings IMDb's ratings, or a table of their own, in a real browser."""

import pytest

from reelrec import app
from tests.e2e.steps import unfold
from tests.e2e.test_axe import violations
from tests.fakes import other_sites

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
WINDOWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture(scope="module")
def films():
    return app.catalogue().films


def fits(page) -> bool:
    """Whether nothing reaches past the side."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_imdbs_ratings_are_dropped_counted_and_lead_to_a_list(browse, address, drop, ready, films, width, scheme):
    page = browse(f"{address}/letterboxd", width=width, scheme=scheme)
    unfold(page, "From IMDb, Trakt, TMDB and others")
    page.get_by_text("choose Export in the menu").wait_for()
    assert violations(page) == []
    sample = other_sites.imdb(films)
    drop(page, (sample.name, sample.data))
    page.get_by_text("181 of 190 rated films are here").wait_for()
    page.get_by_text("IMDb’s ratings are out of ten: 7 is 3.5 stars here.").wait_for()
    page.get_by_text("181 rated", exact=True).wait_for()
    unfold(page, "9 films not found")
    page.get_by_label("Which of them?").wait_for()
    assert violations(page) == []
    assert fits(page)
    page.get_by_role("link", name="See my films").click()
    page.get_by_role("heading", name="For you", level=1).wait_for()
    page.get_by_text("181 rated", exact=True).wait_for()


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_a_table_asks_for_its_columns_and_its_scale_and_counts_then(browse, address, drop, ready, films, width, scheme):
    page = browse(f"{address}/letterboxd", width=width, scheme=scheme)
    sample = other_sites.table(films)
    drop(page, (sample.name, sample.data))
    page.get_by_role("heading", name="Which column is what?").wait_for()
    page.get_by_text("80 is ★★★★").wait_for()
    playwright.expect(page.get_by_text("rated", exact=True)).to_have_count(0)
    assert violations(page) == []
    assert fits(page)
    page.get_by_label("Day it was seen or rated").click()
    page.get_by_role("option", name="Gesehen").click()
    page.get_by_role("button", name="Use these").click()
    page.get_by_text("192 of 195 rated films are here").wait_for()
    page.get_by_text("192 rated", exact=True).wait_for()
    assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_scale_that_nothing_says_is_asked(browse, address, drop, ready, width, scheme):
    page = browse(f"{address}/letterboxd", width=width, scheme=scheme)
    rows = b"6,0113277,949,87,80.1,Heat (1995)\n1214,0078748,348,35,80.1,Alien (1979)\n"
    drop(page, ("movielens-ratings.csv", b"movie_id,imdb_id,tmdb_id,rating,average_rating,title\n" + rows))
    page.get_by_text("What are these ratings out of?").wait_for()
    assert violations(page) == []
    page.get_by_text("Letters, A+ to F").click()
    page.get_by_text("A+ is ★★★★★").wait_for()
    assert fits(page)
    page.get_by_role("radiogroup").get_by_text("100", exact=True).click()
    page.get_by_text("87 is ★★★★½").wait_for()
    page.get_by_role("button", name="Use this scale").click()
    page.get_by_text("2 rated", exact=True).wait_for()
