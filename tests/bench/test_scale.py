"""`bench scale` and `bench workers`: samples, fits in this process, and what the rows say."""

import json
from contextlib import contextmanager

import numpy as np
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.bench import scale, workers
from reelrec.cluster.together import Worked
from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role
from reelrec.data.ratings.workers import ALONE
from reelrec.errors import OptionError
from reelrec.models.lists.popularity import Popularity
from reelrec.models.lists.ranker import Ranker
from tests.fakes.parts import write_parts


@pytest.fixture
def folder(films, tmp_path, monkeypatch):
    """Eighty people on fourteen films in four parts, and artifacts with these films."""
    ArtifactStore(tmp_path / "shipped").save_catalogue(films)
    monkeypatch.setenv("REELREC_ARTIFACTS", str(tmp_path / "shipped"))
    return write_parts(tmp_path / "parts", films, people=80, parts=4)


def test_a_sample_is_the_first_parts_of_the_first_folder_that_has_so_many(films, folder, tmp_path):
    larger = write_parts(tmp_path / "larger", films, people=400, parts=2)
    opened = [Parts.open(folder), Parts.open(larger)]
    sizes = np.cumsum([file.ratings for file in opened[0].index.of_role(Role.TRAIN)])
    two = scale.sample_of(opened, sizes[1] / 1e6)
    assert (two.folder, two.parts, two.ratings) == (folder, 2, sizes[1])
    assert scale.sample_of(opened, 2 * sizes[-1] / 1e6).folder == larger
    with pytest.raises(OptionError, match="No folder of --data has 5 million ratings"):
        scale.sample_of(opened, 5)


def test_without_folders_it_says_what_it_needs():
    with pytest.raises(OptionError, match="name them with --data"):
        scale.scale([])


def test_a_piece_of_each_model_is_fitted_on_a_sample(folder, monkeypatch):
    asked = []

    @contextmanager
    def engine(n):
        asked.append(n)
        yield n

    def together(work, task, n, place):
        assert n in (1, 2)
        return [Worked(seconds=work(ALONE, task), moved=n - 1, peak=10**9)] * n

    monkeypatch.setattr(scale, "ray_engine", engine)
    monkeypatch.setattr(scale, "together", together)
    monkeypatch.setattr(scale, "PIECES", {"popularity": {}, "ranker": {}})
    sizes = np.cumsum([file.ratings for file in Parts.open(folder).index.of_role(Role.TRAIN)]) / 1e6
    report = scale.scale([folder], sizes[[3, 0, 1]])
    assert asked == [2]
    assert [row["ratings"] for row in report.rows[::4]] == (sizes[[0, 1, 3]] * 1e6).round().tolist()
    assert {(row["model"], row["workers"]) for row in report.rows} == {
        (model, n) for model in ("popularity", "ranker") for n in (1, 2)
    }
    assert all(row["seconds"] >= 0 and row["peak_gb"] == 1.0 for row in report.rows)
    assert len(json.loads(report.to_json())["curves"]) == 4


def test_a_curve_finds_what_is_fixed_and_what_grows():
    rows = [
        {"model": "dae", "workers": 2, "ratings": int(m * 1e6), "seconds": 3.0 + 2.0 * m, "peak_gb": m / 100}
        for m in (1, 3, 13.5, 50, 200)
    ]
    curve = scale.curve(rows, "dae", 2)
    assert curve["fixed_seconds"] == pytest.approx(3.0, rel=1e-6)
    assert curve["seconds_a_million"] == pytest.approx(2.0, rel=1e-6)
    assert curve["exponent"] == pytest.approx(1.0, abs=1e-6)
    assert curve["peak_gb"] == 2.0
    assert "dae, 2 workers: 3.0 s and 2.00 s for each million ratings; the exponent of ratings is 1.00" in scale.said(
        curve
    )
    squared = [row | {"seconds": (row["ratings"] / 1e6) ** 2} for row in rows]
    assert scale.curve(squared, "dae", 2)["exponent"] > 1.5
    assert scale.curve(rows[:2], "dae", 2) is None


def test_the_difference_of_two_fits(people):
    one, other = Popularity().fit(people), Popularity().fit(people.only(people.user_ids > 0))
    assert workers.difference(one, one) == 0
    assert 0.001 < workers.difference(one, other) < 0.2
    ranker, again, further = (Ranker(reg=reg).fit(people) for reg in (50.0, 50.0, 60.0))
    assert workers.difference(ranker, again) == 0
    assert 0.001 < workers.difference(ranker, further) < 1


def test_a_verdict_says_whether_workers_agree():
    rows = [
        {"data": "x", "model": "dae", "workers": n, "difference": 2e-6 * n, "value": 0.30001 + n * 1e-6}
        for n in (1, 2, 4)
    ]
    assert workers.verdict(rows) == (
        "Arrays differ by 8.0e-06 at most, less than 0.0001; metrics are equal to four decimals."
    )
    rows[2] |= {"difference": 0.01, "value": 0.31}
    assert workers.verdict(rows) == (
        "Arrays differ by 1.0e-02 at most, more than 0.0001; metrics differ to four decimals."
    )
