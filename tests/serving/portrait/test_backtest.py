"""Hiding a visitor's own ratings: what is hidden, what is said of it, and that nothing leaks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from reelrec.data.history import History
from reelrec.errors import ArtifactError
from reelrec.evaluation import stars as measured_stars
from reelrec.evaluation.protocols import new_users
from reelrec.models.base import UncertainRecommender
from reelrec.serving.portrait import backtest as hiding
from reelrec.serving.portrait.backtest import FOLDS, backtest, discordant
from reelrec.visitor.profile import Profile

N = 240
RATINGS = {film: (film * 7 % 10 + 1) / 2 for film in range(0, 120)}


@pytest.fixture(scope="module")
def models(many_films, small_models) -> dict:
    return {model.name: model for model in small_models(many_films)[1]}


@pytest.fixture
def run(models):
    """The backtest of a profile by these models, by default all."""

    def of(profile: Profile, names=None, model=None):
        return backtest(model or models.__getitem__, N, profile, names or list(models))

    return of


class Parrot:
    """Repeats the stars that it is shown of a film, and says three of every other."""

    name, unit = "parrot", "stars"

    def __init__(self) -> None:
        self.shown: list[History] = []

    def score(self, history: History) -> np.ndarray:
        self.shown.append(history)
        said = np.full(N, 3.0, dtype=np.float32)
        items, ratings = history.stars()
        said[items] = ratings
        said[history.items[np.isnan(history.ratings)]] = 5.0  # a film that was seen or has a heart
        said[history.set_aside], said[history.unseen] = 5.0, 5.0
        return said


def alone(model):
    return {"names": [model.name], "model": lambda name: model}


def test_each_rating_is_hidden_once_in_folds_of_equal_size(run):
    parrot = Parrot()
    found = run(Profile(ratings=RATINGS), **alone(parrot))
    assert found.films == tuple(sorted(RATINGS))
    assert found.stars == tuple(RATINGS[film] for film in sorted(RATINGS))
    hidden = [set(RATINGS) - set(history.items.tolist()) for history in parrot.shown]
    assert len(hidden) == FOLDS
    assert sorted(film for part in hidden for film in part) == sorted(RATINGS)
    assert {len(part) for part in hidden} == {24}


def test_of_a_hidden_film_nothing_is_left_neither_heart_nor_mark(run):
    marked = Profile(ratings=RATINGS, liked=frozenset(range(60)), rewatched=frozenset(range(90)), seen=frozenset({200}))
    parrot = Parrot()
    said = run(marked, **alone(parrot)).model("parrot").said
    assert set(said) == {3.0}
    assert all(200 in history.items for history in parrot.shown)
    hearts = [history.items[history.liked].tolist() for history in parrot.shown]
    assert all(len(kept) < 60 for kept in hearts)


def test_a_leak_makes_the_parrot_right(run, monkeypatch):
    monkeypatch.setattr(hiding, "hide", lambda history, items: history)
    assert run(Profile(ratings=RATINGS), **alone(Parrot())).model("parrot").rmse == 0


def test_what_a_model_says_is_what_it_says_when_asked_itself(models, run):
    found = run(Profile(ratings=RATINGS))
    films, given = np.array(found.films), np.array(found.stars)
    fold = hiding.folds(len(films))
    rng = np.random.default_rng(1)
    for name, model in models.items():
        said, likes = np.zeros(len(films)), np.zeros(len(films), dtype=bool)
        for part in range(FOLDS):
            known = rng.permutation(np.flatnonzero(fold != part))  # in another order than ours
            history = History.of(films[known], given[known])
            items = films[fold == part]
            if isinstance(model, UncertainRecommender):
                forecast = measured_stars.Forecast.of(model, model.predict(history, items))
            else:
                forecast = measured_stars.Forecast(model.score(history)[items])
            said[fold == part] = forecast.stars
            likes[fold == part] = forecast.likes(3.5)
        scored = found.model(name)
        if model.unit != "stars":
            assert scored.said is None
            wrong, compared = discordant(said, given, fold)
            assert scored.concordance == pytest.approx(1 - wrong.sum() / compared.sum(), abs=1e-3), name
            continue
        said = np.clip(said, 0.5, 5.0)
        assert scored.said == pytest.approx(tuple(said), abs=1e-4), name
        assert scored.rmse == pytest.approx(math.sqrt(np.mean((said - given) ** 2)), abs=1e-4)
        assert scored.mae == pytest.approx(np.abs(said - given).mean(), abs=1e-4)
        assert scored.likes == pytest.approx(np.mean(likes == (given >= 3.5)), abs=1.5 / len(given))


def test_the_order_of_the_ratings_changes_nothing(run):
    other = dict(sorted(RATINGS.items(), key=lambda rating: rating[0] * 37 % 101))
    dated = Profile(ratings=other, dates={film: f"20{film % 24:02d}-01-01" for film in other})
    assert run(dated) == run(Profile(ratings=RATINGS))


def test_the_same_is_said_twice(run):
    assert run(Profile(ratings=RATINGS)) == run(Profile(ratings=RATINGS))


def test_only_what_models_read_is_hidden(run):
    profile = Profile(ratings=RATINGS | {N + 5: 4.0}, set_aside=frozenset({0, 1}))
    assert run(profile).films == tuple(range(2, 120))


def test_what_cannot_be_used_is_left_out_and_said(models, run):
    def model(name: str):
        if name == "stack":
            raise ArtifactError("stack.npz is damaged.")
        return models[name]

    found = run(Profile(ratings=RATINGS), ["stack", "bmf", "svd"], model)
    assert found.left_out == ("stack",)
    assert [scored.name for scored in found.models] == ["bmf", "svd"]
    assert found.shown.name == "bmf"


def test_the_shown_model_is_the_stack_and_without_models_of_stars_there_is_none(run):
    assert run(Profile(ratings=RATINGS)).shown.name == "stack"
    assert run(Profile(ratings=RATINGS), ["ease", "popularity"]).shown is None


def test_concordance_by_hand():
    stars, fold = np.array([5.0, 1.0, 3.0, 3.0, 2.0, 4.0]), np.array([0, 0, 0, 0, 1, 1])
    # Fold 0: 5 over 1 wrong, 5 over both 3s right; the 3s over 1: one right, one tied. Fold 1: right.
    scores = np.array([0.5, 0.6, 0.6, 0.7, -1.0, 9.0])
    scores[0] = 0.55
    wrong, compared = discordant(scores, stars, fold)
    assert compared.tolist() == [3, 3, 2, 2, 1, 1]
    assert wrong.tolist() == [3, 1.5, 1.5, 1, 0, 0]  # 0.55 is below all others
    scores[0] = 2.0
    wrong, _ = discordant(scores, stars, fold)
    assert wrong.tolist() == [0, 0.5, 0.5, 0, 0, 0]


def test_films_that_were_hidden_apart_are_not_compared():
    wrong, compared = discordant(np.array([1.0, 2.0]), np.array([5.0, 1.0]), np.array([0, 1]))
    assert not wrong.any()
    assert not compared.any()


def test_stars_all_alike_say_how_near_but_not_which_is_best(run):
    found = run(Profile(ratings=dict.fromkeys(range(20), 4.0)))
    assert found.best is None
    assert found.best_order is None
    assert all(scored.concordance is None for scored in found.models)
    assert all(scored.mae is not None for scored in found.of_stars)


@pytest.mark.parametrize("n", [1, 2, 4, 11])
def test_few_ratings_are_hidden_too(run, n):
    found = run(Profile(ratings=dict(list(RATINGS.items())[:n])))
    assert len(found.films) == n
    assert all(0.5 <= stars <= 5 for scored in found.of_stars for stars in scored.said)


@pytest.fixture(scope="module")
def people(many_films, small_models) -> list[History]:
    """Fifty people with tastes, 80 ratings each, in a random order."""
    rng = np.random.default_rng(2)
    histories = small_models(many_films)[0].histories()
    return [history.take(rng.permutation(len(history))) for history in histories]


def backtested(history: History, model) -> float:
    """The mean squared error of one person's backtest."""
    profile = Profile(ratings=dict(zip(history.items.tolist(), history.ratings.tolist(), strict=True)))
    return backtest(lambda name: model, N, profile, [model.name]).models[0].rmse ** 2


def of_new_users(history: History, model) -> float:
    """The mean squared error of one person as the protocol `new-users` measures it."""
    targets = new_users.all_targets([history])
    (predicted,) = new_users.predict(model, [history], ["all"])
    return float(np.mean((np.clip(predicted.mean, 0.5, 5.0) - targets.ratings) ** 2))


def paired(people: list[History], model) -> tuple[float, float]:
    """The 95 % interval of the backtest's error minus that of `new-users`, over people."""
    apart = np.array([backtested(history, model) - of_new_users(history, model) for history in people])
    half = 1.96 * apart.std(ddof=1) / math.sqrt(len(apart))
    return apart.mean() - half, apart.mean() + half


def test_its_error_is_that_of_new_users_and_a_planted_leak_is_found_out(models, people, monkeypatch):
    monkeypatch.setattr(new_users, "TARGET_SHARE", 1 / FOLDS)  # else we would know more and be nearer
    low, high = paired(people, models["bmf"])
    assert low < 0 < high
    monkeypatch.setattr(hiding, "hide", lambda history, items: history)
    assert paired(people, models["bmf"])[1] < 0


def test_of_a_very_long_history_the_newest_ratings_are_hidden(run, monkeypatch):
    monkeypatch.setattr(hiding, "MOST_RATINGS", 20)
    profile = Profile(ratings={number: 1 + number % 9 / 2 for number in range(60)}, seen=frozenset({70}))
    result = run(profile)
    assert result.films == tuple(range(40, 60))
