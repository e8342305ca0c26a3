"""What the talk's DeepFM is told of films, and what each of its mistakes does to that."""

import sys

import numpy as np
import pytest

from reelrec.errors import OptionError
from reelrec.evaluation.talk import film_fields as talk_films
from reelrec.evaluation.talk.film_fields import LETTERS, UNSCALED, WRONG_FILMS, film_fields, one_hot, text_vectors


@pytest.fixture
def facts(make_film):
    return (
        make_film(0, genres=("War", "Drama"), countries=("Italy",), language="it", runtime=90, n_ratings=20_000),
        make_film(1, genres=("Drama",), countries=("Mali",), language=None, runtime=None, n_ratings=100),
        make_film(2, genres=(), countries=("Italy", "Mali"), language="en", runtime=180, n_ratings=0),
    )


@pytest.fixture
def text() -> np.ndarray:
    return np.eye(3, dtype=np.float32)


def test_words_have_a_column_each(facts, text):
    fields = film_fields(facts, text)
    assert fields["genres"].tolist() == [[1, 1], [1, 0], [0, 0]]  # Drama, War
    assert fields["countries"].tolist() == [[1, 0], [0, 1], [1, 1]]
    assert fields["language"].tolist() == [[0, 1], [0, 0], [1, 0]]
    np.testing.assert_array_equal(fields["text"], text)


def test_letters_make_different_words_alike(facts, text):
    fields = film_fields(facts, text, (LETTERS,))
    assert fields["genres"].shape == (3, len(set("War, Drama")))
    assert fields["genres"][0].all()
    np.testing.assert_array_equal(*one_hot(["mali", "lima"]))  # the order of the letters is lost


def test_numbers_are_standardised_logarithms_and_what_is_unknown_is_the_mean(facts, text):
    numbers = film_fields(facts, text)["numbers"]
    np.testing.assert_allclose(numbers[:, 0].mean(), 0, atol=1e-6)
    np.testing.assert_allclose(numbers[:, 0].std(), 1, atol=1e-6)
    assert numbers[:, 0].argmax() == 0
    np.testing.assert_allclose(numbers[:, 1], [-1, 0, 1], atol=1e-6)


def test_unscaled_numbers_are_in_the_hundreds(facts, text):
    assert film_fields(facts, text, (UNSCALED,))["numbers"].tolist() == [[200, 90], [1, 0], [0, 180]]


def test_wrong_films_get_all_the_facts_of_another_film(facts, text):
    right, wrong = film_fields(facts, text), film_fields(facts, text, (WRONG_FILMS,))
    order = wrong["text"].argmax(axis=1)
    assert sorted(order) == [0, 1, 2]
    assert order.tolist() != [0, 1, 2]
    for name, field in right.items():
        np.testing.assert_array_equal(wrong[name], field[order])


def test_mistakes_touch_their_own_fields_only(facts, text):
    right = film_fields(facts, text)
    for mistake, touched in ((LETTERS, {"genres", "countries", "language"}), (UNSCALED, {"numbers"})):
        wrong = film_fields(facts, text, (mistake,))
        assert {name for name in right if not np.array_equal(right[name], wrong[name])} == touched


def test_a_field_of_which_nothing_is_known_is_left_out(make_film, text):
    assert set(film_fields([make_film(number) for number in range(3)], text)) == {"language", "numbers", "text"}


@pytest.mark.train
def test_texts_of_like_words_are_near_each_other_and_no_text_is_nowhere(monkeypatch):
    monkeypatch.setattr(talk_films, "TEXT_DIM", 2)
    texts = ["ships sail", "ships sail far", "war tanks", "war tanks far", ""] * 3
    vectors = text_vectors(texts)
    assert vectors.shape == (15, 2)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1)[:4], 1, atol=1e-6)
    assert not vectors[4].any()
    assert vectors[0] @ vectors[1] > 0.7 > vectors[0] @ vectors[2]


def test_without_scikit_learn_it_says_what_to_run(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.decomposition", None)
    with pytest.raises(OptionError, match=r"scikit-learn is not installed.*pip install -r requirements-train.txt"):
        text_vectors(["a text"])
