"""The first tab of Taste in a browser: the switch, the tiles, the way to a film."""

import pytest

from reelrec import app
from reelrec.visitor.profile import Profile
from tests.e2e.steps import films_on, more_about
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def token() -> str:
    """Somebody who loves horror and cannot stand what is much loved besides."""
    films = app.catalogue().best_known(300)
    return app.link_token(
        Profile(ratings={film.number: 4.5 if "Horror" in film.genres else 2.0 + film.number % 5 / 2 for film in films})
    )


def test_a_visitor_reads_switches_and_opens_a_film(browse, address, ready, token):
    page = browse(f"{address}/taste#p={token}")
    page.get_by_text("on average; others give the same films").wait_for()
    bars = page.get_by_role("list", name="Stars above what is expected of you, by genre")
    horror = bars.get_by_role("listitem").filter(has_text="Horror")
    assert "stands out" in horror.inner_text()
    page.get_by_role("radio", name="Decade").click()
    decades = page.get_by_role("list", name="Stars above what is expected of you, by decade")
    decades.get_by_text("1990s", exact=True).wait_for()
    shown = films_on(page, "taste-dislikes")
    more_about(page, "taste-dislikes", shown[0])
    page.get_by_text("of 100 people gave it as little").first.wait_for()
    page.locator(".st-key-taste-dislikes a.poster").first.click()
    page.get_by_role("heading", name=shown[0].split(" (")[0]).first.wait_for()
    assert "/film?id=" in page.url


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_to_the_side(browse, address, ready, token, width):
    page = browse(f"{address}/taste#p={token}", width=width)
    for kind in ("Director", "Actor", "Country", "Length"):
        page.get_by_role("radio", name=kind).click()
        page.get_by_role("list", name=f"Stars above what is expected of you, by {kind.lower()}").wait_for()
        ready(page)
        wide, room = page.evaluate(
            "() => { const main = document.querySelector('[data-testid=stMain]');"
            " return [main.scrollWidth, main.clientWidth] }"
        )
        assert wide <= room, kind


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browse, address, ready, token, width, scheme):
    page = browse(f"{address}/taste#p={token}", width=width, scheme=scheme)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    ready(page)
    assert violations(page) == []
