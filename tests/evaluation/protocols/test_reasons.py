"""`evaluate reasons`: the test by deletion, on small models, and its numbers in the documents."""

import json
from pathlib import Path

import numpy as np
import pytest

from reelrec import app
from reelrec.bench.serve import visitor
from reelrec.evaluation.protocols import reasons
from reelrec.serving import resources
from reelrec.serving.why import sums

ROOT = Path(__file__).parents[3]
REPORT = json.loads((ROOT / "artifacts" / "metrics" / "reasons.json").read_text())


def of_visitor(size: int) -> reasons.Added:
    history = visitor(size, np.random.default_rng(1)).history(app.catalogue().n_items)
    return reasons.of_user(resources.served(), history, np.random.default_rng(2))


@pytest.mark.parametrize("size", [1, 4, 40])
def test_each_explained_film_adds_to_every_measure(size):
    added = of_visitor(size)
    assert len(added["apart"]) == reasons.PICKS
    assert max(added["apart"]) <= 0.0051
    assert len(added["moved_top"]) == len(added["moved_random"]) == (reasons.PICKS if size > 1 else 0)
    assert set(added["survives"]) <= {0.0, 1.0}


def test_reasons_that_name_the_wrong_films_do_not_hold(monkeypatch):
    honest = of_visitor(40)

    def wrong(history, items, stars, predictor):
        """What each film takes away, said of its neighbour in the history."""
        return np.roll(alone(history, items, stars, predictor), 1, axis=0)

    alone = sums._alone
    monkeypatch.setattr(sums, "_alone", wrong)
    planted = of_visitor(40)
    assert np.mean(planted["survives"]) < 0.7 < np.mean(honest["survives"])
    assert np.mean(planted["moved_top"]) < np.mean(honest["moved_top"])


def test_the_first_reason_moves_the_stars_three_times_as_far_as_a_random_film():
    """What ships, as it was measured."""
    assert [ratio["k"] for ratio in REPORT["ratios"]] == list(reasons.KNOWN)
    assert min(ratio["low"] for ratio in REPORT["ratios"]) >= 3


def test_the_documents_say_what_was_measured():
    table = (
        (ROOT / "docs" / "results.md").read_text().partition("**Are reasons reasons?**")[2].partition("**Do lists")[0]
    )
    for ratio in REPORT["ratios"]:
        assert f"{ratio['value']:.1f} ({ratio['low']:.1f} to {ratio['high']:.1f})" in table
    for row in REPORT["rows"]:
        if row["metric"] in ("survives", "because_survives"):
            assert f"{100 * row['value']:.1f} %" in table
