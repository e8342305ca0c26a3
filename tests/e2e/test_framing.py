"""A page elsewhere that shows the app in a frame gets nothing: the browser draws no app there, and sends no profile."""

import json
import urllib.request

import pytest

from reelrec import app
from tests.e2e.conftest import running

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
# Streamlit lets every page on this domain send orders to an app, unless the app says otherwise.
ELSEWHERE = "https://films.streamlit.app"
ORDER = {"stCommVersion": 1, "type": "SET_FILE_UPLOAD_CLIENT_CONFIG", "prefix": ELSEWHERE, "headers": {}}
FRAME = """<iframe src="%s" width="1200" height="800"></iframe>
<script>
  window.heard = []
  addEventListener('message', event => window.heard.push(JSON.stringify(event.data)))
  setInterval(() => frames[0].postMessage(%s, "*"), 100)
</script>"""
CORS = {
    "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "*",
}  # fmt: skip


def around(context, address: str):
    """A page elsewhere that frames this address and gives it orders."""

    def elsewhere(route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(content_type="text/html", body=FRAME % (address, json.dumps(ORDER)))
        else:
            route.fulfill(status=204, headers=CORS)

    context.route(f"{ELSEWHERE}/**", elsewhere)
    page = context.new_page()
    page.goto(ELSEWHERE)
    return page


def test_no_page_elsewhere_is_trusted(address):
    with urllib.request.urlopen(f"{address}/_stcore/host-config", timeout=10) as answer:
        assert json.load(answer)["allowedOrigins"] == []


def test_a_page_that_frames_the_app_gets_nothing(chromium, address):
    token = app.link_token(app.sample_profile("horror"))
    with chromium.new_context(permissions=["local-network-access"]) as context:
        refused, sockets = [], []
        context.on("console", lambda line: refused.append(line.text) if "frame-ancestors" in line.text else None)
        context.on("page", lambda page: page.on("websocket", lambda socket: sockets.append(socket)))
        page = around(context, f"{address}/letterboxd#p={token}")
        page.wait_for_timeout(3000)
        assert refused
        assert page.frames[1].url.startswith("chrome-error:")
        assert not sockets
        assert page.evaluate("window.heard") == []


def test_where_a_host_allows_a_frame_it_still_takes_no_orders(chromium, ready, tmp_path):
    """Where a visitor's file goes while the frame around the app orders it elsewhere.

    To our own server, which refuses it: a browser sends its XSRF cookie to no app within another site.
    """
    with (
        running(tmp_path / "log.txt", environment={"REELREC_FRAME_ANCESTORS": ELSEWHERE}) as address,
        chromium.new_context(permissions=["local-network-access"]) as context,
    ):
        page = around(context, f"{address}/letterboxd")
        frame = page.frames[1]
        ready(frame)
        frame.evaluate("() => { addEventListener('message', () => { window.ordered = true }) }")
        frame.wait_for_function("() => window.ordered")
        with page.expect_request(lambda request: request.method in {"OPTIONS", "PUT"}) as upload:
            frame.locator("input[type=file]").set_input_files(
                [{"name": "ratings.csv", "mimeType": "text/csv", "buffer": b"Date,Name,Year,Letterboxd URI,Rating"}]
            )
        assert upload.value.url.startswith(f"{address}/_stcore/upload_file/")
