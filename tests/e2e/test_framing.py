"""A page elsewhere that shows the app in a frame: the app takes no orders from it, and no upload goes there."""

import json
import urllib.request

import pytest

from reelrec import app
from tests.fakes.exports import RATED, film, table

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
# Streamlit lets every page on this domain send orders to an app, unless the app says otherwise.
ELSEWHERE = "https://films.streamlit.app"
ORDER = {"stCommVersion": 1, "type": "SET_FILE_UPLOAD_CLIENT_CONFIG", "prefix": ELSEWHERE, "headers": {}}
FRAME = """<iframe src="%s/letterboxd" width="1200" height="800"></iframe>
<script>setInterval(() => frames[0].postMessage(%s, "*"), 100)</script>"""
CORS = {
    "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "*",
}  # fmt: skip


def test_no_page_elsewhere_is_trusted(address):
    with urllib.request.urlopen(f"{address}/_stcore/host-config", timeout=10) as answer:
        assert json.load(answer)["allowedOrigins"] == []


def test_a_page_that_frames_the_app_gets_no_upload(chromium, address, drop, ready):
    received = []

    def elsewhere(route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(content_type="text/html", body=FRAME % (address, json.dumps(ORDER)))
        else:
            received.append(f"{route.request.method} {route.request.url}")
            route.fulfill(status=204, headers=CORS)

    with chromium.new_context(permissions=["local-network-access"]) as context:
        context.route(f"{ELSEWHERE}/**", elsewhere)
        page = context.new_page()
        page.goto(ELSEWHERE)
        frame = page.frames[1]
        ready(frame)
        page.wait_for_timeout(500)  # a few orders arrive
        known = app.catalogue().films[:5]
        ratings = table(RATED, [film(each.title, each.year, each.boxd_code, "4") for each in known])
        drop(frame, ("ratings.csv", ratings))
        frame.get_by_text("5 rated").wait_for()
    assert not received
