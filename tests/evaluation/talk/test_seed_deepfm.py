"""The talk's DeepFM: what reaches the network, what its mistakes are, and the rows beside it."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest

from reelrec.errors import OptionError
from reelrec.evaluation.stars import Targets
from reelrec.evaluation.talk import deepfm, seed_deepfm
from reelrec.evaluation.talk import split as talk_split
from reelrec.evaluation.talk.deepfm import NO_PRIOR, Epoch
from reelrec.evaluation.talk.seed_deepfm import (
    CAUSES,
    HONEST,
    MEAN,
    MENDED,
    OVERLAP,
    PUBLISHED,
    SEEN,
    TALKS,
    TEST,
    TRAINING,
)
from reelrec.sources import letterboxd, registry
from tests.fakes.likes_odd import LikesOdd

EPOCHS = 6
SIZES = {"12": (12, 0), "30+10": (30, 10)}


@pytest.fixture
def small(monkeypatch):
    """Fewer films, epochs and hidden units, so that a fit takes a blink."""
    for module in (seed_deepfm, talk_split):
        monkeypatch.setattr(module, "SIZES", SIZES)
    monkeypatch.setattr(seed_deepfm, "LARGEST", "30+10")
    monkeypatch.setattr(seed_deepfm, "MORE_PEOPLE", 6)
    monkeypatch.setattr(seed_deepfm, "CURVES", ("30+10",))
    monkeypatch.setattr(seed_deepfm, "CAUSES_OF", ("30+10",))
    monkeypatch.setattr(seed_deepfm, "EPOCHS", EPOCHS)
    monkeypatch.setattr(seed_deepfm, "HALFWAY", EPOCHS // 2)
    monkeypatch.setattr(deepfm, "BATCH", 64)


@pytest.fixture
def split(data_of, many_films, small):
    """Twelve people with 25 of the 40 best known films each; liking goes by person and film."""
    rng = np.random.default_rng(3)
    people = []
    for person in range(12):
        items = rng.permutation(40)[:25].tolist()
        people.append((items, [5.0 if (person + item) % 2 else 1.0 for item in items]))
    return talk_split.film_split(data_of(*people), many_films.films, "30+10")


@pytest.fixture
def text(split) -> np.ndarray:
    return np.zeros((len(split.films), 2), dtype=np.float32)


def turned_round(part: Targets) -> Targets:
    """The same questions with the opposite answers."""
    return replace(part, ratings=5.5 - part.ratings)


def test_the_best_known_films_are_split_and_people_are_in_both_parts(split, many_films):
    assert sorted(film.number for film in split.films) == list(range(40))
    assert split.training.items.max() < 30 <= split.test.items.min()
    assert split.training.n_users == split.test.n_users == 12
    for person in range(12):
        assert (split.training.user == person).sum() + (split.test.user == person).sum() == 25
    numbers = np.array([film.number for film in split.films])
    odd = (split.test.user + numbers[split.test.items]) % 2
    np.testing.assert_array_equal(split.test.ratings, np.where(odd, 5.0, 1.0))  # everybody keeps their own stars


@pytest.mark.train
@pytest.mark.parametrize("mistakes", [(), PUBLISHED])
def test_the_answers_of_the_test_ratings_change_nothing_that_is_learned(split, text, mistakes):
    lied = replace(split, test=turned_round(split.test))
    honest, other = (seed_deepfm.fitted(of, text, mistakes, (EPOCHS,))[0] for of in (split, lied))
    np.testing.assert_array_equal(honest.training_right, other.training_right)
    assert honest.loss == other.loss
    np.testing.assert_array_equal(honest.test_right, ~other.test_right)  # the same guesses, the opposite truth


@pytest.mark.train
def test_windows_that_overlap_do_leak(split, text):
    lied = replace(split, test=turned_round(split.test))
    losses = [seed_deepfm.fitted(of, text, (OVERLAP,), (EPOCHS,))[0].loss for of in (split, lied)]
    assert losses[0] != losses[1]


def test_overlapping_windows_hold_the_training_ratings_and_half_of_the_test_ratings(split):
    both, n = talk_split.overlapping(split), len(split.training.ratings)
    np.testing.assert_array_equal(both.items[:n], split.training.items)
    shared = set(zip(both.user[n:], both.items[n:], both.ratings[n:], strict=True))
    assert shared <= set(zip(split.test.user, split.test.items, split.test.ratings, strict=True))
    assert 0.3 < len(shared) / len(split.test.ratings) < 0.7


@pytest.mark.train
def test_without_a_prior_ratings_are_learned_by_heart(split):
    apart = {"text": np.eye(len(split.films), dtype=np.float32)}  # every film can be told from all others
    bent, held = (deepfm.train(apart, split.training, split.test, prior, (300,))[0] for prior in (False, True))
    assert bent.training_right.mean() > 0.95
    assert held.training_right.mean() < 0.8


@pytest.mark.train
def test_the_same_seed_gives_the_same_network_and_leaves_torchs_own_alone(split, text):
    import torch

    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    first, second = (seed_deepfm.fitted(split, text, PUBLISHED, (EPOCHS,))[0] for _ in range(2))
    assert first.loss == second.loss
    assert torch.equal(before, torch.random.get_rng_state())


def test_without_torch_it_says_what_to_run(split, text, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(OptionError, match=r"torch is not installed.*pip install -r requirements.txt"):
        seed_deepfm.fitted(split, text, (), (1,))


def test_the_row_that_has_seen_the_answers_takes_the_majority_of_the_test_ratings():
    part = Targets.of([([0, 1], [4.0, 3.5]), ([0], [1.0]), ([0], [2.0])])
    assert talk_split.majority(part, 3).tolist() == [False, True, True]


def test_the_honest_row_asks_the_catalogue_s_people_only(split, make_film):
    hated, loved = (0,) * 5 + (9,) + (0,) * 4, (0,) * 6 + (9,) + (0,) * 3  # nine ratings of 3.0 and of 3.5
    films = tuple(replace(film, histogram=loved if film.number % 3 else hated) for film in split.films)
    expected = np.array([film.number % 3 > 0 for film in films])
    np.testing.assert_array_equal(talk_split.liked_by_train_users(films), expected)
    of = replace(split, films=films)
    honest, lied = (
        next(row for row in seed_deepfm.without_user(one) if row.model == HONEST)
        for one in (of, replace(of, test=turned_round(of.test)))
    )
    right = expected[split.test.items] == (split.test.ratings >= 3.5)
    assert honest.value == right.mean() == 1 - lied.value  # the answers change the mark, not the guess


def epoch(training_right: np.ndarray, test_right: np.ndarray) -> Epoch:
    return Epoch(number=EPOCHS, loss=0.5, training_right=training_right, test_right=test_right)


def test_each_cause_alone_is_taken_out_or_put_in_and_held_against_its_recipe(split, monkeypatch):
    tried = []

    def fitted(of, text, mistakes, watched):
        tried.append(set(mistakes))
        training = of.training if OVERLAP not in mistakes else talk_split.overlapping(of)
        return [epoch(np.ones(len(training), bool), np.ones(len(of.test), bool))]

    monkeypatch.setattr(seed_deepfm, "fitted", fitted)
    end = epoch(np.ones(len(split.training), bool), np.zeros(len(split.test), bool))
    told = list(seed_deepfm.one_at_a_time(split, None, {TALKS: end, MENDED: end}))
    for cause, published, mended in zip(CAUSES, tried[::2], tried[1::2], strict=True):
        assert mended == {cause}
        assert published == (PUBLISHED | {cause} if cause == OVERLAP else PUBLISHED - {cause})
    assert [one["put_in"] for one in told] == [False, True] * 4 + [True, True]
    assert all(one[TEST] == one["change"]["value"] == 1.0 for one in told)


def test_ours_is_told_the_training_films_only_and_guesses_by_its_chance(split):
    model = LikesOdd(240)
    sums = seed_deepfm.predicted(model, "bmf", split)
    numbers = np.array([film.number for film in split.films])
    training = set(numbers[:30])
    assert len(model.shown) == 12
    for person, history in enumerate(model.shown):
        assert set(history.items) <= training
        np.testing.assert_array_equal(history.ratings, np.where((person + history.items) % 2, 5.0, 1.0))
    odd = numbers[split.test.items] % 2 == 1
    assert sums.value == (odd == (split.test.ratings >= 3.5)).mean()


@pytest.fixture
def invented_letterboxd(make_people, many_films, artifact_folder, use_artifacts, monkeypatch, tmp_path, small):
    """60 people with 70 ratings each of the 240 films, in the place of Letterboxd's."""
    (tmp_path / "letterboxd").mkdir()
    for file in registry.source("letterboxd").files:
        (tmp_path / "letterboxd" / file).touch()
    monkeypatch.setenv("REELREC_DATA", str(tmp_path))
    folder = use_artifacts(artifact_folder(many_films))
    ratings = make_people(60, [film.slug for film in many_films.films], 70)
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    words = [f"a film about {word}" for word in ("ships war", "war love", "love ships", "ships ships", "love")]
    overviews = {film.slug: words[film.number % 5] for film in many_films.films if film.number % 7}
    monkeypatch.setattr(letterboxd, "read_overviews", lambda: overviews)
    monkeypatch.setattr(seed_deepfm, "PEOPLE", 5)
    return folder


@pytest.mark.train
@pytest.mark.usefixtures("invented_letterboxd")
def test_the_report_has_every_row_curve_and_cause():
    report = seed_deepfm.run(people=6)
    assert report.dataset["name"] == "letterboxd test users"
    rows = {(row.model, row.metric, row.k) for row in report.rows}
    for model in (TALKS, MENDED):
        assert {(model, f"{TRAINING}{end}", k) for end in ("", f"_{EPOCHS // 2}") for k in SIZES} <= rows
        assert {(model, f"{TEST}{end}", "30+10") for end in ("", f"_{EPOCHS // 2}")} <= rows
    assert {(model, TRAINING, "12") for model in (SEEN, MEAN, HONEST)} <= rows  # without test films
    assert {(model, TEST, k) for model in (SEEN, MEAN, HONEST, "bmf") for k in ("30+10", "30+10, 6 people")} <= rows
    assert not {(model, k) for model, metric, k in rows if metric.startswith(TEST) and k == "12"}
    details = json.loads(report.to_json())
    for curve in details["curves"]["30+10"].values():
        assert curve["epoch"] == list(range(1, EPOCHS + 1))
        assert {len(values) for values in curve.values()} == {EPOCHS}
    told = {(one["cause"], one["recipe"]): one for one in details["causes"]}
    assert set(told) == {(cause, recipe) for cause in CAUSES for recipe in (TALKS, MENDED)}
    assert [told[cause, TALKS]["put_in"] for cause in CAUSES] == [False] * 4 + [True]
    assert all(told[cause, MENDED]["put_in"] for cause in CAUSES)
    apart = {(one.model, one.than) for one in report.differences if one.metric == TEST}
    assert apart >= {("bmf", HONEST), ("bmf", SEEN), (TALKS, HONEST), (TALKS, SEEN)}
    assert "deepfm" in " ".join(report.notes)  # not shipped here, and said to be left out


@pytest.mark.train
def test_only_a_whole_run_is_written_where_the_dashboards_look(invented_letterboxd, command):
    written = invented_letterboxd / "metrics" / "seed-deepfm.json"
    code, out, _ = command("evaluate", "seed-deepfm", "--people", 3)
    assert code == 0
    assert NO_PRIOR in out
    assert not written.exists()
    assert command("evaluate", "seed-deepfm")[0] == 0
    assert json.loads(written.read_text())["dataset"]["people"] == 5


def test_other_data_is_refused(command):
    code, _, complaint = command("evaluate", "seed-deepfm", "--data", "ml-latest-small")
    assert code == 2
    assert "leave out --data" in complaint


@pytest.mark.usefixtures("invented_letterboxd")
def test_a_model_without_stars_has_no_row():
    with pytest.raises(OptionError, match="ranker makes lists"):
        seed_deepfm.run(["ranker"])


def test_without_the_ratings_it_says_what_to_run(monkeypatch, tmp_path):
    (tmp_path / "sources.json").write_bytes((registry.DATA / "sources.json").read_bytes())
    monkeypatch.setattr(registry, "DATA", tmp_path)
    monkeypatch.setenv("REELREC_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(OptionError, match=r"not on this machine. Run: python -m reelrec data get letterboxd"):
        seed_deepfm.run()
