"""What is asked of a model, and its errors, by hand."""

import numpy as np
import pandas as pd
import pytest

from reelrec.data.film_features import film_features
from reelrec.errors import OptionError
from reelrec.evaluation import held_out
from reelrec.evaluation.held_out import Split
from reelrec.models.base import Prediction
from reelrec.models.film_mean import FilmMean
from reelrec.models.predictive import half_star_probabilities
from reelrec.models.registry import MODELS
from tests.fakes.unsure import Unsure

FILMS = ["a", "b", "c", "d"]
GENRES = film_features(genres=[["Drama"], ["War"], ["Drama"], []])


def frame(*rows):
    return pd.DataFrame(rows, columns=["user_id", "film_id", "rating"])


@pytest.fixture
def split() -> Split:
    known = frame((1, "a", 2.0), (2, "a", 4.0), (2, "b", 5.0), (3, "b", 1.0))
    test = frame((4, "d", 2.0), (2, "c", 1.0), (1, "b", 3.0), (1, "d", 4.5))
    return Split.of_frames("by hand", known, test, item_ids=FILMS, features=GENRES, lowest=1.0)


class Says:
    """The same stars for every film, the number of films it was shown taken off."""

    name, unit = "says", "stars"

    def __init__(self, stars: float) -> None:
        self.stars = stars

    def score(self, history):
        return np.full(len(FILMS), self.stars - len(history), dtype=np.float32)


def test_people_show_what_training_knows_of_them_and_are_asked_for_the_rest(split):
    assert split.user_ids.tolist() == [1, 2, 4]
    known, items, stars = split.held_out[1]
    assert (known.items.tolist(), known.ratings.tolist()) == ([0, 1], [4.0, 5.0])
    assert (items.tolist(), stars.tolist()) == ([2], [1.0])
    assert len(split.held_out[2][0]) == 0  # of person 4 nothing is known
    assert split.training.user_ids.tolist() == [1, 2, 3]
    assert split.training.features is GENRES


def test_the_errors_by_hand_clipped_to_the_stars_there_are(split):
    errors = held_out.predictions(Says(2.5), split)
    assert errors["user"].tolist() == [1, 1, 2, 4]
    assert errors["error"].tolist() == [1.5 - 3.0, 1.5 - 4.5, 1.0 - 1.0, 2.5 - 2.0]  # .5 stars become one
    assert "median_error" not in errors
    rmse, mae = held_out.rmse("says", "u1", errors), held_out.mae("says", "mae", None, errors, "error")
    assert rmse.value == pytest.approx(np.sqrt((2.25 + 9 + 0 + 0.25) / 4))
    assert mae.value == pytest.approx(5 / 4)
    assert rmse.counts.tolist() == [2, 1, 1]
    assert (rmse.row().k, rmse.row().n) == ("u1", 4)


def test_a_model_that_knows_its_uncertainty_is_judged_by_its_median_too(split):
    class Skewed(Unsure):
        """Nearly always five stars, though the mean is 3.2."""

        def probabilities(self, prediction: Prediction) -> np.ndarray:
            return half_star_probabilities(Prediction(prediction.mean + 1.6, prediction.sd))

    errors = held_out.predictions(Skewed(Says(3.2)), split)
    assert errors["error"].tolist() == pytest.approx([2.2 - 3, 2.2 - 4.5, 1.2 - 1, 3.2 - 2])
    assert errors["median_error"].tolist() == [4.0 - 3, 4.0 - 4.5, 3.0 - 1, 5.0 - 2]


class Keeps(FilmMean):
    """Keeps the data set it was fitted on."""

    name = "keeps"

    def fit(self, dataset):
        self.dataset = dataset
        return self


def test_a_names_ending_takes_side_information_away_or_gives_that_of_other_films(split, monkeypatch):
    monkeypatch.setitem(MODELS, "keeps", Keeps)
    genres = {
        end: held_out.fitted(f"keeps{end}", split.training).dataset.features for end in ("", "-plain", "-permuted")
    }
    assert genres[""] is GENRES
    assert genres["-plain"] == {}
    before, after = (blocks["genre"].toarray().tolist() for blocks in (GENRES, genres["-permuted"]))
    assert before != after
    assert sorted(before) == sorted(after)


@pytest.mark.parametrize(("name", "says"), [("ease", "predicts no stars"), ("nope-plain", "no model called 'nope'")])
def test_a_model_without_stars_or_without_existence_is_refused(split, name, says):
    with pytest.raises(OptionError, match=says):
        held_out.fitted(name, split.training)
