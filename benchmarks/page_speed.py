"""What a visitor waits for, in Chromium, on a server that others have visited before.

python -m benchmarks.page_speed

Three times each, in a new window; the worst is what counts. first poster: from the request for Rate until the first
poster stands. For you: the same for a visitor with ratings. tile to meter: from the click on a star until the foot of
Rate counts it. filter: from the choice of a genre until other films stand. film: from the click on a poster of For you
until the film's stars stand. taste: from the click on Taste in the header until its first
sentence stands; taste cold: from the request for it. why: from the click on
"Why ★ 4.1?" until the sum of stars stands. export: from handing over a ZIP with N_RATED ratings until the buttons
stand.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import time
import zipfile
from collections.abc import Callable
from typing import Any

from benchmarks.first_poster import SWITCHES, server, wait_for_server

RUNS = 3
LOADED_SECONDS = 8  # in which a new server has loaded all its models beside the first visits
N_RATED = 1_700
WIDE: Any = {"width": 1280, "height": 900}
# Seconds from the next release of the pointer until a condition holds, as the page itself sees it.
CLOCK = """() => {
  const inside = place => {
    const host = [...document.querySelectorAll(`${place}, ${place} *`)].find(node => node.shadowRoot)
    return host ? host.shadowRoot : document.createElement('div')
  }
  const names = place => [...inside(place).querySelectorAll('a.poster')].map(a => a.getAttribute('aria-label')).join()
  const shown = names('.st-key-picks-0')
  const holds = () => %s
  window.timed = new Promise(done => {
    addEventListener('pointerup', () => {
      const began = performance.now()
      const look = () => (holds() ? done((performance.now() - began) / 1000) : requestAnimationFrame(look))
      look()
    }, { once: true, capture: true })
  })
}"""
COUNTED = "inside('.st-key-meter').querySelector('button')?.innerText.includes('1 rated')"
OTHERS_STAND = "names('.st-key-picks-0') && names('.st-key-picks-0') !== shown"
SUMMED = "inside('[class*=st-key-sum]').querySelector('.total')"
SPOKEN = "document.querySelector('[data-testid=stMain]').innerText.includes('You give')"
ANSWERED = "inside('[class*=st-key-film-]').querySelector('.head .line b')"


def main() -> None:
    from playwright.sync_api import sync_playwright

    from reelrec import app
    from reelrec.bench.result import machine

    token = app.link_token(app.sample_profile("horror"))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver, server() as (_, address):
        browser = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        wait_for_server(address)
        first_poster(browser.new_page(), f"{address}/for_you#p={token}")
        time.sleep(LOADED_SECONDS)

        def measured(work: Callable) -> list[float]:
            times = []
            for _ in range(RUNS + 1):  # the first one warms the server up
                page = browser.new_context(viewport=WIDE).new_page()
                times.append(round(work(page), 3))
                page.context.close()
            return times[1:]

        result = {
            "first_poster_s": measured(lambda page: first_poster(page, address)),
            "for_you_s": measured(lambda page: first_poster(page, f"{address}/for_you#p={token}")),
            "tile_to_meter_s": measured(lambda page: tile_to_meter(page, address)),
            "filter_s": measured(lambda page: filtered(page, f"{address}/for_you?view=Full+list#p={token}")),
            "film_s": measured(lambda page: opened(page, f"{address}/for_you#p={token}")),
            "taste_s": measured(lambda page: turned_to_taste(page, f"{address}/for_you#p={token}")),
            "taste_cold_s": measured(lambda page: first_words(page, f"{address}/taste#p={token}")),
            "why_s": measured(lambda page: explained(page, f"{address}/for_you?view=Full+list#p={token}")),
            "export_s": measured(lambda page: brought(page, f"{address}/letterboxd", export())),
        }
        browser.close()
    print(json.dumps({name: {"runs": runs, "worst": max(runs)} for name, runs in result.items()}, indent=1))
    print(json.dumps({"machine": machine()}))


def first_poster(page, address: str) -> float:
    """Seconds from the request until the first poster stands."""
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("a.poster").first.wait_for(timeout=60_000)
    return time.perf_counter() - began


def tile_to_meter(page, address: str) -> float:
    """Seconds from the click on a star until the foot counts it."""
    first_poster(page, address)
    page.locator(".st-key-rate-foot").wait_for()
    page.wait_for_timeout(1500)
    stars = page.locator(".st-key-interview .stars").first.bounding_box()
    page.evaluate(CLOCK % COUNTED)
    page.mouse.click(stars["x"] + stars["width"] * 0.75, stars["y"] + stars["height"] / 2)
    return timed(page)


def filtered(page, address: str) -> float:
    """Seconds from the choice of a genre until other films stand."""
    first_poster(page, address)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name=re.compile("^(tune )?Filters")).click()
    page.get_by_label("Only these genres").click()
    page.keyboard.type("West")
    option = page.get_by_role("option", name="Western")
    option.wait_for()
    page.evaluate(CLOCK % OTHERS_STAND)
    option.click()
    return timed(page)


def opened(page, address: str) -> float:
    """Seconds from the click on a poster until the film's page says what it would get."""
    first_poster(page, address)
    page.wait_for_timeout(1500)
    page.evaluate(CLOCK % ANSWERED)
    page.locator("a.poster").first.click()
    return timed(page)


def first_words(page, address: str) -> float:
    """Seconds from the request for Taste until its first sentence stands."""
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.get_by_text("You give").first.wait_for(timeout=60_000)
    return time.perf_counter() - began


def turned_to_taste(page, address: str) -> float:
    """Seconds from the click in the header until the first sentence of Taste stands."""
    first_poster(page, address)
    page.wait_for_timeout(1500)
    page.evaluate(CLOCK % SPOKEN)
    page.get_by_role("link", name="Taste", exact=True).click()
    return timed(page)


def explained(page, address: str) -> float:
    """Seconds from the question about a film's stars until the sum of them stands."""
    first_poster(page, address)
    page.wait_for_timeout(1500)
    page.locator("button.line").first.click()
    page.evaluate(CLOCK % SUMMED)
    page.locator("button.asks:visible").first.click()
    return timed(page)


def timed(page) -> float:
    """What CLOCK measured."""
    seconds: float = page.evaluate("window.timed")
    return seconds


def brought(page, address: str, export: bytes) -> float:
    """Seconds from handing over an export until the visitor can go on to their films."""
    page.goto(address, wait_until="commit")
    page.locator("input[type=file]").wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(1500)
    began = time.perf_counter()
    page.locator("input[type=file]").set_input_files(
        {"name": "letterboxd.zip", "mimeType": "application/zip", "buffer": export}
    )
    page.get_by_role("link", name="My taste").wait_for()
    page.get_by_role("link", name="See my films").wait_for()
    return time.perf_counter() - began


def export() -> bytes:
    """An export with the best known films, rated in turn from half a star to five."""
    from reelrec import app

    rows = io.StringIO()
    table = csv.writer(rows)
    table.writerow(["Date", "Name", "Year", "Letterboxd URI", "Rating"])
    for place, film in enumerate(app.catalogue().films[:N_RATED]):
        address = f"https://boxd.it/{film.boxd_code}"
        table.writerow(["2025-01-01", film.title, film.year or "", address, app.HALF_STARS[place % 10]])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ratings.csv", rows.getvalue())
    return packed.getvalue()


if __name__ == "__main__":
    main()
