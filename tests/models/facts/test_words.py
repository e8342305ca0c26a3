import numpy as np

from reelrec.data.film_features import film_features
from reelrec.models.facts.words import Words

FEATURES = film_features(genres=[("Drama", "War"), (), ("War",)], years=[1998, 2001, None])


def test_each_word_is_as_strong_as_its_block_and_shares_it_with_the_others():
    words = Words.of(FEATURES, {"year": 3.0, "genre": 2.0, "director": 9.0})
    assert words.blocks.tolist() == ["year", "genre"]  # nothing is said of directors
    half = np.float32(np.sqrt(2.0))
    np.testing.assert_allclose(words.design.toarray(), [[3, 0, half, half], [0, 3, 0, 0], [0, 0, 0, 2]], rtol=1e-6)


def test_a_film_is_known_by_any_of_the_blocks():
    words = Words.of(FEATURES, {"year": 3.0, "genre": 2.0})
    assert words.known("genre").tolist() == [True, False, True]
    assert words.known("year").tolist() == [True, True, False]
    assert words.known("genre", "year").all()
    assert not words.known("director").any()


def test_only_some_blocks_leave_the_columns_as_they_were():
    words = Words.of(FEATURES, {"year": 3.0, "genre": 2.0})
    only = words.only("genre").design.toarray()
    assert not only[:, :2].any()
    np.testing.assert_array_equal(only[:, 2:], words.design.toarray()[:, 2:])


def test_its_arrays_make_it_again():
    words = Words.of(FEATURES, {"year": 3.0, "genre": 2.0})
    np.testing.assert_array_equal(Words(**words.arrays()).design.toarray(), words.design.toarray())
