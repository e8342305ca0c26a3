from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.data.ratings.workers import Alone
from reelrec.models.lists import ranker
from reelrec.models.lists.ranker import Ranker, from_two_bytes, grams, item_weights, steps, two_bytes, whole_steps


def dataset(*rows: tuple[str, int, float], n_items: int = 2) -> Dataset:
    return Dataset.from_frame("x", pd.DataFrame(rows, columns=["user_id", "film_id", "rating"]), range(n_items))


def test_the_grams_by_hand(monkeypatch):
    # values: 5 stars 1, 2.5 stars 1/2. Person a has two films, so enters with 1 / sqrt(2) of each; b has one.
    monkeypatch.setattr(ranker, "USUAL_FILMS", 1.0)
    data = dataset(("a", 0, 5.0), ("a", 1, 2.5), ("b", 1, 5.0))
    within, across = grams(data, lambda ratings: ratings / np.float32(5))
    root = np.sqrt(2)
    np.testing.assert_allclose(within, [[1 / 2, 1 / 4], [1 / 4, 1 / 8 + 1]], rtol=5e-5)
    np.testing.assert_allclose(across, [[1 / root, 1 / 2 / root], [1 / 2 / root, 1 / 4 / root + 1]], rtol=5e-5)


def test_the_sums_are_the_same_bit_for_bit_however_the_users_are_parted(people, monkeypatch):
    heard = []

    class Listener(Alone):
        def add(self, part):
            heard.append(part.copy())
            return part

    dataset = replace(people, workers=Listener())
    for one in grams(dataset, Ranker().value):
        np.testing.assert_array_equal(one, one.T)
    blocks = Dataset.blocks
    monkeypatch.setattr(Dataset, "blocks", lambda self: [*blocks(self, 50)][::-1])
    grams(dataset, Ranker().value)
    np.testing.assert_array_equal(*heard)
    assert heard[0].dtype == np.float64


def test_the_score_by_hand(monkeypatch):
    # Z'Z = [1/2 1/2; 1/2 3/2], with reg 1 and half the diagonal on top [7/4 1/2; 1/2 13/4]; off its diagonal Z'X has
    # c = 1 / sqrt(2). With two films each is regressed on the other alone: B_01 = c / (7/4), B_10 = c / (13/4).
    monkeypatch.setattr(ranker, "USUAL_FILMS", 1.0)
    data = dataset(("a", 0, 5.0), ("a", 1, 5.0), ("b", 1, 5.0))
    model = Ranker(reg=1.0, dropout=0.5, floor=0.0, power=1.0, step=1e-4).fit(data)
    root = np.sqrt(0.5)
    np.testing.assert_allclose(model.score(History.of([0], [5.0])), [0, root / 1.75], atol=1e-4)
    np.testing.assert_allclose(model.score(History.of([1], [2.5])), [root / 3.25 * 2 / 4.5, 0], atol=1e-4)


def test_each_column_is_the_ridge_regression_of_its_film_on_the_others():
    rng = np.random.default_rng(0)
    wanted = rng.random((200, 12)) * (rng.random((200, 12)) < 0.4)
    entered = wanted / np.sqrt(np.maximum((wanted > 0).sum(axis=1), 1))[:, None]
    within, across = (entered.T @ entered).astype(np.float32), (entered.T @ wanted).astype(np.float32)
    weights = item_weights(within.copy(), across, reg=3.0, dropout=0.5)
    for film in range(12):
        others = np.delete(np.arange(12), film)
        gram = within[np.ix_(others, others)]
        gram = gram + np.diag(3.0 + 0.5 * np.diag(gram))
        np.testing.assert_allclose(weights[others, film], np.linalg.solve(gram, across[others, film]), atol=1e-5)
        assert weights[film, film] == 0


def test_a_train_user_gets_the_scores_of_the_formula(people):
    """The formula in full, with dense matrices, on the user's row of X."""
    model = Ranker(reg=5.0, fame_at_one=0.3, fame_slope=0.2, fame_least=-0.1, step=1e-5).fit(people)
    seen = np.zeros((people.n_users, people.n_items))
    seen[people.users, people.items] = model.value(people.ratings)
    films = np.diff(people.start)
    entered = seen / np.sqrt(films / ranker.USUAL_FILMS)[:, None]
    gram = entered.T @ entered
    inverse = np.linalg.inv(gram + np.diag(5.0 + 0.5 * np.diag(gram)))
    weights = inverse @ entered.T @ seen
    weights -= inverse * (np.diag(weights) / np.diag(inverse))
    counts = people.counts()
    for user in (0, 7):
        lead = ((counts + 1) / (counts.mean() + 1)) ** max(0.3 - 0.2 * np.log(films[user]), -0.1)
        np.testing.assert_allclose(model.score(people.history(user)), seen[user] @ weights * lead, atol=2e-3)


def test_popular_items_gain_in_a_short_history_and_lose_in_a_long_one(people):
    plain = Ranker(reg=5.0).fit(people)
    leading = Ranker(reg=5.0, fame_at_one=0.3, fame_slope=0.2, fame_least=-1.0).fit(people)
    known = people.counts() > people.counts().mean()
    for n, famous_gain in ((2, True), (12, False)):  # the lead ends at e^(.3 / .2) = 4.5 films
        history = History.of(range(n), [5.0] * n)
        before, after = plain.score(history), leading.score(history)
        moved = np.abs(before) > 1e-3
        gained = (np.abs(after) > np.abs(before))[moved]
        np.testing.assert_array_equal(gained, known[moved] == famous_gain)


def test_contributions_add_up_to_the_score_without_the_factor_for_popularity(people):
    history = History.of([3, 11, 0], [4.0, np.nan, 0.5], [False, True, False])
    parts = Ranker(reg=5.0, fame_at_one=0.5).fit(people).contributions(history, np.arange(people.n_items), np.arange(3))
    score = Ranker(reg=5.0).fit(people).score(history)
    assert np.abs(score).max() > 0.01
    np.testing.assert_allclose(parts.sum(axis=0), score, atol=1e-6)


def test_weights_are_rounded_to_steps_that_are_finer_for_films_seen_more_often():
    size = steps(np.array([0, 3]), 0.1)  # (n + 1) / (1.5 + 1)
    np.testing.assert_allclose(size, [0.1 / np.sqrt(0.4), 0.1 / np.sqrt(1.6)], rtol=1e-6)
    kept = whole_steps(np.float32([[0, 0.07], [0.07, 0]]), size)
    assert kept.toarray().tolist() == [[0, 0], [1, 0]]  # .07 is less than half of .158, and more than half of .079
    assert kept.nnz == 1  # zeros take no room
    assert whole_steps(np.float32([[0, -0.4], [-0.4, 0]]), size).toarray().tolist() == [[0, -3], [-5, 0]]


@pytest.mark.parametrize("numbers", [[], [0, 1, -1, 127, 128, -128, -129, 255, 256, 13_010, -13_010, 32_000, -32_000]])
def test_numbers_come_back_from_two_bytes(numbers):
    planes = two_bytes(np.array(numbers, dtype=np.int32))
    assert planes.dtype == np.int8
    assert from_two_bytes(planes).tolist() == numbers


def test_a_saved_ranker_scores_exactly_as_before(people, tmp_path):
    model = Ranker(reg=5.0, fame_at_one=0.3, fame_slope=0.1, step=0.0005).fit(people)
    assert np.abs(model.numbers_.data).max() > 127  # some need their second byte
    model.save(tmp_path / "ranker.npz")
    loaded = Ranker.load(tmp_path / "ranker.npz")
    for history in (History.empty(), History.of([1, 30, 2], [5.0, np.nan, 1.5])):
        np.testing.assert_array_equal(loaded.score(history), model.score(history))


def test_a_coarse_step_costs_little_of_the_score_and_most_of_the_file(people, tmp_path):
    fine, coarse = Ranker(reg=5.0, step=1e-4).fit(people), Ranker(reg=5.0, step=0.005).fit(people)
    sizes = []
    for model in (fine, coarse):
        model.save(tmp_path / "ranker.npz")
        sizes.append((tmp_path / "ranker.npz").stat().st_size)
    assert coarse.numbers_.nnz < fine.numbers_.nnz
    assert sizes[1] < sizes[0] * 0.8
    history = people.history(3)
    assert np.corrcoef(fine.score(history), coarse.score(history))[0, 1] > 0.99
