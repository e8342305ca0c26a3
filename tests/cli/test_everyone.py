"""`recommend --all` and `evaluate` on a folder of parts, as somebody types them."""

import json

import pyarrow.parquet as pq
import pytest

from reelrec.cluster import everyone
from tests.fakes.parts import write_parts


@pytest.fixture
def parts(tiny_artifacts, films, tmp_path):
    return write_parts(tmp_path / "parts", films, people=20)


def test_lists_for_everybody_are_written_once_and_found_the_second_time(command, parts, tmp_path):
    pytest.importorskip("ray")
    out = tmp_path / "lists"
    words = ("recommend", "--all", "--data", parts, "--out", out, "-n", 3, "--without-genre", "Drama")
    code, said, noted = command(*words, "--workers", 1)
    rows = sum(pq.read_metadata(path).num_rows for path in out.glob("*/*.parquet"))
    assert (code, " ".join(said.split())) == (0, f"{out}: 20 people, {rows:,} rows.")
    assert "20 of them now" in noted
    films = {film for path in out.glob("*/*.parquet") for film in pq.read_table(path)["film_id"].to_pylist()}
    assert "night-ferry" in films
    assert "grey-dawn" in films
    assert "the-lantern" not in films
    assert command(*words)[2].strip() == "They were all there."
    code, _, error = command(*words, "-n", 4)
    assert code == 2
    assert error.strip() == f"{out} holds lists of other options than this call. Name a new folder."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "lists", "--why"), "leave out --why, --json, --csv and --user"),
        (("--out", "lists", "--user", "7"), "leave out --why, --json, --csv and --user"),
        ((), "add --out FOLDER"),
        (("--out", "lists", "--genre", "Horrro"), "Did you mean 'Horror'?"),
        (("--out", "lists", "--dial", "2"), "The dial goes from 0"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(words, said, command, parts, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, error = command("recommend", "--all", "--data", parts, *words)
    assert (code, error.count("\n")) == (2, 1)
    assert said in error
    assert not (tmp_path / "lists").exists()


@pytest.mark.parametrize("option", ["--workers=2", "--cluster=127.0.0.1:6379", "--out=lists"])
def test_workers_need_parts(option, command, tiny_artifacts):
    code, _, error = command("recommend", "--rate", "Elodie a Paris=4", option)
    assert (code, error.strip()) == (2, "--out, --workers and --cluster go with --all --data FOLDER.")


def test_evaluate_measures_a_folder_of_parts(command, use_artifacts, artifact_folder, many_films, tmp_path):
    use_artifacts(artifact_folder(many_films))
    parts = write_parts(tmp_path / "parts", many_films, people=300, longest=150)
    path = tmp_path / "report.json"
    code, said, _ = command("evaluate", "new-users", "--data", parts, "--models", "film-mean,bmf", "--json", path)
    report = json.loads(path.read_text())
    assert code == 0
    assert "rmse" in said.lower()
    assert report["dataset"]["name"] == "invented 0 test users"
    assert {row["model"] for row in report["rows"]} == {"film-mean", "bmf", "one-sd"}


def test_evaluate_refuses_what_does_not_go_with_parts(command, parts):
    assert "only new-users and top-n do" in command("evaluate", "habits", "--data", parts)[2]
    assert "goes with --models" in command("evaluate", "top-n", "--data", parts, "--search")[2]
    assert "a folder of parts; letterboxd is none" in command("evaluate", "top-n", "--workers", 2)[2]


def test_people_are_cut_into_pieces_that_cover_everybody_once(parts, monkeypatch):
    monkeypatch.setattr(everyone, "PIECE", 3)
    opened = everyone.Parts.open(parts)
    pieces = [*everyone._pieces(opened)]
    assert sum(piece.people for piece in pieces) == 20
    assert max(piece.people for piece in pieces) == 3
    assert len({piece.name for piece in pieces}) == len(pieces)
