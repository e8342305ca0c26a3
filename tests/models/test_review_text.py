"""From words to stars: terms, authors, standard deviations, and scikit-learn's own numbers.

All sentences are invented.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest

from reelrec.errors import ArtifactError
from reelrec.models import review_text
from reelrec.models.review_text import ReviewText, folds, shared, terms, together, words

RECORDED = Path(__file__).with_name("review_text.json")
GOOD, BAD = ("warm", "patient", "funny", "gripping", "tender"), ("dull", "noisy", "clumsy", "endless", "hollow")
FILLER = ("the", "film", "was", "and", "a", "very", "so", "ending", "music", "cast")


def by_hand() -> ReviewText:
    model = ReviewText()
    model.keep(
        terms=np.array(["bad", "good", "very good"]),
        idf=np.float32([2.0, 1.0, 3.0]),
        weights=np.float32([-1.0, 0.5, 1.0]),
        intercept=3.0,
        mean=3.5,
        sd=1.0,
        sds=np.float32([0.9, 0.8, 0.7, 0.6, 0.6, 0.6, 0.6]),
    )
    return model


@pytest.fixture(scope="module")
def corpus() -> tuple[list[str], np.ndarray, np.ndarray]:
    """600 texts by 200 authors: a star up for every good word, a star down for every bad one, and noise."""
    rng = np.random.default_rng(3)
    texts, stars = [], []
    for _ in range(600):
        drawn = rng.choice([*GOOD, *BAD, *FILLER], size=int(rng.integers(3, 25)))
        texts.append(" ".join(drawn))
        stars.append(3.0 + 0.5 * np.isin(drawn, GOOD).sum() - 0.5 * np.isin(drawn, BAD).sum() + rng.normal(0, 0.5))
    return texts, np.clip(np.round(2 * np.array(stars)) / 2, 0.5, 5.0), rng.integers(200, size=600)


@pytest.fixture(scope="module")
def fitted(corpus) -> ReviewText:
    pytest.importorskip("sklearn")
    return ReviewText().fit(*corpus)


def test_terms_are_words_in_lower_case_and_pairs_of_neighbours_without_tags():
    assert words("It’s <b>VERY</b> good!") == ["it's", "very", "good"]
    assert terms("It’s <b>VERY</b> good!") == ["it's", "very", "good", "it's very", "very good"]
    assert terms("") == terms("!!! 🔥") == []


def test_a_text_scores_as_worked_by_hand():
    # good twice, "very good" once: x = ((1 + ln 2) 1, 3) / length; "bad" is not in it
    x = np.array([1 + np.log(2), 3.0])
    expected = 3.0 + (0.5 * x[0] + 1.0 * x[1]) / np.sqrt(x @ x)
    prediction = by_hand().predict(["Good, very good"])  # known words: 2 of 3
    assert prediction.mean[0] == pytest.approx(expected, abs=1e-6)
    assert prediction.sd[0] == np.float32(0.9)


def test_more_known_words_have_their_own_sd():
    prediction = by_hand().predict(["good", "good bad good bad", "good bad good bad good", " ".join(["good"] * 10)])
    assert prediction.sd.tolist() == np.float32([0.9, 0.9, 0.8, 0.7]).tolist()


@pytest.mark.parametrize(
    "text", ["", "   ", "🔥🔥🔥", "?!", "<br>", "una película muy good", "映画 最高", "\x00", "x" * 10_000]
)
def test_a_text_of_mostly_unknown_words_gets_the_mean_of_all_reviews(text):
    prediction = by_hand().predict([text])
    assert (prediction.mean[0], prediction.sd[0]) == (3.5, 1.0)


def test_no_texts_are_no_predictions():
    prediction = by_hand().predict([])
    assert prediction.mean.shape == prediction.sd.shape == (0,)


def test_stars_stay_on_the_scale():
    model = by_hand()
    model.weights_ = np.float32([-9.0, 9.0, 1.0])
    assert model.predict(["bad", "good"]).mean.tolist() == [0.5, 5.0]


@pytest.mark.parametrize(
    "text", ["<" * 1_000_000, "good " * 1_000_000, "'" * 1_000_000, "a'" * 500_000, "<b" * 500_000]
)
def test_a_huge_or_hostile_text_is_read_at_once(text):
    began = time.process_time()
    by_hand().predict([text])
    assert time.process_time() - began < 0.5


def test_only_the_beginning_of_a_text_is_read():
    assert len(words("good " * 5_000)) == review_text.MAX_CHARS // 5


def test_a_term_counts_for_its_authors_not_for_its_texts():
    texts = ["my aunt Petronella"] * 9 + ["good"] * 5
    authors = np.array([1] * 9 + [2, 3, 4, 5, 6])
    assert shared(texts, authors, 5) == ["good"]


def test_no_fold_splits_an_author_or_equal_words(corpus):
    pytest.importorskip("sklearn")
    texts, _, authors = corpus
    texts = [*texts, "Absolutely lovely.", "absolutely lovely"]
    authors = np.append(authors, [900, 901])
    all_predicted = []
    for fitted_on, predicted in folds(texts, authors):
        assert not set(authors[fitted_on]) & set(authors[predicted])
        assert not {tuple(words(texts[i])) for i in fitted_on} & {tuple(words(texts[i])) for i in predicted}
        all_predicted += predicted.tolist()
    assert sorted(all_predicted) == list(range(len(texts)))


def test_authors_of_equal_texts_are_in_one_group_with_all_their_texts():
    groups = together(["one", "two", "Two!", "three", "four"], np.array([1, 1, 2, 2, 3]))
    assert len(set(groups[:4])) == 1
    assert groups[4] != groups[0]


def test_good_words_raise_stars_and_bad_ones_lower_them(fitted):
    prediction = fitted.predict(["the film was warm and tender", "the film was a film", "the film was dull and hollow"])
    assert prediction.mean[0] > prediction.mean[1] + 0.5 > prediction.mean[2] + 1.0


def test_what_is_served_is_what_scikit_learn_predicts(corpus, fitted):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import Ridge

    texts, stars, authors = corpus
    tfidf = TfidfVectorizer(analyzer=terms, vocabulary=shared(texts, authors, 5), sublinear_tf=True)
    ridge = Ridge(alpha=fitted.reg).fit(tfidf.fit_transform(texts), stars)
    expected = np.clip(ridge.predict(tfidf.transform(texts)), 0.5, 5.0)
    np.testing.assert_allclose(fitted.predict(texts).mean, expected, atol=1e-5)


def test_recorded_predictions_of_scikit_learn_are_served_without_it():
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    arrays = {name: np.array(value) for name, value in recorded["arrays"].items()}
    model = ReviewText()
    model.keep(**arrays)
    np.testing.assert_allclose(model.predict(recorded["texts"]).mean, recorded["expected"], atol=1e-5)


def test_the_sds_are_out_of_fold_and_never_above_that_of_all_stars(corpus, fitted):
    texts, stars, authors = corpus
    errors = stars - review_text.out_of_fold(ReviewText()._fit_line, texts, stars, authors)[0].mean
    assert np.abs(fitted.predict(texts).mean - stars).mean() < np.abs(errors).mean()  # in the sample it looks better
    assert np.mean(fitted.sds_**2) == pytest.approx(np.mean(errors**2), rel=0.25)
    assert (fitted.sds_ <= np.float32(np.std(stars))).all()


def test_where_words_explain_nothing_the_sd_is_that_of_all_stars(corpus):
    pytest.importorskip("sklearn")
    texts, stars, authors = corpus
    shuffled = np.random.default_rng(1).permutation(stars)
    model = ReviewText(reg=0.1).fit(texts, shuffled, authors)  # fits its own texts closely
    assert model.sds_.min() > 0.95 * shuffled.std()


def test_save_and_load_agree(fitted, tmp_path):
    fitted.save(tmp_path / "reviews.npz")
    loaded = ReviewText.load(tmp_path / "reviews.npz")
    texts = ["the film was warm", "so dull", "", "very funny and very noisy"]
    np.testing.assert_array_equal(loaded.predict(texts).mean, fitted.predict(texts).mean)
    np.testing.assert_array_equal(loaded.predict(texts).sd, fitted.predict(texts).sd)


def test_what_is_saved_are_terms_of_several_authors_and_no_text(corpus, tmp_path):
    pytest.importorskip("sklearn")
    texts, stars, authors = corpus
    secret = "my neighbour Petronella cried"
    model = ReviewText().fit([*texts, *[secret] * 20], np.append(stars, [2.0] * 20), np.append(authors, [999] * 20))
    model.save(tmp_path / "reviews.npz")
    with np.load(tmp_path / "reviews.npz", allow_pickle=False) as file:
        kept = file["terms"].tolist()
    assert "warm" in kept
    assert not [term for term in kept if "petronella" in term or "neighbour" in term]
    assert max(len(term.split()) for term in kept) == 2


def test_arrays_that_do_not_go_together_are_refused():
    model = by_hand()
    arrays = {name: getattr(model, f"{name}_") for name in model.arrays}
    with pytest.raises(ValueError, match="do not go together"):
        ReviewText().keep(**arrays | {"idf": np.float32([1.0])})


def test_a_damaged_file_names_the_command(tmp_path):
    (tmp_path / "reviews.npz").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ArtifactError, match="python -m reelrec train reviews"):
        ReviewText.load(tmp_path / "reviews.npz")
