"""Take the pictures in docs/: every page in light, in dark, and 390 pixels wide.

python docs/screenshots.py
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright

from benchmarks.first_poster import SWITCHES, server, wait_for_server
from reelrec import app

PAGES = {
    "rate": "/", "letterboxd": "/letterboxd", "for_you": "/for_you", "film": "/film?id=in-the-mood-for-love",
    "models": "/models", "about": "/about",
}  # fmt: skip
WHOLE = {"models"}  # pages whose picture is of all of them
LOOKS = {"light": ("light", 1280, 1000), "dark": ("dark", 1280, 1000), "phone": ("light", 390, 844)}
IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app?.dataset.testConnectionState === 'CONNECTED' && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
}"""

HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


def main() -> None:
    token = app.link_token(app.sample_profile("world-cinema"))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with server() as (_, address), sync_playwright() as driver:
        wait_for_server(address)
        browser = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        for look, (scheme, width, height) in LOOKS.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
            )
            for name, path in PAGES.items():
                page.goto(f"{address}{path}{'&' if '?' in path else '?'}p={token}")
                page.wait_for_function(IDLE)
                page.evaluate("document.fonts.ready.then(() => true)")
                page.wait_for_timeout(600)  # charts draw themselves after the script is done
                if name in WHOLE:
                    page.set_viewport_size({"width": width, "height": page.evaluate(HEIGHT)})
                    page.wait_for_timeout(1500)
                page.screenshot(path=ROOT / "docs" / f"{name}-{look}.png", animations="disabled", caret="hide")
                page.set_viewport_size({"width": width, "height": height})
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
