"""A Letterboxd of our own, and feeds read from it by a clock that a test moves."""

from collections.abc import Iterator

import pytest

from reelrec.sources.letterboxd.feed import Feeds
from tests.fakes.clock import Clock
from tests.fakes.letterboxd import FakeLetterboxd


@pytest.fixture
def fake(monkeypatch) -> Iterator[FakeLetterboxd]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeLetterboxd() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def feeds(fake, clock) -> Feeds:
    return Feeds(fake.url, clock, clock.sleep)
