import pytest

from reelrec.serving.predictions import Prediction
from reelrec.ui import text
from reelrec.ui.shelf import stars

RANGE = "4.1 stars, most likely between 3.0 and 4.9"


@pytest.fixture
def guess(make_film) -> Prediction:
    return Prediction(make_film(0), 4.1, 3.0, 4.9, 0.874, (0.1,) * 10, ())


@pytest.fixture
def bare(make_film) -> Prediction:
    """A guess of which nothing but the stars is known."""
    return Prediction(make_film(0), 4.1, None, None, None, None, ())


def test_a_range_is_told_in_words(guess, bare):
    assert stars.in_words(guess, theirs=True) == f"{RANGE}; 87\u00a0% you’ll like it"
    assert stars.in_words(guess, theirs=False) == f"{RANGE}; 87\u00a0% of newcomers like it"
    assert stars.in_words(bare, theirs=True) == "4.1 stars"


def test_half_a_star_is_at_the_left_end_of_the_picture_and_five_at_the_right(make_film):
    widest = Prediction(make_film(0), 2.75, 0.5, 5.0, 0.5, (0.1,) * 10, ())
    drawn = stars.picture(widest, theirs=True, given=5.0)
    assert (drawn["low"], drawn["mean"], drawn["high"], drawn["given"]) == (0.0, 50.0, 100.0, 100.0)
    assert drawn["says"].endswith("; you gave 5")


def test_without_a_range_nothing_is_drawn_but_what_was_given(bare):
    assert stars.picture(bare, theirs=True) is None
    assert stars.picture(bare, theirs=True, given=3.0)["low"] is None


def test_the_chance_is_the_visitors_or_newcomers(guess, bare):
    assert stars.liking(guess, theirs=True) == "87\u00a0% you’ll like it"
    assert stars.liking(guess, theirs=False) == "87\u00a0% of newcomers like it"
    assert stars.liking(bare, theirs=True) == ""


@pytest.mark.parametrize(("chance", "said"), [(0.0, "1"), (0.004, "1"), (0.555, "56"), (0.9999, "99"), (1.0, "99")])
def test_nothing_is_quite_sure(chance, said):
    assert text.percent(chance) == f"{said}\u00a0%"


@pytest.mark.parametrize(
    ("n", "begins"), [(0, "Without your ratings"), (1, "After 1 rating we"), (9, "After 9 ratings we"), (10, "8 of 10")]
)
def test_few_ratings_are_said_to_be_few(n, begins):
    said = stars.sureness(n, "between 3.0 and 4.9")
    assert said.startswith(begins)
    assert said.endswith("between 3.0 and 4.9.")
