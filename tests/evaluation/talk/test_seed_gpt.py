"""`seed-gpt`: windows shared and apart, what reaches training, and the rows and differences by hand."""

import json

import numpy as np
import pytest

from reelrec.errors import OptionError
from reelrec.evaluation import users
from reelrec.evaluation.report import Sums
from reelrec.evaluation.stars import Targets
from reelrec.evaluation.talk import overlap, seed_gpt, windows
from reelrec.evaluation.users import EvaluationData
from reelrec.sources import registry
from reelrec.sources.letterboxd import dataset as letterboxd


def test_likes_seen_go_by_what_most_of_the_very_ratings_say():
    targets = Targets.of([([7, 8], [4.0, 3.0]), ([7, 8], [3.5, 4.0]), ([7], [1.0])])
    forecast = seed_gpt.likes_seen(targets, 10)
    assert forecast.likes(3.5).tolist() == [True, False, True, False, True]  # 2 of 3 like film 7; 1 of 2 is not most


def sums(model: str, k: int, *right: int, metric: str = "like_accuracy") -> Sums:
    counts = np.full(len(right), 10.0)
    return Sums(model=model, metric=metric, k=k, sums=np.array(right, dtype=float), counts=counts)


def test_each_row_is_held_against_what_it_must_beat():
    measured = [
        entry
        for k in seed_gpt.KNOWN
        for entry in (sums("film-mean", k, 5, 5), sums("talk-unweighted", k, 4, 4), sums("baseline", k, 5, 6))
    ]
    measured += [sums("gpt", k, 6, 6 + (k == 9)) for k in seed_gpt.KNOWN]
    measured += [
        sums(f"talk-unweighted{end}", 9, n, n, metric=overlap.METRIC) for end, n in (("-apart", 5), ("-shared", 9))
    ]
    differences = {(entry.model, entry.than, entry.k): entry for entry in seed_gpt.differences(measured)}
    assert differences["gpt", "baseline", 9].value == pytest.approx(0.1)
    assert differences["gpt", "baseline", 0].value == pytest.approx(0.05)
    assert differences["gpt", "gpt", "0 to 9"].value == pytest.approx(0.05)
    assert differences["talk-unweighted", "film-mean", 0].value == pytest.approx(-0.1)
    assert differences["talk-unweighted-shared", "talk-unweighted-apart", 9].value == pytest.approx(0.4)
    assert ("baseline", "baseline", 0) not in differences
    assert ("film-mean", "film-mean", "0 to 9") not in differences


@pytest.fixture
def invented(make_people, many_films, artifact_folder, use_artifacts, monkeypatch):
    """60 people with 70 ratings each of the 240 films and a word on each, in the place of Letterboxd's; small sizes."""
    folder = use_artifacts(artifact_folder(many_films))
    ratings = make_people(60, [film.slug for film in many_films.films], 70)
    words = ("ship", "storm", "captain", "night", "letter", "harbour", "train")
    texts = {film.slug: f"{words[film.number % 7]} {words[film.number % 5]}" for film in many_films.films}
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    monkeypatch.setattr(letterboxd, "read_overviews", lambda: texts)
    monkeypatch.setattr(seed_gpt, "source", lambda name: registry.Source(name, "", None, "", "", 0, {}))
    monkeypatch.setattr(seed_gpt, "PEOPLE", 20)
    monkeypatch.setattr(seed_gpt, "EPOCHS", 1)
    monkeypatch.setattr(seed_gpt, "WINDOW_EPOCHS", 1)
    monkeypatch.setattr(overlap, "PEOPLE", 4)
    monkeypatch.setattr(overlap, "RATINGS", 30)
    return ratings, folder


def lesson_and_data() -> tuple[seed_gpt.Lesson, EvaluationData]:
    return seed_gpt.Lesson(), users.evaluation_data()


def learned_from(lesson: seed_gpt.Lesson, data: EvaluationData) -> list[np.ndarray]:
    """Everything that the talk's way learns from where windows are apart."""
    tiled = windows.side_by_side(lesson.histories)
    apart = next(learn for end, learn, _ in overlap.lessons(data.histories, lesson.histories) if end == overlap.APART)
    return [lesson.vectors, *(getattr(of, part) for of in (tiled, apart) for part in ("items", "places", "asked"))]


@pytest.mark.train
def test_ratings_of_test_people_never_reach_what_the_talk_s_way_learns_from(invented, monkeypatch):
    pytest.importorskip("sklearn")
    before = lesson_and_data()
    turned = invented[0].assign(rating=lambda of: np.where(of["user_id"] % 10 >= 8, 5.5 - of["rating"], of["rating"]))
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: turned.astype({"film_id": "category", "rating": "float32"}))
    after = lesson_and_data()
    assert before[1].users.sha256 != after[1].users.sha256
    for one, other in zip(learned_from(*before), learned_from(*after), strict=True):
        np.testing.assert_array_equal(one, other)
    shared = [next(of for end, of, _ in overlap.lessons(data.histories, lesson.histories) if end == overlap.SHARED)
              for lesson, data in (before, after)]  # fmt: skip
    assert (shared[0].places != shared[1].places).any()  # so the turning would have been seen


@pytest.mark.train
def test_the_command_writes_rows_by_films_told_and_what_the_page_draws(invented, command, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("sklearn")
    code, out, _ = command("evaluate", "seed-gpt", "--json", tmp_path / "out.json")
    assert code == 0
    assert "seed-gpt: letterboxd test users, 6 people" in " ".join(out.split())
    content = json.loads((tmp_path / "out.json").read_text())
    rows = content["rows"]
    main = dict.fromkeys(row["model"] for row in rows if row["metric"] == "like_accuracy")
    assert list(main)[:6] == ["film-likes-seen", "film-mean", "talk-weighted", "talk-unweighted", "baseline", "bmf"]
    assert {row["n"] for row in rows if row["metric"] == "like_accuracy"} == {6 * 21}
    windowed = {row["model"] for row in rows if row["metric"] == "window_like_accuracy"}
    assert windowed == {f"talk-{loss}{end}" for loss in ("weighted", "unweighted") for end in ("", "-apart", "-shared")}
    assert all({row["k"] for row in rows if row["model"] == model} == set(range(10)) for model in windowed | set(main))
    assert content["talk"]["talk-unweighted"][9] == 0.8
    assert {(entry["model"], entry["k"]) for entry in content["scatter"]} >= {("talk-weighted", 0), ("bmf", 9)}
    assert [row["epoch"] for row in content["curves"]["talk-weighted-apart"]] == [1]
    value = {(row["model"], row["k"]): row["value"] for row in rows if row["metric"] == "like_accuracy"}
    assert value["film-likes-seen", 0] > value["film-mean", 0]
    assert value["film-likes-seen", 0] == value["film-likes-seen", 9]


def test_models_that_need_no_training_can_be_asked_alone(invented, command):
    folder = invented[1]
    code, out, _ = command("evaluate", "seed-gpt", "--models", "baseline,film-mean")
    assert code == 0
    assert "film-mean" in out
    assert not (folder / "metrics").exists()  # not the whole protocol


def test_without_the_ratings_it_says_what_to_run(monkeypatch, tmp_path, command):
    monkeypatch.setattr(registry, "DATA", tmp_path)
    (tmp_path / "sources.json").write_text(
        json.dumps(
            {"letterboxd": {"title": "", "url": None, "licence": "", "about": "", "max_bytes": 1, "files": {"x": None}}}
        )
    )
    monkeypatch.setenv("REELREC_DATA", str(tmp_path))
    code, _, err = command("evaluate", "seed-gpt")
    assert code == 2
    assert "python -m reelrec data get letterboxd --from FOLDER" in " ".join(err.split())


def test_other_rows_people_and_data_are_mistakes(invented, command, tmp_path):
    with pytest.raises(OptionError, match=r"no row of seed-gpt called 'nope'. Known: film-likes-seen"):
        seed_gpt.run(["nope"])
    code, _, err = command("evaluate", "seed-gpt", "--data", "ml-latest-small")
    assert code == 2
    assert "seed-gpt takes --models, --people and --json: leave out --data." in " ".join(err.split())
