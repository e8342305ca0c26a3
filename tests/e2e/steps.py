"""What visitors do and see, in words that the tests share."""

from __future__ import annotations

from reelrec.ui.dashboards import tabs

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
MODELS = [f"/models?{query}" for query in tabs.places().values()]


def films_on(page, key: str) -> list[str]:
    """The names of the films of a shelf."""
    posters = page.locator(f".st-key-{key} a.poster")
    posters.first.wait_for()
    return posters.evaluate_all("all => all.map(a => a.getAttribute('aria-label'))")


def tile(page, key: str, film: str):
    """The tile of a film on a shelf."""
    return page.locator(f".st-key-{key} li", has=page.get_by_label(film, exact=True))


def give(page, key: str, film: str, stars: float) -> None:
    """Click the place on a film's stars that means so many."""
    box = tile(page, key, film).locator(".stars")
    box.scroll_into_view_if_needed()
    size = box.bounding_box()
    box.click(position={"x": size["width"] * (stars * 2 - 0.5) / 10, "y": size["height"] / 2})


def more_about(page, key: str, film: str) -> None:
    """Show what a tile says after a tap."""
    line = tile(page, key, film).locator("button.line")
    if line.get_attribute("aria-expanded") == "false":
        line.click()


def unfold(page, label: str) -> None:
    """Open a fold and wait until it has grown. Until then it is cut off and scrolls, which closes a menu in it."""
    page.locator("summary", has_text=label).click()
    page.locator("details[open]:not([style*=overflow]) > summary", has_text=label).wait_for()


def rated(page, n: int) -> None:
    """Wait until the header counts so many ratings."""
    page.get_by_text(f"{n} rated", exact=True).wait_for()


def place(page) -> float:
    """How far the page is scrolled down."""
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


def scroll_to(page, y: float) -> None:
    """Scroll the page as a wheel would, and give history the time to note it."""
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 1)
    page.wait_for_timeout(100)
    page.evaluate("y => { document.querySelector('[data-testid=stMain]').scrollTop = y }", y)
    page.wait_for_timeout(400)
