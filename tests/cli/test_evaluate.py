"""`evaluate` on small data: the table, the JSON, and what goes to the dashboards."""

import json
import shutil

import pytest

from reelrec.evaluation.notebook import seed_demo, seed_svd
from reelrec.evaluation.protocols import dial, ml_100k, new_films, splits, top_n
from reelrec.evaluation.registry import PROTOCOLS
from reelrec.evaluation.report import Report, Row
from reelrec.sources.letterboxd import dataset as letterboxd


@pytest.fixture(scope="module")
def _folder(artifact_folder, many_films):
    return artifact_folder(many_films)


@pytest.fixture
def folder(use_artifacts, _folder, tmp_path):
    """The 240 films with small models, to write into."""
    return use_artifacts(shutil.copytree(_folder, tmp_path / "artifacts"))


@pytest.fixture
def ratings(make_people, many_films):
    return make_people(40, [film.slug for film in many_films.films], 70)


@pytest.fixture
def ratings_file(ratings, tmp_path):
    ratings[ratings["user_id"] < 6].to_parquet(tmp_path / "people.parquet")
    return tmp_path / "people.parquet"


@pytest.mark.parametrize(
    ("protocol", "metrics", "cuts"),
    [
        (
            "top-n",
            {
                "ndcg",
                "precision",
                "recall",
                "ndcg100",
                "recall20",
                "stars10",
                "disliked20",
                "fame10",
                "alike10",
                "below",
                "coverage",
                "popularity",
                "overlap",
                "overlap10",
            },  # and no novel20, because all films are famous
            {1, 3, 5, 10, 20, 50, 100, "all"},
        ),
        ("new-users", {"rmse", "mae", "like_accuracy", "like4_accuracy"}, {0, 3, 5, 10, 20, 50, "all"}),
    ],
)
def test_a_ratings_file_gives_a_table_and_the_json(command, folder, ratings_file, tmp_path, protocol, metrics, cuts):
    words = ("--ratings", ratings_file, "--models", "knn, svd", "--json", tmp_path / "deep" / "out.json")
    code, out, _ = command("evaluate", protocol, *words)
    assert code == 0
    assert "6 people, 420 ratings" in out
    content = json.loads((tmp_path / "deep" / "out.json").read_text())
    assert content["protocol"] == protocol
    assert (content["dataset"]["people"], content["dataset"]["ratings"]) == (6, 420)
    assert {row["model"] for row in content["rows"]} == {"knn", "svd"}
    assert {row["metric"] for row in content["rows"]} == metrics
    assert {row["k"] for row in content["rows"]} == cuts
    assert {(one["model"], one["than"]) for one in content["differences"]} == {("svd", "knn")}
    assert not (folder / "metrics").exists()


def test_less_than_a_whole_run_leaves_the_dashboards_alone(command, folder, ratings_file, ratings, monkeypatch):
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    before = (folder / "manifest.json").read_bytes()
    for words in (("--ratings", ratings_file), ("--people", 3), ("--models", "popularity")):
        assert command("evaluate", "top-n", *words)[0] == 0
    assert not (folder / "metrics").exists()
    assert (folder / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(("protocol", "headline"), [("top-n", "ndcg@10"), ("new-users", "rmse@10")])
def test_a_whole_run_goes_to_the_dashboards_and_into_the_manifest(
    command, folder, ratings, monkeypatch, protocol, headline
):
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    assert command("evaluate", protocol)[0] == 0
    content = json.loads((folder / "metrics" / f"{protocol}.json").read_text())
    assert content["dataset"]["people"] == 4  # 9, 19, 29 and 39
    models = json.loads((folder / "manifest.json").read_text())["models"]
    value = next(row["value"] for row in content["rows"] if row["model"] == "svd" and f"@{row['k']}" in headline)
    assert models["svd"]["metrics"][protocol][headline] == pytest.approx(value, abs=1e-4)
    assert "metrics" not in models["ease" if protocol == "new-users" else "baseline"]  # not of this protocol


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("top-n", "--models", "nope"), "no model called 'nope'"),
        (("new-users", "--models", "ease"), "predicts no stars"),
        (("top-n", "--data", "nope"), "no evaluation data called 'nope'"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_mistake_is_one_line_and_exit_code_2(command, ratings_file, words, says):
    given = () if "--data" in words else ("--ratings", ratings_file)
    code, _, err = command("evaluate", *words, *given)
    assert code == 2
    assert says in " ".join(err.split())


@pytest.mark.usefixtures("folder")
def test_one_person_can_be_evaluated(command, ratings_file):
    assert command("evaluate", "top-n", "--ratings", ratings_file, "--people", 1, "--models", "ease")[0] == 0


def test_the_protocols_are_named_in_the_order_of_the_design():
    names = ["seed-svd", "seed-demo", "new-users", "top-n", "dial", "backtest", "contrast", "reasons", "splits"]
    names += ["ml-100k", "new-films", "seed-deepfm", "seed-gpt", "reviews", "interview", "habits", "ab", "ope"]
    assert list(PROTOCOLS) == names


def test_help_lists_every_protocol_with_its_sentence(command):
    code, out, _ = command("evaluate", "--help")
    assert code == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for name, protocol in PROTOCOLS.items():
        assert f"{name} {protocol.measures}" in lines


def test_an_unknown_protocol_is_one_line_and_exit_code_2(command):
    code, out, err = command("evaluate", "nope")
    assert (code, out) == (2, "")
    assert "no protocol called 'nope'. Did you mean 'ope'?" in err
    assert err.count("\n") == 1


@pytest.fixture
def _nothing_starts(monkeypatch):
    """No protocol runs: they take minutes, and a mistake is to be said before."""

    def run(*given):
        raise AssertionError("it started")

    for protocol in (seed_svd, seed_demo, dial, top_n, splits, ml_100k, new_films):
        monkeypatch.setattr(protocol, "run", run)


@pytest.mark.usefixtures("folder", "_nothing_starts")
@pytest.mark.parametrize(
    "words",
    [
        ("seed-svd", "--people", 5),
        ("seed-svd", "--data", "letterboxd-of-somebody"),
        ("seed-demo", "--models", "svd"),
        ("seed-demo", "--people", 5),
        ("seed-demo", "--ratings", "some.csv"),
        ("seed-demo", "--data", "ml-32m"),
        ("seed-demo", "--search"),
        ("dial", "--models", "svd"),
        ("dial", "--data", "ml-latest-small"),
        ("dial", "--search"),
        ("dial", "--ratings", "some.csv", "--data", "ml-latest-small"),
        ("top-n", "--search"),
        ("splits", "--search"),
        ("splits", "--people", 5),
        ("splits", "--data", "ml-100k"),
        ("ml-100k", "--ratings", "some.csv"),
        ("ml-100k", "--data", "ml-latest-small"),
        ("new-films", "--ratings", "some.csv"),
    ],
)
def test_options_that_a_protocol_does_not_have_are_refused_in_one_line(command, words):
    code, out, err = command("evaluate", *words)
    assert (code, out) == (2, "")
    assert f"{words[0]} takes --" in err
    assert "leave out --" in err
    assert err.count("\n") == 1


def test_the_dials_whole_run_goes_to_the_dashboards_and_a_smaller_one_does_not(command, folder, ratings, monkeypatch):
    monkeypatch.setattr(letterboxd, "read_ratings", lambda: ratings.astype({"film_id": "category"}))
    before = (folder / "manifest.json").read_bytes()
    assert command("evaluate", "dial", "--people", 2)[0] == 0
    assert not (folder / "metrics").exists()
    code, out, _ = command("evaluate", "dial")
    assert code == 0
    assert "0.25" in out
    content = json.loads((folder / "metrics" / "dial.json").read_text())
    assert {row["k"] for row in content["rows"]} == {0, 0.25, 0.5, 0.75, 1}
    assert content["dataset"]["people"] == 4
    assert (folder / "manifest.json").read_bytes() == before


def test_the_dial_can_be_turned_for_the_people_of_a_file(command, folder, ratings_file, tmp_path):
    assert command("evaluate", "dial", "--ratings", ratings_file, "--json", tmp_path / "out.json")[0] == 0
    assert json.loads((tmp_path / "out.json").read_text())["dataset"]["people"] == 6
    assert not (folder / "metrics").exists()


@pytest.mark.parametrize("named", [False, True])
def test_the_grid_is_written_beside_the_report_of_seed_svd(command, folder, monkeypatch, tmp_path, named):
    dataset = {"name": "ml", "sha256": "", "people": 1, "ratings": 1}
    rows = tuple(
        Row(model="svd", metric=f"{prefix}{metric}", k=None, value=0.9, n=1)
        for prefix in ("", "cv_")
        for metric in ("rmse", "mae")
    )
    monkeypatch.setattr(
        seed_svd, "run", lambda names: Report(protocol="seed-svd", dataset=dataset, rows=rows, seconds=1.0)
    )
    grid = Report(
        protocol="seed-svd-grid", dataset=dataset, seconds=1.0, notes=("the best",), details={"grid": [{"rmse": 0.9}]}
    )
    monkeypatch.setattr(seed_svd, "search", lambda: grid)
    place, words = (tmp_path, ("--json", tmp_path / "seed-svd.json")) if named else (folder / "metrics", ())
    assert command("evaluate", "seed-svd", *words)[0] == 0
    assert not (place / "seed-svd-grid.json").exists()
    code, out, _ = command("evaluate", "seed-svd", "--search", *words)
    assert code == 0
    assert "the best" in out
    assert json.loads((place / "seed-svd-grid.json").read_text())["grid"] == [{"rmse": 0.9}]
    assert "grid" not in json.loads((place / "seed-svd.json").read_text())
