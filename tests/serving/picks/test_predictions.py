from statistics import NormalDist

import numpy as np
import pytest

from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.visitor.profile import Profile
from tests.fakes import list_models
from tests.fakes.unsure import Unsure

LIKES = Profile(ratings={1: 5.0, 3: 4.0, 6: 2.0})


@pytest.fixture
def unsure(tiny) -> Engine:
    """The engine over the fourteen films with stars that know how sure they are, under the stars model's name."""
    model = Unsure(tiny.model("baseline"))
    blend = list_models.blend(tiny.model("dae"), tiny.model("ranker"), model)
    own = {engine.STARS_MODEL: model, engine.LIST_MODEL: blend}
    return Engine(tiny.films, lambda name: own.get(name) or tiny.model(name))


def test_stars_come_with_the_range_of_8_in_10_and_the_chance_of_3_and_a_half(unsure):
    model = unsure.model(engine.STARS_MODEL)
    expected = model.predict(LIKES.history(14))
    for pick in engine.recommend(unsure, LIKES, 99)[1]:
        mean, sd = (float(values[pick.film.number]) for values in expected[:2])
        assert (pick.low, pick.high) == pytest.approx(np.clip((mean - 1.28155 * sd, mean + 1.28155 * sd), 0.5, 5.0))
        normal = NormalDist(mean, sd)
        assert pick.chance == pytest.approx(1 - normal.cdf(3.25), abs=1e-5)
        assert pick.distribution[0] == pytest.approx(normal.cdf(0.75), abs=1e-5)
        assert len(pick.distribution) == 10
        assert sum(pick.distribution) == pytest.approx(1.0, abs=1e-5)


def test_a_list_asks_for_stars_once_and_for_half_stars_of_the_films_shown_only(unsure):
    model = unsure.model(engine.STARS_MODEL)
    for ranker in (None, engine.STARS_MODEL):
        model.predicted, model.asked = 0, []
        assert len(engine.recommend(unsure, LIKES, 4, ranker)[1]) == 4
        assert (model.predicted, model.asked) == (1, [4])


def test_a_list_in_the_order_of_unsure_stars_is_in_the_order_of_their_means(unsure):
    mean = unsure.model(engine.STARS_MODEL).predict(LIKES.history(14)).mean
    picks = engine.recommend(unsure, LIKES, 99, engine.STARS_MODEL)[1]
    assert [pick.score for pick in picks] == sorted((float(mean[n.film.number]) for n in picks), reverse=True)


def test_a_ranker_with_stars_of_its_own_and_no_range_claims_none(unsure):
    for pick in engine.recommend(unsure, LIKES, 99, "knn")[1]:
        assert (pick.low, pick.high, pick.chance, pick.distribution) == (None, None, None, None)


def test_one_film_is_predicted_as_in_the_list_and_a_rating_narrows_its_range(unsure, films):
    (pick,) = (pick for pick in engine.recommend(unsure, LIKES, 99)[1] if pick.film.number == 2)
    alone = engine.predict(unsure, LIKES, films.films[2])
    assert (alone.stars, alone.low, alone.high, alone.chance) == (pick.stars, pick.low, pick.high, pick.chance)
    assert alone.distribution == pick.distribution
    newcomer = engine.predict(unsure, Profile(), films.films[2])
    assert newcomer.high - newcomer.low > alone.high - alone.low
