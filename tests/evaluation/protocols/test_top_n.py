from dataclasses import replace

import numpy as np
import pytest

from reelrec.evaluation.list_measures import ranked
from reelrec.evaluation.protocols import top_n
from reelrec.models.lists.ease import EASE

# Ten films each: the first eight are shown, the last two hidden. Popularity ranks film 0, 1, 2 … without the shown.
ANN = ([*range(8), 8, 9], [3.0] * 8 + [5.0, 2.0])  # hidden and liked: 8, first of her list
BEN = ([*range(10, 18), 2, 200], [3.0] * 8 + [4.0, 5.0])  # 2 is third of his list, 200 not among the first hundred
CEM = ([*range(10)], [5.0] * 8 + [3.5, 0.5])  # liked nothing that is hidden
BY_KNOWN = {
    "ndcg100", "recall20", "stars10", "disliked20", "fame10", "alike10", "below", "overlap10",
}  # fmt: skip


def values(report) -> dict:
    return {(row.metric, row.k): row.value for row in report.rows}


def test_popularity_by_hand(data_of, by_fame):
    value = values(top_n.run(data_of(ANN, BEN, CEM, model=by_fame), ["popularity"]))
    half = 0.5 / (1 + 1 / np.log2(3))  # Ben's hit at place 3, of an ideal with two
    for k in (5, 10, 100):
        assert value["ndcg", k] == pytest.approx((1 + half) / 2)
    assert value["precision", 5] == pytest.approx((1 / 5 + 1 / 5) / 2)
    assert value["precision", 10] == pytest.approx(1 / 10)
    for k in (5, 10, 20, 50):
        assert value["recall", k] == pytest.approx((1 + 1 / 2) / 2)
    # Ann's ten are films 8-17, Ben's 0-9; film i has 1000 - i ratings
    assert value["coverage", 10] == pytest.approx(18 / 240)
    assert value["overlap", 10] == pytest.approx(2 / 10)
    assert value["popularity", 10] == pytest.approx((987.5 + 995.5) / 2)


def test_people_without_a_hidden_liked_film_are_skipped(data_of, by_fame):
    report = top_n.run(data_of(ANN, BEN, CEM, model=by_fame), ["popularity"])
    assert {row.n for row in report.rows if row.metric != "novel20"} == {2}
    assert values(report) == values(top_n.run(data_of(ANN, BEN, model=by_fame), ["popularity"]))


def test_the_model_sees_the_first_four_fifths_or_fewer_and_no_hidden_film(data_of, remembers):
    top_n.run(data_of(ANN, BEN, model=remembers), ["remembers"])
    seen = [history.items.tolist() for history in remembers.shown]
    assert seen == [part[0][:k] for part in (ANN, BEN) for k in (1, 3, 5, 8)]  # and nothing is ranked twice


def test_who_shows_fewer_films_is_ranked_the_others_too_and_asked_for_the_same(data_of, by_fame):
    """Of Ann's list, film 8 is first when 0-7 are shown, and fourth when 5-7 stand before it."""
    value = values(top_n.run(data_of(ANN, model=by_fame), ["popularity"]))
    assert value["ndcg100", "all"] == value["ndcg", 100] == 1
    assert value["ndcg100", 5] == pytest.approx(1 / np.log2(5))
    assert value["ndcg100", 10] == 1  # she has no ten


def test_the_stars_of_the_films_that_reach_the_first_ten_count_disliked_ones_too(data_of, by_fame):
    report = top_n.run(data_of(ANN, BEN, CEM, model=by_fame), ["popularity"])
    by_known = {row.k: row for row in report.rows if row.metric == "stars10"}
    assert by_known["all"].value == pytest.approx((3.5 + 4.0) / 2)  # Ann's 5 and 2; Ben's film 2, not his 200
    assert by_known["all"].n == 2
    nothing = ([*range(100, 110)], [3.0] * 8 + [5.0, 5.0])  # nowhere near the first ten
    report = top_n.run(data_of(ANN, nothing, model=by_fame), ["popularity"])
    by_known = {row.k: row for row in report.rows if row.metric == "stars10"}
    assert (by_known["all"].value, by_known["all"].n) == (3.5, 1)


def test_the_usual_models_that_are_not_to_be_had_are_left_out_with_a_note(data_of, by_fame):
    data = replace(data_of(ANN, model=by_fame), reason_missing=lambda name: "no." if name.startswith("ease") else None)
    report = top_n.run(data)
    assert {row.model for row in report.rows} == {*top_n.MODELS} - {"ease", "ease-whole"}
    assert report.notes == ("a note", "Left out: no.", "Left out: no.")


def test_shown_films_are_never_ranked(data_of, by_fame):
    history = data_of(ANN, BEN, model=by_fame).histories[1].head(8)
    best = ranked(by_fame.score(history), history)
    assert best.tolist() == [*range(10), *range(18, 108)]


def test_the_report_says_what_was_measured_and_keeps_the_notes(data_of, by_fame):
    report = top_n.run(data_of(ANN, BEN, model=by_fame), ["popularity", "other"])
    assert report.protocol == "top-n"
    assert {row.model for row in report.rows} == {"popularity", "other"}
    assert {(row.metric, row.k) for row in report.rows} == {
        *(("ndcg", k) for k in (5, 10, 100)),
        *(("precision", k) for k in (5, 10)),
        *(("recall", k) for k in (5, 10, 20, 50)),
        *((metric, k) for metric in BY_KNOWN for k in (1, 3, 5, 10, 20, 50, "all")),
        ("coverage", 10), ("popularity", 10), ("overlap", 10),
    }  # fmt: skip
    compared = {(entry.model, entry.than, entry.different) for entry in report.differences}
    assert compared == {("other", "popularity", False)}
    assert {entry.metric for entry in report.differences} == {"ndcg", "precision", "recall", *BY_KNOWN} - {"overlap10"}
    assert report.notes == ("a note",)
    for row in report.rows:
        assert (row.low is None) == (row.metric in {"coverage", "overlap", "overlap10"})


def test_a_model_that_knows_the_taste_beats_fame(data_of, by_fame):
    """People who love films of one parity among 100-239; fame says 0-9, and guessing finds a tenth."""
    rng = np.random.default_rng(0)
    items = [[int(i) for i in rng.permutation(np.arange(100 + person % 2, 240, 2))[:50]] for person in range(120)]
    people = [(mine, [5.0] * 50) for mine in items]
    ease = EASE(reg=10.0).fit(data_of(*people[40:]).users)
    by_taste, famous = (values(top_n.run(data_of(*people[:40], model=model), ["m"])) for model in (ease, by_fame))
    assert famous["precision", 10] == 0
    assert by_taste["precision", 10] > 0.2


def test_when_nobody_likes_a_hidden_film_the_sentence_says_so(data_of, by_fame):
    from reelrec.errors import InputError

    with pytest.raises(InputError):
        top_n.run(data_of(CEM, model=by_fame), ["popularity"])
