"""A member's newest logged films by username, through the RSS feed that Letterboxd offers for this.

Politeness: one request at a time in the whole process, two seconds between requests, no cookies, and a User-Agent that
names ReelRec. A refused request is never repeated. Three bot checks in a row stop all requests for half an hour. An
answer stays in memory for 15 minutes under a keyed hash of the username. Nothing is written or logged.
"""

from __future__ import annotations

import functools
import hashlib
import math
import os
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urlsplit

from reelrec.errors import (
    BlockedError,
    NothingLoggedError,
    ReelRecError,
    SourceError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
    UsernameError,
)
from reelrec.sources import http
from reelrec.sources.letterboxd import feed_items
from reelrec.sources.letterboxd.feed_items import EXPORT
from reelrec.sources.log import Log
from reelrec.translation import N_, _, ngettext

BASE_URL = "https://letterboxd.com"
SPACING_SECONDS = 2.0
TIMEOUT_SECONDS = (2.0, 2.5)  # to connect, and between two pieces
ANSWER_SECONDS = 3.0  # for all of one request
MOST_TRIES = 2  # after no connection, or a fault of the server
LONGEST_WAIT_SECONDS = 5.0  # between two tries; a longer Retry-After is not waited for
MOST_AN_HOUR = 300  # requests, of all visitors
QUEUE_SECONDS = 20.0  # a visitor's wait for the requests of others
KEPT_SECONDS, KEPT_MISSING_SECONDS = 15 * 60.0, 60 * 60.0
MOST_KEPT = 256
SWEEP_SECONDS = 10.0  # between two removals of expired answers
REDIRECTS = {301, 302, 303, 307, 308}  # of a member with a new name
CHALLENGES, PAUSE_SECONDS = 3, 30 * 60.0
OTHER_PAGES = {
    "film", "films", "list", "lists", "members", "journal", "search", "settings", "about", "actor", "director", "year",
    "genre", "crew", "tmdb", "imdb", "activity", "apps", "pro", "data", "user", "stories", "country", "language",
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9_]{2,30}")
_FEED = re.compile(r"/([A-Za-z0-9_]{2,30})/rss/?")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?letterboxd\.com/([^/?#]+)", re.IGNORECASE | re.ASCII)


def username(text: str) -> str:
    """The username in "name", "@name" or the address of a profile. Raises UsernameError."""
    text = text.strip()
    address = _ADDRESS.match(text)
    name = address[1] if address else text.removeprefix("@")
    if address and name.lower() in OTHER_PAGES:
        raise UsernameError(_("This is the address of a Letterboxd page, not of a member. Type the username alone."))
    if not name:
        raise UsernameError(_("Type a Letterboxd username, such as the name in letterboxd.com/name."))
    if not _NAME.fullmatch(name):
        raise UsernameError(
            _(
                "This is not a Letterboxd username: those are 2 to 30 letters, digits and underscores, without spaces. "
                "Type the name in letterboxd.com/name."
            )
        )
    return name.lower()  # after the match, because lower() turns the Kelvin sign into an ASCII k


# Why there is no log: what is kept of such an answer is its kind alone, without the name.
WITHOUT: dict[type[ReelRecError], str] = {
    UsernameError: N_("There is no Letterboxd member called “{name}”. Check the spelling."),
    NothingLoggedError: N_(
        "“{name}” is a member, but has logged no film that the feed would show; stars given without logging are not in "
        "it. {export}"
    ),
}


class Feeds:
    """A reader of feeds, one for the whole process. clock, sleep: in seconds; tests pass their own."""

    def __init__(
        self,
        base_url: str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._clock, self._sleep = clock, sleep
        self._asking = threading.Lock()
        self._secret = secrets.token_bytes(16)
        self._kept: OrderedDict[bytes, tuple[float, Log | type[ReelRecError]]] = OrderedDict()
        self._keeping = threading.Lock()
        self._sweeping = False
        self._last_request = -SPACING_SECONDS
        self._challenges = 0
        self._paused_until = 0.0
        self._asked: list[float] = []  # the times of the requests of the last hour

    def read(self, text: str) -> Log:
        """The log of a member's feed. text: a username, as `username` takes it.

        Raises UsernameError (no username, or no such member), NothingLoggedError, BlockedError, TooSlowError,
        UnreachableError or UnexpectedAnswerError.
        """
        name = username(text)
        key = hashlib.blake2b(name.encode(), key=self._secret).digest()
        if (kept := self._remembered(key)) is None:
            if not self._asking.acquire(timeout=QUEUE_SECONDS):
                raise TooSlowError(
                    _("Many people are asking Letterboxd at once. Try again in a minute. {export}", export=_(EXPORT))
                )
            try:
                kept = self._remembered(key) or self._ask(name, key)
            finally:
                self._asking.release()
        if isinstance(kept, type):
            raise kept(_(WITHOUT[kept], name=name, export=_(EXPORT)))
        return kept

    def _remembered(self, key: bytes) -> Log | type[ReelRecError] | None:
        """The kept answer, None where there is none or it has expired."""
        until, kept = self._kept.get(key, (0.0, None))
        return kept if self._clock() < until else None

    def _keep(self, key: bytes, kept: Log | type[ReelRecError], seconds: float) -> Log | type[ReelRecError]:
        """Keep an answer for a number of seconds, and return it."""
        with self._keeping:
            self._kept[key] = (self._clock() + seconds, kept)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            if not self._sweeping:
                self._sweep_later()
        return kept

    def _sweep_later(self) -> None:
        """Start a timer, so that expired answers leave the memory even where no request follows."""
        self._sweeping = True
        timer = threading.Timer(SWEEP_SECONDS, self._sweep)
        timer.daemon = True
        timer.start()

    def _sweep(self) -> None:
        """Remove the expired answers."""
        with self._keeping:
            now = self._clock()
            for old in [old for old, (until, _answer) in self._kept.items() if until <= now]:
                del self._kept[old]
            self._sweeping = False
            if self._kept:
                self._sweep_later()

    def _ask(self, name: str, key: bytes) -> Log | type[ReelRecError]:
        """The log of a feed, or the lasting error that there is none; other errors are raised and not kept."""
        answer = self._answer(f"{self._base_url}/{name}/rss/")
        if new_name := self._renamed(answer):
            answer = self._answer(f"{self._base_url}/{new_name}/rss/")  # once
            if newer_name := self._renamed(answer):
                raise UnexpectedAnswerError(
                    _(
                        "“{name}” has another name at Letterboxd now, maybe “{newer}”. Type that one. {export}",
                        name=name,
                        newer=newer_name,
                        export=_(EXPORT),
                    )
                )
            name = new_name
        if answer.status == 404:
            return self._keep(key, UsernameError, KEPT_MISSING_SECONDS)
        if answer.status != 200:
            raise UnexpectedAnswerError(
                _(
                    "Letterboxd gave an answer that ReelRec does not know ({status}). {export}",
                    status=answer.status,
                    export=_(EXPORT),
                )
            )
        films = feed_items.logged_films(answer.body)
        if not films:
            return self._keep(key, NothingLoggedError, KEPT_SECONDS)
        return self._keep(key, Log(origin="rss", owner=name, films=tuple(films)), KEPT_SECONDS)

    def _renamed(self, answer: http.Answer) -> str | None:
        """The member whose feed an answer sends us to, None where it does not or the address is of another host."""
        if answer.status not in REDIRECTS:
            return None
        to = urlsplit(answer.headers.get("location", "")[:500])
        feed = _FEED.fullmatch(to.path)
        return feed[1].lower() if feed and to.netloc in ("", urlsplit(self._base_url).netloc) else None

    def _answer(self, url: str) -> http.Answer:
        """The answer to a request, after up to MOST_TRIES tries. Raises SourceError for a refusal or a fault."""
        for tries_left in reversed(range(MOST_TRIES)):
            self._wait_for_turn()
            try:
                answer = _get(url)
            except SourceError as error:
                if tries_left and type(error) is UnreachableError:
                    continue
                raise type(error)(f"{error} {_(EXPORT)}") from None
            self._refuse(answer)
            if answer.status < 500:
                return answer
            if not tries_left or answer.wait_seconds > LONGEST_WAIT_SECONDS:
                break
            self._sleep(answer.wait_seconds)
        raise UnreachableError(
            _("Letterboxd has a fault at the moment. Try again in a few minutes. {export}", export=_(EXPORT))
        )

    def _wait_for_turn(self) -> None:
        """Sleep until the next request may be sent. Raises BlockedError during a pause or past the hourly limit."""
        now = self._clock()
        if now < self._paused_until:
            raise self._paused()
        self._asked = [at for at in self._asked if at > now - 3600]
        if len(self._asked) >= MOST_AN_HOUR:
            raise BlockedError(
                _("Too many feeds were read here in the last hour. Try again later. {export}", export=_(EXPORT))
            )
        self._asked.append(now)
        if (rest := self._last_request + SPACING_SECONDS - now) > 0:
            self._sleep(rest)
        self._last_request = self._clock()

    def _refuse(self, answer: http.Answer) -> None:
        """Raises BlockedError for an answer that refuses us, and starts a pause where one is due."""
        if _is_challenge(answer):
            self._challenges += 1
            if self._challenges >= CHALLENGES:
                self._challenges = 0
                self._paused_until = self._clock() + PAUSE_SECONDS
            raise BlockedError(_("Letterboxd turns programs away at the moment. {export}", export=_(EXPORT)))
        self._challenges = 0
        if answer.status == 403:
            raise BlockedError(_("Letterboxd does not show this feed to ReelRec. {export}", export=_(EXPORT)))
        if answer.status == 429:
            self._paused_until = self._clock() + min(max(answer.wait_seconds, 60.0), PAUSE_SECONDS)
            raise self._paused()

    def _paused(self) -> BlockedError:
        """The error during a pause."""
        minutes = math.ceil((self._paused_until - self._clock()) / 60)
        away = ngettext("Letterboxd turns ReelRec away for now; it is asked again in {n} minute. {export}",
                        "Letterboxd turns ReelRec away for now; it is asked again in {n} minutes. {export}",
                        minutes, export=_(EXPORT))  # fmt: skip
        return BlockedError(away)


def _get(url: str) -> http.Answer:
    """The answer to a request. Raises SourceError."""
    return http.get(
        url, "Letterboxd", headers={"User-Agent": _agent()}, timeout=TIMEOUT_SECONDS, max_seconds=ANSWER_SECONDS
    )


def _is_challenge(answer: http.Answer) -> bool:
    """Whether an answer is a bot check, which has any status. Cloudflare's other headers are on every answer."""
    if answer.headers.get("cf-mitigated", "").lower() == "challenge":
        return True
    html = "html" in answer.headers.get("content-type", "").lower()
    return html and (b"<title>Just a moment" in answer.body[:5000] or b"challenges.cloudflare.com" in answer.body)


def _agent() -> str:
    """The User-Agent, with the host's contact address where $REELREC_CONTACT has one."""
    contact = os.environ.get("REELREC_CONTACT", "").strip()
    return f"{http.AGENT} (+{contact})" if contact.isascii() and contact.isprintable() and contact else http.AGENT


_making = threading.Lock()


@functools.cache
def _feeds() -> Feeds:
    return Feeds(os.environ.get("LETTERBOXD_BASE_URL") or BASE_URL)


def read_feed(text: str) -> Log:
    """The log of a member's feed, by username. Raises the errors of `Feeds.read`."""
    if os.environ.get("REELREC_LETTERBOXD", "").lower() == "off":
        raise BlockedError(_("Reading feeds is switched off on this server. {export}", export=_(EXPORT)))
    with _making:  # with functools.cache alone, two first visitors at once would make a reader each
        feeds = _feeds()
    return feeds.read(text)
