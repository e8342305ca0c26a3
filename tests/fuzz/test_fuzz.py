"""Spoiled inputs for every reader, decoder and loader: no error outside the tree, no more than its CPU and memory.

The same inputs at each run; `python3 dev.py fuzz --minutes 10` tries others. Hypothesis makes a failing input smaller.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reelrec.errors import ReelRecError
from tests.fuzz import loop, mutations
from tests.fuzz.loop import MOST_GROWTH, TARGETS, resident
from tests.fuzz.target import Target

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of arithmetic on wrong weights, which stops nothing


def spoiled(target: Target) -> st.SearchStrategy[bytes]:
    """Valid inputs of a target that were spoiled in one of its ways, and free bytes."""
    valid, ways = st.sampled_from(target.seeds), st.sampled_from(target.ways)
    seeds = st.integers(0, 2**32 - 1)
    changed = st.builds(lambda data, way, seed: way(Random(seed), data), valid, ways, seeds)
    return changed | st.binary(max_size=200)


@pytest.fixture(scope="module", autouse=True)
def once():
    """What the targets load once."""
    for target in TARGETS.values():
        target.outcome(target.seeds[0])


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # it would hide the error that it is about
@pytest.mark.parametrize("name", TARGETS)
def test_no_spoiled_input_gets_past(name):
    target = TARGETS[name]
    before = resident()

    @settings(
        max_examples=2 * target.each,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(spoiled(target))
    def run(data: bytes) -> None:
        target.outcome(data)

    run()
    assert resident() - before < MOST_GROWTH


@pytest.mark.parametrize("name", TARGETS)
def test_a_valid_input_is_read_so_that_the_spoiled_ones_get_far(name):
    target = TARGETS[name]
    assert "read" in {target.outcome(data) for data in target.seeds}


def test_an_error_outside_the_tree_and_a_slow_input_are_found_and_counted(monkeypatch, capsys):
    def run(data: bytes) -> None:
        if data.startswith(b"a"):
            raise ReelRecError("said")
        if data.startswith(b"b"):
            raise ZeroDivisionError("not said")

    target = Target("made up", run, lambda: [b"a", b"b", b"c"], ((lambda rng, data: data),))
    found = loop.Run([target], seed=1)
    found.turn(target, 0.05)
    assert set(found.came["made up"]) >= {"ReelRecError", "OUTSIDE ZeroDivisionError", "read"}
    assert list(found.escaped) == ["made up: ZeroDivisionError"]
    assert "input: b'b'" in capsys.readouterr().out
    monkeypatch.setattr("tests.fuzz.target.MOST_CPU_SECONDS", -1.0)
    with pytest.raises(TimeoutError, match="s of CPU"):
        target.outcome(b"c")


WAYS = (
    mutations.as_json, mutations.as_csv, mutations.as_zip, mutations.as_npz, mutations.as_parquet, mutations.as_token,
    mutations.as_row, mutations.piecewise,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_mutation_spoils_any_bytes(way):
    for seed in range(20):
        assert isinstance(way(Random(seed), b"no such thing"), bytes)
