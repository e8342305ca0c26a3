"""What `evaluate reviews` measures: strangers never read, and long accounts with the film's own rating left out."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from reelrec.artifacts.store import ArtifactStore
from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.evaluation.protocols import reviews as protocol
from reelrec.models.base import Prediction
from reelrec.models.predictive import half_star_probabilities
from reelrec.sources.letterboxd import dataset as letterboxd
from reelrec.training import reviews
from reelrec.training.reviews import Reviews

EVERY = np.ones(240, dtype=bool)


def data_of(*rows: tuple[int, str, int, float, str]) -> Reviews:
    authors, titles, years, stars, texts = zip(*rows, strict=True)
    return Reviews(list(texts), np.array(stars), np.array(authors), list(zip(titles, years, strict=True)), "sha")


def prediction(mean: list[float], sd: float = 0.5) -> Prediction:
    return Prediction(np.float32(mean), np.full(len(mean), sd, dtype=np.float32))


class Remembers:
    """Three stars for every film, a star of doubt, and the histories it was shown."""

    name, unit = "remembers", "stars"

    def __init__(self, n_items: int) -> None:
        self.n_items, self.shown = n_items, []

    def predict(self, history: History) -> Prediction:
        self.shown.append(history)
        return Prediction(*np.full((2, self.n_items), [[3.0], [1.0]], dtype=np.float32), habit=np.ones(10))

    def probabilities(self, prediction: Prediction) -> np.ndarray:
        return half_star_probabilities(prediction)


@pytest.fixture
def strangers() -> Reviews:
    pytest.importorskip("sklearn")
    rng = np.random.default_rng(5)
    good = rng.random(240) < 0.5
    stars = np.where(good, 4.5, 2.5) + rng.choice([-0.5, 0.0, 0.5], 240)
    words = [f"{'lovely' if kind else 'dreadful'} film {rng.integers(10**6)}" for kind in good]
    films = np.where(np.arange(240) % 3 == 0, "Night Ferry", "The Harbour")
    rows = zip(rng.integers(60, size=240).tolist(), films.tolist(), [1979] * 240, stars.tolist(), words, strict=True)
    return data_of(*rows)


def test_errors_are_added_up_by_author(strangers):
    texts = prediction([3.0] * 240)
    heard = np.arange(240) % 2 == 0
    measured = protocol.of_unread_authors(strangers, texts, heard)
    by_key = {(entry.model, entry.metric): entry for entry in measured if entry.k is None}
    mae = by_key["reviews", "mae"]
    assert mae.value == pytest.approx(np.abs(strangers.stars - 3.0).mean())
    assert len(mae.sums) == len(np.unique(strangers.authors))
    author = np.unique(strangers.authors)[7]
    own = np.abs(strangers.stars[strangers.authors == author] - 3.0)
    assert (mae.sums[7], mae.counts[7]) == (pytest.approx(own.sum()), len(own))
    assert by_key["reviews", "rmse"].value == pytest.approx(np.sqrt(np.mean((strangers.stars - 3.0) ** 2)))
    (read,) = (entry for entry in measured if (entry.model, entry.metric, entry.k) == ("reviews", "mae", "read"))
    assert read.value == pytest.approx(np.abs(strangers.stars - 3.0)[heard].mean())


def test_the_medians_are_of_others(strangers):
    """An author's own stars must not be in the median they are held against."""
    loud = np.arange(240) < 150
    authors = np.where(loud, 500, strangers.authors)
    shifted = Reviews(strangers.texts, np.where(loud, 0.5, 4.0), authors, strangers.films, strangers.sha256)
    for given in protocol._medians(shifted).values():
        assert (given[loud] == 4.0).all()


def test_words_that_tell_the_stars_beat_the_median_and_words_that_do_not_do_not(strangers):
    sure = protocol.of_unread_authors(strangers, prediction(strangers.stars.tolist()), EVERY)
    assert protocol.gain(sure, None)["low"] > 0.9
    blind = protocol.of_unread_authors(strangers, prediction([float(np.median(strangers.stars))] * 240), EVERY)
    assert protocol.gain(blind, None)["low"] <= 0.0 <= protocol.gain(blind, None)["high"]
    (against, *_) = protocol.against_medians(sure)
    assert (against.model, against.than, against.metric, against.different) == ("reviews", "median", "mae", True)


def test_ranges_that_are_wide_enough_hold(strangers):
    measured = protocol.of_unread_authors(strangers, prediction([3.5] * 240, sd=9.0), EVERY)
    by_key = {entry.metric: entry for entry in measured}
    assert by_key["coverage80"].value == 1.0


def test_only_authors_with_many_texts_are_long_accounts_the_longest_first():
    authors = np.array([7] * 25 + [3] * 19 + [5] * 30)
    assert [authors[places[0]] for places in protocol.long_accounts(authors)] == [5, 7]


def test_the_film_asked_about_is_never_in_the_history_and_all_others_are(films):
    data = data_of(
        (1, "Night Ferry", 1979, 4.0, "a"), (1, "The Harbour", 2003, 2.0, "b"), (2, "The Harbour", 2003, 5.0, "c"),
        (1, "Grey Dawn", 1990, 3.0, "d"), (1, "Nobody Knows It", 1990, 1.0, "e"), (1, "The Harbour", 2003, 1.0, "f"),
        (3, "Grey Dawn", 1990, 1.0, "g"),
    )  # fmt: skip
    model = Remembers(len(films))
    asked = protocol.account(data, prediction([3.0] * 7), EVERY[:7], np.array([0, 1, 3, 4, 5]), films, model)
    assert asked.ratings.tolist() == [4.0, 1.0, 3.0]  # of the Harbour the later text
    assert (asked.left_out, asked.read) == (2, 3)
    assert [history.items.tolist() for history in model.shown] == [[6, 12], [1, 12], [1, 6]]
    assert [history.ratings.tolist() for history in model.shown] == [[1.0, 3.0], [4.0, 3.0], [4.0, 1.0]]
    assert asked.predictions["own-mean"].mean.tolist() == [2.0, 3.5, 2.5]


def test_a_film_that_no_model_knows_is_left_out(films):
    wider = Catalogue(films.films, n_items=12)  # Grey Dawn has the number 12
    rows = [("Night Ferry", 1979, 4.0), ("Grey Dawn", 1990, 3.0), ("The Harbour", 2003, 2.0)]
    data = data_of(
        *((1, *row, "words") for row in rows),
        (2, "Night Ferry", 1979, 5.0, "words"),
        (2, "Grey Dawn", 1990, 1.0, "words"),
    )
    asked = protocol.account(data, prediction([3.0] * 5), EVERY[:5], np.array([0, 1, 2]), wider, Remembers(12))
    assert (asked.ratings.tolist(), asked.left_out) == ([4.0, 2.0], 1)


def test_accounts_are_told_one_by_one_and_together(films):
    two = (("Night Ferry", 1979), ("The Harbour", 2003))
    rows = [(author, *film, 3.0 + author / 2, "x") for author in (1, 2) for film in two]
    rows += [(3, *film, stars, "x") for film, stars in zip(two, (0.5, 5.0), strict=True)]
    data = data_of(*rows)
    places = [np.array([0, 1]), np.array([2, 3])]
    texts = prediction([3.0] * 6)
    asked = [protocol.account(data, texts, EVERY[:6], of, films, Remembers(len(films))) for of in places]
    by_key = {(entry.model, entry.metric, entry.k): entry.value for entry in protocol.of_accounts(asked)}
    assert by_key["bmf", "mae", "account 1"] == pytest.approx(0.5)
    assert by_key["bmf", "mae", "account 2"] == pytest.approx(1.0)
    assert by_key["bmf", "mae", "all"] == pytest.approx(0.75)
    assert by_key["own-mean", "mae", "all"] == 0.0
    assert {model for model, metric, k in by_key if k == "all" and metric == "mae"} == {
        "own-mean",
        "reviews",
        "bmf",
        "ratings-and-words",
    }


@pytest.fixture
def shipped(strangers, monkeypatch, tiny_artifacts, tmp_path, use_artifacts):
    """The fourteen films, and invented reviews in the place of Letterboxd's, two accounts long."""
    rows = list(
        zip(strangers.authors, *zip(*strangers.films, strict=True), strangers.stars, strangers.texts, strict=True)
    )
    titles = [("Night Ferry", 1979), ("The Harbour", 2003), ("Grey Dawn", 1990), ("Salt & Smoke", 2015)] * 6
    rows += [
        (author, *film, 3.0 + i % 4 / 2, f"lovely film {i}") for author in (98, 99) for i, film in enumerate(titles)
    ]
    frame = pd.DataFrame(rows, columns=["author", "title", "year", "rating", "text"])
    monkeypatch.setattr(letterboxd, "read_reviews", lambda: frame)
    monkeypatch.setattr(reviews, "sha256", lambda path: "of a file")
    monkeypatch.setattr(reviews, "source", lambda name: type("Here", (), {"path": lambda self, file: file})())
    return tiny_artifacts


def test_train_and_evaluate_from_the_command_line(command, shipped, strangers, tmp_path):
    code, out, _ = command("train", "reviews", "--out", tmp_path)
    assert (code, out.split(":")[0]) == (0, "reviews")
    entry = json.loads((tmp_path / "manifest.json").read_text())["reviews"]
    people = len(np.unique(strangers.authors)) + 2
    assert entry["data"] == {"name": "letterboxd-reviews", "sha256": "of a file", "people": people, "ratings": 288}
    assert entry["settings"] == {"reg": reviews.ReviewText().reg, "min_authors": 5}
    assert ArtifactStore(tmp_path).load("reviews").predict(["lovely film"]).mean[0] > 3.5
    code, out, _ = command("evaluate", "reviews", "--json", tmp_path / "found.json")
    assert code == 0
    content = json.loads((tmp_path / "found.json").read_text())
    assert content["gain"]["low"] > 0.03
    assert [entry["n"] for entry in content["accounts"]] == [4, 4]
    assert {row["k"] for row in content["rows"]} == {None, "read", "account 1", "account 2", "all"}
    assert {"value", "low", "high", "different"} <= content["differences"][0].keys()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("train", "reviews", "--ratings", "x.csv"), "leave out --ratings"),
        (("evaluate", "reviews", "--models", "bmf"), "leave out --models"),
        (("evaluate", "reviews", "--people", "5"), "reviews takes --json: leave out --people."),
    ],
)
def test_what_reviews_have_no_use_for_is_said(command, words, says):
    code, _, complaint = command(*words)
    assert code == 2
    assert says in complaint
