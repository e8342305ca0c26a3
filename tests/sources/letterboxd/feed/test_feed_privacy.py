"""Who asks is said honestly; whom we ask about is kept out of keys, logs and errors."""

from __future__ import annotations

import logging
import traceback

import pytest

from reelrec import __version__
from reelrec.errors import ReelRecError
from reelrec.sources.letterboxd import feed as letterboxd_feed
from reelrec.sources.letterboxd.feed import Feeds


def test_no_cookie_is_ever_sent_back(feeds, fake):
    for name in ("alice", "old", "flaky"):
        feeds.read(name)
    assert [request.cookie for request in fake.asked] == [None] * 4


def test_the_agent_is_honest_and_a_host_adds_where_to_complain(feeds, fake, monkeypatch):
    monkeypatch.delenv("REELREC_CONTACT", raising=False)
    feeds.read("alice")
    monkeypatch.setenv("REELREC_CONTACT", " https://films.example/about ")
    feeds.read("old")
    monkeypatch.setenv("REELREC_CONTACT", "two\r\nlines: 1")
    feeds.read("packed")
    named = f"ReelRec/{__version__}"
    assert [request.agent for request in fake.asked] == [named, f"{named} (+https://films.example/about)", named]


def test_no_log_record_holds_the_name_at_any_level(feeds, fake, caplog, monkeypatch):
    monkeypatch.setattr(letterboxd_feed, "TIMEOUT_SECONDS", (1.0, 0.1))
    caplog.set_level(logging.DEBUG)
    loud = [name for name in logging.root.manager.loggerDict if name.startswith(("urllib3", "requests", "reelrec"))]
    assert "urllib3.connectionpool" in loud
    for name in loud:
        caplog.set_level(logging.DEBUG, logger=name)
    for name in ("alice", "empty", "ghost", "flaky", "cut", "slow", "blocked"):
        try:
            feeds.read(name)
        except ReelRecError as error:
            logging.getLogger("reelrec").debug("%s", type(error).__name__)
    logging.getLogger("urllib3.connectionpool").warning("Failed to parse headers (url=%s)", "/alice/rss/")
    assert len(fake.asked) >= 8
    assert caplog.messages  # the records do come here
    assert not [said for said in caplog.messages if any(name in said for name in ("alice", "ghost", "/rss"))]


def test_the_name_is_no_key_and_no_plain_hash_of_what_is_kept(fake):
    one, other = Feeds(fake.url), Feeds(fake.url)
    one.read("alice")
    other.read("alice")
    assert b"alice" not in next(iter(one._kept))
    assert one._kept.keys() != other._kept.keys()


def test_no_error_shows_the_address_or_the_librarys_words(feeds, fake):
    for name in ("cut", "broken", "huge", "moved", "blocked"):
        with pytest.raises(ReelRecError) as caught:
            feeds.read(name)
        shown = "".join(traceback.format_exception(caught.value))
        assert fake.url not in shown
        assert f"/{name}/" not in shown
        assert "urllib3" not in shown
