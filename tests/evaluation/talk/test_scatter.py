import numpy as np

from reelrec.evaluation.talk import scatter


def test_what_was_predicted_is_told_by_the_stars_given():
    given = np.array([0.5, 0.5, 0.5, 5.0])
    found = scatter.by_given(given, np.array([2.0, 3.0, 4.0, 4.5]))
    assert (found["n"][0], found["mean"][0], found["middle"][0], found["low"][0], found["high"][0]) == (
        3,
        3,
        3,
        2.5,
        3.5,
    )
    assert (found["n"][9], found["mean"][9]) == (1, 4.5)
    assert (found["n"][1], found["mean"][1], found["low"][1]) == (0, None, None)
