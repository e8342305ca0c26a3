"""TMDB on this machine, with invented films: answers, errors and pictures in the real one's shapes.

    with FakeTmdb() as fake:
        ...  # run the app with os.environ | fake.environment(an empty folder)

Any id that is not listed below belongs to an invented film with a poster, so films of the real catalogue work too.

| what is reproduced | tests in tests/sources/tmdb/ |
|---|---|
| 401 without a credential | test_without_a_credential_the_fake_refuses |
| 401 for an invalid credential | test_a_refused_key_is_told_with_what_to_do_and_asked_once |
| configuration | test_the_configuration_is_asked_once_before_the_first_film |
| search: one hit | test_a_film_without_ids_is_found_by_title_and_year |
| search: nothing | test_a_search_without_a_hit_is_a_film_that_tmdb_does_not_have |
| search: two films, same title and year | test_two_films_of_one_title_and_year_are_none |
| search: hit only with `year` | test_a_film_that_came_out_a_year_later_is_found_by_any_release |
| search: release_date "" | test_a_hit_without_a_date_does_not_count |
| search: poster_path null | test_a_film_without_a_poster_has_an_overview_alone |
| details | test_a_film_with_an_id_has_poster_and_overview |
| 404 envelope | test_a_film_that_tmdb_does_not_have_is_none |
| find: known | test_an_id_that_was_merged_away_is_found_by_its_imdb_id |
| find: unknown | test_an_imdb_id_that_nobody_knows_is_none |
| 429 with Retry-After | test_a_short_wait_is_waited_for, test_a_long_wait_is_not_waited_for |
| 500, HTML, cut JSON | test_a_fault_is_told_and_never_kept_or_logged |
| slow | test_a_slow_answer_is_a_fault_and_not_tried_again_at_once |
| pictures, one of them missing | test_pictures_are_small_jpegs_and_one_is_missing |
| no credential in an address, Authorization sent | test_the_token_is_in_the_header_and_nowhere_else |
| at most four at once | test_thirty_visitors_ask_once_and_four_at_a_time |
| offers by country; a film or a country without any | test_who_has_a_film_is_told_by_country_and_way |
| services of a country, countries | test_the_tables_are_in_their_order |
| trailers: official, teaser, none | test_the_official_trailer_comes_before_others |
| nothing asked twice in its time | test_nothing_is_asked_twice_within_its_time |
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.fakes.server import LoopbackServer
from tests.fakes.tmdb_films import FILMS, GONE, MISSING_PICTURE, PICTURE, FakeFilm, is_hit
from tests.fakes.tmdb_watch import COUNTRIES, offers, services, videos

SIZES = ("w92", "w154", "w185", "w342", "w500", "w780", "original")
CONFIGURATION = {
    "images": {
        "base_url": "http://image.tmdb.org/t/p/",
        "secure_base_url": "https://image.tmdb.org/t/p/",
        "backdrop_sizes": ["w300", "w780", "w1280", "original"],
        "poster_sizes": list(SIZES),
    },
    "change_keys": ["adult", "images", "title"],
}
NOT_FOUND = {"success": False, "status_code": 34, "status_message": "The resource you requested could not be found."}
REFUSED = {"status_code": 7, "status_message": "Invalid API key: You must be granted a valid key.", "success": False}
TOO_MANY = {"success": False, "status_code": 25, "status_message": "Your request count is over the allowed limit."}
BROKEN = {"success": False, "status_code": 11, "status_message": "Internal error: Something went wrong."}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in. `authorization`: the header's value, or None."""

    path: str
    query: str
    authorization: str | None

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Trouble:
    """What comes instead of the right answer: `status` and `body` as they stand, after so many seconds."""

    status: int = 200
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


def slow(seconds: float) -> Trouble:
    """The right answer, late."""
    return Trouble(seconds=seconds)


def too_many(retry_after: int) -> Trouble:
    return Trouble(429, json.dumps(TOO_MANY).encode(), (("Retry-After", str(retry_after)),))


def says(answer: object) -> Trouble:
    """JSON, whatever it means."""
    return Trouble(body=json.dumps(answer).encode())


DOWN = Trouble(500, json.dumps(BROKEN).encode())
HTML = Trouble(body=b"<!doctype html><title>Just a moment...</title>", headers=(("Content-Type", "text/html"),))
CUT = Trouble(body=b'{"id": 603, "title": "The Gla')


class FakeTmdb(LoopbackServer):
    """`asked`: every request. `most_at_once`: the most API requests under way at one time.

    `trouble`: by path, or by "" for every path of the API: what to send instead, each once and then the right
    answer, or for ever where it is no list.
    """

    token = "eyJ-no-token-of-anybody"

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.asked: list[Asked] = []
        self.trouble: dict[str, Trouble | list[Trouble]] = {}

    @property
    def image_url(self) -> str:
        return f"{self.url}/t/p"

    def environment(self, cache: Path) -> dict[str, str]:
        """The variables with which ReelRec asks this server, and keeps what it hears in that folder."""
        return {
            "TMDB_BASE_URL": self.url,
            "TMDB_IMAGE_BASE_URL": self.image_url,
            "TMDB_TOKEN": self.token,
            "REELREC_CACHE": str(cache),
            "NO_PROXY": "127.0.0.1",
        }

    @property
    def paths(self) -> list[str]:
        """What the API was asked, in order."""
        return [request.path for request in self.asked if request.path.startswith("/3/")]

    def begin(self, request: Asked) -> Trouble:
        """Note a request; what goes wrong with it."""
        with self.lock:
            self.asked.append(request)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            trouble = self.trouble.get(request.path, self.trouble.get("", Trouble()))
            if isinstance(trouble, list):
                trouble = trouble.pop(0) if trouble else Trouble()
            return trouble

    def end(self) -> None:
        with self.lock:
            self.at_once -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that did not wait for its answer is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeTmdb
    timeout = 10

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(parts.path, parts.query, self.headers.get("Authorization"))
        if not parts.path.startswith("/3/"):
            with self.server.lock:
                self.server.asked.append(asked)
            self._picture(parts.path)
            return
        trouble = self.server.begin(asked)
        try:
            self.server.stopping.wait(trouble.seconds)
            status, body = trouble.status, trouble.body
            if body is None:
                status, answer = _answer(asked, self.server.token)
                body = json.dumps(answer).encode()
        finally:
            self.server.end()
        self._send(status, body, {"Content-Type": "application/json;charset=utf-8"} | dict(trouble.headers))

    def _picture(self, path: str) -> None:
        known = re.fullmatch(r"/t/p/(\w+)(/[A-Za-z0-9_-]+\.jpg)", path)
        if known and known[1] in SIZES and known[2] != MISSING_PICTURE:
            self._send(200, PICTURE, {"Content-Type": "image/jpeg", "Cache-Control": "max-age=60"})
        else:
            self._send(404, b"<h1>File not Found</h1>", {"Content-Type": "text/html"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


def _answer(asked: Asked, token: str) -> tuple[int, dict]:
    """Status and JSON, as the real API answers."""
    if asked.authorization != f"Bearer {token}":
        return 401, REFUSED
    given = {name: values[-1] for name, values in parse_qs(asked.query).items()}
    if asked.path == "/3/configuration":
        return 200, CONFIGURATION
    if asked.path == "/3/search/movie":
        found = [film.hit() for film in FILMS if is_hit(film, given)]
        return 200, {"page": 1, "results": found, "total_pages": 1, "total_results": len(found)}
    if by_imdb := re.fullmatch(r"/3/find/(tt\d{7,})", asked.path):
        known = given.get("external_source") == "imdb_id"
        found = [film.hit() for film in FILMS if known and film.imdb_id == by_imdb[1]]
        empty = {f"{kind}_results": [] for kind in ("person", "tv", "tv_episode", "tv_season")}
        return 200, {"movie_results": found} | empty
    if asked.path == "/3/watch/providers/regions":
        return 200, COUNTRIES
    if asked.path == "/3/watch/providers/movie":
        return 200, services(given.get("watch_region", ""))
    part = re.fullmatch(r"/3/movie/([1-9]\d*)/(watch/providers|videos)", asked.path)
    if part and int(part[1]) != GONE:
        return 200, (videos if part[2] == "videos" else offers)(int(part[1]))
    if by_id := re.fullmatch(r"/3/movie/([1-9]\d*)", asked.path):
        number = int(by_id[1])
        if number != GONE:
            invented = FakeFilm(number, f"Invented Film {number}", f"{1950 + number % 70}-01-01")
            return 200, {film.id: film for film in FILMS}.get(number, invented).details()
    return 404, NOT_FOUND
