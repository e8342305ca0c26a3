"""How long the Models page takes in Chromium, on a server that others have visited before, and how heavy it is.

python -m benchmarks.models_page

Three times each; the worst is what counts. In a new browser, from the request until the first chart stands, and until
both charts of the first screen do (the second one needs Plotly). Each tab and each part of one: from the click until
its first figure stands, and the nodes of the page when all of them do.
"""

from __future__ import annotations

import json
import os
import shutil
import time

from benchmarks.first_poster import IDLE, SWITCHES, server, wait_for_server
from benchmarks.page_speed import RUNS, WIDE
from reelrec.ui.dashboards.tabs import TABS, Parts

BARS, CHART = ".bars", ".js-plotly-plot .main-svg"
ANY = f"{BARS}, {CHART}, table"
NODES = "document.querySelectorAll('*').length"
CHANGED = """before => {
  const heading = document.querySelector('[role=tabpanel] h2')
  return heading && heading.innerText !== before
}"""
SETTLES_MS = 1000  # until all charts have drawn themselves, after the script is done


def main() -> None:
    from playwright.sync_api import sync_playwright

    from reelrec.bench.result import machine

    seconds: dict[str, list[float]] = {}
    nodes: dict[str, int] = {}
    with sync_playwright() as driver, server() as (_, address):
        wait_for_server(address)
        for run in range(RUNS + 1):  # the first one warms the server up
            browser = driver.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=SWITCHES
            )
            page = browser.new_page(viewport=WIDE)
            taken = cold(page, f"{address}/models") | tabs(page, nodes)
            browser.close()
            for name, time_taken in taken.items() if run else ():
                seconds.setdefault(name, []).append(round(time_taken, 3))
    result = {name: {"runs": runs, "worst": max(runs)} for name, runs in seconds.items()}
    print(json.dumps({"seconds": result, "nodes": nodes}, indent=1, ensure_ascii=False))
    print(json.dumps({"machine": machine()}))


def cold(page, address: str) -> dict[str, float]:
    """Seconds from the request until a chart stands, and until both do."""
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(f"{BARS}, {CHART}").first.wait_for(timeout=60_000)
    first = time.perf_counter() - began
    page.locator(CHART).first.wait_for(timeout=60_000)
    page.locator(BARS).first.wait_for()
    both = time.perf_counter() - began
    page.wait_for_function(IDLE)
    return {"cold: the first chart": first, "cold: both charts": both}


def tabs(page, nodes: dict[str, int]) -> dict[str, float]:
    """Open each tab and each part of one; seconds until the first figure stands. nodes: to be filled."""
    seconds = {}
    first, *others = TABS
    for tab in (*others, first):  # the first one is open
        seconds[tab] = opening(page, page.get_by_role("tab", name=tab, exact=True))
        nodes[tab] = settled(page)
        shown = TABS[tab]
        for part in list(shown.draws)[1:] if isinstance(shown, Parts) else ():
            name = f"{tab}: {part}"
            seconds[name] = opening(page, page.get_by_role("radio", name=part, exact=True))
            nodes[name] = settled(page)
    return seconds


def opening(page, button) -> float:
    """Seconds from the click until another heading and a figure stand."""
    panel = page.get_by_role("tabpanel")
    before = panel.locator("h2").inner_text()
    began = time.perf_counter()
    button.click()
    page.wait_for_function(CHANGED, arg=before)
    panel.locator(ANY).first.wait_for()
    return time.perf_counter() - began


def settled(page) -> int:
    """The nodes of the page when all is drawn."""
    page.wait_for_function(IDLE)
    page.wait_for_timeout(SETTLES_MS)
    n: int = page.evaluate(NODES)
    return n


if __name__ == "__main__":
    main()
