"""What the process counts for its host."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from reelrec.counters import Counts, Durations
from reelrec.errors import BlockedError, UsernameError


def test_counts_are_right_when_many_threads_add():
    counts = Counts("memory", "missing")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(counts.add, ["memory"] * 3000 + ["missing"] * 1000))
    assert counts.values() == {"memory": 3000, "missing": 1000}


def test_nothing_but_the_agreed_kinds_is_counted_so_that_no_text_of_a_visitor_becomes_a_label():
    with pytest.raises(KeyError):
        Counts("memory").add("heat-1995")


@pytest.mark.parametrize(
    ("error", "kind"), [(UsernameError, "mistaken"), (BlockedError, "failed"), (OSError, "failed")]
)
def test_a_block_is_counted_by_its_outcome_and_its_error_goes_on(error, kind):
    counts = Counts("done", "mistaken", "failed")
    with counts.outcome():
        pass
    with pytest.raises(error), counts.outcome():
        raise error("no")
    assert counts.values() == {"done": 1, "mistaken": 0, "failed": 0} | {kind: 1}


def test_durations_are_counted_up_to_each_bound():
    durations = Durations()
    for seconds in (0.025, 0.03, 0.5, 99.0):
        durations.add("Rate", seconds)
    counts, together = durations.values()["Rate"]
    assert counts == [1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4]
    assert len(counts) == len(Durations.BOUNDS) + 1
    assert together == pytest.approx(99.555)


def test_a_block_that_ends_with_an_error_is_measured_too():
    durations = Durations()
    with pytest.raises(ValueError, match="stopped"), durations.measured("Film"):
        raise ValueError("stopped")
    assert durations.values()["Film"][0][-1] == 1
