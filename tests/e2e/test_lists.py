"""The Lists page in a browser: films put on a list, ordered, taken along, given away, and a watchlist made shorter."""

import re
from dataclasses import replace

import pytest

from reelrec import app
from reelrec.visitor.profile import Profile
from tests.e2e.steps import films_on, tile
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.browser
SLUGS = ("heat-1995", "alien", "parasite-2019", "amelie", "the-godfather")
ROW = "row-likely-0"


def numbers(*slugs: str) -> tuple[int, ...]:
    return tuple(app.film(slug).number for slug in slugs)


def somebody() -> Profile:
    """With a watchlist that models know, one film that none knows, one that they would regret, and a list."""
    popular = [film.number for film in app.catalogue().films[:400:4]]
    profile = app.sample_profile("world-cinema")
    unrated = app.catalogue().n_items + 5
    wanted = frozenset({*popular, unrated, *numbers("thor", "justice-league")}) - profile.watched
    return replace(profile, watchlist=wanted, shortlist=(*numbers(*SLUGS), unrated))


def listed(page, film: str):
    """The sign of the list on the poster of a film, wherever it is shown first."""
    return page.get_by_role("button", name=f"Add {film} to my list", exact=True).first


def on_the_list(page, n: int) -> None:
    page.get_by_text("1 film in your order" if n == 1 else f"{n} films in your order").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_reaches_past_the_side(browse, address, ready, width, scheme):
    token, given = app.link_token(somebody()), app.lists.link_token("Rainy days", numbers(*SLUGS[:3]))
    page = browse(f"{address}/lists#p={token}", width=width, scheme=scheme)
    page.get_by_role("heading", name="You would probably regret").wait_for()
    page.locator(".st-key-watchlist-ranked button.line").first.click()
    clean(page)
    page.goto(f"{address}/about")
    page.goto(f"{address}/lists?list=My+list#p={token}&shared={given}")
    page.get_by_role("heading", name="Shared with you: Rainy days").wait_for()
    page.get_by_text("As text", exact=True).click()
    page.locator("code").wait_for()
    ready(page)
    clean(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_where_there_is_nothing_yet(browse, address, ready, width, scheme):
    page = browse(f"{address}/lists", width=width, scheme=scheme)
    page.get_by_text("No watchlist yet").wait_for()
    clean(page)
    page.get_by_role("tab", name="My list").click()
    page.get_by_text("Nothing on your list yet").wait_for()
    ready(page)
    clean(page)


def clean(page) -> None:
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 0")  # else the header hides half a button
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_films_are_put_on_a_list_ordered_taken_along_and_given_away(browse, address, ready, tmp_path):
    page = browse(f"{address}/for_you#p={app.link_token(app.sample_profile('horror'))}")
    first, second, third = films_on(page, ROW)[:3]
    listed(page, first).click()
    listed(page, second).click()  # at once, before the page is drawn again
    page.get_by_role("button", name=f"Add {second} to my list", pressed=True).wait_for()
    listed(page, third).focus()
    page.keyboard.press("Enter")
    page.get_by_text(f"On your list: “{third}”").first.wait_for()
    ready(page)
    page.get_by_role("link", name="Lists").first.click()
    on_the_list(page, 3)
    assert films_on(page, "my-list") == [first, second, third]

    earlier = page.get_by_role("button", name=f"Move {third} one place earlier")
    earlier.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert films_on(page, "my-list") == [third, first, second]
    page.get_by_text(f"Now number 1 of your list: “{third}”").first.wait_for()
    assert earlier.evaluate("button => button.getRootNode().activeElement === button")
    ready(page)
    page.get_by_label("Name of the list").fill("Three nights")
    page.get_by_text("and the name “Three nights”").wait_for()

    with page.expect_download() as download:
        page.get_by_role("button", name="CSV for a Letterboxd list").click()
    file = tmp_path / "watchlist.csv"
    download.value.save_as(file)
    films = app.catalogue().films
    taken = app.read_export([(file.name, file.read_bytes())])
    assert {films[number].name for number in taken.profile.watchlist} == {first, second, third}

    link = page.get_by_label("Link to this list").input_value()
    assert link.startswith(f"{address}/lists?list=My+list#shared=L")
    assert "p=" not in link.partition("#")[2]
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied.", exact=True).wait_for()
    assert page.evaluate("window.copied") == link

    page.reload()
    page.get_by_role("heading", name="Take it along").wait_for()
    assert films_on(page, "my-list") == [third, first, second]

    other = browse(link)
    other.get_by_role("heading", name="Shared with you: Three nights").wait_for()
    assert films_on(other, "shared") == [third, first, second]
    assert other.get_by_text("rated", exact=False).filter(has_text="32").count() == 0
    tile(other, "shared", first).get_by_role("button", name=f"Add {first} to my list").click()
    on_the_list(other, 1)
    ready(other)
    other.reload()
    on_the_list(other, 1)
    assert films_on(other, "my-list") == [first]
    assert films_on(other, "shared") == [third, first, second]
    other.get_by_role("button", name="Close this list").click()
    other.locator(".st-key-shared-list").wait_for(state="detached")
    other.wait_for_url(re.compile("#p=2[^&]*$"))


def test_a_tap_too_many_is_taken_back_and_so_is_what_was_cleared(browse, address, ready):
    page = browse(f"{address}/film?id=heat-1995")
    button = listed(page, "Heat (1995)")
    button.click()
    button.click()
    button.click()
    page.get_by_text("On your list: “Heat (1995)”").first.wait_for()
    ready(page)
    assert button.get_attribute("aria-pressed") == "true"
    page.get_by_role("link", name="Lists").first.click()
    on_the_list(page, 1)
    page.get_by_role("button", name="Clear the list").click()
    page.get_by_text("Nothing on your list yet").wait_for()
    page.get_by_role("button", name="Undo: Your list is cleared.").click()
    on_the_list(page, 1)


def test_a_film_of_the_search_joins_the_list(browse, address, ready):
    page = browse(f"{address}/lists?list=My+list")
    page.get_by_role("searchbox").fill("heat 1995")
    page.get_by_role("search").get_by_role("button", name="Add Heat (1995) to my list").click()
    on_the_list(page, 1)
    assert films_on(page, "my-list") == ["Heat (1995)"]


def test_a_film_leaves_the_watchlist_and_comes_back(browse, address, ready):
    page = browse(f"{address}/lists#p={app.link_token(somebody())}")
    film = films_on(page, "watchlist-regrets")[0]
    page.get_by_role("button", name=f"Take off my watchlist: {film}").first.click()
    page.get_by_text(f"Off your watchlist: “{film}”").first.wait_for()
    page.locator(".st-key-watchlist-regrets").get_by_label(film, exact=True).wait_for(state="detached")
    page.get_by_role("button", name="Undo").click()
    page.locator(".st-key-watchlist-regrets").get_by_label(film, exact=True).wait_for()
