import pytest

from reelrec.errors import ExportError
from reelrec.sources.budget import AT_ONCE, NO_LIMIT, Budget


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_work_within_the_seconds_goes_on(clock):
    budget = Budget(2.0, clock)
    clock.now += 2.0
    budget.check()
    assert list(budget.each(range(100))) == list(range(100))


def test_work_past_the_seconds_ends_with_what_to_do(clock):
    budget = Budget(2.0, clock)
    clock.now += 2.1
    with pytest.raises(ExportError, match=r"Bring fewer rows: leave out .* or send ratings.csv alone"):
        budget.check()


def test_a_loop_ends_soon_after_the_seconds_do(clock):
    seen = []

    def work(number: int) -> None:
        seen.append(number)
        clock.now += 0.1

    with pytest.raises(ExportError):
        list(map(work, Budget(2.0, clock).each(range(10_000))))
    assert 20 <= len(seen) <= 20 + 2 * AT_ONCE


def test_a_loop_asks_also_where_each_thing_takes_long_to_make(clock):
    def slow():
        for number in range(10_000):
            clock.now += 0.1
            yield number

    with pytest.raises(ExportError):
        list(Budget(2.0, clock).each(slow()))


def test_without_a_limit_nothing_ends():
    assert len(list(NO_LIMIT.each(range(100)))) == 100
