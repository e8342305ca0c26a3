"""Policies that never chose are judged from the draws of one that did, on logs whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from reelrec.errors import EventLogError
from reelrec.evaluation.protocols import ope
from reelrec.telemetry.events import OPENED, RATED, SET_ASIDE, SLATE, TAKEN_BACK, Event, Slot
from tests.fakes import event_logs

CHANCES = np.array([0.24, 0.18, 0.14, 0.1, 0.09, 0.08, 0.07, 0.05, 0.03, 0.02])
LIKING = np.array([0.3, 0.1, 0.35, 0.05, 0.2, 0.4, 0.1, 0.02, 0.5, 0.25])
TARGETS = {
    "logged": CHANCES,
    "uniform": np.full(10, 0.1),
    "sharper": CHANCES**2 / np.sum(CHANCES**2),
    "greedy": np.eye(10)[0],
}
RUNS = 100
SLATE_EVENT = Event("0" * 16, SLATE, model="ranker", slot=Slot("b", ("a", "b", "c"), (0.5, 0.3, 0.2)))


def judged(drawn: list[ope.Draw]) -> dict[str, ope.Estimate]:
    rewards = np.array([entry.reward for entry in drawn])
    visits = np.unique([entry.visit for entry in drawn], return_inverse=True)[1]
    weights = np.array([entry.weights for entry in drawn]).T
    return {name: ope.estimate(w, rewards, visits) for name, w in zip(ope.POLICIES, weights, strict=True)}


@pytest.fixture(scope="module")
def runs() -> list[dict[str, ope.Estimate]]:
    return [judged(ope.draws(event_logs.surprises(seed, 300, 3, CHANCES, LIKING))) for seed in range(RUNS)]


@pytest.mark.parametrize("policy", list(TARGETS))
@pytest.mark.parametrize("way", ["ips", "snips"])
def test_the_truth_is_within_the_interval_in_at_least_90_of_100_logs(runs, policy, way):
    truth = event_logs.worth(TARGETS[policy], LIKING)
    estimates = [getattr(run[policy], way) for run in runs]
    covered = sum(low <= truth <= high for _, low, high in estimates)
    assert covered >= 90, covered
    assert np.mean([value for value, _, _ in estimates]) == pytest.approx(truth, rel=0.05)
    assert np.mean([high - low for _, low, high in estimates]) < truth  # and it says something


def test_what_is_judged_is_not_what_was_drawn(runs):
    """The greedy policy is worth more than the one that drew; the mean of the rewards is not its value."""
    logged, greedy = (np.mean([run[name].snips[0] for run in runs]) for name in ("logged", "greedy"))
    assert greedy > logged + 0.05


def test_the_policy_that_drew_is_worth_the_mean_of_its_rewards(runs):
    drawn = ope.draws(event_logs.surprises(0, 300, 3, CHANCES, LIKING))
    estimated = judged(drawn)["logged"]
    assert estimated.ips[0] == estimated.snips[0] == pytest.approx(np.mean([entry.reward for entry in drawn]))
    assert estimated.ess == len(drawn) == 900


def test_the_formulas_by_hand():
    weights, rewards = np.repeat([2.0, 0.5], 100), np.tile([1.0, 0.0], 100)
    estimated = ope.estimate(weights, rewards * (weights == 2.0), np.arange(200))
    assert estimated.ess == pytest.approx(250**2 / 425)
    assert estimated.ips[0] == pytest.approx(100 / 200)
    assert estimated.snips[0] == pytest.approx(100 / 250)
    assert estimated.largest_weight == 2.0


def test_visits_count_whole():
    """A hundred visits that like all of their ten surprises or none are a hundred answers, not a thousand."""
    rewards = np.repeat(np.tile([0.0, 1.0], 50), 10)
    alone = ope.estimate(np.ones(1000), rewards, np.arange(1000))
    whole = ope.estimate(np.ones(1000), rewards, np.repeat(np.arange(100), 10))
    for way in ("ips", "snips"):
        widths = [getattr(estimated, way)[2] - getattr(estimated, way)[1] for estimated in (whole, alone)]
        assert widths[0] == pytest.approx(widths[1] * np.sqrt(10), rel=0.05)


def test_the_weights_of_each_policy_by_hand():
    slot = SLATE_EVENT.slot
    by_policy = dict(zip(ope.POLICIES, ope.weights(slot), strict=True))
    assert by_policy == pytest.approx({"logged": 1, "uniform": 1 / 3 / 0.3, "sharper": 0.09 / 0.38 / 0.3, "greedy": 0})
    assert ope.weights(replace(slot, shown="a"))[3] == 2


def reward(*events: tuple) -> float:
    """Of the surprise b after these events in its visit."""
    later = [Event(SLATE_EVENT.visit, kind, film=film, stars=stars) for kind, film, stars in events]
    (draw,) = ope.draws([SLATE_EVENT, *later])
    return draw.reward


def test_a_surprise_is_liked_when_it_is_opened_or_rated_well():
    assert reward() == 0
    assert reward((OPENED, "b", None)) == 1
    assert reward((RATED, "b", 3.5)) == 1
    assert reward((RATED, "b", 3.0)) == 0
    assert reward((OPENED, "a", None), (RATED, "c", 5.0)) == 0


def test_an_answer_outweighs_the_opening_until_it_is_taken_back():
    opened = (OPENED, "b", None)
    assert reward(opened, (SET_ASIDE, "b", None)) == 0
    assert reward(opened, (RATED, "b", 1.0)) == 0
    assert reward(opened, (RATED, "b", 1.0), (TAKEN_BACK, "b", None)) == 1


def test_a_surprise_answers_for_what_follows_in_its_own_visit_while_it_stands():
    other = replace(SLATE_EVENT, visit="1" * 16)
    after = replace(SLATE_EVENT, slot=Slot("c", ("b", "c"), (0.5, 0.5)))
    opened = Event(SLATE_EVENT.visit, OPENED, film="b")
    assert [draw.reward for draw in ope.draws([SLATE_EVENT, other, opened])] == [1, 0]
    assert [draw.reward for draw in ope.draws([SLATE_EVENT, after, opened])] == [0, 0]
    assert [draw.reward for draw in ope.draws([opened, SLATE_EVENT])] == [0]


def test_a_surprise_that_comes_back_is_one_draw():
    after = replace(SLATE_EVENT, slot=Slot("c", ("b", "c"), (0.5, 0.5)))
    opened = Event(SLATE_EVENT.visit, OPENED, film="b")
    assert [draw.reward for draw in ope.draws([SLATE_EVENT, after, SLATE_EVENT, opened])] == [1, 0]


def test_an_effective_sample_under_100_is_refused():
    few = judged(ope.draws(event_logs.surprises(0, 130, 1, CHANCES, LIKING)))
    assert few["logged"].ips
    assert few["greedy"].ess < 100
    assert few["greedy"].ips is few["greedy"].snips is None
    edge = ope.estimate(np.ones(100), np.ones(100), np.arange(100))
    assert edge.ips
    assert ope.estimate(np.ones(99), np.ones(99), np.arange(99)).ips is None


def test_a_policy_that_no_draw_speaks_for_is_refused():
    nothing = ope.estimate(np.zeros(500), np.ones(500), np.arange(500))
    assert (nothing.ess, nothing.ips, nothing.snips) == (0, None, None)


def test_where_nothing_was_liked_the_interval_still_has_a_width():
    estimated = ope.estimate(np.ones(200), np.zeros(200), np.arange(200))
    for value, low, high in (estimated.ips, estimated.snips):
        assert (value, low) == (0, 0)
        assert 0.01 < high < 0.03


def test_a_log_gives_a_report_and_one_of_fewer_than_100_surprises_is_refused(tmp_path):
    path = event_logs.write(tmp_path / "events.log", event_logs.surprises(1, 200, 3, CHANCES, LIKING))
    report = ope.run(path)
    assert report.dataset["surprises"] == 600
    assert report.dataset["visits"] == 200
    assert {(row.model, row.metric) for row in report.rows} == {
        (name, way) for name in TARGETS for way in ("ips", "snips")
    }
    assert all(row.low < row.value < row.high for row in report.rows)
    few = event_logs.write(tmp_path / "few.log", event_logs.surprises(1, 33, 3, CHANCES, LIKING))
    with pytest.raises(EventLogError, match=r"few.log holds 99 surprises; nothing can be told from fewer than 100"):
        ope.run(few)
