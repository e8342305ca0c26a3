"""Take pictures of every page: in light, in dark, and 390 pixels wide.

python -m benchmarks.screenshots           the pictures of docs/pictures/: the top of some pages, in 256 colours
python -m benchmarks.screenshots FOLDER    every page as it is, each tab of Models whole, to compare versions
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks.first_poster import IDLE, SWITCHES, server, wait_for_server
from reelrec import app
from reelrec.ui.dashboards import tabs


class Look(NamedTuple):
    """How a page is looked at."""

    scheme: Literal["light", "dark"]
    size: ViewportSize


PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PAGES = {
    "rate": "/", "letterboxd": "/letterboxd", "for_you": "/for_you", "tonight": "/for_you?view=Tonight",
    "taste": "/taste", "film": "/film?id=in-the-mood-for-love", "models": "/models", "about": "/about",
}  # fmt: skip
DESKTOP, PHONE = ViewportSize(width=1280, height=1000), ViewportSize(width=390, height=844)
LOOKS = {"light": Look("light", DESKTOP), "dark": Look("dark", DESKTOP), "phone": Look("light", PHONE)}
TOPS = {(page, "light") for page in PAGES if page != "tonight"}
IN_DOCS = {*TOPS, ("for_you", "dark"), ("for_you", "phone"), ("rate", "phone")}
MODELS = {re.sub(r"\W+", "-", f"models {name}".lower()): f"/models?{query}" for name, query in tabs.places().items()}
COLOURS = 256  # of a picture in docs/, so that none is above 300 kB
SAMPLE = "world-cinema"  # the visitor whose pages are shown
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
CHARTS_MS, WHOLE_MS = 600, 1500  # charts draw themselves after the script is done


def main(folder: Path | None) -> None:
    """Write to the folder, or to docs/ where there is none."""
    token = app.link_token(app.sample_profile(SAMPLE))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    (folder or PICTURES).mkdir(parents=True, exist_ok=True)
    with server() as (_, address), sync_playwright() as driver:
        wait_for_server(address)
        browser = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        for look, (scheme, size) in LOOKS.items():
            page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
            for name, path in (PAGES | MODELS).items():
                if folder is None and (name, look) not in IN_DOCS:
                    continue
                page.goto("about:blank")  # else another # alone would open no page
                page.goto(f"{address}{path}#p={token}")
                page.get_by_role("navigation", name="More").wait_for(timeout=60_000)
                page.wait_for_function(IDLE)
                page.evaluate("document.fonts.ready.then(() => true)")
                page.wait_for_timeout(CHARTS_MS)
                if folder is None:
                    small(picture(page)).save(PICTURES / f"{name}-{look}.png", optimize=True)
                    continue
                if name in MODELS:  # to compare, at its whole length
                    page.set_viewport_size(ViewportSize(width=size["width"], height=page.evaluate(HEIGHT)))
                    page.wait_for_timeout(WHOLE_MS)
                picture(page).save(folder / f"{name}-{look}.png")
                page.set_viewport_size(size)
            page.close()
        browser.close()


def picture(page: Page) -> Image.Image:
    """What the window shows."""
    return Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))


def small(shot: Image.Image) -> Image.Image:
    """The picture in COLOURS colours, each pixel the nearest of them."""
    return shot.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
