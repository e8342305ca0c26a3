import numpy as np
import pytest

from reelrec.dataset import History
from reelrec.errors import OptionError
from reelrec.evaluation import new_users
from reelrec.models.popularity import Popularity

# Ten films: the last three are the targets. Twenty: the last six.
ANN = ([*range(10)], [3.0] * 7 + [5.0, 3.0, 2.5])
BEN = ([*range(20, 40)], [4.0] * 14 + [3.5] * 6)


def test_the_errors_by_hand(trial_of, remembers):
    """Three stars for all: off by 2, 0 and .5 for Ann, by .5 six times for Ben; and three stars are no liking."""
    report = new_users.run(trial_of(ANN, BEN, model=remembers), ["remembers"], [0, "all"])
    found = {(row.metric, row.k): row for row in report.rows}
    for k in (0, "all"):
        assert found["rmse", k].value == pytest.approx(np.sqrt((4 + 0 + 0.25 + 6 * 0.25) / 9))
        assert found["mae", k].value == pytest.approx((2 + 0 + 0.5 + 6 * 0.5) / 9)
        assert found["like_accuracy", k].value == pytest.approx(2 / 9)  # right about Ann's 3.0 and 2.5 alone
    assert {row.n for row in report.rows} == {9}
    assert {row.metric for row in report.rows} == {"rmse", "mae", "like_accuracy"}


def test_the_last_thirty_percent_are_the_targets():
    for size, targets in ((10, 3), (60, 18), (61, 18), (65, 20), (99, 30)):
        shown, items, stars = new_users.split(History.of(range(size), [3.0] * size))
        assert len(items) == len(stars) == targets
        assert shown.items.tolist() + items.tolist() == list(range(size))


def test_a_target_is_never_among_the_shown_films_whatever_k(trial_of, remembers):
    new_users.run(trial_of(ANN, BEN, model=remembers), ["remembers"])
    assert len(remembers.shown) > 4
    for history in remembers.shown:
        person = ANN if history.items.max(initial=0) < 20 else BEN
        cut = 7 if person is ANN else 14
        assert history.items.tolist() == person[0][: len(history)]
        assert len(history) <= cut


def test_who_has_fewer_than_k_ratings_shows_them_all(trial_of, remembers):
    new_users.run(trial_of(ANN, model=remembers), ["remembers"], [0, 3, 5, 10, 50, "all"])
    assert [len(history) for history in remembers.shown] == [0, 3, 5, 7]  # and nothing is scored twice


def test_predictions_are_clipped_to_the_scale(trial_of, remembers, monkeypatch):
    monkeypatch.setattr(remembers, "score", lambda history: np.full(240, 9.0, np.float32))
    report = new_users.run(trial_of(ANN, model=remembers), ["remembers"], [0])
    mae = next(row for row in report.rows if row.metric == "mae")
    assert mae.value == pytest.approx((0 + 2 + 2.5) / 3)  # five stars, not nine


def test_a_model_that_predicts_no_stars_is_refused_with_the_protocol_for_it(trial_of):
    with pytest.raises(OptionError, match=r"popularity makes lists and predicts no stars.*Use top-n"):
        new_users.run(trial_of(ANN, model=Popularity()), ["popularity"])
