"""`train` by several workers, as the command line asks for it."""

from contextlib import contextmanager

import pytest

from reelrec.cluster import engine
from reelrec.cluster import training as by_workers
from reelrec.cluster.together import Worked
from reelrec.training.ratings import Ratings


@pytest.fixture
def asked(monkeypatch):
    """What the workers were asked to train, in place of doing it."""
    said: list = []

    @contextmanager
    def started(workers=None, cluster=None):
        said.append((workers, cluster))
        yield workers or 5

    def train(name, store, ratings, workers):
        said.append((name, store.folder.name, ratings, workers))
        return [Worked(seconds=seconds, moved=0, peak=0) for seconds in (2.0, 61.4)]

    monkeypatch.setattr(engine, "ray_engine", started)
    monkeypatch.setattr(by_workers, "train", train)
    return said


@pytest.mark.usefixtures("tiny_artifacts")
def test_all_workers_train_one_model_after_the_other(command, asked, tmp_path):
    words = ("train", "dae", "popularity", "--workers", 2, "--data", "ml-latest-small", "--out", tmp_path / "mine")
    code, out, err = command(*words)
    assert code == 0, err
    ratings = Ratings(data="ml-latest-small")
    assert asked == [(2, None), ("dae", "mine", ratings, 2), ("popularity", "mine", ratings, 2)]
    assert "popularity: trained in 61 s." in out


@pytest.mark.usefixtures("tiny_artifacts")
def test_a_cluster_is_asked_by_its_address(command, asked, tmp_path):
    words = ("train", "ranker", "--cluster", "10.0.0.5:6379", "--out", tmp_path / "mine")
    assert command(*words, "--workers", 8)[0] == command(*words)[0] == 0
    assert asked[:2] == [(8, "10.0.0.5:6379"), ("ranker", "mine", Ratings(), 8)]
    assert asked[2:] == [(None, "10.0.0.5:6379"), ("ranker", "mine", Ratings(), 5)]  # as many as the cluster has


def test_what_is_no_sum_over_users_is_refused_before_anything_starts(command, asked):
    for name in ("svd", "catalogue"):
        code, _, err = command("train", name, "--workers", 2)
        assert code == 2
        assert f"{name} is trained by one process: leave out --workers and --cluster." in err
    assert asked == []


def test_two_sources_and_unknown_ones_are_refused(command, tmp_path):
    code, _, err = command("train", "ranker", "--data", "ml-latest-small", "--ratings", tmp_path / "x.csv")
    assert code == 2
    assert "give one of them" in err
    code, _, err = command("train", "ranker", "--data", "ml-9")
    assert code == 2
    assert "ml-9" in err
