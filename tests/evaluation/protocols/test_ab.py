"""Arms of an experiment are told apart on logs whose truth is known."""

import numpy as np
import pytest

from reelrec.errors import EventLogError
from reelrec.evaluation import intervals
from reelrec.evaluation.protocols import ab
from reelrec.telemetry.events import OPENED, RATED, SCREEN, SLATE, Event
from tests.fakes import event_logs

EXPERIMENT = "list:ranker,ease"
OPENING, RATINGS = (0.2, 0.27), (2.0, 2.4)
RUNS = 400


def compared(events, metric: str) -> tuple[float, float, float]:
    """Difference of the second arm to the first, and its interval."""
    arms = ab.by_arm(events)
    first, second = (ab.visit_mean(arms[EXPERIMENT, name], metric) for name in ("ranker", "ease"))
    return second.value - first.value, *intervals.difference(second, first)


@pytest.fixture(scope="module")
def logs() -> list[list[Event]]:
    return [list(event_logs.arms(seed, 300, EXPERIMENT, OPENING, RATINGS)) for seed in range(RUNS)]


@pytest.mark.parametrize(("metric", "truth"), [("opened", 0.07), ("ratings", 0.4)])
def test_the_truth_is_within_the_interval_in_at_least_9_of_10_logs(logs, metric, truth):
    differences = [compared(events, metric) for events in logs]
    covered = sum(low <= truth <= high for _, low, high in differences)
    assert covered >= 0.9 * RUNS, covered
    assert np.mean([value for value, _, _ in differences]) == pytest.approx(truth, rel=0.15)


def test_arms_that_are_the_same_are_told_apart_by_chance_only():
    same = [compared(event_logs.arms(seed, 300, EXPERIMENT, (0.2, 0.2), (2, 2)), "opened") for seed in range(100)]
    assert sum(low > 0 or high < 0 for _, low, high in same) <= 10


def visits(*events: Event) -> dict:
    return ab.by_arm(events)


def event(kind: str, number: int = 0, arm: str = "ease", experiment: str = EXPERIMENT, **fields) -> Event:
    return Event(event_logs.visit(number), kind, experiment, arm, **fields)


def test_a_visit_counts_from_the_first_shelf_of_its_arm():
    before = event(RATED, film="a", stars=5.0)
    shelf = event(SLATE, model="ease", films=("x", "y"))
    (seen,) = visits(before, shelf)[EXPERIMENT, "ease"]
    assert (seen.ratings, seen.liked, seen.opened) == (0, False, False)
    (seen,) = visits(shelf, before, event(OPENED, film="y"))[EXPERIMENT, "ease"]
    assert (seen.ratings, seen.liked, seen.opened) == (1, True, True)
    assert not visits(before)


def test_shelves_of_another_model_or_of_the_visitors_own_choice_show_no_arm():
    assert not visits(event(SLATE, model="popularity", films=("x",)))
    assert not visits(event(SLATE, model="ease", films=("x",), chosen=True))
    assert not visits(event(SCREEN, model="ease", films=("x",)))


def test_an_interview_counts_from_its_first_screen():
    arm = {"arm": "a-optimal", "experiment": "interview:a-optimal,popularity"}
    assert list(visits(event(SCREEN, model="a-optimal", **arm))) == [(arm["experiment"], "a-optimal")]
    assert not visits(event(SLATE, model="a-optimal", **arm))


def test_a_film_rated_twice_is_one_rating_and_a_film_not_shown_is_not_opened():
    shelf = event(SLATE, model="ease", films=("x",))
    (seen,) = visits(
        shelf, event(RATED, film="a", stars=1.0), event(RATED, film="a", stars=3.5), event(OPENED, film="z")
    )[EXPERIMENT, "ease"]
    assert (seen.ratings, seen.liked, seen.opened) == (1, False, False)


def test_a_log_gives_rates_differences_and_what_is_still_needed(tmp_path):
    path = event_logs.write(tmp_path / "events.log", event_logs.arms(3, 400, EXPERIMENT, OPENING, RATINGS))
    report = ab.run(path)
    assert {(row.model, row.metric) for row in report.rows} == {
        (arm, m) for arm in ("ranker", "ease") for m in ab.MEASURES
    }
    assert sum(row.n for row in report.rows if row.metric == "opened") == 400
    assert all((entry.model, entry.than, entry.k) == ("ease", "ranker", EXPERIMENT) for entry in report.differences)
    ratings = next(entry for entry in report.details["needed"] if entry["metric"] == "ratings")
    assert ratings["visits_lacking"] == pytest.approx(2 * ratings["visits_each"] - 400, abs=30)


def test_every_arm_is_set_against_the_first(tmp_path):
    three = "list:ranker,ease,knn"
    path = event_logs.write(tmp_path / "events.log", event_logs.arms(3, 90, three, (0.1, 0.2, 0.3), (1, 1, 1)))
    pairs = {(entry.model, entry.than) for entry in ab.run(path).differences}
    assert pairs == {("ease", "ranker"), ("knn", "ranker")}


def test_arms_without_a_difference_need_no_number(tmp_path):
    path = event_logs.write(tmp_path / "events.log", event_logs.arms(3, 40, EXPERIMENT, (1, 1), (0, 0)))
    needed = {entry["metric"]: entry["visits_lacking"] for entry in ab.run(path).details["needed"]}
    assert needed["opened"] is needed["ratings"] is None


def test_one_arm_alone_is_refused(tmp_path):
    path = event_logs.write(tmp_path / "events.log", event_logs.arms(3, 40, "list:ranker", (1,), (0,)))
    with pytest.raises(EventLogError, match="no experiment with visits in two arms"):
        ab.run(path)
