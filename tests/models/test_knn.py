import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.models.knn import KNN, nearest


def test_the_score_by_hand():
    """Item 3 has neighbours 0 and 1; the others have none with a similarity above zero."""
    model = KNN(neighbours=2, shrink=0.25, reg_user=2.0)
    model.keep(
        mean=3.0,
        item_bias=np.float32([0.0, 0.5, -0.5, 0.0]),
        nearest=np.array([[1, 2], [0, 2], [0, 1], [0, 1]]),
        similarity=np.float16([[0, 0], [0, 0], [0, 0], [0.5, 0.25]]),
    )
    score = model.score(History.of([0, 1, 2], [5.0, 2.0, np.nan]))
    # residuals 5 - 3 - 0 = 2 and 2 - 3 - 0.5 = -1.5; the user's bias: (2 - 1.5) / (2 + 2) = 0.125
    # film 3: 3 + 0 + 0.125 + (0.5 (2 - 0.125) + 0.25 (-1.5 - 0.125)) / (0.75 + 0.25)
    np.testing.assert_allclose(score, [3.125, 3.625, 2.625, 3.65625], rtol=1e-6)


def test_nearest_keeps_the_largest_similarities_in_the_order_of_their_columns():
    similarity = np.array([[0, 0.5, -0.2, 0.9], [0.5, 0, 0.3, 0.1], [-0.2, 0.3, 0, 0.7], [0.9, 0.1, 0.7, 0]])
    columns, values = nearest(similarity, 2)
    assert columns.tolist() == [[1, 3], [0, 2], [1, 3], [0, 2]]
    np.testing.assert_allclose(values, [[0.5, 0.9], [0.5, 0.3], [0.3, 0.7], [0.9, 0.7]], rtol=1e-3)


def test_a_negative_similarity_counts_as_zero():
    columns, values = nearest(np.array([[0, -0.5, -0.4], [-0.5, 0, 0.3], [-0.4, 0.3, 0]]), 2)
    assert columns.shape == (3, 2)
    assert (values >= 0).all()
    assert values[0].sum() == 0


def test_with_more_neighbours_than_items_all_others_are_kept():
    columns, _ = nearest(np.eye(3) * -1 + 0.5, 99)
    assert columns.shape == (3, 2)


@pytest.mark.train
def test_with_all_neighbours_and_no_shrinking_it_predicts_what_surprise_predicts(people):
    """For unrated items; Surprise counts a rated item as its own neighbour. Bound: float16 similarities."""
    surprise = pytest.importorskip("surprise")
    from reelrec.models.surprise_data import trainset

    options = {"name": "pearson_baseline", "user_based": False}
    theirs = surprise.KNNBaseline(k=10_000, sim_options=options, verbose=False).fit(trainset(people))
    ours = KNN(neighbours=10_000, shrink=1e-9).fit(people)
    plain = np.abs(ours.mean_ + ours.item_bias_ - ours.score(people.history(0)))
    assert plain.max() > 0.3  # neighbours do move predictions here
    for user, history in enumerate(people.histories()):
        others = np.setdiff1d(np.arange(people.n_items), history.items)
        expected = [theirs.predict(user, item, clip=False).est for item in others.tolist()]
        np.testing.assert_allclose(ours.score(history)[others], expected, atol=2e-3)


@pytest.mark.train
def test_a_pair_with_fewer_common_raters_than_min_support_is_no_neighbour(people):
    pytest.importorskip("surprise")
    model = KNN(min_support=people.n_users + 1).fit(people)
    assert model.similarity_.max() == 0
