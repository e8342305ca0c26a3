import numpy as np
import pandas as pd

from reelrec.data.history import History
from reelrec.data.ratings.dataset import Dataset
from reelrec.models.film_mean import FilmMean

ROWS = [("a", 0, 4.0), ("a", 1, 1.0), ("b", 0, 5.0), ("b", 1, 1.0), ("b", 2, 3.0)]
DATA = Dataset.from_frame("five", pd.DataFrame(ROWS, columns=["user_id", "film_id", "rating"]), range(4))


def test_the_score_by_hand():
    # mean of all 2.8; two more ratings of it each: (9 + 5.6) / 4, (2 + 5.6) / 4, (3 + 5.6) / 3, 2.8
    score = FilmMean(shrink=2.0).fit(DATA).score(History.empty())
    np.testing.assert_allclose(score, [3.65, 1.9, 8.6 / 3, 2.8], rtol=1e-6)


def test_the_stars_are_the_same_for_everybody():
    model = FilmMean().fit(DATA)
    np.testing.assert_array_equal(model.score(History.of([0, 1], [0.5, 5.0])), model.score(History.empty()))
