"""The talk's network: what it is to hit, what it may see, and that it learns."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from reelrec.data.half_stars import half_star_places
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.evaluation.talk import seed_gpt, windows
from reelrec.evaluation.talk.gpt2 import TalkGPT, class_weights, soft_targets
from reelrec.evaluation.talk.windows import Windows

N_FILMS = 40


def people(n: int, each: int = 30, seed: int = 1) -> list[History]:
    """Every other person gives five stars to all, the others one star."""
    rng = np.random.default_rng(seed)
    films = [rng.permutation(N_FILMS)[:each] for _ in range(n)]
    return [History.of(items, np.full(each, (1.0, 5.0)[place % 2])) for place, items in enumerate(films)]


def vectors() -> np.ndarray:
    return np.random.default_rng(5).normal(size=(N_FILMS, 6)).astype(np.float32)


def network(epochs: int = 1, weighted: bool = False, of: Windows | None = None) -> TalkGPT:
    pytest.importorskip("torch")
    learn = windows.side_by_side(people(20)) if of is None else of
    return TalkGPT(vectors(), weighted=weighted, epochs=epochs, embedding_dim=16).fit(learn)


def asking_once(places: list[int]) -> Windows:
    """One window that asks for these ratings only."""
    row = np.zeros((1, windows.LENGTH), dtype=np.int64)
    row[0, : len(places)] = places
    asked = np.arange(windows.LENGTH)[None] < len(places)
    return Windows(items=np.arange(windows.LENGTH)[None], places=row, asked=asked, user=np.zeros(1, dtype=np.int64))


def test_a_target_is_half_the_stars_given_and_a_quarter_on_either_side_and_falls_back_at_the_ends():
    targets = soft_targets()
    assert targets[6].tolist() == [0, 0, 0, 0, 0, 0.25, 0.5, 0.25, 0, 0]  # 3.5 given
    assert targets[0].tolist() == [0.75, 0.25, 0, 0, 0, 0, 0, 0, 0, 0]  # half a star
    assert targets[9].tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 0.25, 0.75]  # five
    np.testing.assert_array_equal(targets.sum(axis=1), 1.0)


def test_weights_are_the_inverse_frequency_of_what_is_asked_and_one_on_average():
    weights = class_weights(asking_once([9, 9, 9, 0]))  # the zeros that are not asked for do not count
    assert weights[9] == pytest.approx(4 / (2 * 3))
    assert weights[0] == pytest.approx(4 / 2)
    assert (3 * weights[9] + weights[0]) / 4 == pytest.approx(1.0)


@pytest.mark.train
@pytest.mark.parametrize("changed", range(windows.LENGTH))
def test_a_film_and_its_rating_change_nothing_that_was_asked_before(changed):
    model, window = network(), windows.side_by_side(people(1))
    before = model.chances(window)
    items, places = window.items.copy(), window.places.copy()
    places[:, changed] = 9 - places[:, changed]
    rated = model.chances(replace(window, items=items, places=places))
    items[:, changed] = (items[:, changed] + 1) % N_FILMS
    other = model.chances(replace(window, items=items, places=places))
    np.testing.assert_array_equal(before[:, : changed + 1], rated[:, : changed + 1])  # its own rating is not read
    np.testing.assert_array_equal(before[:, :changed], other[:, :changed])
    assert np.abs(before[:, changed] - other[:, changed]).max() > 1e-4
    if changed < windows.LENGTH - 1:
        assert np.abs(before[:, changed + 1 :] - rated[:, changed + 1 :]).max() > 1e-4


@pytest.mark.train
def test_asking_side_by_side_is_asking_in_a_window():
    model, (person,) = network(), people(1)
    asked = person.items[9:14]
    chances = model.after_each(person.head(9), asked)
    assert chances.shape == (10, 5, 10)
    np.testing.assert_allclose(chances.sum(axis=-1), 1.0, rtol=1e-5)
    for place, item in enumerate(asked):
        for k in range(10):
            items = np.r_[person.items[:k], item, person.items[20 : 29 - k]][None]
            places = np.r_[half_star_places(person.ratings[:k]), np.zeros(10 - k, dtype=np.int64)][None]
            alone = model.chances(replace(asking_once([0] * 10), items=items, places=places))[0, k]
            np.testing.assert_allclose(chances[k, place], alone, atol=1e-5)


@pytest.mark.train
def test_it_learns_from_the_films_before_who_is_asked():
    model, newcomers = network(20), windows.side_by_side(people(20, seed=9))
    right = (model.chances(newcomers)[..., 6:].sum(axis=-1) > 0.5) == (newcomers.places >= 6)
    assert right[:, 0].mean() < 0.7  # nothing told
    assert right[:, 1:].mean() > 0.95
    losses = [row["loss"] for row in model.curve_]
    assert losses[-1] < losses[0]
    assert set(model.curve_[0]) == {"epoch", "loss", "train"}


@pytest.mark.train
def test_what_is_not_asked_for_is_not_learned():
    learn = windows.side_by_side(people(20))
    asked = learn.asked & (np.arange(windows.LENGTH) < windows.LENGTH - 1)
    other = learn.places.copy()
    other[:, -1] = 9 - other[:, -1]  # the last rating of a window is never read
    hidden, turned = (network(of=replace(learn, places=places, asked=asked)) for places in (learn.places, other))
    np.testing.assert_array_equal(hidden.chances(learn), turned.chances(learn))


@pytest.mark.train
def test_weighting_expects_rare_stars_more_often():
    rare = [History.of(history.items, np.where(history.items % 10 == 0, 0.5, 4.0)) for history in people(20)]
    learn = windows.side_by_side(rare)
    plain, weighted = (network(8, weighted, learn).chances(learn)[..., 0].mean() for weighted in (False, True))
    assert weighted > plain + 0.05


@pytest.mark.train
def test_training_is_the_same_every_time():
    one, other = (network(2).chances(windows.side_by_side(people(3))) for _ in range(2))
    np.testing.assert_array_equal(one, other)


@pytest.mark.train
def test_forecasts_come_in_the_order_of_the_targets():
    model, persons = network(), people(3)
    forecasts = seed_gpt.forecasts_of_talk(model, persons)
    assert len(forecasts) == 10
    first = len(persons[0]) - round(0.3 * len(persons[0]))
    mine = model.after_each(persons[1].head(9), persons[1].items[first:])
    np.testing.assert_allclose(forecasts[4].chances[9:18], mine[4], atol=1e-6)
    np.testing.assert_allclose(forecasts[4].stars[9:18], mine[4] @ np.arange(0.5, 5.5, 0.5), rtol=1e-5)


def test_without_torch_it_says_what_to_install(monkeypatch):
    lesson = object.__new__(seed_gpt.Lesson)
    lesson.vectors = vectors()
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(OptionError, match=r"seed-gpt needs torch. Run: pip install -r requirements-train.txt"):
        lesson.fitted(seed_gpt.WEIGHTED, windows.side_by_side(people(2)), 1)
