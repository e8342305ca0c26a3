"""Letterboxd on this machine, as far as feeds go: answers, refusals and faults in the real one's shapes.

    with FakeLetterboxd() as fake:
        ...  # LETTERBOXD_BASE_URL=fake.url

alice's feed is about `films` (title, year, TMDB id, slug), which may be the real catalogue's; all names here are
invented. `fake.feeds["bob"] = feed([entry(film, 1, stars=4.0)])` makes another member.

| what is reproduced | tests/sources/letterboxd: feed/test_feed.py, of feed (m)anners, (p)rivacy, (i)tems, and (h)ttp |
|---|---|
| no slash at the end: 403, the app's page | test_an_address_without_its_last_slash_is_refused_like_the_real_one (h) |
| no agent, or requests' own: 403, challenge | test_the_fake_challenges_whoever_does_not_say_who_asks (h) |
| /alice/rss/, 50 items of all kinds | test_a_feed_with_everything_in_it_is_read_whole (i) |
| /alice/rss/: each kind of item | test_of_two_logs_the_newer_rating_counts (i) and those after it |
| /old/rss/: as in 2020, without ids and hearts | test_a_feed_of_2020_has_titles_and_years_alone (i) |
| /empty/rss/, /listsonly/rss/ | test_a_member_without_logged_films_is_told_apart_from_nobody |
| /ghost/rss/, /ghost/: 404 | test_nobody_of_that_name_is_told_and_remembered_for_an_hour (m) |
| /blocked/rss/: challenge | test_a_bot_check_is_told_and_never_tried_again (m) |
| /html200/rss/: challenge with status 200 | test_a_bot_check_that_says_200_is_a_bot_check |
| /flaky/rss/: 503 once | test_a_fault_is_tried_again_after_the_wait_that_was_asked_for |
| /limited/rss/: 429 for an hour | test_an_hour_is_not_waited_for_and_others_are_not_asked_meanwhile (m) |
| /slow/rss/: no answer | test_no_answer_in_time_is_too_slow |
| /drip/rss/: a byte now and then | test_an_answer_that_drips_is_cut (h) |
| /drip_headers/rss/: its headers never end | test_the_next_visitor_is_not_kept_by_an_answer_whose_headers_drip |
| /cut/rss/: the connection breaks off | test_a_connection_that_breaks_off_is_tried_three_times |
| /huge/rss/, /packed_huge/rss/: over 2 MB | test_an_answer_that_is_too_large_is_left |
| /packed/rss/: gzip | test_a_packed_feed_is_unpacked |
| /bomb/rss/: entities | test_a_document_type_is_refused_before_any_entity_is_made (i) |
| /broken/rss/: cut XML | test_a_feed_that_breaks_off_is_told |
| /moved/rss/: 301 to another host | test_a_redirect_to_another_host_is_not_followed |
| /renamed/rss/: 301 to alice | test_a_renamed_member_is_followed_once |
| /renamed_twice/rss/: 301 to renamed | test_a_renamed_member_is_followed_once |
| /maintenance/rss/: a page with status 200 | test_every_refusal_and_fault_says_what_it_is_and_what_to_do |
| /private/rss/: 403 without a challenge | test_a_refusal_that_is_no_bot_check_does_not_count_as_one |
| /private/watchlist/ | test_a_private_page_is_refused_without_a_bot_check (h) |
| x-letterboxd-type on pages | test_an_answer_has_status_headers_in_lower_case_and_the_body (h) |
| a cookie with every answer | test_no_cookie_is_ever_sent_back (p) |
"""

from __future__ import annotations

import contextlib
import gzip
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

from tests.fakes.feeds import FILMS, FeedFilm, bomb, entry, everything, feed, list_entry
from tests.fakes.server import LoopbackServer

XML = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
CHALLENGE = (
    b'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>'
    b'<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script></body></html>'
)
MISSING = '<html><body class="error"><section class="message">Sorry, we can’t find the page you’ve requested.</section>'
PRIVATE = (
    '<html><body class="error"><section class="message">Greetings, Professor Falken. Shall we play a game?</section>'
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in; at: seconds that only go forward."""

    path: str
    agent: str | None
    cookie: str | None
    at: float


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    kind: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


BLOCKED = Page(403, HTML, CHALLENGE, (("cf-mitigated", "challenge"),))


class FakeLetterboxd(LoopbackServer):
    """`asked`: every request. `most_at_once`: the most that were under way at one time. `feeds`: XML by member.

    `lag`: seconds before each answer. `slow_seconds`: before /slow/ answers, None for never. `drip_seconds`: between
    two bytes of /drip/.
    """

    def __init__(self, films: Sequence[tuple[str, int | None, int | None, str]] = FILMS) -> None:
        super().__init__(_Handler)
        films = [FeedFilm(*film) for film in films]
        whole = everything(films)
        self.feeds: dict[str, bytes] = {
            "alice": whole,
            "old": feed(entry(film, n, stars=3.5, without=["tmdb", "memberLike"]) for n, film in enumerate(films[:20])),
            "empty": feed([]),
            "listsonly": feed(map(list_entry, range(3))),
            "huge": whole.replace(b"</channel>", b"<!--" + b" " * 3_000_000 + b"--></channel>"),
            "bomb": bomb(),
            "broken": whole[: len(whole) // 2],
        }
        self.lag = 0.0
        self.slow_seconds: float | None = None
        self.drip_seconds = 1.0
        self.asked: list[Asked] = []

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.path for request in self.asked]

    def begin(self, request: Asked) -> int:
        """Note a request; how many of that path came before it."""
        with self.lock:
            before = self.paths.count(request.path)
            self.asked.append(request)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            return before

    def end(self) -> None:
        with self.lock:
            self.at_once -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that did not wait for its answer is no news."""

    def page(self, request: Asked, before: int) -> Page:
        """What the real one would send."""
        if not request.agent or request.agent.startswith("python-requests/"):
            return BLOCKED
        if not request.path.endswith("/"):
            return Page(403, HTML, PRIVATE.encode())
        member, _, rest = request.path.strip("/").partition("/")
        if rest == "rss":
            return self._feed(member, before)
        if request.path == "/private/watchlist/":
            return Page(403, HTML, PRIVATE.encode())
        if member == "film" and rest:
            return Page(200, HTML, b"<html><body class='film'>", (("x-letterboxd-type", "Film"),))
        if member in self.feeds and not rest:
            return Page(200, HTML, b"<html><body class='profile'>", (("x-letterboxd-type", "Member"),))
        return BLOCKED if member in self.feeds else Page(404, HTML, MISSING.encode())

    def _feed(self, member: str, before: int) -> Page:
        if member == "slow":
            self.stopping.wait(self.slow_seconds)
        if member == "flaky" and before == 0:
            return Page(503, HTML, b"<html><title>Service Unavailable</title>", (("Retry-After", "1"),))
        if member in ("flaky", "slow", "drip", "cut"):
            return Page(200, XML, self.feeds["alice"])
        if member in ("packed", "packed_huge"):
            packed = gzip.compress(self.feeds["huge" if member == "packed_huge" else "alice"])
            return Page(200, XML, packed, (("Content-Encoding", "gzip"),))
        special = {
            "blocked": BLOCKED,
            "html200": Page(200, HTML, CHALLENGE),
            "limited": Page(429, HTML, b"<html><title>Too Many Requests</title>", (("Retry-After", "3600"),)),
            "private": Page(403, HTML, PRIVATE.encode()),
            "moved": Page(301, HTML, b"", (("Location", "https://elsewhere.example/alice/rss/"),)),
            "renamed": Page(301, HTML, b"", (("Location", f"{self.url}/alice/rss/"),)),
            "renamed_twice": Page(301, HTML, b"", (("Location", "/renamed/rss/"),)),
            "maintenance": Page(200, HTML, b"<!DOCTYPE html>\n<html><body><p>Back soon.</p></body></html>"),
        }
        if member in special:
            return special[member]
        known = member in self.feeds
        return Page(200, XML, self.feeds[member]) if known else Page(404, HTML, MISSING.encode())


class _Handler(BaseHTTPRequestHandler):
    server: FakeLetterboxd
    timeout = 10

    def do_GET(self) -> None:
        asked = Asked(self.path, self.headers.get("User-Agent"), self.headers.get("Cookie"), time.monotonic())
        before = self.server.begin(asked)
        try:
            self.server.stopping.wait(self.server.lag)
            page = self.server.page(asked, before)
        finally:
            self.server.end()
        self.send_response_only(page.status)
        if self.path == "/drip_headers/rss/":
            self._drip_headers()
            return
        given = {"Server": "cloudflare", "cf-ray": "8a1b2c3d4e5f6071-AKL", "Set-Cookie": "__cf_bm=tracked; path=/"}
        given |= {"Content-Type": page.kind, "Content-Length": str(len(page.body) + (self.path == "/cut/rss/"))}
        for name, value in (given | dict(page.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        if self.path == "/drip/rss/":
            for byte in page.body:
                self.wfile.write(bytes([byte]))
                if self.server.stopping.wait(self.server.drip_seconds):
                    return
        else:
            self.wfile.write(page.body)

    def _drip_headers(self) -> None:
        """Send one header that has no end, a byte now and then, until the client has gone."""
        self.flush_headers()
        with contextlib.suppress(OSError):
            while not self.server.stopping.wait(self.server.drip_seconds):
                self.wfile.write(b"x")

    def log_message(self, *words: object) -> None:
        """Say nothing."""
