from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation.protocols import new_users
from reelrec.evaluation.report import Sums
from reelrec.models.lists.popularity import Popularity
from tests.fakes.unsure import Unsure

# Ten films: the last three are the targets. Twenty: the last six.
ANN = ([*range(10)], [3.0] * 7 + [5.0, 3.0, 2.5])
BEN = ([*range(20, 40)], [4.0] * 14 + [3.5] * 6)


def test_the_errors_by_hand(data_of, remembers):
    """Three stars for all: off by 2, 0 and .5 for Ann, by .5 six times for Ben; and three stars are no liking."""
    report = new_users.run(data_of(ANN, BEN, model=remembers), ["remembers"], [0, "all"])
    row = {(row.metric, row.k): row for row in report.rows}
    for k in (0, "all"):
        assert row["rmse", k].value == pytest.approx(np.sqrt((4 + 0 + 0.25 + 6 * 0.25) / 9))
        assert row["mae", k].value == pytest.approx((2 + 0 + 0.5 + 6 * 0.5) / 9)
        assert row["like_accuracy", k].value == pytest.approx(2 / 9)  # right about Ann's 3.0 and 2.5 alone
        assert row["like4_accuracy", k].value == pytest.approx(8 / 9)  # wrong about her 5.0 alone
    assert {row.n for row in report.rows} == {9}
    assert {row.metric for row in report.rows} == {"rmse", "mae", "like_accuracy", "like4_accuracy"}


def test_a_model_that_knows_its_doubt_is_judged_on_it_by_hand(data_of, remembers):
    """Three stars for all, at k = 0 with an sd of 1.0 for even films and 1.2 for odd ones."""
    report = new_users.run(data_of(ANN, BEN, model=Unsure(remembers)), ["unsure"], [0])
    value = {row.metric: row.value for row in report.rows if row.model == "unsure"}
    chances = [
        norm.sf(4.75, 3, 1.2),  # film 7: five stars
        norm.cdf(3.25, 3, 1) - norm.cdf(2.75, 3, 1),  # film 8: three
        norm.cdf(2.75, 3, 1.2) - norm.cdf(2.25, 3, 1.2),  # film 9: two and a half
        *[norm.cdf(3.75, 3, sd) - norm.cdf(3.25, 3, sd) for sd in (1, 1.2)] * 3,  # films 34-39: three and a half
    ]
    assert value["nll"] == pytest.approx(-np.log(chances).mean(), rel=1e-5)
    assert value["coverage90"] == pytest.approx(8 / 9)  # film 7 reaches from 1.03 to 4.97
    assert value["coverage50"] == pytest.approx(8 / 9)
    assert value["mae_median"] == value["mae"]
    assert value["like_accuracy"] == pytest.approx(2 / 9)  # 3.5 or more has a chance of less than a half


def test_the_same_means_with_one_sd_stand_above_the_model_that_knows_its_doubt(data_of, remembers):
    """Odd films are further off, as the model says, so no single sd can do as well."""
    rng = np.random.default_rng(2)
    stars = [[3.0 + rng.choice([-0.5, 0, 0.5]) * (1 + 2 * (i % 2)) for i in range(200)] for _ in range(20)]
    data = data_of(*(([*range(200)], mine) for mine in stars), model=Unsure(remembers))
    report = new_users.run(data, ["unsure"], [50])
    losses = {row.model: row.value for row in report.rows if row.metric == "nll"}
    assert list(losses) == ["one-sd", "unsure"]
    assert losses["unsure"] < losses["one-sd"]
    difference = next(entry for entry in report.differences if entry.metric == "nll")
    assert (difference.model, difference.than, difference.different) == ("unsure", "one-sd", True)
    assert difference.value == pytest.approx(losses["unsure"] - losses["one-sd"])


def test_tables_by_popularity_and_of_calibration_go_into_the_json(data_of, remembers):
    data = replace(data_of(ANN, BEN, model=Unsure(remembers)), n_ratings=np.where(np.arange(240) < 20, 99, 100))
    details = new_users.run(data, ["unsure"], [0, "all"]).details
    bands = [(row["k"], row["band"], row["n"]) for row in details["by_popularity"]]
    assert bands == [("all", "0-99", 3), ("all", "100-999", 6)]  # Ann's and Ben's
    assert [row["rmse"] for row in details["by_popularity"]] == pytest.approx([np.sqrt(4.25 / 3), 0.5])
    tables = details["calibration"]
    assert {row["k"] for row in tables["coverage"]} == {0, "all"}
    assert {row["k"] for row in [*tables["by_popularity"], *tables["reliability"]]} == {"all"}


def test_the_first_k_at_which_a_model_beats_the_baseline_needs_more_than_chance():
    def squares(model: str, k: int | str, size: float, spread: float = 0.0) -> Sums:
        squares = size + spread * (np.arange(100) % 2 - 0.5)
        return Sums(model=model, metric="rmse", k=k, sums=squares, counts=np.ones(100), root=True)

    table = [
        *(squares("baseline", k, 1.0) for k in (0, 5, "all")),
        squares("good", 0, 1.1), squares("good", 5, 0.99, spread=1.0), squares("good", "all", 0.5),
        squares("quick", 0, 0.9), squares("quick", 5, 0.9), squares("quick", "all", 1.2),
        *(squares("bad", k, 1.0) for k in (0, 5, "all")),
    ]  # fmt: skip
    assert new_users.first_better(table) == {"good": "all", "quick": 0, "bad": None}
    assert new_users.first_better(table[3:]) == {}  # no baseline to beat


def test_the_usual_models_that_are_not_to_be_had_are_left_out_with_a_note(data_of, remembers):
    data = replace(data_of(ANN, model=remembers), reason_missing=lambda name: None if name == "svd" else "Away.")
    report = new_users.run(data, known=[0])
    assert {row.model for row in report.rows} == {"svd"}
    assert report.notes[:2] == ("a note", "Left out: Away.")


def test_rmse_for_tuning_is_that_of_the_rows(data_of, remembers):
    data = data_of(ANN, BEN, model=remembers)
    rows = [row.value for row in new_users.run(data, ["remembers"], [0, 3]).rows if row.metric == "rmse"]
    assert new_users.rmse(remembers, data.histories, [0, 3]) == pytest.approx(rows)


def test_the_last_thirty_percent_are_the_targets():
    for size, targets in ((10, 3), (60, 18), (61, 18), (65, 20), (99, 30)):
        shown, items, stars = new_users.split(History.of(range(size), [3.0] * size))
        assert len(items) == len(stars) == targets
        assert shown.items.tolist() + items.tolist() == list(range(size))


def test_a_target_is_never_among_the_shown_films_whatever_k(data_of, remembers):
    new_users.run(data_of(ANN, BEN, model=remembers), ["remembers"])
    assert len(remembers.shown) > 4
    for history in remembers.shown:
        person = ANN if history.items.max(initial=0) < 20 else BEN
        cut = 7 if person is ANN else 14
        assert history.items.tolist() == person[0][: len(history)]
        assert len(history) <= cut


def test_who_has_fewer_than_k_ratings_shows_them_all(data_of, remembers):
    new_users.run(data_of(ANN, model=remembers), ["remembers"], [0, 3, 5, 10, 50, "all"])
    assert [len(history) for history in remembers.shown] == [0, 3, 5, 7]  # and nothing is scored twice
    unsure = Unsure(remembers)
    new_users.run(data_of(ANN, model=unsure), ["unsure"], [0, 3, 5, 10, 50, "all"])
    assert unsure.predicted == 4
    assert set(unsure.asked) == {3}  # half-stars of the targets alone


def test_predictions_are_clipped_to_the_scale(data_of, remembers, monkeypatch):
    monkeypatch.setattr(remembers, "score", lambda history: np.full(240, 9.0, np.float32))
    report = new_users.run(data_of(ANN, model=remembers), ["remembers"], [0])
    mae = next(row for row in report.rows if row.metric == "mae")
    assert mae.value == pytest.approx((0 + 2 + 2.5) / 3)  # five stars, not nine


def test_a_model_that_predicts_no_stars_is_refused_with_the_protocol_for_it(data_of):
    with pytest.raises(OptionError, match=r"popularity makes lists and predicts no stars.*Use top-n"):
        new_users.run(data_of(ANN, model=Popularity()), ["popularity"])


def test_a_model_that_builds_on_another_is_held_against_it_wherever_it_stands():
    """Two people, a rating each: squared errors 4 and 1 of bmf, 1 and 1 of stack."""
    sums = [
        Sums(model=model, metric="rmse", k=k, sums=np.array(squares), counts=np.ones(2), root=True)
        for model, squares in (("bmf", [4.0, 1.0]), ("gpt", [4.0, 4.0]), ("stack", [1.0, 1.0]))
        for k in (0, "all")
    ]
    differences = new_users.beside_parts(sums)
    assert [(entry.model, entry.than, entry.k) for entry in differences] == [
        ("gpt", "bmf", 0), ("gpt", "bmf", "all"), ("stack", "bmf", 0), ("stack", "bmf", "all"),
    ]  # fmt: skip
    assert differences[2].value == pytest.approx(1 - np.sqrt(2.5))
    assert new_users.beside_parts([entry for entry in sums if entry.model != "bmf"]) == []
