"""What a visitor waits for, in Chromium, on a server that others have visited before.

python -m benchmarks.page_speed

Three times each, in a new window; the worst is what counts. first poster: from the request for Rate until the first
poster stands. For you: the same for a visitor with ratings. tile to meter: from the click on a star until the foot of
Rate counts it. filter: from the choice of a genre until other films stand.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from typing import Any

from benchmarks.first_poster import SWITCHES, server, wait_for_server

RUNS = 3
WIDE: Any = {"width": 1280, "height": 900}
POSTERS = "all => all.map(a => a.getAttribute('aria-label')).join()"
# Seconds from the next click until the foot of Rate counts a rating.
CLICK_TO_COUNT = """() => {
  window.counted = new Promise(done => {
    const foot = [...document.querySelectorAll('.st-key-meter *')].find(node => node.shadowRoot).shadowRoot
    addEventListener('pointerup', () => {
      const began = performance.now()
      const look = () => {
        if (foot.querySelector('button').innerText.includes('1 rated')) done((performance.now() - began) / 1000)
        else requestAnimationFrame(look)
      }
      look()
    }, { once: true, capture: true })
  })
}"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    from reelrec import app
    from reelrec.bench.result import machine

    token = app.link_token(app.sample_profile("horror"))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver, server() as (_, address):
        browser = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        wait_for_server(address)

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
    page.evaluate(CLICK_TO_COUNT)
    page.mouse.click(stars["x"] + stars["width"] * 0.75, stars["y"] + stars["height"] / 2)
    seconds: float = page.evaluate("window.counted")
    return seconds


def filtered(page, address: str) -> float:
    """Seconds from the choice of a genre until other films stand."""
    first_poster(page, address)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name=re.compile("^(tune )?Filters")).click()
    page.get_by_label("Only these genres").click()
    page.keyboard.type("West")
    option = page.get_by_role("option", name="Western")
    option.wait_for()
    before = page.locator(".st-key-picks-0 a.poster").evaluate_all(POSTERS)
    began = time.perf_counter()
    option.click()
    while page.locator(".st-key-picks-0 a.poster").evaluate_all(POSTERS) == before:
        time.sleep(0.005)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
