"""What `bench profile` measures: every part of Taste and the reasons, for visitors with few and with many ratings."""

import json

import numpy as np
import pytest

from reelrec import bench
from reelrec.bench import profile
from reelrec.visitor.profile import Profile


@pytest.fixture
def quick(tiny_artifacts, monkeypatch):
    """Visitors with few ratings over the fourteen films, measured twice, on whatever core."""
    monkeypatch.setattr(profile, "one_core", lambda: None)
    monkeypatch.setattr(profile, "REPEATS", 2)
    some = {20: 3, 300: 5, 1500: 11}
    stars = np.random.default_rng(1).integers(1, 11, size=14) / 2
    monkeypatch.setattr(
        profile, "visitor", lambda size, rng: Profile(ratings=dict(enumerate(stars[: some[size]].tolist())))
    )


@pytest.mark.usefixtures("quick")
def test_every_part_is_measured_for_every_number_of_ratings():
    made = bench.run("profile")
    assert [row["part"] for row in made.rows] == list(profile.PARTS)
    for row in made.rows:
        times = [row[f"p50_{size}_ms"] for size in profile.SIZES]
        assert 0 < max(times) <= row["most_ms"]
    assert json.loads(made.to_json())["bench"] == "profile"
