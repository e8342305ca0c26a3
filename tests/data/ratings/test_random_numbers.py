"""Random numbers that follow from their keys."""

import numpy as np
import pytest
from scipy import stats

from reelrec.data.ratings.random_numbers import bits, gammas, keys_of, normals, shorts, uniforms

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


def test_short_numbers_are_even_and_the_first_ones_the_same_for_every_n():
    numbers = shorts(7, 3, IDS[:, None], np.arange(2))
    assert numbers.shape == (20_000, 2, 7)
    assert numbers.dtype == np.uint16
    for n in (3, 5):  # of one word, and of two
        np.testing.assert_array_equal(numbers[5, :, :n], shorts(n, 3, 5, np.arange(2)))
    for place in range(7):
        assert stats.kstest((numbers[:, 0, place] + 0.5) / 2**16, "uniform").pvalue > 0.001
    assert np.abs(np.corrcoef(numbers.reshape(20_000, -1).T) - np.eye(14)).max() < 0.03


def test_normal_numbers_have_their_distribution():
    numbers = normals(3, 1, IDS)
    assert numbers.dtype == np.float32
    assert numbers.shape == (20_000, 3)
    assert stats.kstest(numbers.ravel(), "norm").pvalue > 0.001
    np.testing.assert_allclose(np.corrcoef(numbers.T), np.eye(3), atol=0.03)
    np.testing.assert_array_equal(normals(3, 1, IDS[7:9]), numbers[7:9])


@pytest.mark.parametrize("shape", [1.0, 2.5, 40.0, 5e6])
def test_gamma_numbers_have_their_distribution(shape):
    numbers = gammas(np.float64(shape), 1, IDS)
    assert numbers.shape == (20_000,)
    assert stats.kstest(numbers, stats.gamma(shape).cdf).pvalue > 0.001


def test_a_gamma_number_has_its_own_shape_and_does_not_depend_on_what_is_drawn_beside_it():
    shapes = np.where(IDS % 2, 1.0, 1000.0)
    numbers = gammas(shapes, 5, IDS)
    assert numbers[1::2].mean() == pytest.approx(1.0, rel=0.03)
    assert numbers[::2].mean() == pytest.approx(1000.0, rel=0.03)
    np.testing.assert_array_equal(gammas(shapes[7:9], 5, IDS[7:9]), numbers[7:9])


def test_numbers_are_their_own_keys_and_texts_get_one_each():
    assert keys_of(np.array([3, 1, 2**40])).tolist() == [3, 1, 2**40]
    texts = keys_of(np.array(["ada", "bob", "ada"], dtype=object))
    assert texts.dtype == np.uint64
    assert texts[0] == texts[2] != texts[1]
    assert keys_of(np.array([], dtype=object)).shape == (0,)
