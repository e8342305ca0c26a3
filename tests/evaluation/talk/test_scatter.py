import numpy as np

from reelrec.evaluation.talk import scatter


def test_what_was_predicted_is_told_by_the_stars_given():
    given = np.array([0.5, 0.5, 0.5, 5.0])
    table = scatter.by_given(given, np.array([2.0, 3.0, 4.0, 4.5]))
    assert (table["n"][0], table["mean"][0], table["middle"][0], table["low"][0], table["high"][0]) == (
        3,
        3,
        3,
        2.5,
        3.5,
    )
    assert (table["n"][9], table["mean"][9]) == (1, 4.5)
    assert (table["n"][1], table["mean"][1], table["low"][1]) == (0, None, None)
