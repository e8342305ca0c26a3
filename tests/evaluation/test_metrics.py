import numpy as np
import pytest

from reelrec.evaluation import metrics

RANKED = np.array([False, True, False, False, True, True, False, False, False, False])  # hits at places 2, 5 and 6


def test_ndcg_by_hand():
    # places 2 and 5 of the first five: 1/log2(3) + 1/log2(6); the ideal has hits at 1, 2 and 3
    gain = 1 / np.log2(3) + 1 / np.log2(6)
    ideal = 1 + 1 / np.log2(3) + 1 / np.log2(4)
    assert metrics.ndcg_at_k(RANKED, 3, 5) == pytest.approx(gain / ideal)
    # of seven hidden films only five fit into the first five
    assert metrics.ndcg_at_k(RANKED, 7, 5) == pytest.approx(gain / (1 / np.log2(np.arange(2, 7))).sum())


def test_precision_and_recall_by_hand():
    assert metrics.precision_at_k(RANKED, 5) == 2 / 5
    assert metrics.precision_at_k(RANKED, 10) == 3 / 10
    assert metrics.recall_at_k(RANKED, 3, 5) == pytest.approx(2 / 3)
    assert metrics.recall_at_k(RANKED, 20, 5) == pytest.approx(2 / 5)  # of five places, not of twenty films


def test_a_perfect_list_scores_one_and_an_empty_one_nought():
    perfect = np.arange(20) < 8
    for k in (1, 5, 8, 20):
        assert metrics.ndcg_at_k(perfect, 8, k) == pytest.approx(1)
        assert metrics.recall_at_k(perfect, 8, k) == pytest.approx(1)
        assert metrics.ndcg_at_k(np.zeros(20, bool), 8, k) == 0


def test_a_hit_further_up_is_worth_more():
    places = [metrics.ndcg_at_k(np.arange(10) == place, 1, 10) for place in range(10)]
    assert places == sorted(places, reverse=True)
    assert places[0] == 1


def test_overlap_is_the_mean_share_of_equal_films_between_two_people():
    lists = np.array([[0, 1, 2, 3], [0, 1, 8, 9], [0, 5, 6, 7]])
    # pairs share 2, 1 and 1 of 4 films
    assert metrics.overlap(lists, 10) == pytest.approx((2 + 1 + 1) / 3 / 4)
    assert metrics.overlap(np.array([[0, 1], [1, 0]]), 5) == 1
    assert metrics.overlap(np.array([[0, 1], [2, 3]]), 5) == 0


def test_the_overlap_of_one_person_is_a_number():
    assert np.isfinite(metrics.overlap(np.array([[0, 1, 2]]), 5))


def test_coverage_counts_each_film_once():
    assert metrics.coverage(np.array([[0, 1], [1, 2]]), 6) == 0.5


def test_liking_begins_at_three_and_a_half_and_its_prediction_half_way_to_three():
    assert metrics.is_liked(np.array([3.0, 3.5, 4.0])).tolist() == [False, True, True]
    assert metrics.is_predicted_liked(np.array([3.0, 3.24, 3.25, 4.0])).tolist() == [False, False, True, True]
    assert metrics.is_liked(np.array([3.5, 4.0]), 4.0).tolist() == [False, True]
    assert metrics.is_predicted_liked(np.array([3.74, 3.75]), 4.0).tolist() == [False, True]
