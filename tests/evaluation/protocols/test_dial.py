"""What the dial costs, on invented people and small models."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.evaluation.protocols import dial, top_n


@pytest.fixture(scope="module")
def famous_films(make_film) -> Catalogue:
    """240 films of which the first are rated far more often than the dial's bar."""
    return Catalogue(make_film(i, title=f"F{i}", n_ratings=200_000 // (i + 1)) for i in range(240))


@pytest.fixture(scope="module")
def models(small_models, famous_films) -> dict:
    made = {model.name: model for model in small_models(famous_films)[1]}
    made["blend"].ranker.counts_ = famous_films.n_ratings  # by which the dial goes, as in the real data
    return made


@pytest.fixture
def data(data_of, make_people, models, famous_films):
    """25 people with 80 ratings each, and one with ten; at random, so a good list finds little."""
    frame = make_people(25, [*range(240)], 80, seed=5)
    people = [(mine["film_id"].tolist(), mine["rating"].tolist()) for _, mine in frame.groupby("user_id")]
    made = data_of(*people, ([*range(10)], [5.0] * 8 + [1.0] * 2))
    return replace(made, model=models.__getitem__, n_ratings=famous_films.n_ratings)


@pytest.fixture
def rows(data, famous_films) -> dict:
    return {(row.metric, row.k): row for row in dial.run(data, famous_films).rows}


def test_in_the_middle_the_figures_are_those_of_the_blend_in_top_n(data, rows):
    known = {(row.metric, row.k): row for row in top_n.run(data, ["blend"]).rows}
    for metric in ("ndcg", "precision", "recall", "coverage", "popularity", "overlap"):
        assert rows[metric, 0.5] == replace(known[metric, 10], k=0.5)
    assert rows["ndcg", 0.5].value > 0


def test_short_histories_are_measured_too(data, rows):
    ten = top_n.run(data, ["blend"])
    fame = next(row for row in ten.rows if (row.metric, row.k) == ("fame10", 10))
    assert rows["short_popularity", 0.5].value == pytest.approx(fame.value)
    assert rows["short_ndcg", 0.5].value != rows["ndcg", 0.5].value


def test_every_place_of_the_dial_has_every_measure_of_the_same_people(rows):
    assert {k for _, k in rows} == {0.0, 0.25, 0.5, 0.75, 1.0}
    for metric in ("ndcg", "precision", "recall", "stars", "coverage", "popularity", "overlap"):
        assert {rows[metric, place].n for place in dial.PLACES} == {24}  # two like nothing that is hidden
    assert len(rows) == 2 * 7 * 5


def test_turning_the_dial_shows_less_famous_films(rows):
    fame = [rows["popularity", place].value for place in dial.PLACES]
    assert fame == sorted(fame, reverse=True)
    assert fame[-1] < fame[0] / 2


def test_a_profile_gives_the_model_the_shown_ratings_in_their_order():
    shown = History.of([7, 2, 200], [4.5, 0.5, 3.0])
    history = dial.profile(shown).history(100_000)
    np.testing.assert_array_equal(history.items, shown.items)
    np.testing.assert_array_equal(history.ratings, shown.ratings)


def test_the_report_is_of_the_users_of_the_data_and_keeps_its_notes(data, famous_films):
    report = dial.run(data, famous_films)
    assert (report.protocol, report.notes) == ("dial", ("a note",))
    assert report.dataset["people"] == 26
    assert {row.model for row in report.rows} == {"blend"}
