import pytest

from reelrec.serving.picks.predictions import Prediction
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


@pytest.mark.parametrize("theirs", [True, False])
@pytest.mark.parametrize("chance", [0.0, 0.049, 0.951, 1.0])
def test_no_chance_is_told_as_if_it_were_certain(make_film, chance, theirs):
    sure = Prediction(make_film(0), 4.1, 3.0, 4.9, chance, (0.1,) * 10, ())
    told = "over 95" if chance > 0.5 else "under 5"
    assert stars.liking(sure, theirs).startswith(f"{told}\u00a0%")
    assert f"{told}\u00a0%" in stars.in_words(sure, theirs)


def test_a_chance_has_a_word_from_its_bound_on_up_to_the_next():
    bounds = [least for least, _word, _sentence in stars.WORDS]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] == 0.0
    for place, (least, said, _sentence) in enumerate(stars.WORDS):
        assert stars.word(least) == said
        assert stars.word(bounds[place - 1] - 0.001 if place else 1.0) == said
    assert stars.word(None) == ""


def test_only_what_is_more_likely_liked_than_not_is_called_likely():
    assert "likely" not in stars.word(0.49)
    assert "likely" in stars.word(0.95)


@pytest.mark.parametrize(
    ("n", "begins"), [(0, "Without your ratings"), (1, "After 1 rating we"), (9, "After 9 ratings we"), (10, "8 of 10")]
)
def test_few_ratings_are_said_to_be_few(n, begins):
    said = stars.sureness(n, "between 3.0 and 4.9")
    assert said.startswith(begins)
    assert said.endswith("between 3.0 and 4.9.")
