"""Headers on whatever the app answers, asked without a proxy."""

import base64
import hashlib
import re

import pytest
import streamlit as st
from starlette.routing import Route
from streamlit.runtime import Runtime

from reelrec.web import headers, server
from tests.fakes.asgi import Answer, ask


@pytest.fixture
def app(monkeypatch):
    """An app of Streamlit's with our middleware, and with a route that fails; gives the answer for a path."""
    headers.always.cache_clear()
    monkeypatch.setattr(Runtime, "_instance", None)  # of which a process has one

    async def fails(_):
        raise RuntimeError("a fault in the server")

    options = server.options() | {"lifespan": None}
    options["routes"].append(Route("/fails", fails))
    served = st.App("streamlit_app.py", **options)
    yield lambda path, base="http://127.0.0.1", **request: ask(served, base + path, **request)
    headers.always.cache_clear()


def policy(answer: Answer) -> dict[str, str]:
    """The directives of the Content-Security-Policy."""
    return dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/film?id=heat-1995", 200),
        ("/app/static/icon.png", 200),
        ("/app/static/none.png", 404),
        ("/media/none", 404),
        ("/_stcore/health", 200),
        ("/fails", 500),
    ],
)
def test_every_answer_has_the_headers(app, path, status):
    answer = app(path)
    assert answer.status == status
    assert policy(answer)["frame-ancestors"] == "'none'"
    assert policy(answer)["connect-src"] == "'self'"
    assert answer.headers["content-type"].partition(";")[0] in {"text/html", "text/plain", "image/png"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers


def test_a_page_is_stored_nowhere_and_a_font_is(app):
    assert app("/").headers["cache-control"] == "no-store"
    assert app("/for_you").headers["cache-control"] == "no-store"
    assert "/code/tiles.js?v=" in app("/").headers["link"]
    assert "no-store" not in app("/app/static/icon.png").headers.get("cache-control", "")


def test_behind_tls_the_browser_is_told_to_stay_there(app):
    answer = app("/", "https://127.0.0.1")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_the_policy_lets_the_scripts_of_the_installed_streamlit_run_and_no_other(app):
    page = app("/").text
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    assert inline
    allowed = policy(app("/"))["script-src"].split()
    for script in inline:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in allowed
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & set(allowed)


@pytest.mark.parametrize(
    ("wanted", "framed_by"),
    [
        ("https://films.example.org", "https://films.example.org"),
        (" 'self'  https://*.example.org:8443 ", "'self' https://*.example.org:8443"),
        ("", "'none'"),
        ("*", "'none'"),
        ("https://a.example; script-src *", "'none'"),
        ("javascript:alert(1)", "'none'"),
    ],
)
def test_a_host_may_name_who_frames_the_app(app, monkeypatch, wanted, framed_by):
    monkeypatch.setenv("REELREC_FRAME_ANCESTORS", wanted)
    headers.always.cache_clear()
    answer = app("/")
    assert policy(answer)["frame-ancestors"] == framed_by
    assert ("x-frame-options" in answer.headers) == (framed_by == "'none'")
    assert policy(answer)["script-src"].startswith("'self' blob:")


def test_images_from_elsewhere_are_let_in_where_the_host_takes_them_there(app, monkeypatch):
    monkeypatch.setenv("TMDB_IMAGE_BASE_URL", "http://127.0.0.1:9000/t/p")
    headers.always.cache_clear()
    assert "http://127.0.0.1:9000" in policy(app("/"))["img-src"].split()


@pytest.mark.parametrize("path", ["/.git/config", "/app/static/../.git/config", "/app/static/%2e%2e/pyproject.toml"])
def test_no_file_of_the_project_is_served_but_those_of_static(app, path):
    answer = app(path)
    assert answer.status in (200, 400, 404)
    assert "[" not in answer.text.partition("<script>")[0].replace("[if", "")
    assert answer.status != 200 or "<title>Streamlit</title>" in answer.text


def test_other_origins_may_read_public_files_and_nothing_else(app):
    assert app("/app/static/icon.png").headers["access-control-allow-origin"] == "*"
    for path in ("/", "/_stcore/health", "/_stcore/host-config"):
        asked = [("host", "127.0.0.1"), ("origin", "https://evil.example")]
        assert app(path, headers=asked).headers.get("access-control-allow-origin") is None


def test_an_upload_needs_a_token_that_no_other_page_has(app):
    asked = [("host", "127.0.0.1"), ("content-length", "1")]
    answer = app("/_stcore/upload_file/a/b", method="PUT", headers=asked)
    assert (answer.status, "XSRF" in answer.text) == (403, True)


def test_the_token_s_cookie_stays_within_the_site(app):
    cookie = app("/_stcore/health").headers["set-cookie"]
    assert cookie.startswith("_streamlit_xsrf=")
    assert "SameSite=Lax" in cookie


def test_a_name_that_no_disk_can_hold_is_not_found(app):
    assert app(f"/app/static/{'a' * 300}.png").status == 404
