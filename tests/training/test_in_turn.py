"""Trainings that follow each other: what was cut off goes on in the one that it was in."""

import numpy as np
import pytest

from reelrec.data.ratings.workers import ALONE
from reelrec.training.in_turn import in_turn
from tests.fakes.workers import CutOff, together

STEPS = 4


class Trainings:
    """Three that count steps and users. steps: who made which, as (rank, training, step)."""

    def __init__(self):
        self.steps = []

    def __call__(self, share):
        def training(place):
            def count(workers):
                kept = workers.kept()
                total = 0 if kept is None else int(kept["total"])
                for step in range(0 if kept is None else int(kept["step"]), STEPS):
                    self.steps.append((workers.rank, place, step))
                    total += workers.add(share.n_users) * 10**place
                    workers.keep(
                        10 * place + step, lambda at=step + 1, now=total: {"step": np.array(at), "total": np.array(now)}
                    )
                return {"total": np.array(total), "first": workers.once(lambda: np.full(2, place, np.float32), (2,))}

            return count

        return [
            (int(one["total"]), one["first"].tolist()) for one in in_turn([*map(training, range(3))], share.workers)
        ]


@pytest.fixture
def expected(people):
    return [(STEPS * people.n_users * 10**place, [place] * 2) for place in range(3)]


def test_each_training_begins_anew_and_gives_its_own(people, expected):
    trainings = Trainings()
    assert together(2, people, trainings) == [expected] * 2
    assert sorted(trainings.steps) == [
        (rank, place, step) for rank in range(2) for place in range(3) for step in range(4)
    ]


@pytest.mark.parametrize(("cut_off_at", "left"), [(1, 10), (3, 8), (10, 7), (12, 5), (20, 3), (23, 0)])
def test_what_was_cut_off_does_nothing_twice(people, expected, cut_off_at, left):
    kept = {}
    with pytest.raises(CutOff):
        together(2, people, Trainings(), kept, cut_off_at)
    again = Trainings()
    assert together(2, people, again, kept) == [expected] * 2
    assert len(again.steps) == 2 * left


def test_who_is_alone_keeps_nothing(people, expected):
    assert people.workers is ALONE
    assert Trainings()(people) == expected
