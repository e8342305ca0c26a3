import re

import pytest

from reelrec import app
from reelrec.ui.rate import meter


def figures(n: int) -> list[float]:
    """The errors that are told of n ratings and of some more."""
    return [float(figure) for figure in re.findall(r"\d\.\d\d", meter._measured(n))]


def test_the_figure_never_rises_with_the_number_of_ratings():
    told = [figures(n)[0] for n in range(400)]
    assert told == sorted(told, reverse=True)
    assert told[-1] < told[0]


@pytest.mark.parametrize("n", range(60))
def test_no_more_ratings_are_said_to_bring_what_is_no_less(n):
    now, *later = figures(n)
    assert all(error < now for error in later)
    assert len(later) == (n < meter.STEPS[-1])


def test_an_error_that_was_not_measured_is_not_told(monkeypatch):
    monkeypatch.setattr(app, "typical_error", lambda n: None)
    assert meter._measured(3) == ""


def test_the_words_are_in_the_order_of_the_ratings_that_they_stand_for():
    least = [n for n, _, _ in meter.WORDS]
    assert least == sorted(set(least))
    assert least[0] == 1
