"""deploy/nginx.conf, run by a real nginx in front of two stand-ins for the app."""

import re
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack

import pytest
import requests

from deploy import loopback

COOKIE = "reelrec_replica"
TOKEN = "a-profile-in-an-old-link"


def replica_of(cookie: str | None) -> str:
    return re.search(rf"{COOKIE}=(\w)", cookie or "")[1]


def test_nginx_accepts_the_configuration_without_a_word(folder):
    loopback.write_configuration(folder, *loopback.free_ports(2), ["127.0.0.1:1", "127.0.0.1:2"])
    tried = subprocess.run([*loopback.nginx(folder), "-t", "-q"], capture_output=True, text=True, timeout=20)
    assert tried.returncode == 0, tried.stderr
    assert "emerg" not in tried.stderr


def test_a_new_browser_gets_a_cookie_and_stays_with_that_replica(proxy):
    with proxy.browser() as browser:
        first = browser.get(proxy.address)
        name = replica_of(first.headers["Set-Cookie"])
        later = [browser.get(f"{proxy.address}/film", timeout=5) for _ in range(6)]
    assert {answer.text for answer in (first, *later)} == {f'<div id="root">{name}</div>'}
    assert not any(COOKIE in answer.headers["Set-Cookie"] for answer in later)


def test_new_browsers_are_spread_over_both_replicas(proxy):
    assert {proxy.ask().text for _ in range(4)} == {'<div id="root">a</div>', '<div id="root">b</div>'}


def test_a_cookie_that_names_no_replica_counts_as_none(proxy):
    answer = proxy.ask(headers={"Cookie": f"{COOKIE}=any"})
    assert replica_of(answer.headers["Set-Cookie"]) in ("a", "b")


@pytest.mark.parametrize("name", ["a", "b"])
@pytest.mark.parametrize("before", ["a", "b", None])
def test_the_link_of_a_room_leads_to_the_replica_that_it_names(proxy, name, before):
    with proxy.browser() as browser:
        if before:
            browser.headers["Cookie"] = f"{COOKIE}={before}"
        answer = browser.get(f"{proxy.address}/together?at={name}")
    assert answer.text == f'<div id="root">{name}</div>'
    assert replica_of(answer.headers["Set-Cookie"]) == name  # so that its WebSocket goes there, too


@pytest.mark.parametrize("name", ["c", "", "any", "a/b"])
def test_a_link_that_names_no_replica_changes_nothing(proxy, name):
    answer = proxy.ask(f"/together?at={name}", headers={"Cookie": f"{COOKIE}=b"})
    assert answer.text == '<div id="root">b</div>'


def test_no_cookie_goes_out_in_the_clear_and_scripts_cannot_read_that_of_the_replica(proxy):
    apps, ours = proxy.ask().raw.headers.getlist("Set-Cookie")
    assert apps == "_streamlit_xsrf=2; Path=/; SameSite=Lax; Secure"
    assert re.fullmatch(rf"{COOKIE}=[ab]; Path=/; Secure; HttpOnly; SameSite=Lax", ours)


@pytest.mark.parametrize("name", ["a", "b"])
def test_a_visit_goes_to_the_replica_of_the_cookie(proxy, name):
    with proxy.visit(name) as visit:
        assert (visit.status, visit.replica) == (101, name)
    assert len(getattr(proxy, name).visits) == 1


def test_the_visitors_of_a_killed_replica_are_with_the_other_in_less_than_two_seconds(proxy):
    with ExitStack() as open_visits:
        before = [open_visits.enter_context(proxy.visit("a")) for _ in range(20)]
        killed = time.monotonic()
        proxy.a.die()
        for visit in before:
            visit.socket.settimeout(2)
            assert visit.socket.recv(1) == b""  # it broke off
        after = [open_visits.enter_context(proxy.visit("a")) for _ in before]
        assert time.monotonic() - killed < 2
    assert {(visit.status, visit.replica) for visit in after} == {(101, "b")}


def test_who_moved_to_the_other_replica_stays_there_when_the_first_is_back(proxy):
    """Their visit lives there now, and so do their uploads."""
    port = proxy.a.server_port
    proxy.a.die()
    with proxy.visit("a") as visit:
        cookie = f"{COOKIE}={visit.replica}"
    with type(proxy.a)("a", port):
        answers = [proxy.ask("/film", headers={"Cookie": cookie}).text for _ in range(3)]
    assert set(answers) == {'<div id="root">b</div>'}


def test_a_page_that_another_replica_had_to_give_does_not_move_the_browser(proxy):
    proxy.a.die()
    answer = proxy.ask(headers={"Cookie": f"{COOKIE}=a"})
    assert answer.text == '<div id="root">b</div>'
    assert COOKIE not in answer.headers["Set-Cookie"]


def test_the_app_is_told_the_address_of_the_connection_and_not_what_a_visitor_says(proxy):
    proxy.ask(headers={"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Forwarded-Proto": "http"})
    headers = {name.lower(): value for name, value in (*proxy.a.asked, *proxy.b.asked)[0][2].items()}
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["host"] == proxy.address.removeprefix("https://")
    assert "forwarded" not in headers


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "//_stcore/metrics", "/%5Fstcore/metrics", "/film/_stcore/metrics", "/_stcore/agent/interact"],
)
def test_what_is_not_for_visitors_does_not_reach_the_app(proxy, path):
    assert proxy.site.get(path).status_code == 404
    assert not proxy.a.asked + proxy.b.asked


def test_the_headers_of_the_app_go_through_and_none_is_doubled(proxy):
    answer = proxy.ask()
    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_proxy_answers_itself_has_headers_and_words_too(proxy):
    hidden, long = proxy.ask("/_stcore/metrics"), proxy.ask("/", "PUT", data=bytes(70_000))
    proxy.a.die(), proxy.b.die()
    down = proxy.ask()
    assert [answer.status_code for answer in (hidden, long, down)] == [404, 413, 502]
    for answer in (hidden, long, down):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
        assert "ReelRec" in answer.text
        assert "nginx" not in answer.text.lower() + answer.headers["Server"].replace("nginx", "", 1)
    assert down.headers["Retry-After"] == "5"


def test_a_body_is_refused_before_it_reaches_the_app_but_an_upload_of_ten_megabytes_is_let_through(proxy):
    upload = "/_stcore/upload_file/session/file"
    assert proxy.ask(upload, "PUT", data=bytes(11 << 20)).json() == {"bytes": 11 << 20}
    assert proxy.ask(upload, "PUT", data=bytes(13 << 20)).status_code == 413
    assert len(proxy.a.asked + proxy.b.asked) == 1


def test_a_link_of_an_earlier_version_fits_however_many_ratings_are_in_its_query(proxy):
    assert proxy.ask(f"/?p={'x' * 20_000}").status_code == 200


def test_an_address_that_asks_too_much_is_told_to_wait(start):
    proxy = start(limits=True)
    with proxy.browser() as browser:
        answers = [browser.get(proxy.address, timeout=10) for _ in range(300)]
        while (answer := browser.get(proxy.address, timeout=10)).status_code == 200 and len(answers) < 2000:
            answers.append(answer)
    assert {answered.status_code for answered in answers} == {200}
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "5"


def test_an_address_holds_at_most_sixty_visits(start):
    proxy = start(limits=True)
    with ExitStack() as open_visits:
        for _ in range(60):
            assert open_visits.enter_context(proxy.visit("a")).status == 101
        assert open_visits.enter_context(proxy.visit("a")).status == 429


def test_who_sends_headers_or_a_body_too_slowly_is_cut_off(start):
    proxy = start(client_header_timeout="1s", client_body_timeout="1s")
    context = ssl.create_default_context(cafile=proxy.certificate)
    place = proxy.address.removeprefix("https://").split(":")
    for start_of_request in (
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"PUT /_stcore/upload_file/s/f HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n1",
    ):
        plain = socket.create_connection((place[0], int(place[1])), 5)
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as sender:
            sender.sendall(start_of_request)
            begun = time.monotonic()
            try:
                answer = sender.recv(1000)
            except ConnectionResetError:
                answer = b""
            assert time.monotonic() - begun < 5
            assert answer == b"" or b" 408 " in answer
    assert not proxy.a.asked + proxy.b.asked


def test_the_log_holds_no_query_no_referer_no_browser_and_no_address(start):
    proxy = start(limits=True)
    told = {"Referer": f"https://letterboxd.com/{TOKEN}", "User-Agent": TOKEN, "X-Forwarded-For": "203.0.113.9"}
    proxy.ask(f"/for_you?p={TOKEN}", headers=told)
    proxy.ask(f"/_stcore/metrics?{TOKEN}", headers=told)
    proxy.ask(f"/_stcore/upload_file/{TOKEN}/{TOKEN}?{TOKEN}", "PUT", data=b"1", headers=told)
    proxy.ask(f"/media/{TOKEN}.png", headers=told)
    proxy.a.die(), proxy.b.die()
    proxy.ask(f"/film?p={TOKEN}", headers=told)
    log = "\n".join(proxy.logged(lines=6))
    for path in ("GET /for_you 200", "GET /_stcore/metrics 404", "PUT /_stcore/upload_file 200", "GET /media 200"):
        assert path in log
    assert "GET /film 502" in log
    assert " 127.0.0.0 " in log
    assert TOKEN not in log
    assert "203.0.113.9" not in log
    assert not re.search(r"127\.0\.0\.1(?!:)", log)  # with a port behind it, it is a replica's


def test_a_request_without_tls_is_sent_to_tls(proxy):
    answer = requests.get(f"{proxy.http}/film?id=7", timeout=5, allow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{proxy.address}/film?id=7"
    assert not proxy.a.asked + proxy.b.asked


def test_old_tls_is_refused(proxy):
    """By nginx.conf, too: Debian's OpenSSL would refuse it anyway."""
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in (loopback.ROOT / "deploy/nginx.conf").read_text()
    context = ssl.create_default_context(cafile=proxy.certificate)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    host, port = proxy.address.removeprefix("https://").split(":")
    with socket.create_connection((host, int(port)), 5) as plain, pytest.raises((ssl.SSLError, ConnectionError)):
        context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_a_configuration_that_no_longer_fits_is_refused(folder, monkeypatch, tmp_path):
    other = tmp_path / "other"
    (other / "deploy").mkdir(parents=True)
    (other / "deploy" / "nginx.conf").write_text("listen 443;")
    monkeypatch.setattr(loopback, "ROOT", other)
    with pytest.raises(ValueError, match="no longer has 'listen 8443'"):
        loopback.write_configuration(folder, 1, 2, ["127.0.0.1:1", "127.0.0.1:2"])
