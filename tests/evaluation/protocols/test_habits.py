"""Other people's habits, measured as the visitor's are."""

import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.ratings.dataset import Dataset
from reelrec.evaluation.protocols import habits
from reelrec.visitor.portrait import portrait
from reelrec.visitor.profile import Profile


@pytest.fixture
def films(make_film) -> Catalogue:
    return Catalogue(make_film(n, mean=2 + n % 9 / 4) for n in range(100))


@pytest.fixture
def users(make_people, films) -> Dataset:
    return Dataset.from_frame("invented", make_people(30, films.slugs, 40), films.slugs)


def test_a_users_generosity_lies_where_the_same_ratings_of_a_visitor_lie(users, films):
    report = habits.run(users, films)
    quantiles = report.details["quantiles"]
    assert report.details["users"] == 30
    own = []
    for history in users.histories():
        ratings = dict(zip(history.items.tolist(), history.ratings.tolist(), strict=True))
        own.append(portrait(Profile(ratings=ratings), films, quantiles))
    generosities = sorted(one.generosity for one in own)
    assert quantiles["generosity"][0] == pytest.approx(generosities[0], abs=1e-4)
    assert quantiles["generosity"][100] == pytest.approx(generosities[-1], abs=1e-4)
    below = [one.more_generous_than for one in sorted(own, key=lambda one: one.generosity)]
    assert below == pytest.approx([place / 29 for place in range(30)], abs=0.04)


def test_films_without_a_mean_and_users_of_few_films_are_left_out(users, make_film, films):
    unknown = Catalogue([make_film(n, slug=film.slug, mean=None) for n, film in enumerate(films.films)])
    report = habits.run(users, unknown)
    assert report.details == {"users": 0, "quantiles": {"generosity": [], "spread": [], "agreement": []}}


def test_the_report_holds_quantiles_and_no_rating(users, films):
    report = habits.run(users, films)
    assert {name: len(values) for name, values in report.details["quantiles"].items()} == {
        "generosity": 101, "spread": 101, "agreement": 101,
    }  # fmt: skip
    assert report.rows == ()
    assert len(habits.tables(report)) == 2
