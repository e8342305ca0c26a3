import threading

import pytest

from reelrec import progress


def test_a_loop_that_nobody_watches_is_a_loop():
    assert list(progress.steps(iter("ab"))) == ["a", "b"]


def test_the_loops_of_a_step_divide_its_share():
    told = []
    with progress.watched(lambda share, name: told.append((share, name))):
        for model in progress.steps(["bmf", "svd"]):
            for _ in progress.steps(range(2)):
                assert told[-1][1] == model
    assert told == [
        (0.0, "bmf"), (0.0, "bmf"), (0.25, "bmf"), (0.5, "bmf"),
        (0.5, "svd"), (0.5, "svd"), (0.75, "svd"), (1.0, "svd"), (1.0, ""),
    ]  # fmt: skip


def test_one_loop_after_another_begins_anew():
    told = []
    with progress.watched(lambda share, name: told.append(share)):
        for _ in 1, 2:
            assert list(progress.steps("x")) == ["x"]
    assert told == [0.0, 1.0, 0.0, 1.0]


def test_a_loop_that_is_left_or_fails_leaves_the_share_of_the_others_as_it_was():
    told = []
    with progress.watched(lambda share, name: told.append(share)):
        for _ in progress.steps(range(2)):
            for _ in progress.steps(range(10)):
                break
            with pytest.raises(ZeroDivisionError):
                [1 / number for number in progress.steps(range(10))]
    assert told == [0.0, 0.0, 0.0, 0.5, 0.5, 0.5, 1.0]


def test_steps_may_have_names_and_a_number_of_their_own():
    told = []
    with progress.watched(lambda share, name: told.append((share, name))):
        assert list(progress.steps(iter([1, 2]), 2, names=("one", "two"))) == [1, 2]
        assert list(progress.steps([])) == []
    assert told == [(0.0, "one"), (0.5, "two"), (1.0, ""), (1.0, "")]


def test_other_threads_are_not_watched():
    told = []
    with progress.watched(lambda share, name: told.append(share)):
        thread = threading.Thread(target=lambda: list(progress.steps(range(3))))
        thread.start()
        thread.join()
    list(progress.steps(range(3)))  # nor is what comes after
    assert told == []
