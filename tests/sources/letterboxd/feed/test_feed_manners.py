"""How Letterboxd is asked: seldom, one at a time, and not at all once it refuses."""

from __future__ import annotations

import threading
import time
import traceback
from itertools import pairwise

import pytest

from reelrec.errors import BlockedError, NothingLoggedError, ReelRecError, TooSlowError, UsernameError
from reelrec.sources import http
from reelrec.sources.letterboxd import feed as letterboxd_feed
from reelrec.sources.letterboxd.feed import Feeds, read_feed

MINUTE = 60.0


@pytest.fixture
def moments(clock, monkeypatch) -> list[float]:
    """When each request began, by the clock."""
    began, get = [], http.get

    def noted(*words, **more) -> http.Answer:
        began.append(clock.now)
        return get(*words, **more)

    monkeypatch.setattr(http, "get", noted)
    return began


def refused(feeds: Feeds, name: str, kind: type[ReelRecError] = BlockedError) -> str:
    with pytest.raises(kind) as caught:
        feeds.read(name)
    return str(caught.value)


def test_nothing_is_asked_twice_within_a_quarter_of_an_hour(feeds, fake, clock):
    first = feeds.read("alice")
    clock.now += 15 * MINUTE - 1
    assert feeds.read("letterboxd.com/ALICE/films/") is first
    refused(feeds, "empty", NothingLoggedError)
    refused(feeds, "empty", NothingLoggedError)
    assert fake.paths == ["/alice/rss/", "/empty/rss/"]
    clock.now += 2
    assert feeds.read("alice") is not first
    assert len(fake.asked) == 3


def test_nobody_of_that_name_is_told_and_remembered_for_an_hour(feeds, fake, clock):
    said = refused(feeds, "ghost", UsernameError)
    clock.now += 60 * MINUTE - 1
    assert refused(feeds, "@Ghost", UsernameError) == said
    assert len(fake.asked) == 1
    clock.now += 2
    refused(feeds, "ghost", UsernameError)
    assert len(fake.asked) == 2


@pytest.mark.parametrize("name", ["blocked", "broken", "moved", "huge", "cut"])
def test_a_fault_is_never_remembered(feeds, fake, name):
    refused(feeds, name, ReelRecError)
    once = len(fake.asked)
    refused(feeds, name, ReelRecError)
    assert len(fake.asked) == 2 * once


def test_a_remembered_refusal_gathers_no_tracebacks(feeds):
    lengths = set()
    for _ in range(4):
        with pytest.raises(UsernameError) as caught:
            feeds.read("ghost")
        lengths.add(len(traceback.extract_tb(caught.value.__traceback__)))
    assert len(lengths) == 1
    assert [kept for _, kept in feeds._kept.values()] == [UsernameError]  # the kind alone, without the name


def test_only_so_many_answers_are_kept(feeds, fake, monkeypatch):
    monkeypatch.setattr(letterboxd_feed, "MOST_KEPT", 2)
    for name in ("alice", "old", "packed", "packed", "alice"):
        feeds.read(name)
    assert fake.paths == ["/alice/rss/", "/old/rss/", "/packed/rss/", "/alice/rss/"]


def test_two_requests_are_two_seconds_apart(feeds, moments, clock):
    for name in ("alice", "old", "ghost", "flaky"):
        try:
            feeds.read(name)
        except UsernameError:
            clock.now += 0.5
    gaps = [after - before for before, after in pairwise(moments)]
    assert len(moments) == 5
    assert min(gaps) >= 2.0


def test_nobody_waits_who_comes_late_enough(feeds, clock):
    feeds.read("alice")
    clock.now += 2
    feeds.read("old")
    assert clock.slept == []


def test_ten_visitors_are_served_one_after_another(feeds, fake, moments):
    fake.lag = 0.01
    names = [f"member_{n}" for n in range(10)]
    fake.feeds |= dict.fromkeys(names, fake.feeds["alice"])
    threads = [threading.Thread(target=feeds.read, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fake.most_at_once == 1
    assert sorted(fake.paths) == sorted(f"/{name}/rss/" for name in names)
    assert all(after - before >= 2.0 for before, after in pairwise(moments))


def test_ten_visitors_with_one_name_ask_once(feeds, fake):
    fake.lag = 0.05
    threads = [threading.Thread(target=feeds.read, args=("alice",)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fake.paths == ["/alice/rss/"]


def test_who_waits_too_long_for_others_is_told(feeds, fake, monkeypatch):
    monkeypatch.setattr(letterboxd_feed, "QUEUE_SECONDS", 0.05)
    fake.slow_seconds = 0.5
    other = threading.Thread(target=feeds.read, args=("slow",))
    other.start()
    while not fake.asked:
        time.sleep(0.005)
    with pytest.raises(TooSlowError, match=r"Many people are asking.*Try again in a minute"):
        feeds.read("alice")
    other.join()
    assert len(feeds.read("alice").films) == 46


def test_a_bot_check_is_told_and_never_tried_again(feeds, fake, clock):
    assert "turns programs away" in refused(feeds, "blocked")
    assert len(fake.asked) == 1
    assert clock.slept == []


def test_a_plain_refusal_is_never_tried_again(feeds, fake):
    refused(feeds, "private")
    assert len(fake.asked) == 1


def test_three_bot_checks_stop_all_asking_for_half_an_hour_and_say_so(feeds, fake, clock):
    for _ in range(3):
        refused(feeds, "blocked")
    assert refused(feeds, "alice").startswith("Letterboxd turns ReelRec away for now; it is asked again in 30 minutes.")
    clock.now += 29.5 * MINUTE
    assert "again in 1 minute. Your export has all your films" in refused(feeds, "alice")
    assert len(fake.asked) == 3
    clock.now += 0.5 * MINUTE
    assert len(feeds.read("alice").films) == 46


def test_after_the_rest_it_takes_three_bot_checks_again(feeds, fake, clock):
    for _ in range(3):
        refused(feeds, "blocked")
    clock.now += 30 * MINUTE
    for _ in range(2):
        refused(feeds, "blocked")
    assert len(feeds.read("alice").films) == 46


def test_bot_checks_that_are_not_in_a_row_stop_nothing(feeds):
    for name in ("blocked", "html200", "ghost", "blocked", "blocked"):
        refused(feeds, name, ReelRecError)
    assert len(feeds.read("alice").films) == 46


def test_what_is_remembered_is_shown_during_the_rest(feeds):
    log = feeds.read("alice")
    for _ in range(3):
        refused(feeds, "blocked")
    assert feeds.read("alice") is log


def test_an_hour_is_not_waited_for_and_others_are_not_asked_meanwhile(feeds, fake, clock):
    assert "turns ReelRec away for now" in refused(feeds, "limited")
    assert clock.slept == []
    assert "again in 30 minutes" in refused(feeds, "alice")
    assert fake.paths == ["/limited/rss/"]
    clock.now += 30 * MINUTE
    assert len(feeds.read("alice").films) == 46


def test_a_limit_without_a_time_is_a_minutes_rest(feeds, clock, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(http, "get", lambda *words, **more: http.Answer(429, {"retry-after": "in a while"}, b""))
        refused(feeds, "alice")
    assert "again in 1 minute." in refused(feeds, "alice")
    clock.now += MINUTE
    assert len(feeds.read("alice").films) == 46


def test_the_switch_turns_feeds_off(fake, monkeypatch):
    monkeypatch.setenv("LETTERBOXD_BASE_URL", fake.url)
    monkeypatch.setenv("REELREC_LETTERBOXD", "OFF")
    with pytest.raises(BlockedError, match=r"switched off on this server\. Your export has all your films"):
        read_feed("alice")
    assert not fake.asked


def test_so_many_feeds_are_read_in_an_hour_and_no_more_whoever_asks(feeds, fake, clock, monkeypatch):
    monkeypatch.setattr(letterboxd_feed, "MOST_AN_HOUR", 3)
    for name in ("bob", "carol", "dave"):
        refused(feeds, name, UsernameError)
    assert "in the last hour" in refused(feeds, "erin")
    assert len(fake.asked) == 3
    clock.now += 60 * MINUTE
    assert len(feeds.read("alice").films) > 20


def test_what_is_past_its_time_leaves_the_memory_though_nobody_asks_again(fake, clock, monkeypatch):
    monkeypatch.setattr(letterboxd_feed, "SWEEP_SECONDS", 0.01)
    feeds = Feeds(fake.url, clock, clock.sleep)
    feeds.read("alice")
    time.sleep(0.1)
    assert len(feeds._kept) == 1
    clock.now += 15 * MINUTE
    deadline = time.monotonic() + 5
    while feeds._kept and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not feeds._kept
