from multiprocessing.reduction import ForkingPickler

import numpy as np

from reelrec.data.titles.key_index import KeyIndex, key, keys


def test_a_key_has_all_its_rows_in_the_order_given():
    index = KeyIndex(np.array([7, -3, 7, 5]), np.array([10, 11, 12, 13]))
    assert index.rows(7) == [10, 12]
    assert index.first(-3) == 11
    assert index.rows(6) == []
    assert index.first(6) is None


def test_an_empty_index_has_nothing():
    assert KeyIndex(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)).first(1) is None


def test_texts_have_keys_of_their_own():
    texts = [f"film {i}" for i in range(2_000)] + ["\ud800"]
    assert len(set(keys(texts).tolist())) == len(texts)
    assert key("film 7") == keys(texts)[7]


def test_it_can_be_sent_to_another_process():
    index = KeyIndex(np.array([7, 3, 7]), np.array([0, 1, 2]))
    assert ForkingPickler.loads(ForkingPickler.dumps(index)).rows(7) == index.rows(7) == [0, 2]
