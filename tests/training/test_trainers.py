from pathlib import Path

import pytest

from reelrec.artifacts.kinds import CATALOGUE, KINDS
from reelrec.data.ratings.workers import ALONE
from reelrec.errors import OptionError
from reelrec.training.ratings import Ratings
from reelrec.training.trainers import Trainer, trainer

FILE = Path("some.csv")


def test_every_artifact_has_a_trainer():
    for name in (*KINDS, CATALOGUE):
        assert trainer(name).name == name


def test_an_unknown_name_is_refused():
    with pytest.raises(OptionError, match="no model called 'nope'"):
        trainer("nope")


def test_models_take_ratings_and_those_of_train_users_take_a_log():
    trainer("svd").check(Ratings(file=FILE))
    trainer("svd").check(Ratings(log=FILE))
    trainer("stack").check(Ratings(file=FILE))
    trainer("stack").check(Ratings(data="ml-latest-small"))
    with pytest.raises(OptionError, match="stack learns from tune users: leave out --log"):
        trainer("stack").check(Ratings(log=FILE))


def test_models_that_are_no_sums_over_users_are_trained_by_one_process():
    for name in ("ranker", "gpt", "interview", "policy"):
        trainer(name).check(Ratings(), together=True)
    for name in ("svd", "knn", "stack", "map", CATALOGUE):
        trainer(name).check(Ratings())
        with pytest.raises(OptionError, match=f"{name} is trained by one process: leave out --workers"):
            trainer(name).check(Ratings(), together=True)


@pytest.mark.parametrize("name", [CATALOGUE, "reviews", "facts", "interview", "policy", "map"])
def test_the_others_take_neither(name):
    trainer(name).check(Ratings())
    for option, ratings in (("ratings", Ratings(file=FILE)), ("log", Ratings(log=FILE)), ("data", Ratings(data="x"))):
        with pytest.raises(OptionError, match=f"leave out --{option}"):
            trainer(name).check(ratings)


def test_a_trainer_is_run_with_files_and_workers_where_it_takes_them():
    calls = []

    def run(store, *given):
        calls.append((store, given))
        return 2.5

    ratings = Ratings(file=FILE)
    for takes, adds_up in ((False, False), (True, False), (False, True), (True, True)):
        made = Trainer(name="x", learns_from="texts", run=run, takes_ratings=takes, takes_log=takes, adds_up=adds_up)
        assert made.train("store", ratings) == 2.5
    assert calls == [("store", given) for given in ((), (ratings,), (ALONE,), (ratings, ALONE))]
