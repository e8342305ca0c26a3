"""Whether lists follow stars, on models that do and that do not."""

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.evaluation.protocols import contrast

N = 240
PEOPLE = [([*range(start, start + 20)], [5.0] * 10 + [4.0] * 10) for start in (0, 40)]


class Deaf:
    """The same order whatever is rated."""

    unit = "preference"

    def score(self, history: History) -> np.ndarray:
        return -np.arange(N, dtype=np.float32)


class Obeys(Deaf):
    """Films of a high number for those who like, of a low one for those who do not."""

    def score(self, history: History) -> np.ndarray:
        mood = (history.ratings - 3.0).sum() if len(history) else 0.1
        return np.arange(N, dtype=np.float32) * np.sign(mood)


def values(report) -> dict:
    return {(row.metric, row.k): row.value for row in report.rows}


def test_a_model_that_does_not_listen_gives_the_same_list(data_of):
    found = values(contrast.run(data_of(*PEOPLE, model=Deaf()), {}, ["deaf"]))
    assert {found[metric, 10] for metric in ("turned10", "ones10", "fives10")} == {1.0}
    assert found["ones_fives24", 10] == 24


def test_a_model_that_obeys_gives_another_list_when_stars_are_turned(data_of):
    found = values(contrast.run(data_of(*PEOPLE, model=Obeys()), {}, ["obeys"]))
    assert (found["turned10", 10], found["ones10", 10], found["fives10", 10]) == (0.0, 0.0, 1.0)
    assert found["ones_fives24", 10] == 0


@pytest.mark.parametrize(("model", "lowered"), [(Deaf(), 0), (Obeys(), 1)])
def test_a_hated_film_lowers_its_family_or_not(data_of, model, lowered):
    report = contrast.run(data_of(*PEOPLE, model=model), {"series a": [5, 200, 210]}, ["one"])
    assert report.details["families"] == [{"model": "one", "lowered": lowered, "families": 1}]


def test_families_are_series_and_directors_with_enough_known_films(make_film):
    from reelrec.data.catalogue import Catalogue

    titles = ["Saw", "Saw II", "Stalker", "Mirror", "Solaris", "Saw III"]
    directors = [None, None, "T", "T", "T", None]
    ratings = [900, 5000, 800, 700, 600, 10]  # the last is hardly known
    films = Catalogue(
        make_film(i, title=title, director=director, n_ratings=n)
        for i, (title, director, n) in enumerate(zip(titles, directors, ratings, strict=True))
    )
    assert contrast.families(films) == {"series saw": [1, 0], "director T": [2, 3, 4]}
