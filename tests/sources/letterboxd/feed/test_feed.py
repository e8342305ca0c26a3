"""What comes of asking for a member's feed: each answer, each refusal and each fault, told apart."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from reelrec.errors import (
    BlockedError,
    NothingLoggedError,
    ReelRecError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
    UsernameError,
)
from reelrec.sources import http
from reelrec.sources.letterboxd import feed as letterboxd_feed
from reelrec.sources.letterboxd.feed import Feeds, username
from tests.fakes.feeds import FILMS, entry, feed
from tests.fakes.letterboxd import FakeLetterboxd

REFUSED_AND_TOLD = {
    "ghost": (UsernameError, "There is no Letterboxd member called “ghost”. Check the spelling."),
    "empty": (NothingLoggedError, "“empty” is a member, but has logged no film.*use that instead"),
    "listsonly": (NothingLoggedError, "“listsonly” is a member.*stars given without logging.*use that instead"),
    "blocked": (BlockedError, "turns programs away at the moment.*export.*use that instead"),
    "html200": (BlockedError, "turns programs away at the moment.*export.*use that instead"),
    "limited": (BlockedError, "turns ReelRec away for now; it is asked again in 30 minutes.*use that instead"),
    "private": (BlockedError, "does not show this feed to ReelRec.*use that instead"),
    "moved": (UnexpectedAnswerError, r"does not know \(301\).*use that instead"),
    "huge": (UnexpectedAnswerError, "more than 2,000,000 bytes.*Try again later.*use that instead"),
    "packed_huge": (UnexpectedAnswerError, "more than 2,000,000 bytes.*Try again later"),
    "bomb": (UnexpectedAnswerError, "something else than a feed. Try again later.*use that instead"),
    "maintenance": (UnexpectedAnswerError, "something else than a feed. Try again later.*use that instead"),
    "renamed_twice": (UnexpectedAnswerError, "has another name at Letterboxd now, maybe “alice”.*use that instead"),
    "broken": (UnexpectedAnswerError, "incomplete. Try again in a moment.*use that instead"),
    "cut": (UnreachableError, "cannot be reached at the moment. Try again in a few minutes.*use that instead"),
}


def test_the_newest_films_of_a_member_are_read(feeds, fake):
    log = feeds.read("Alice")
    assert (log.origin, log.owner, log.faults) == ("rss", "alice", ())
    assert len(log.films) == 46  # 45 films and a series out of 50 items
    assert fake.paths == ["/alice/rss/"]


def test_the_fakes_films_are_those_it_was_given(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeLetterboxd([(f"Tide {n}", 1990 + n, 40 + n, f"tide-{n}") for n in range(9)]) as fake:
        films = Feeds(fake.url).read("alice").films
    assert {(film.title, film.slug) for film in films} == {
        ("Harbour Watch", "harbour-watch"),
        *((f"Tide {n}", f"tide-{n}") for n in range(9)),
    }


@pytest.mark.parametrize("name", REFUSED_AND_TOLD)
def test_every_refusal_and_fault_says_what_it_is_and_what_to_do(feeds, name):
    kind, text = REFUSED_AND_TOLD[name]
    with pytest.raises(ReelRecError, match=text) as caught:
        feeds.read(name)
    assert type(caught.value) is kind
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_member_without_logged_films_is_told_apart_from_nobody(feeds):
    with pytest.raises(NothingLoggedError, match="is a member"):
        feeds.read("empty")
    with pytest.raises(UsernameError, match="no Letterboxd member"):
        feeds.read("ghost")


def test_a_member_who_was_not_found_is_nobody_and_not_an_unknown_answer(feeds, fake):
    with pytest.raises(UsernameError):
        feeds.read("somebody_else")
    assert fake.paths == ["/somebody_else/rss/"]


def test_a_bot_check_that_says_200_is_a_bot_check(feeds):
    with pytest.raises(BlockedError):
        feeds.read("html200")
    assert feeds._challenges == 1


def test_a_refusal_that_is_no_bot_check_does_not_count_as_one(feeds):
    with pytest.raises(BlockedError):
        feeds.read("private")
    assert feeds._challenges == 0


def test_a_page_that_is_no_feed_and_no_bot_check_is_not_read_as_no_films(feeds, fake):
    for page in (b"<!doctype html><html><body>Hello</body></html>", b"<html><p>Hello</p></html>", b"", b"{}"):
        fake.feeds["odd"] = page
        with pytest.raises(UnexpectedAnswerError, match="Try again"):
            feeds.read("odd")


def test_a_packed_feed_is_unpacked(feeds):
    assert len(feeds.read("packed").films) == 46


def test_a_renamed_member_is_followed_once(feeds, fake):
    log = feeds.read("renamed")
    assert (log.owner, len(log.films)) == ("alice", 46)
    assert fake.paths == ["/renamed/rss/", "/alice/rss/"]
    with pytest.raises(UnexpectedAnswerError):
        feeds.read("renamed_twice")
    assert fake.paths[2:] == ["/renamed_twice/rss/", "/renamed/rss/"]


def test_a_redirect_to_another_host_is_not_followed(feeds, fake):
    with pytest.raises(UnexpectedAnswerError):
        feeds.read("moved")
    assert fake.paths == ["/moved/rss/"]


def test_an_answer_that_is_too_large_is_left(feeds, fake):
    for name in ("huge", "packed_huge"):
        with pytest.raises(UnexpectedAnswerError, match="2,000,000 bytes"):
            feeds.read(name)
    assert len(fake.asked) == 2  # and not tried again


def test_a_feed_that_breaks_off_is_told(feeds, fake):
    with pytest.raises(UnexpectedAnswerError, match="incomplete"):
        feeds.read("broken")
    assert len(fake.asked) == 1


def test_a_connection_that_breaks_off_is_tried_twice(feeds, fake):
    with pytest.raises(UnreachableError):
        feeds.read("cut")
    assert len(fake.asked) == 2


def test_no_answer_in_time_is_too_slow(feeds, fake, monkeypatch):
    monkeypatch.setattr(letterboxd_feed, "TIMEOUT_SECONDS", (1.0, 0.2))
    with pytest.raises(TooSlowError, match=r"too slow at the moment\. Try again in a few minutes"):
        feeds.read("slow")
    assert len(fake.asked) == 1  # a second wait of ten seconds would help nobody


def test_nobody_waits_for_a_name_server_that_is_silent(feeds, monkeypatch):
    free = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **options: free.wait(20))
    monkeypatch.setattr(letterboxd_feed, "ANSWER_SECONDS", 0.1)
    began = time.monotonic()
    with pytest.raises(TooSlowError, match=r"too slow at the moment.*use that instead"):
        feeds.read("alice")
    assert time.monotonic() - began < 1
    free.set()


def test_the_next_visitor_is_not_kept_by_an_answer_whose_headers_drip(feeds, fake, monkeypatch):
    monkeypatch.setattr(letterboxd_feed, "ANSWER_SECONDS", 0.3)
    fake.drip_seconds = 0.05
    began = time.monotonic()
    with pytest.raises(TooSlowError, match="use that instead"):
        feeds.read("drip_headers")
    assert len(feeds.read("alice").films) == 46
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("seconds", [0.0, 2.0])
def test_without_a_connection_the_export_is_named_within_three_seconds(feeds, monkeypatch, clock, seconds):
    """A refused connection fails at once and is tried once more, after two seconds; a silent one is not tried again."""

    def get(*words, **options):
        clock.now += seconds
        raise TooSlowError("too slow") if seconds else UnreachableError("no connection")

    monkeypatch.setattr(http, "get", get)
    began = clock.now
    with pytest.raises((UnreachableError, TooSlowError), match="use that instead"):
        feeds.read("alice")
    assert clock.now - began <= 3


def test_a_fault_is_tried_again_after_the_wait_that_was_asked_for(feeds, fake, clock):
    assert len(feeds.read("flaky").films) == 46
    assert len(fake.asked) == 2
    assert clock.slept == [1.0, 1.0]  # Retry-After: 1, and the rest of the two seconds between requests


def test_a_fault_that_stays_is_told_after_two_tries(feeds, fake, clock, monkeypatch):
    down = http.Answer(503, {}, b"down")
    asked = []
    monkeypatch.setattr(http, "get", lambda *words, **more: asked.append(words) or down)
    with pytest.raises(UnreachableError, match=r"Letterboxd has a fault at the moment\. Try again in a few minutes"):
        feeds.read("alice")
    assert len(asked) == 2


def test_a_fault_that_asks_for_a_long_wait_is_told_at_once(feeds, clock, monkeypatch):
    monkeypatch.setattr(http, "get", lambda *words, **more: http.Answer(503, {"retry-after": "3600"}, b""))
    with pytest.raises(UnreachableError):
        feeds.read("alice")
    assert clock.slept == []


def test_no_connection_is_tried_twice(clock, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        feeds = Feeds(f"http://127.0.0.1:{unused.getsockname()[1]}", clock, clock.sleep)
        with pytest.raises(UnreachableError, match=r"Letterboxd cannot be reached at the moment\. Try again"):
            feeds.read("alice")
    assert clock.slept == [2.0]


def test_other_peoples_words_in_a_feed_stay_words(feeds, fake):
    film = FILMS[0]._replace(title="<b>Bold</b> & [link](x) \u202e\u200b$x$")
    fake.feeds["bob"] = feed([entry(film, 0, stars=4.0, member="bob")], "bob")
    assert feeds.read("bob").films[0].title == "<b>Bold</b> & [link](x) $x$"


@pytest.mark.parametrize(
    "text",
    [
        "alice", " alice ", "@alice", "ALICE", "letterboxd.com/alice", "http://letterboxd.com/alice",
        "https://letterboxd.com/alice/", "https://www.letterboxd.com/Alice/films/by/date/?page=2#top",
        "HTTPS://LETTERBOXD.COM/alice/film/copper-tide/1/", "letterboxd.com/alice?x", "letterboxd.com/alice#x",
    ],
)  # fmt: skip
def test_a_username_is_found_in_a_name_or_a_profiles_address(text):
    assert username(text) == "alice"


def test_digits_and_underscores_belong_to_a_username():
    assert username("a_1") == "a_1"
    assert username("12") == "12"


@pytest.mark.parametrize(
    "text",
    [
        "a", "two words", "al-ice", "alice!", "ali\u200bce", "аlice", "a\u217cice", "\u212aate", "ｂｏｂ", "İda",
        "a" * 31, "a" * 500, "ali\x00ce", "ali\nce", "alice/films", "../alice", "alice%2f", "@@alice",
        "alice@example.org", "https://example.org/alice", "letterboxd.com.example.org/alice",
        "https://letterboxd.com//alice", "https://letterboxd.com/al ice", "https://boxd.it/aBcD",
        "https://letterboxd.com/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_username_is_refused_before_anybody_is_asked(text, feeds, fake):
    with pytest.raises(UsernameError, match=r"Type the name in letterboxd\.com/name"):
        feeds.read(text)
    assert not fake.asked


@pytest.mark.parametrize("text", ["", "   ", "@", "\n"])
def test_nothing_typed_is_told(text):
    with pytest.raises(UsernameError, match="Type a Letterboxd username, such as"):
        username(text)


@pytest.mark.parametrize("page", ["film/copper-tide/", "list/x", "Search/alice", "tmdb/7000", "settings/data/"])
def test_the_address_of_another_page_is_no_member(page):
    with pytest.raises(UsernameError, match=r"not of a member\. Type the username alone"):
        username(f"https://letterboxd.com/{page}")


def test_the_refusal_of_a_username_repeats_nothing_of_it():
    with pytest.raises(UsernameError) as caught:
        username("<script>alert(1)</script>")
    assert "script" not in str(caught.value)


def test_the_base_address_comes_from_the_environment(fake, monkeypatch):
    monkeypatch.setenv("LETTERBOXD_BASE_URL", f"{fake.url}/")
    letterboxd_feed._feeds.cache_clear()
    try:
        assert len(letterboxd_feed.read_feed("alice").films) == 46
    finally:
        letterboxd_feed._feeds.cache_clear()
    assert fake.paths == ["/alice/rss/"]
