"""`interview` on nine people: every row and table of the report, each by what it is made of."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest

from reelrec.data.ratings.dataset import Dataset
from reelrec.errors import OptionError
from reelrec.evaluation.asking import Asking
from reelrec.evaluation.panel import ANSWERS, Panel
from reelrec.evaluation.protocols import interview
from reelrec.evaluation.report import Report, Row, Sums
from reelrec.evaluation.users import EvaluationData
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.learned_policy import ARRAYS, OF_FILMS, OF_PEOPLE, SetPolicy
from reelrec.interview.policies import POLICIES
from reelrec.interview.replay import FILMS, SCREENS
from tests.fakes import corrections, list_models

PEOPLE, ITEMS = 9, 240
ASKING = ["popularity", "random", "a-optimal", "greedy-slim", "policy", "policy-2", "a-optimal-blind", "a-optimal-one"]
MEASURES = {"rmse", "mae", "nll", "recall20", "new_recall20", "new_ndcg100"}
GAINED = ("gained_nll", "gained_new_ndcg100")


@pytest.fixture(scope="module")
def data(make_people, many_films) -> EvaluationData:
    slugs = [film.slug for film in many_films.films]
    people = Dataset.from_frame("people", make_people(PEOPLE, slugs, 62), slugs)
    return EvaluationData(
        users=people,
        histories=tuple(people.histories()),
        model={}.__getitem__,
        n_ratings=many_films.n_ratings,
        notes=("a note",),
    )


@pytest.fixture(scope="module")
def interviewer(data, many_films) -> Interviewer:
    return Interviewer.fit(data.users, corrections.random_bmf(ITEMS), list_models.random_dae(ITEMS), many_films)


@pytest.fixture(scope="module")
def policies() -> dict:
    rng, n = np.random.default_rng(5), OF_FILMS + OF_PEOPLE + 2
    shapes = {"scale": (), "linear": n, "first_weight": (4, n), "first_bias": 4, "second_weight": 4}
    learned = [SetPolicy({name: rng.normal(0, 1, shapes[name]) for name in ARRAYS}) for _ in range(2)]
    shipped = {name: POLICIES[name] for name in ("popularity", "random", "a-optimal", "greedy-slim")}
    return shipped | dict(zip(("policy", "policy-2"), learned, strict=True))


@pytest.fixture(scope="module")
def report(data, interviewer, policies, many_films) -> Report:
    return interview.run(data, interviewer, policies, many_films)


@pytest.fixture(scope="module")
def rows(report) -> dict[tuple, Row]:
    return {(row.model, row.metric, row.k): row for row in report.rows}


def test_by_default_all_policies_and_the_ablations_ask_and_each_has_every_measure(report, rows):
    assert list(dict.fromkeys(row.model for row in report.rows)) == ASKING
    for name in ASKING:
        of_screens = {f"screens_{metric}" for metric in MEASURES} | {"answers", "screens_stars"}
        expected = {(metric, k) for metric in of_screens for k in range(1, SCREENS + 1)}
        expected |= {(metric, None) for metric in ("area", "posters", "coverage", *GAINED)}
        if name in ("popularity", "random", "a-optimal", "policy"):  # the others ask by screens only
            expected |= {(metric, k) for metric in MEASURES for k in range(1, ANSWERS + 1)}
        assert {(metric, k) for model, metric, k in rows if model == name} == expected
    assert len(rows) == len(report.rows)
    assert all(np.isfinite(row.value) for row in report.rows)
    assert (report.protocol, report.dataset["people"]) == ("interview", PEOPLE)
    assert report.notes[0] == "a note"


def test_the_area_is_the_mean_of_the_loss_over_the_screens(rows):
    for name in ASKING:
        losses = [rows[name, "screens_nll", k].value for k in range(1, SCREENS + 1)]
        assert rows[name, "area", None].value == pytest.approx(np.mean(losses))


def test_what_was_gained_is_held_against_no_answer_at_all(data, interviewer, rows):
    panel = Panel.of(data.histories, interviewer.model, interviewer.lister)
    nothing = panel.nothing()
    before = {sums.metric: sums.value for sums in panel.measured("", "", 0, nothing, panel.forecast(nothing))}
    for name in ASKING:
        for metric, sign in (("nll", -1), ("new_ndcg100", 1)):
            after = [rows[name, f"screens_{metric}", k].value for k in range(1, SCREENS + 1)]
            expected = sign * (np.mean(after) - before[metric])
            assert rows[name, f"gained_{metric}", None].value == pytest.approx(expected)


def test_answers_stars_posters_and_coverage_are_counted_from_the_screens(data, interviewer, policies, rows):
    panel = Panel.of(data.histories, interviewer.model, interviewer.lister)
    for name in ("popularity", "policy"):
        screens = panel.by_screens(interviewer, policies[name])
        for k in range(1, SCREENS + 1):
            stars = screens.ratings[:, :k][~np.isnan(screens.ratings[:, :k])]
            assert rows[name, "answers", k].value == pytest.approx(len(stars) / PEOPLE)
            assert rows[name, "screens_stars", k].value == pytest.approx(stars.mean())
        assert rows[name, "posters", None].value == pytest.approx(PEOPLE * SCREENS * FILMS / len(stars))
        shown = set(screens.shown.ravel().tolist())
        assert rows[name, "coverage", None].value == pytest.approx(len(shown) / ITEMS)
    assert rows["popularity", "coverage", None].value == SCREENS * FILMS / ITEMS  # the same for everybody


def test_every_number_is_held_against_popularity_s(report, rows):
    differences = {(entry.model, entry.metric, entry.k): entry for entry in report.differences}
    assert {entry.than for entry in report.differences} == {"popularity"}
    for (model, metric, k), entry in differences.items():
        assert entry.value == pytest.approx(rows[model, metric, k].value - rows["popularity", metric, k].value)
    assert {model for model, _, _ in differences} == set(ASKING) - {"popularity"}
    some = {("random", "rmse", 3), ("policy-2", "area", None), ("a-optimal", "screens_recall20", 5)}
    assert some <= differences.keys()


def test_the_details_are_the_tables_of_the_dashboard(report, rows):
    details = report.details
    assert details.keys() == {"needed", "areas", "verdict", "pareto", "by_popularity", "meter"}
    assert details["areas"].keys() == {"popularity", "a-optimal"}
    for than, others in details["areas"].items():
        assert {(row["model"], row["than"]) for row in others} == {(name, than) for name in ASKING if name != than}
    assert details["verdict"]["default"] in ASKING[:5]
    worth = {row["policy"]: row for row in details["verdict"]["utility"]}
    assert worth.keys() == {"popularity", "random", "a-optimal", "greedy-slim", "policy", "policy-2"}
    for term, metric in (("stars", "gained_nll"), ("lists", "gained_new_ndcg100")):
        most = max(rows[name, metric, None].value for name in worth)
        for name, row in worth.items():
            assert row[term] == pytest.approx(rows[name, metric, None].value / most)
    assert details["verdict"]["sentence"] == report.notes[-1]
    for name in ASKING:
        bands = [row for row in details["by_popularity"] if row["model"] == name]
        assert {row["k"] for row in bands} == {SCREENS}
        whole = rows[name, "screens_rmse", SCREENS]
        assert sum(row["n"] for row in bands) == whole.n
        assert sum(row["n"] * row["rmse"] ** 2 for row in bands) == pytest.approx(whole.n * whole.value**2)
    assert {row["policy"] for row in details["needed"]} == {"popularity", "random", "a-optimal", "policy"}
    content = json.loads(report.to_json())
    assert content["verdict"]["against"].keys() == {"policy", "policy-2"}
    assert content["rows"]
    assert content["differences"]


def test_the_answers_needed_are_the_first_with_which_popularity_s_error_is_reached(report, rows):
    bar = rows["popularity", "rmse", ANSWERS].value
    for row in report.details["needed"]:
        reached = [k for k in range(1, ANSWERS + 1) if rows[row["policy"], "rmse", k].value <= bar]
        assert row["answers"] == (reached[0] if reached else None)
        at = rows[row["policy"], "rmse", row["answers"] or ANSWERS].value
        assert row["difference"]["value"] == pytest.approx(at - bar)


def squares(*by_k: float) -> list[Sums]:
    return [
        Sums(model="", metric="rmse", k=k, sums=np.full(4, square), counts=np.ones(4), root=True)
        for k, square in enumerate(by_k, start=1)
    ]


def test_the_answers_needed_by_hand():
    asked = [
        SimpleNamespace(name="popularity", by_answers=squares(9, 8, 7, 6, 5, 4, 3, 2, 1.5, 1)),
        SimpleNamespace(name="quick", by_answers=squares(4, 1, 2, 0.5, *[0.4] * 6)),
        SimpleNamespace(name="slow", by_answers=squares(*[4] * 10)),
        SimpleNamespace(name="policy-2", by_answers=[]),
    ]
    needed = interview._needed(asked)
    assert [(row["policy"], row["answers"]) for row in needed] == [("popularity", 10), ("quick", 2), ("slow", None)]
    assert [row["difference"]["value"] for row in needed] == pytest.approx([0, 0, 1])
    sentences = [interview._needed_note(row) for row in needed]
    assert "held against, at 10 answers" in sentences[0]
    assert "quick reaches that RMSE after 2 answers (+0.0000" in sentences[1]
    assert "slow reaches that RMSE not within 10 answers (+1.0000 [+1.0000, +1.0000])." in sentences[2]
    assert interview._needed(asked[1:]) == []


def test_the_meter_is_held_against_the_error_there_was(data, interviewer, policies, report):
    panel = Panel.of(data.histories, interviewer.model, interviewer.lister)
    screens = panel.by_screens(interviewer, policies["a-optimal"])
    meter = [row for row in report.details["meter"] if row["policy"] == "a-optimal"]
    assert [row["screens"] for row in meter] == [1, 2, 3, 4, 5]
    for k, row in enumerate(meter):
        off = np.abs(panel.forecast(screens.answers[k]).stars - panel.targets.ratings).reshape(PEOPLE, -1)
        assert row["measured"] == pytest.approx(off.mean(axis=1).mean(), rel=1e-5)
        assert row["said"] == pytest.approx(screens.errors[:, k].mean())
        assert row["promised"] == pytest.approx(screens.promised[:, k].mean())


def test_the_front_goes_from_learning_to_enjoyment_for_those_that_the_slider_moves(report, rows):
    front = report.details["pareto"]
    enjoyment = [0.0, 0.25, 0.5, 0.75, 1.0]
    assert [(row["policy"], row["enjoyment"]) for row in front] == [
        (name, value) for name in ("a-optimal", "policy") for value in enjoyment
    ]
    for row in front[::5]:
        for metric in ("nll", "rmse"):
            assert row[metric] == pytest.approx(rows[row["policy"], f"screens_{metric}", SCREENS].value)
        assert row["stars"] == pytest.approx(rows[row["policy"], "screens_stars", SCREENS].value)
    learning, *_, loving = [row["stars"] for row in front if row["policy"] == "a-optimal"]
    assert loving > learning


def test_a_name_s_end_says_what_who_asks_goes_without(data, interviewer, policies, many_films):
    known = policies | {"policy-blind": POLICIES["greedy"], "policy-one": POLICIES["random"]}
    asking = Asking.of(data, interviewer, known, many_films)
    for name, choose in (("policy-2", known["policy-2"]), ("a-optimal", POLICIES["a-optimal"])):
        who, asks = asking.variant(name)
        assert who is interviewer
        assert asks is choose
    for name, choose in (("policy-blind", known["policy-blind"]), ("a-optimal-blind", POLICIES["a-optimal"])):
        who, asks = asking.variant(name)
        assert (who.seen, who.model) == (None, interviewer.model)
        assert asks is choose
    for name, choose in (("policy-one", known["policy-one"]), ("a-optimal-one", POLICIES["a-optimal"])):
        who, asks = asking.variant(name)
        assert (len(who.pool.draws), len(who.model.item_biases_), who.seen) == (1, 1, interviewer.seen)
        assert asks is choose


def test_only_those_named_ask_and_without_a_learned_one_there_is_no_verdict(
    data, interviewer, policies, many_films, told
):
    report = interview.run(data, interviewer, policies, many_films, ["random", "a-optimal-blind"])
    assert list(dict.fromkeys(row.model for row in report.rows)) == ["random", "a-optimal-blind"]
    assert told == ["random", "a-optimal-blind"]
    assert (report.details["verdict"], report.details["needed"], report.details["areas"]) == (None, [], {})
    assert (report.details["pareto"], report.differences, report.notes) == ([], (), ("a note",))


def test_a_policy_that_nobody_knows_is_named_before_anybody_is_asked(data, interviewer, policies, many_films):
    with pytest.raises(OptionError, match=r"no policy called 'best'. Known: popularity, .*policy-2, a-optimal-blind"):
        interview.run(data, interviewer, policies, many_films, ["random", "best"])


def test_in_several_processes_the_same_is_measured(data, interviewer, policies, many_films, told):
    names = ["popularity", "policy", "greedy-slim"]
    one = interview.run(data, interviewer, policies, many_films, names)
    many = interview.run(data, interviewer, policies, many_films, names, processes=2)
    assert many.rows == one.rows
    assert many.details["verdict"] == one.details["verdict"]
    assert many.details["meter"] == one.details["meter"]
    assert told == names
