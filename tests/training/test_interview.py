"""The users that the interview is trained on: no user has two roles, and the manifest names the role."""

import json

import numpy as np
import pandas as pd
import pytest

from reelrec.artifacts.store import shipped_store
from reelrec.data.ratings.roles import Role, has_role, validates_policy
from reelrec.interview.screens import DEFAULT_POLICY
from reelrec.sources import registry


@pytest.fixture(scope="module")
def real_ids() -> np.ndarray:
    """The ids of all users in the Letterboxd files."""
    source = registry.source("letterboxd")
    if source.folder is None:
        pytest.skip("The Letterboxd files are not on this machine.")
    return np.unique(pd.read_parquet(source.path("ratings.parquet"), columns=["user_id"])["user_id"])


def test_no_user_has_two_roles(real_ids):
    counts = [has_role(real_ids, role).sum() for role in Role]
    assert all(counts)
    assert sum(counts) == len(real_ids) == 44_447
    assert 0.2 < validates_policy(real_ids).sum() / has_role(real_ids, Role.TUNE).sum() < 0.3


@pytest.mark.parametrize(("name", "role"), [("bmf", Role.TRAIN), ("interview", Role.TRAIN), ("policy", Role.TUNE)])
def test_the_manifest_names_the_role_of_the_users_that_an_artifact_was_trained_on(name, role):
    content = shipped_store().manifest().content
    entry = content["models"].get(name) or content.get(name)
    if entry is None:
        pytest.skip(f"{name} is not among the artifacts. Run: python -m reelrec train {name}")
    assert entry["data"]["name"] == f"letterboxd {role} users"


def test_the_manifest_counts_all_users_of_that_role(real_ids):
    content = shipped_store().manifest().content
    if "interview" not in content:
        pytest.skip("interview is not among the artifacts. Run: python -m reelrec train interview")
    train_users = has_role(real_ids, Role.TRAIN).sum()
    assert content["models"]["bmf"]["data"]["people"] == content["interview"]["data"]["people"] == train_users
    if "policy" in content:
        assert content["policy"]["data"]["people"] == has_role(real_ids, Role.TUNE).sum()


def test_the_default_policy_is_the_one_of_the_verdict():
    path = shipped_store().metrics_path("interview")
    if not path.exists():
        pytest.skip("The policies are not measured here. Run: python -m reelrec evaluate interview")
    assert json.loads(path.read_text(encoding="utf-8"))["verdict"]["default"] == DEFAULT_POLICY
