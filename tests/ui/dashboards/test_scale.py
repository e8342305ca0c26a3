"""What the dashboard says of many people, from invented measurements."""

import pytest

from reelrec.ui.dashboards.cost import scale
from tests.fakes import measurements
from tests.ui.dashboards.words import words


def test_the_longest_model_tells_how_time_grows():
    said = words(scale.scale(measurements.scale()))
    assert "10 times the ratings take Bayesian MF 12 times as long." in said
    assert "Two workers (dotted), processes that share the people between them, need 75% of the time of one" in said
    assert "With 100 million ratings a worker holds 1.0 GB at most." in said
    assert "Up to 10.0 million the ratings are of Letterboxd" in said


def test_two_workers_are_dotted_beside_the_line_of_one():
    traces = scale.scale(measurements.scale()).parts[0].figure["data"]
    assert [trace["line"]["dash"] for trace in traces] == ["solid"] * 3 + ["dot"] * 3
    assert [trace["showlegend"] for trace in traces] == [True] * 3 + [False] * 3
    assert traces[4]["y"] == [15.0, 180.0]
    assert traces[4]["hovertext"][1] == "Bayesian MF, two workers: 100,000,000 ratings, 180.0 s"


def test_the_table_has_a_row_for_each_model_and_size():
    (table,) = scale.scale(measurements.scale()).numbers
    assert len(table.rows) == 6
    assert table.rows[3] == ["Bayesian MF", "100.0", "240.0", "180.0", "1.0", "500"]


@pytest.mark.parametrize("change", [{"seconds": "long"}, {"ratings": None}, {"workers": 3}])
def test_a_broken_report_is_refused(change):
    report = measurements.scale()
    report["rows"][0] |= change
    with pytest.raises((LookupError, TypeError, ValueError)):
        scale.scale(report)
