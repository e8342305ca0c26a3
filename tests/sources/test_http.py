"""One GET: what it sends, how long it waits, how much it takes, and what its errors leave out."""

from __future__ import annotations

import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
import requests

from reelrec import translation
from reelrec.errors import SourceError, TooSlowError, UnexpectedAnswerError, UnreachableError
from reelrec.sources import http
from reelrec.sources.http import Answer
from reelrec.sources.letterboxd import feed
from reelrec.sources.tmdb.api import Api
from tests.fakes.letterboxd import FakeLetterboxd


@pytest.fixture
def fake(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeLetterboxd() as running:
        yield running


@pytest.fixture
def raw_server(monkeypatch):
    """A server that sends these pieces to whoever comes, a little apart, and no end."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    stopping = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    threads = []

    def serve(pieces: list[bytes], apart: float = 0.0) -> str:
        def run() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65_536)
                for piece in pieces:
                    try:
                        connection.sendall(piece)
                    except OSError:
                        return  # the client has gone
                    if stopping.wait(apart):
                        return

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/alice/rss/"

    yield serve
    stopping.set()
    listening.close()
    for thread in threads:
        thread.join(2)


def test_an_answer_has_status_headers_in_lower_case_and_the_body(fake):
    assert http.get(f"{fake.url}/film/copper-tide/", "Letterboxd").headers["x-letterboxd-type"] == "Film"
    answer = http.get(f"{fake.url}/alice/", "Letterboxd")
    assert (answer.status, answer.headers["x-letterboxd-type"]) == (200, "Member")
    assert b"profile" in answer.body


@pytest.mark.parametrize(("path", "status"), [("ghost/", 404), ("limited/rss/", 429), ("flaky/rss/", 503)])
def test_an_answer_is_an_answer_whatever_its_status(fake, path, status):
    assert http.get(f"{fake.url}/{path}", "Letterboxd").status == status


def test_an_address_without_its_last_slash_is_refused_like_the_real_one(fake):
    answer = http.get(f"{fake.url}/alice/rss", "Letterboxd")
    assert answer.status == 403
    assert "cf-mitigated" not in answer.headers


def test_a_private_page_is_refused_without_a_bot_check(fake):
    answer = http.get(f"{fake.url}/private/watchlist/", "Letterboxd")
    assert (answer.status, answer.headers["server"]) == (403, "cloudflare")
    assert "cf-mitigated" not in answer.headers
    assert b"Professor Falken" in answer.body


@pytest.mark.parametrize("agent", ["", "python-requests/2.34"])
def test_the_fake_challenges_whoever_does_not_say_who_asks(fake, agent):
    answer = http.get(f"{fake.url}/alice/rss/", "Letterboxd", headers={"User-Agent": agent})
    assert (answer.status, answer.headers["cf-mitigated"]) == (403, "challenge")


def test_only_agent_and_what_http_needs_is_sent(raw_server, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("default login ada password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    sent = {}
    send = requests.Session.send

    def noted(self, request, **more):
        sent.update(request.headers)
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", noted)
    http.get(raw_server([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]), "Letterboxd")
    assert sent.keys() == {"User-Agent", "Accept-Encoding", "Accept", "Connection"}
    assert sent["User-Agent"] == http.AGENT


def test_cookies_are_not_kept_even_where_connections_are(fake):
    with http.session() as over:
        for _ in range(2):
            http.get(f"{fake.url}/alice/", "Letterboxd", over=over)
        assert not over.cookies
    assert [request.cookie for request in fake.asked] == [None, None]


def test_an_answer_that_drips_is_cut(fake):
    fake.drip_seconds = 0.05
    start = time.monotonic()
    with pytest.raises(TooSlowError, match=r"Letterboxd is too slow at the moment\. Try again in a few minutes"):
        http.get(f"{fake.url}/drip/rss/", "Letterboxd", max_seconds=0.3)
    assert time.monotonic() - start < 2


def test_an_answer_in_pieces_that_drips_is_cut(raw_server):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = raw_server([head, *[b"1\r\nx\r\n"] * 500], apart=0.02)
    with pytest.raises(TooSlowError):
        http.get(url, "Letterboxd", max_seconds=0.2)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"


def dripping(text: bytes) -> list[bytes]:
    return [bytes([byte]) for byte in text]


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        dripping(HEAD + b"X: " + b"x" * 500),
        [HEAD, *[b"A: b\r\n"] * 90],
        [HEAD + b"\r\n", b"a"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", *dripping(b"x" * 500)],
    ],
    ids=["no answer", "a header in bytes", "many headers", "half a body", "a body in bytes"],
)
def test_the_whole_answer_has_a_deadline_and_nothing_is_left_behind(raw_server, pieces):
    url = raw_server(pieces or [b""], apart=0.05 if len(pieces) > 2 else 20)
    start = time.monotonic()
    with pytest.raises(TooSlowError, match=r"^TMDB is too slow at the moment\. Try again in a few minutes\.$"):
        http.get(url, "TMDB", max_seconds=0.3)
    assert time.monotonic() - start < 1
    assert nobody_is_asking()


def nobody_is_asking() -> bool:
    """Whether the thread of every request ends soon, though its timeout would let it wait for ten seconds."""
    for thread in threading.enumerate():
        if thread.name == "reelrec-http":
            thread.join(2)
    return not any(thread.name == "reelrec-http" for thread in threading.enumerate())


def test_a_connection_that_was_kept_has_a_deadline_too(raw_server):
    ok = HEAD + b"\r\nok"
    url = raw_server([ok, *dripping(HEAD)], apart=0.2)
    with http.session() as over:
        assert http.get(url, "TMDB", over=over).body == b"ok"
        with pytest.raises(TooSlowError):
            http.get(url, "TMDB", over=over, max_seconds=0.5)
        assert nobody_is_asking()


def test_a_name_that_is_looked_up_for_long_is_not_waited_for_and_not_asked_afterwards(raw_server, monkeypatch):
    free, look_up = threading.Event(), socket.getaddrinfo
    connected = []

    def slowly(*words, **options):
        free.wait(10)
        return look_up(*words, **options)

    url = raw_server([HEAD + b"\r\nok"])
    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    monkeypatch.setattr(requests.Response, "__init__", lambda answer: connected.append(answer))
    start = time.monotonic()
    with pytest.raises(TooSlowError):
        http.get(url, "TMDB", max_seconds=0.2)
    assert time.monotonic() - start < 1
    free.set()
    assert nobody_is_asking()
    assert not connected


def test_a_name_with_many_silent_addresses_has_one_deadline(monkeypatch):
    """Each address of a name has the timeout to connect; ten of them are ten times as long."""
    address = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **options: [address] * 10)
    monkeypatch.setattr(socket.socket, "connect", silent)
    start = time.monotonic()
    with pytest.raises(TooSlowError):
        http.get("http://many.invalid/", "TMDB", max_seconds=0.5)
    assert time.monotonic() - start < 1
    assert nobody_is_asking()


def silent(*words: object) -> None:
    time.sleep(0.2)
    raise TimeoutError


def test_a_server_that_falls_silent_in_the_middle_is_too_slow(raw_server):
    url = raw_server([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"], apart=5)
    with pytest.raises(TooSlowError):
        http.get(url, "Letterboxd", timeout=(1.0, 0.2))


def test_a_server_that_says_nothing_is_too_slow(fake):
    with pytest.raises(TooSlowError):
        http.get(f"{fake.url}/slow/rss/", "Letterboxd", timeout=(1.0, 0.2))


def test_a_slow_answer_that_comes_in_time_is_taken(fake):
    fake.slow_seconds = 0.2
    assert http.get(f"{fake.url}/slow/rss/", "Letterboxd", timeout=(1.0, 5.0)).status == 200


@pytest.mark.parametrize(
    ("path", "limits", "said"),
    [
        ("drip/rss/", {"max_seconds": 0.3}, "Letterboxd ist gerade zu langsam"),
        ("slow/rss/", {"timeout": (1.0, 0.2)}, "Letterboxd ist gerade zu langsam"),
        ("huge/rss/", {"max_bytes": 50_000}, "Letterboxd hat mehr als 50.000 Bytes geschickt"),
        ("", {}, "Letterboxd ist gerade nicht zu erreichen"),
    ],
    ids=["late", "silent", "too large", "nobody there"],
)
def test_what_went_wrong_is_told_in_the_language_of_whoever_asked(fake, monkeypatch, path, limits, said):
    asks = threading.current_thread()  # the request is made in another one, which knows no visitor
    monkeypatch.setattr(translation, "_asked", lambda: "de" if threading.current_thread() is asks else "en")
    fake.drip_seconds = 0.05
    with pytest.raises(SourceError, match=said):
        http.get(f"{fake.url}/{path}" if path else "http://127.0.0.1:1/", "Letterboxd", **limits)


@pytest.mark.parametrize("member", ["huge", "packed_huge"])
def test_no_more_than_so_many_bytes_are_taken(fake, member):
    with pytest.raises(UnexpectedAnswerError, match=r"Letterboxd sent more than 50,000 bytes\. Try again later"):
        http.get(f"{fake.url}/{member}/rss/", "Letterboxd", max_bytes=50_000)


def test_an_answer_without_a_length_ends_with_its_connection(raw_server):
    assert http.get(raw_server([b"HTTP/1.0 200 OK\r\n\r\nall of it"]), "Letterboxd").body == b"all of it"


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"SMTP ready\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"",
    ],
    ids=["too short", "not packed", "odd pieces", "no http", "a long header", "nothing"],
)
def test_a_broken_answer_is_told_without_the_address(raw_server, said):
    with pytest.raises(UnreachableError) as caught:
        http.get(raw_server([said]), "Letterboxd")
    assert str(caught.value) == "Letterboxd cannot be reached at the moment. Try again in a few minutes."
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://no-such-host.invalid/", "http:///", "nonsense", "ftp://a/"]
)
def test_an_address_where_nobody_answers_is_told(url, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with pytest.raises(
        UnreachableError, match=r"^TMDB cannot be reached at the moment\. Try again in a few minutes\.$"
    ):
        http.get(url, "TMDB")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [(None, 0.0), ("7", 7.0), ("0", 0.0), ("", 0.0), ("-5", 0.0), ("1.5", 0.0), ("٣", 0.0), ("²", 0.0),
     ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0), ("9" * 400, float("inf"))],
)  # fmt: skip
def test_how_long_to_stay_away_is_whole_seconds_or_nothing(said, seconds):
    assert Answer(429, {} if said is None else {"retry-after": said}, b"").wait_seconds == seconds


def test_neighbours_are_asked_by_tls_with_their_certificates_checked(monkeypatch):
    for name in ("LETTERBOXD_BASE_URL", "TMDB_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert {urlsplit(base).scheme for base in (feed.BASE_URL, Api("token", time.monotonic).base)} == {"https"}
    assert http.session().verify is True
