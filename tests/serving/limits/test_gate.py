"""The gate: so many threads at once, in order, and none is lost."""

import threading
import time

import pytest

from reelrec.serving.limits.gate import Gate
from reelrec.serving.limits.token_bucket import TokenBucket

SECONDS = 5.0


def test_no_more_threads_work_at_once_than_there_are_places():
    gate, most, lock = Gate(2), [], threading.Lock()

    def work() -> None:
        assert gate.enter(SECONDS)
        with lock:
            most.append(gate.working)
        time.sleep(0.005)
        gate.leave()

    threads = [threading.Thread(target=work) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert len(most) == 40
    assert max(most) == 2
    assert (gate.working, gate.waiting, gate.turned_away) == (0, 0, 0)


def test_who_came_first_is_first():
    gate, order = Gate(1), []
    gate.enter()

    def work(i: int) -> None:
        gate.enter(SECONDS)
        order.append(i)
        gate.leave()

    threads = []
    for i in range(8):
        threads.append(threading.Thread(target=work, args=(i,)))
        threads[-1].start()
        while gate.waiting < i + 1:
            time.sleep(0.001)
    gate.leave()
    for thread in threads:
        thread.join(SECONDS)
    assert order == list(range(8))


def test_who_waits_too_long_is_turned_away_and_leaves_no_trace():
    gate = Gate(1)
    gate.enter()
    came = []
    thread = threading.Thread(target=lambda: came.append(gate.enter(0.01)))
    thread.start()
    thread.join(SECONDS)
    assert came == [False]
    assert (gate.waiting, gate.turned_away) == (0, 1)
    gate.leave()
    assert gate.enter(0)


def test_who_is_told_that_it_takes_long_keeps_the_place_in_the_queue():
    gate, order, told = Gate(1), [], threading.Event()
    gate.enter()

    def work(name: str, **waits) -> None:
        gate.enter(SECONDS, **waits)
        order.append(name)
        gate.leave()

    first = threading.Thread(target=work, args=("first",), kwargs={"quiet": 0.01, "told": told.set})
    first.start()
    assert told.wait(SECONDS)
    second = threading.Thread(target=work, args=("second",))
    second.start()
    while gate.waiting < 2:
        time.sleep(0.001)
    gate.leave()
    first.join(SECONDS)
    second.join(SECONDS)
    assert order == ["first", "second"]
    assert gate.turned_away == 0


def test_who_clicks_again_while_waiting_leaves_the_queue():
    gate = Gate(1)
    gate.enter()
    raised = []

    def again() -> None:
        raise RuntimeError("another click")

    def work() -> None:
        try:
            gate.enter(SECONDS, quiet=0.0, told=again)
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(SECONDS)
    assert len(raised) == 1
    assert (gate.waiting, gate.working, gate.turned_away) == (0, 1, 0)


def test_a_place_is_free_while_its_thread_waits_outside():
    gate = Gate(1)
    gate.enter()
    with gate.outside():
        assert not gate.is_inside
        assert gate.enter(0)  # another's turn
        gate.leave()
    assert gate.is_inside
    assert gate.working == 1


def test_to_wait_outside_is_nothing_for_who_is_not_inside():
    gate = Gate(1)
    with gate.outside():
        pass
    assert gate.working == 0


def test_an_error_outside_brings_the_place_back():
    gate = Gate(1)
    gate.enter()
    with pytest.raises(ValueError, match="a fault"), gate.outside():
        raise ValueError("a fault")
    assert gate.is_inside


def test_a_bucket_allows_a_burst_and_then_a_rate(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    bucket = TokenBucket(3, 0.5)
    assert [bucket.take() for _ in range(3)] == [0.0] * 3
    assert bucket.take() == pytest.approx(2.0)
    now[0] += 2.0
    assert bucket.take() == 0.0
    assert bucket.take() > 0
