"""What Models says of noise, from small invented measurements."""

import pytest

from reelrec.ui.dashboards.stars import noise
from tests.fakes.measured import report, row
from tests.ui.dashboards.words import words


@pytest.fixture
def told() -> dict:
    models = [
        {"model": "svd", "first": 2, "sure": 0, "may_be_best": 6},
        {"model": "stack", "first": 8, "sure": 1, "may_be_best": 10},
    ]
    return report(
        row("svd", "rmse", "all", 0.8, 0.05),
        row("stack", "rmse", "all", 0.7, 0.05),
        row("dae", "concordance", "all", 0.6),
        floor=[{"model": "svd", "low": 0.24, "high": 0.52}, {"model": "stack", "low": 0.32, "high": 0.68}],
        verdicts={"best": {"users": 10, "noise": 9, "models": models}},
        new_users=[
            {"model": "svd", "rmse": 0.8, "new_users": 0.9, "within": False},
            {"model": "stack", "rmse": 0.7, "new_users": 0.69, "within": True},
        ],
    )


def test_the_floor_is_that_of_the_best_model(told):
    drawing = noise.floor(told)
    assert drawing.finding == "32% to 68% of the squared error of Stack is people’s own"
    groups = drawing.parts[0].groups
    assert [group.label for group in groups] == ["SVD", "Stack", noise.STUDY]
    assert groups[-1].bars[0].says == "0.39 to 0.58"


def test_of_how_many_it_is_noise_which_model_is_best(told):
    drawing = noise.best(told)
    assert drawing.finding == "For 9 of 10 people it is noise which model knows them best"
    assert "Stack comes first most often, for 8" in drawing.note
    assert [group.label for group in drawing.parts[0].groups] == ["Stack", "SVD"]
    assert drawing.numbers[0].rows[0] == ("Stack", "8", "1", "10")


def test_what_lies_outside_is_named(told):
    drawing = noise.honest(told)
    assert drawing.finding == "1 of 2 models are as far off as for new people"
    assert "Outside: SVD." in drawing.note
    assert drawing.parts[0].rows[1] == ("Stack", "0.7000", "0.650 to 0.750", "0.6900")
    told["new_users"][0]["within"] = True
    assert "Outside" not in words(noise.honest(told))


@pytest.mark.parametrize("key", ["floor", "verdicts", "new_users"])
def test_a_report_without_a_part_draws_nothing(told, key):
    draws = {"floor": noise.floor, "verdicts": noise.best, "new_users": noise.honest}
    del told[key]
    with pytest.raises(LookupError):
        draws[key](told)
