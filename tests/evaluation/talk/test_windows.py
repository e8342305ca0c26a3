"""Windows cut from histories, by hand."""

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.evaluation.talk import windows


def person(first: int, n: int, stars: float = 4.0) -> History:
    return History.of(np.arange(first, first + n), np.full(n, stars))


def test_windows_side_by_side_hold_each_rating_once_and_sliding_ones_ten_times():
    histories = [person(0, 25), person(100, 9), person(200, 12)]
    tiled, slid = windows.side_by_side(histories), windows.sliding(histories)
    assert [len(tiled), len(slid)] == [3, 16 + 3]
    assert (tiled.items[1] == np.arange(10, 20)).all()
    assert (slid.items[1] == np.arange(1, 11)).all()
    assert slid.user.tolist() == [0] * 16 + [2] * 3
    assert tiled.places.tolist() == [[7] * 10] * 3
    assert np.bincount(slid.items.ravel())[12] == 10


@pytest.mark.parametrize("cut", [windows.side_by_side, windows.sliding])
def test_no_film_is_asked_for_that_was_told(cut):
    rng = np.random.default_rng(3)
    made = cut([History.of(rng.permutation(300)[:70], np.full(70, 3.0)) for _ in range(20)])
    assert len(made) > 100
    assert all(len(set(row)) == windows.LENGTH for row in made.items)
