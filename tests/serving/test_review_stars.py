"""Stars for reviews without any: from words, from other ratings, from both."""

from __future__ import annotations

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.models.base import Prediction
from reelrec.models.review_text import ReviewText
from reelrec.serving import review_stars
from reelrec.serving.review_stars import STARS_MODEL, joined, suggest
from reelrec.visitor.profile import Profile

FERRY, RIVERS = 1, 3


@pytest.fixture
def reader() -> ReviewText:
    """Reads two words: lovely is five stars, dreadful half a one."""
    model = ReviewText()
    model.keep(
        terms=np.array(["dreadful", "lovely"]),
        idf=np.float32([1.0, 1.0]),
        weights=np.float32([-3.0, 3.0]),
        intercept=3.0,
        mean=3.5,
        sd=1.0,
        sds=np.full(7, 0.5, dtype=np.float32),
    )
    return model


@pytest.fixture
def told(tiny, reader):
    """The suggestions for these reviews by somebody with these ratings."""

    def make(reviews: dict[int, str], **profile) -> list[review_stars.Suggestion]:
        return list(suggest(tiny.films, tiny.model(STARS_MODEL), reader, Profile(**profile), reviews))

    return make


def gaussian(mean: float, sd: float) -> Prediction:
    return Prediction(np.array([mean]), np.array([sd]))


def test_two_gaussians_are_joined_as_worked_by_hand():
    # precisions 4, 2 and -1: 5 in all; (4 x 3 + 2 x 5 - 1 x 4) / 5 = 3.6
    found = joined(gaussian(3.0, 0.5), gaussian(5.0, 0.5**0.5), gaussian(4.0, 1.0))
    assert found.mean[0] == pytest.approx(3.6, abs=1e-6)
    assert found.sd[0] == pytest.approx(5**-0.5, abs=1e-6)


def test_words_that_say_nothing_leave_the_stars_as_they_were():
    found = joined(gaussian(2.5, 0.7), gaussian(3.8, 1.1), gaussian(3.8, 1.1))
    assert (found.mean[0], found.sd[0]) == pytest.approx((2.5, 0.7), abs=1e-6)


def test_warm_words_raise_the_stars_and_narrow_the_range(told):
    nothing, warm, cold = (told({FERRY: text}, ratings={0: 4.0})[0] for text in ("日の港", "Lovely!", "Dreadful."))
    assert warm.guess.stars > nothing.guess.stars > cold.guess.stars
    assert warm.half_star >= nothing.half_star >= cold.half_star
    assert warm.half_star > cold.half_star
    assert (nothing.heard, warm.heard, cold.heard) == (False, True, True)
    assert sum(warm.guess.distribution) == pytest.approx(1.0, abs=1e-5)


def test_other_ratings_count(told):
    high, low = (told({FERRY: "lovely"}, ratings={0: stars, 5: stars, 6: stars})[0] for stars in (5.0, 0.5))
    assert high.guess.stars > low.guess.stars


def test_what_is_said_of_the_reviewed_films_themselves_does_not_count(told):
    reviews = {FERRY: "日の港", RIVERS: "映画"}
    plain = told(reviews, ratings={0: 4.0})
    accepted = told(reviews, ratings={0: 4.0, FERRY: 0.5, RIVERS: 5.0}, seen=frozenset({FERRY}))
    assert [one.guess.stars for one in plain] == [one.guess.stars for one in accepted]


def test_films_come_as_they_were_given_with_their_words(told):
    made = told({RIVERS: "one", FERRY: "lovely"})
    assert [(one.guess.film.number, one.review) for one in made] == [(RIVERS, "one"), (FERRY, "lovely")]
    assert told({}) == []


def test_a_film_that_no_model_knows_gets_no_suggestion(tiny, reader):
    wider = Catalogue(tiny.films.films, n_items=12)
    found = suggest(wider, tiny.model(STARS_MODEL), reader, Profile(), {13: "lovely", 1: "lovely"})
    assert [suggestion.guess.film.number for suggestion in found] == [1]
    assert suggest(wider, tiny.model(STARS_MODEL), reader, Profile(), {13: "lovely"}) == ()
