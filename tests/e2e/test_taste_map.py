"""The map of films in a browser: zoom, search, a click on a dot, fingers on a phone; what axe says of it."""

from __future__ import annotations

import pytest

from reelrec import app
from tests.e2e.steps import place
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.browser
# What the map shows: k px a unit around the middle (cx, cy).
VIEW = (
    "canvas => { const { cx, cy, k, w, h, marked } = canvas.closest('.map').map; return { cx, cy, k, w, h, marked } }"
)
SPOT = "(canvas, n) => { const map = canvas.closest('.map').map; return map.at(map.films.find(film => film.n === n)) }"
# The colours of the 9 px around a place, as "red,green,blue"; a name may lie over the middle.
COLOURS = """(canvas, [x, y]) => {
  const dense = canvas.width / canvas.clientWidth
  const { data } = canvas.getContext('2d').getImageData((x - 4) * dense, (y - 4) * dense, 9 * dense, 9 * dense)
  return Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3).join())
}"""


@pytest.fixture
def of(browse, address, ready):
    """The map of a sample visitor, drawn; its page and its canvas."""

    def open_map(sample: str = "world-cinema", **window):
        token = app.link_token(app.sample_profile(sample))
        page = browse(f"{address}/taste?taste=Map#p={token}", **window)
        canvas = page.locator(".map canvas")
        canvas.wait_for()
        ready(page)
        page.wait_for_timeout(300)
        return page, canvas

    return open_map


def tool(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_timeout(150)


def loved(sample: str = "world-cinema") -> int:
    """The number of a film that the sample gave five stars."""
    return next(number for number, stars in app.sample_profile(sample).ratings.items() if stars == 5.0)


def test_buttons_and_keys_zoom_and_move_the_map(of):
    page, canvas = of()
    first = canvas.evaluate(VIEW)
    tool(page, "Zoom in")
    assert canvas.evaluate(VIEW)["k"] == pytest.approx(first["k"] * 1.6)
    tool(page, "Zoom out")
    assert canvas.evaluate(VIEW)["k"] == pytest.approx(first["k"])
    tool(page, "The whole map")
    whole = canvas.evaluate(VIEW)
    assert (whole["cx"], whole["cy"]) == (0, 0)
    assert whole["k"] < first["k"]
    tool(page, "Your loved films")
    assert canvas.evaluate(VIEW) == first
    canvas.focus()
    for key in ("ArrowRight", "+", "ArrowUp"):
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    moved = canvas.evaluate(VIEW)
    assert moved["cx"] > first["cx"]
    assert moved["cy"] > first["cy"]
    assert moved["k"] == pytest.approx(first["k"] * 1.6)
    page.keyboard.press("0")
    page.wait_for_timeout(100)
    assert canvas.evaluate(VIEW) == whole


def test_the_wheel_scrolls_the_page_until_the_map_is_used_and_a_drag_moves_it(of):
    page, canvas = of()
    first, box = canvas.evaluate(VIEW), canvas.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.wheel(0, 120)
    page.get_by_text("Click the map, then scroll to zoom").wait_for()
    page.wait_for_timeout(300)
    assert canvas.evaluate(VIEW)["k"] == first["k"]
    assert place(page) > 50
    canvas.focus()
    page.mouse.wheel(0, -120)
    page.wait_for_timeout(200)
    assert canvas.evaluate(VIEW)["k"] > first["k"] * 1.2
    used, scrolled = canvas.evaluate(VIEW)["k"], place(page)
    page.mouse.move(2, 2)
    page.mouse.move(*middle)
    page.mouse.wheel(0, 90)
    page.wait_for_timeout(300)
    assert canvas.evaluate(VIEW)["k"] == used  # the mouse left the map, so the page is scrolled again
    assert place(page) > scrolled + 20
    tool(page, "The whole map")
    before, box, (x, y) = canvas.evaluate(VIEW), canvas.bounding_box(), canvas.evaluate(SPOT, loved())
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + x + 60, box["y"] + y + 30, steps=4)
    page.mouse.up()
    page.wait_for_timeout(200)
    after = canvas.evaluate(VIEW)
    assert after["cx"] == pytest.approx(before["cx"] - 60 / before["k"], abs=0.2)
    assert after["cy"] == pytest.approx(before["cy"] + 30 / before["k"], abs=0.2)
    assert after["marked"] is None  # to let go over a dot is no click


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_film_is_found_marked_and_shown_and_another_one_by_a_click_on_its_dot(of, ready, scheme):
    page, canvas = of(scheme=scheme)
    page.get_by_label("Find a film on the map").fill("the godfather 1972")
    page.get_by_text("is marked, in").wait_for()
    page.locator(".st-key-film-map-film").get_by_role("link", name="The Godfather (1972)").wait_for()
    ready(page)
    found = canvas.evaluate(VIEW)
    assert found["marked"]["t"] == "The Godfather (1972)"
    number = app.film("the-godfather").number
    assert canvas.evaluate(SPOT, number) == pytest.approx([found["w"] / 2, found["h"] / 2], abs=2)
    tool(page, "The whole map")
    x, y = canvas.evaluate(SPOT, loved())
    assert "208,87,58" in canvas.evaluate(COLOURS, [x, y])  # of five stars
    film = app.catalogue().films[loved()]
    canvas.hover(position={"x": x, "y": y})
    page.get_by_text(f"{film.name} · you gave 5").wait_for()
    canvas.click(position={"x": x, "y": y})
    page.locator(".st-key-film-map-film").get_by_role("link", name=film.name).wait_for()
    assert canvas.evaluate(VIEW)["marked"]["n"] == film.number
    page.locator(".st-key-film-map-film a.poster").click()
    page.get_by_role("heading", name=film.title).first.wait_for()


def test_on_a_phone_one_finger_scrolls_the_page_and_two_zoom_the_map(of):
    page, canvas = of(width=390, height=844, touch=True)
    touch = page.context.new_cdp_session(page)
    canvas.scroll_into_view_if_needed()

    def fingers(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
        page.wait_for_timeout(30)

    def middle() -> tuple[float, float]:
        box = canvas.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    first, scrolled, (x, y) = canvas.evaluate(VIEW), place(page), middle()
    fingers("touchStart", (x, y))
    for step in range(1, 9):
        fingers("touchMove", (x, y - 15 * step))
    fingers("touchEnd")
    page.wait_for_timeout(400)
    assert place(page) > scrolled + 60
    assert canvas.evaluate(VIEW) == first
    x, y = middle()
    scrolled = place(page)
    fingers("touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 9):
        fingers("touchMove", (x - 30 - 8 * step, y), (x + 30 + 8 * step, y))
    fingers("touchEnd")
    page.wait_for_timeout(300)
    assert canvas.evaluate(VIEW)["k"] > first["k"] * 2
    assert place(page) == scrolled
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_a_tap_on_a_dot_shows_its_film(of, ready):
    page, canvas = of(width=390, height=844, touch=True)
    page.get_by_label("Find a film on the map").fill(app.catalogue().films[loved()].name)
    page.get_by_text("is marked, in").wait_for()
    ready(page)
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    x, y = canvas.evaluate(SPOT, loved())
    others = canvas.evaluate(
        "(canvas, n) => { const map = canvas.closest('.map').map; return map.films.filter(film => film.n !== n)"
        ".map(film => [film.n, ...map.at(film)]).filter(([, x, y]) => x > 40 && x < 280 && y > 40 && y < map.h - 40) }",
        loved(),
    )
    number, x, y = max(others, key=lambda spot: abs(spot[1] - x) + abs(spot[2] - y))
    canvas.tap(position={"x": x, "y": y})
    ready(page)
    shown = app.catalogue().films[canvas.evaluate(VIEW)["marked"]["n"]].name
    page.locator(f'.st-key-film-map-film a.poster[aria-label="{shown}"]').wait_for()
    page.locator(".map [role=status]").get_by_text(f"{shown} is shown below the map.").wait_for(state="attached")
    page.wait_for_timeout(800)
    near = canvas.evaluate(SPOT, canvas.evaluate(VIEW)["marked"]["n"])
    assert near == pytest.approx([x, y], abs=24), number
    box = page.locator(".st-key-film-map-film a.poster").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844  # it was brought into sight


def test_on_a_phone_the_buttons_hide_no_dot(of):
    page, canvas = of(width=390, height=844, touch=True)
    tool(page, "The whole map")
    box, button = canvas.bounding_box(), page.get_by_role("button", name="Zoom in", exact=True).bounding_box()
    assert button["y"] >= box["y"] + box["height"]
    assert min(button["width"], button["height"]) >= 44


def test_what_a_dot_told_leaves_when_another_film_is_searched(of):
    page, canvas = of()
    x, y = canvas.evaluate(SPOT, loved())
    canvas.hover(position={"x": x, "y": y})
    told = page.locator(".map .tip")
    told.wait_for()
    search = page.get_by_label("Find a film on the map")
    search.focus()  # the mouse stays on the map
    page.keyboard.type("the godfather 1972")
    page.get_by_text("is marked, in").wait_for()
    told.wait_for(state="hidden")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_map_nor_beside_a_film_that_was_found(of, ready, width, scheme):
    page, _ = of(width=width, scheme=scheme)
    assert violations(page) == []
    page.get_by_label("Find a film on the map").fill("godfather")
    page.get_by_text("is marked, in").wait_for()
    ready(page)
    assert violations(page) == []
