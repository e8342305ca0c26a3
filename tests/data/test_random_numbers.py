"""Random numbers that follow from their keys."""

import numpy as np
import pytest
from scipy import stats

from reelrec.data.random_numbers import bits, gammas, keys_of, normals, uniforms

IDS = np.arange(20_000)


def test_the_same_keys_give_the_same_numbers_and_any_other_key_gives_others():
    first = uniforms(42, 3, IDS)
    np.testing.assert_array_equal(first, uniforms(42, 3, IDS))
    for other in (uniforms(43, 3, IDS), uniforms(42, 4, IDS), uniforms(3, 42, IDS), uniforms(42, 3, IDS + 20_000)):
        assert abs(np.corrcoef(first, other)[0, 1]) < 0.03
        assert (first != other).all()


def test_a_number_does_not_depend_on_what_is_drawn_beside_it():
    table = uniforms(1, IDS[:, None], np.arange(3))
    assert table.shape == (20_000, 3)
    assert table[17, 2] == uniforms(1, 17, 2)


def test_uniform_numbers_are_even_and_never_at_the_ends():
    numbers = uniforms(7, IDS)
    assert 0 < numbers.min() < numbers.max() < 1
    assert stats.kstest(numbers, "uniform").pvalue > 0.001
    assert abs(np.corrcoef(numbers[:-1], numbers[1:])[0, 1]) < 0.03


def test_neighbouring_ids_share_no_bits():
    flipped = np.bitwise_count(bits(7, IDS[:-1]) ^ bits(7, IDS[1:]))
    assert flipped.mean() == pytest.approx(32, abs=0.1)


def test_normal_and_gamma_numbers_have_their_distribution():
    assert normals(1, IDS).dtype == np.float32
    assert stats.kstest(normals(1, IDS), "norm").pvalue > 0.001
    assert stats.kstest(gammas(np.float64(2.5), 1, IDS), stats.gamma(2.5).cdf).pvalue > 0.001


def test_numbers_are_their_own_keys_and_texts_get_one_each():
    assert keys_of(np.array([3, 1, 2**40])).tolist() == [3, 1, 2**40]
    texts = keys_of(np.array(["ada", "bob", "ada"], dtype=object))
    assert texts.dtype == np.uint64
    assert texts[0] == texts[2] != texts[1]
    assert keys_of(np.array([], dtype=object)).shape == (0,)
