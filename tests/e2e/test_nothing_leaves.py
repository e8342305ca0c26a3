"""A whole visit: what identifies the visitor stands in no request line, no Referer, no log and no metric."""

import re
import urllib.request

import pytest

from reelrec import app
from tests.e2e.steps import films_on, give, rated
from tests.fakes.exports import real_format

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
NAME, TYPED = "alice", "zardoz"  # a member of Letterboxd, and what is searched for


def test_nothing_personal_is_in_a_request_line_a_referer_a_log_or_a_metric(surround, browse, ready, drop):
    around = surround()
    page = browse(around.address)
    requests, tokens = [], set()
    page.context.on("request", lambda request: requests.append(request))

    def note() -> None:
        """Keep what the address holds behind its #."""
        ready(page)
        tokens.update(re.findall(r"[#&]p=([^&]+)", page.url))

    films = films_on(page, "interview")
    for n, (film, stars) in enumerate(zip(films[:3], (5, 0.5, 4), strict=True), 1):
        give(page, "interview", film, stars)
        rated(page, n)
        note()
    page.get_by_role("link", name="See my films").click()
    page.locator("[class*=st-key-row-likely] a.poster").first.wait_for()
    note()
    page.locator("[class*=st-key-row-likely] a.poster").first.click()
    page.get_by_text("You would give it", exact=True).wait_for()
    note()
    page.reload()
    note()
    page.locator(".st-key-header").get_by_role("link", name="Letterboxd").click()
    page.get_by_label("Letterboxd username").fill(NAME)
    page.get_by_role("button", name="Read the feed").click()
    page.locator(".st-key-merge").wait_for(timeout=60_000)
    known = app.catalogue().films[:400]
    drop(page, ("letterboxd-someone-utc.zip", real_format([(f.title, f.year, f.boxd_code) for f in known], 40)))
    page.get_by_role("button", name="Mine too: add them").click()
    rated(page, 43)
    note()
    page.get_by_role("link", name="How good the models are").click()
    page.get_by_role("heading", name=re.compile("After 10 ratings the best list")).wait_for()
    note()
    page.reload()
    note()

    assert len(tokens) >= 3
    personal = {*tokens, NAME, TYPED}
    told = [
        said.partition("#")[0]  # the browser keeps what follows to itself
        for request in requests
        for said in (request.url, request.headers.get("referer", ""))
    ]
    assert len(told) > 100
    assert not [said for said in told if any(word in said for word in personal)]
    assert not [said for said in told if re.search(r"[?&](p|as|tv|ask)=", said)]
    elsewhere = [request for request in requests if not request.url.startswith(around.address)]
    assert not [request.url for request in elsewhere if request.headers.get("referer")]
    log = around.log.read_text()
    with urllib.request.urlopen(f"{around.address}/_stcore/metrics", timeout=10) as answer:
        metrics = answer.read().decode()
    assert "session" in metrics
    assert not [word for word in personal if word in log or word in metrics]
    assert not [asked.address for asked in around.tmdb.asked if any(token in asked.address for token in tokens)]
    assert not [token for token in tokens if any(token in str(asked) for asked in around.letterboxd.asked)]
