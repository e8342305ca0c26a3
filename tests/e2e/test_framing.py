"""A page elsewhere that shows the app in a frame: the app takes no orders from it, and no upload goes there."""

import json
import urllib.request

import pytest

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


def test_a_page_that_frames_the_app_gets_no_upload(chromium, address, ready):
    """Where a visitor's file goes while the frame around the app orders it elsewhere.

    To our own server, which refuses it: a browser sends its XSRF cookie to no app within another site.
    """

    def elsewhere(route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(content_type="text/html", body=FRAME % (address, json.dumps(ORDER)))
        else:
            route.fulfill(status=204, headers=CORS)

    with chromium.new_context(permissions=["local-network-access"]) as context:
        context.route(f"{ELSEWHERE}/**", elsewhere)
        page = context.new_page()
        page.goto(ELSEWHERE)
        frame = page.frames[1]
        ready(frame)
        frame.evaluate("() => { addEventListener('message', () => { window.ordered = true }) }")
        frame.wait_for_function("window.ordered")
        with page.expect_request(lambda request: request.method in {"OPTIONS", "PUT"}) as upload:
            frame.locator("input[type=file]").set_input_files(
                [{"name": "ratings.csv", "mimeType": "text/csv", "buffer": b"Date,Name,Year,Letterboxd URI,Rating"}]
            )
    assert upload.value.url.startswith(f"{address}/_stcore/upload_file/")
