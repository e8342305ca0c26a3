"""`seed-deepfm`: the causes one at a time, the rows beside the network, and the report."""

import json
from dataclasses import replace

import numpy as np
import pytest

from reelrec.errors import OptionError
from reelrec.evaluation.stars import Targets
from reelrec.evaluation.talk import seed_deepfm
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
from reelrec.sources import registry
from reelrec.sources.letterboxd import dataset as letterboxd
from tests.fakes.likes_odd import LikesOdd

EPOCHS, SIZES = 6, ("12", "30+10")  # as in conftest.py


def turned_round(part: Targets) -> Targets:
    """The same questions with the opposite answers."""
    return replace(part, ratings=5.5 - part.ratings)


def test_the_honest_row_asks_the_catalogue_s_people_only(split, make_film):
    hated, loved = (0,) * 5 + (9,) + (0,) * 4, (0,) * 6 + (9,) + (0,) * 3  # nine ratings of 3.0 and of 3.5
    films = tuple(replace(film, histogram=loved if film.number % 3 else hated) for film in split.films)
    expected = np.array([film.number % 3 > 0 for film in films])
    np.testing.assert_array_equal(talk_split.liked_by_train_users(films), expected)
    of = replace(split, films=films)
    honest, lied = (
        next(row for row in seed_deepfm.without_user(some) if row.model == HONEST)
        for some in (of, replace(of, test=turned_round(of.test)))
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
    causes = list(seed_deepfm.one_at_a_time(split, None, {TALKS: end, MENDED: end}))
    for cause, published, mended in zip(CAUSES, tried[::2], tried[1::2], strict=True):
        assert mended == {cause}
        assert published == (PUBLISHED | {cause} if cause == OVERLAP else PUBLISHED - {cause})
    assert [entry["put_in"] for entry in causes] == [False, True] * 4 + [True, True]
    assert all(entry[TEST] == entry["change"]["value"] == 1.0 for entry in causes)


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
    by_cause = {(entry["cause"], entry["recipe"]): entry for entry in details["causes"]}
    assert set(by_cause) == {(cause, recipe) for cause in CAUSES for recipe in (TALKS, MENDED)}
    assert [by_cause[cause, TALKS]["put_in"] for cause in CAUSES] == [False] * 4 + [True]
    assert all(by_cause[cause, MENDED]["put_in"] for cause in CAUSES)
    apart = {(entry.model, entry.than) for entry in report.differences if entry.metric == TEST}
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
