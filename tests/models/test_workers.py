"""The number of workers changes nothing but rounding."""

import itertools

import numpy as np
import pytest

from reelrec.data.ratings.workers import ALONE
from reelrec.models.lists import ease, ranker
from reelrec.models.registry import MODELS
from tests.fakes import corrections
from tests.fakes.workers import CutOff, together
from tests.models.conftest import SETTINGS

TOGETHER = ["popularity", "film-mean", "baseline", "ease", "ranker", "bmf", "dae", "deepfm", "gpt"]
TRAINED = {"bmf", "dae", "deepfm", "gpt"}
CORRECTION = {"epochs": 4, "passes": 2, "dropout": 0.3, "embedding_dim": 8, "learning_rate": 0.01}
QUICK = {"dae": {"epochs": 5, "dropout": 0.3}, "deepfm": CORRECTION, "gpt": CORRECTION}
# Of the differences. The factors of bmf ship as float16, which a rounding error may tip over; the ranker has no error.
LARGEST = {"bmf": 5e-4, "ranker": 1e-12}


def fit(name: str):
    if name in TRAINED:
        pytest.importorskip("torch")
    kind, settings = MODELS[name], SETTINGS.get(name, {}) | QUICK.get(name, {})
    return lambda dataset: kind(*(corrections.random_bmf(dataset.n_items) for _ in kind.parts), **settings).fit(dataset)


def marked(names):
    return [pytest.param(name, marks=[pytest.mark.train] if name in TRAINED else []) for name in names]


def difference(one, other) -> float:
    """The largest difference of two fits in any array, relative to the array's size."""
    pairs = [(np.float64(one.learned()[name]), np.float64(other.learned()[name])) for name in one.arrays]
    return max(float(np.linalg.norm(a - b) / max(np.linalg.norm(a), 1e-12)) for a, b in pairs)


@pytest.mark.parametrize("n", [2, 4])
@pytest.mark.parametrize("name", marked(TOGETHER))
def test_workers_learn_the_same_arrays_as_one_alone(people, name, n):
    alone, (first, *others) = fit(name)(people), together(n, people, fit(name))
    assert all(difference(first, other) == 0 for other in others)
    assert difference(alone, first) < LARGEST.get(name, 1e-4)
    if name == "popularity":
        assert first.counts_.tolist() == people.counts().tolist()


@pytest.mark.parametrize("name", marked(sorted(TRAINED)))
def test_who_is_cut_off_goes_on_from_what_was_kept_and_learns_the_same(people, name):
    whole, kept = together(2, people, fit(name))[0], {}
    with pytest.raises(CutOff):
        together(2, people, fit(name), kept, cut_off_at=3)
    assert kept.keys() == {0, 1}
    again = together(2, people, fit(name), kept)[0]
    assert difference(whole, again) == 0


def test_what_is_not_shared_is_made_once_for_all(people):
    made = []

    def work(share):
        return share.workers.once(lambda: made.append(share.workers.rank) or np.ones((2, 3), np.float32), (2, 3))

    assert [array.tolist() for array in together(3, people, work)] == [np.ones((2, 3)).tolist()] * 3
    assert work(people).shape == (2, 3)
    assert made == [0, 0]


@pytest.mark.parametrize("room", [ranker, ease])
def test_the_weights_of_items_are_solved_for_by_one_worker(people, room, monkeypatch):
    """What each would round with its own share of the cores differed."""
    solved, solve = [], room.item_weights
    monkeypatch.setattr(room, "item_weights", lambda *given: solved.append(1) or solve(*given))
    together(3, people, fit(room.__name__.rpartition(".")[2]))
    assert len(solved) == 1


def test_each_user_is_with_one_worker(people):
    shares = together(3, people, lambda share: share.user_ids.tolist())
    assert all(shares)
    assert sorted(itertools.chain(*shares)) == people.user_ids.tolist()
    assert together(3, people, lambda share: share.all_users()) == [people.n_users] * 3


def test_what_is_said_of_all_users_is_what_one_worker_says_alone(people):
    def said(data):
        return data.counts().tolist(), data.sums().tolist(), data.mean(), data.all_ratings()

    assert together(3, people, said) == [said(people)] * 3
    assert people.workers is ALONE
