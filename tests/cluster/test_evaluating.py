"""Test users in parts are measured as all at once are, by however many workers."""

import dataclasses
import json

import pandas as pd
import pytest

from reelrec.cluster import evaluating
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.errors import OptionError, RatingsFileError
from reelrec.evaluation import users
from reelrec.evaluation.protocol import Protocol
from reelrec.evaluation.registry import PROTOCOLS
from reelrec.evaluation.report import Report, Row
from reelrec.evaluation.users import EvaluationData
from tests.fakes.parts import write_parts

MODELS = {"new-users": ["film-mean", "bmf", "stack"], "top-n": ["popularity", "ranker"]}


@pytest.fixture(scope="module")
def _folders(artifact_folder, many_films, tmp_path_factory):
    folder = write_parts(tmp_path_factory.mktemp("parts"), many_films, people=600, parts=3, longest=120)
    return artifact_folder(many_films), folder


@pytest.fixture
def parts(_folders, use_artifacts):
    """Sixty test users in three parts, half of whom have enough ratings of the 240 films."""
    use_artifacts(_folders[0])
    return _folders[1]


def whole(parts, protocol: Protocol, people: int | None = None) -> Report:
    """The report of all test users as one data set, in one shard."""
    opened = Parts.open(parts)
    frames = []
    for part in range(opened.n_parts):
        dataset = opened.read(Role.TEST, [part])
        columns = {"user_id": dataset.user_ids[dataset.users], "film_id": dataset.items, "rating": dataset.ratings}
        frames.append(pd.DataFrame(columns))
    everybody = Dataset.from_frame("all", pd.concat(frames), range(dataset.n_items))
    dataset, histories = users._sample(everybody, people)
    models = users.shipped_models()
    data = EvaluationData(users=dataset, histories=histories, model=models.model, n_ratings=models.n_ratings)
    return protocol.load().run(data, MODELS[protocol.name])


def same(rows: tuple[Row, ...], others: tuple[Row, ...]) -> None:
    """Every number is the same to seven decimals."""
    assert len(rows) == len(others) > 0
    for row, other in zip(rows, others, strict=True):
        assert dataclasses.asdict(row) == pytest.approx(dataclasses.asdict(other), abs=1e-7, nan_ok=True)


@pytest.mark.parametrize("people", [None, 20])
@pytest.mark.parametrize("name", ["new-users", "top-n"])
def test_parts_measured_by_themselves_add_up_to_all_users_at_once(name, people, parts):
    report = evaluating.evaluate(PROTOCOLS[name], parts, MODELS[name], people)
    expected = whole(parts, PROTOCOLS[name], people)
    same(report.rows, expected.rows)
    same(report.differences, expected.differences)
    assert report.dataset["people"] == expected.dataset["people"] > 10
    assert report.dataset["ratings"] == expected.dataset["ratings"]
    assert report.notes == expected.notes
    for table in ("by_popularity", "calibration", "ratios"):
        assert _sorted(report.details.get(table)) == _sorted(expected.details.get(table))


def _sorted(tables) -> object:
    """Tables as JSON, six digits of each number, whatever the order of their rows."""
    if isinstance(tables, dict):
        return {name: _sorted(rows) for name, rows in tables.items()}
    rows = [{key: f"{v:.6g}" if isinstance(v, float) else v for key, v in row.items()} for row in tables or ()]
    return sorted(json.dumps(row) for row in rows)


@pytest.mark.parametrize("name", ["new-users", "top-n"])
def test_the_metrics_are_the_same_with_one_two_and_four_workers(name, parts):
    pytest.importorskip("ray")
    reports = [evaluating.evaluate(PROTOCOLS[name], parts, MODELS[name], None, workers) for workers in (1, 2, 4)]
    for report in reports[1:]:
        same(report.rows, reports[0].rows)


def test_a_protocol_that_is_not_cut_is_refused_by_name(parts):
    with pytest.raises(OptionError, match="only new-users and top-n do"):
        evaluating.evaluate(PROTOCOLS["dial"], parts)


def test_parts_whose_test_users_rated_little_are_refused(tiny_artifacts, films, tmp_path):
    folder = write_parts(tmp_path / "parts", films, people=40)
    with pytest.raises(RatingsFileError, match="No test user"):
        evaluating.evaluate(PROTOCOLS["top-n"], folder)
