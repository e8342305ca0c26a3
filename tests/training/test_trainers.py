from pathlib import Path

import pytest

from reelrec.artifacts.kinds import CATALOGUE, KINDS
from reelrec.errors import OptionError
from reelrec.training.trainers import Trainer, trainer

FILE = Path("some.csv")


def test_every_artifact_has_a_trainer():
    for name in (*KINDS, CATALOGUE):
        assert trainer(name).name == name


def test_an_unknown_name_is_refused():
    with pytest.raises(OptionError, match="no model called 'nope'"):
        trainer("nope")


def test_models_take_ratings_and_those_of_train_users_take_a_log():
    trainer("svd").check(ratings=FILE, log=None)
    trainer("svd").check(ratings=None, log=FILE)
    trainer("stack").check(ratings=FILE, log=None)
    with pytest.raises(OptionError, match="stack learns from tune users: leave out --log"):
        trainer("stack").check(ratings=None, log=FILE)


@pytest.mark.parametrize("name", [CATALOGUE, "reviews", "facts", "interview", "policy", "map"])
def test_the_others_take_neither(name):
    trainer(name).check(ratings=None, log=None)
    with pytest.raises(OptionError, match="leave out --ratings"):
        trainer(name).check(ratings=FILE, log=None)
    with pytest.raises(OptionError, match="leave out --log"):
        trainer(name).check(ratings=None, log=FILE)


def test_only_a_trainer_that_takes_ratings_is_run_with_files():
    calls = []

    def run(store, **files):
        calls.append((store, files))
        return 2.5

    for takes in (False, True):
        made = Trainer(name="x", learns_from="texts", run=run, takes_ratings=takes, takes_log=takes)
        assert made.train("store", FILE, None) == 2.5
    assert calls == [("store", {}), ("store", {"ratings": FILE, "log": None})]
