"""The command line, in this process and, where the whole program counts, in one of its own."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from reelrec.cli import terminal
from reelrec.data.catalogue import Catalogue
from reelrec.serving.picks import reasons

ROOT = Path(__file__).parents[2]
PICK_KEYS = {"title", "year", "tmdb_id", "stars", "low", "high", "score", "because"}  # DESIGN.md, section 4
RATE = ("--rate", "Night Ferry (1979)=4.5")


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def test_recommend_as_json_has_exactly_the_keys_of_the_design(command):
    code, out, err = command("recommend", *RATE, "--rate", "film/elodie-a-paris=2", "-n", 4, "--json")
    assert (code, err) == (0, "")
    content = json.loads(out)
    assert set(content) == {"model", "films"}
    assert content["model"] == "blend"
    assert len(content["films"]) == 4
    for film in content["films"]:
        assert set(film) == PICK_KEYS
        assert 0.5 <= film["stars"] <= 5.0
        assert (film["low"] is None) == (film["high"] is None)
        assert set(film["because"]) <= {"Night Ferry"}


def test_a_range_that_is_known_is_in_the_json_and_in_the_table(command):
    films = json.loads(command("recommend", *RATE, "--json")[1])["films"]
    assert all(set(film) == PICK_KEYS and 0.5 <= film["low"] < film["stars"] < film["high"] <= 5.0 for film in films)
    _, table, err = command("recommend", *RATE)
    assert "{stars:.1f} ({low:.1f}–{high:.1f})".format(**films[0]) in table
    assert "chance" in table
    assert "8 of 10 such ratings" in err
    _, table, err = command("recommend", *RATE, "--model", "knn")
    assert "chance" not in table + err


def test_filters_reach_the_list(command):
    words = ("--genre", "Horror", "--genre", "War", "--years", "1990-2011", "--runtime", "80-150")
    films = json.loads(command("recommend", *words, "--json")[1])["films"]
    assert {(film["title"], film["year"]) for film in films} == {("Night Ferry", 2011), ("Grey Dawn", 1990)}
    films = json.loads(command("recommend", "--language", "fr", "--json")[1])["films"]
    assert [film["title"] for film in films] == ["Élodie à Paris"]
    films = json.loads(command("recommend", "--without-genre", "Drama", "-n", 99, "--json")[1])["films"]
    assert "The Lantern" not in {film["title"] for film in films}


def test_sequels_of_unseen_films_are_listed_in_any_order(command, films, artifact_folder, use_artifacts):
    rows = list(films.films)
    rows[2], rows[6] = replace(rows[2], title="The Saga"), replace(rows[6], title="The Saga II", year=2020)
    use_artifacts(artifact_folder(Catalogue(rows)))
    words = ("recommend", *RATE, "--years", "2015-2026", "-n", 99, "--json")
    titles = {film["title"] for film in json.loads(command(*words)[1])["films"]}
    freely = {film["title"] for film in json.loads(command(*words, "--any-order")[1])["films"]}
    assert freely - titles == {"The Saga II"}
    code, _, err = command("recommend", "--data", "ml-latest-small", "--user", 1, "--any-order")
    assert (code, "no other option" in err) == (2, True)


def test_what_a_list_cannot_have_besides_films_is_refused(command):
    assert command("recommend", "--also", "short", "--json")[0] == 0
    code, _, err = command("recommend", "--also", "series")
    assert (code, "No model has ratings of series" in err) == (2, True)
    code, _, err = command("recommend", "--also", "opera")
    assert (code, "There is no kind called" in err) == (2, True)


@pytest.fixture
def every_reason(monkeypatch):
    """Let every reason be strong: the models of the fourteen films are too small for one that is."""
    for name in ("LEAST_STRENGTH", "LEAST_CLOSENESS"):
        monkeypatch.setattr(reasons, name, 0.0)
    monkeypatch.setattr(reasons, "related", lambda films, ours, theirs: np.ones((len(ours), len(theirs)), dtype=bool))


@pytest.mark.usefixtures("every_reason")
def test_the_table_names_films_and_says_when_it_is_not_personal(command):
    code, out, err = command("recommend")
    assert code == 0
    assert "The Lantern (1994)" in out
    assert "Not personal" in err
    code, out, err = command("recommend", *RATE)
    assert "Not personal" not in err
    assert "because you liked" in out


@pytest.mark.usefixtures("every_reason")
def test_titles_stand_whole_in_a_terminal_of_80_columns(command, monkeypatch):
    monkeypatch.setattr(terminal, "out", Console(width=80, highlight=False))
    table = command("recommend", *RATE, "-n", 99)[1]
    assert "Star Quay: Episode II - The Return (1983)" in table
    assert "because you liked Night Ferry" in table
    assert max(map(len, table.splitlines())) <= 80


def test_no_film_left_is_said_and_no_error(command):
    code, out, err = command("recommend", "--genre", "Western", "--language", "fr")
    assert (code, out) == (0, "")
    assert "No film passes" in err


PEOPLE = "user_id,film_id,rating\nann,night-ferry,5\nann,lost-film,4\nbob,the-harbour,1\n"


def test_one_person_of_a_file_gets_their_list(command, ratings_file):
    path = ratings_file(PEOPLE)
    code, out, err = command("recommend", "--ratings", path, "--user", "ann", "--json")
    assert code == 0
    assert out == command("recommend", "--rate", "Night Ferry (1979)=5", "--json")[1]
    assert "1 ratings of films that are not in the catalogue" in " ".join(err.split())
    code, _, err = command("recommend", "--ratings", path, "--user", "cem")
    assert code == 2
    assert "--user with one of 2 ids" in err
    assert command("recommend", "--ratings", path)[0] == 2
    assert command("recommend", "--ratings", path, *RATE)[0] == 2


def test_everybody_of_a_file_gets_a_list_in_a_csv(command, ratings_file, tmp_path):
    path = ratings_file(PEOPLE)
    code, _, err = command("recommend", "--ratings", path, "--all")
    assert code == 2
    assert "add --csv" in err
    assert command("recommend", "--ratings", path, "--all", "--csv", tmp_path / "out.csv", "-n", 3)[0] == 0
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + 2 * 3


def test_training_on_a_file_writes_where_it_is_told(command, ratings_file, tmp_path):
    path = ratings_file(PEOPLE)
    code, out, _ = command("train", "popularity", "film-mean", "--ratings", path, "--out", tmp_path / "mine")
    assert code == 0
    assert "popularity: trained in" in out
    assert {file.name for file in (tmp_path / "mine").iterdir()} == {
        "catalogue.parquet",  # that of the shipped artifacts, so that the folder can be used alone
        "popularity.npz",
        "film-mean.npz",
        "manifest.json",
    }


def test_the_sources_are_listed(command):
    code, out, _ = command("data", "list")
    assert code == 0
    assert "ml-latest-small" in out


def whole_program(*words: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "reelrec", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_missing_artifacts_are_a_fault_in_one_line_with_the_command_that_mends_it(tmp_path):
    done = whole_program("recommend", *RATE, REELREC_ARTIFACTS=str(tmp_path))
    assert done.returncode == 1
    assert "python -m reelrec train catalogue" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_whole_program_ranks_and_complains(tiny_artifacts):
    folder = {"REELREC_ARTIFACTS": str(tiny_artifacts)}
    assert len(json.loads(whole_program("recommend", *RATE, "--json", **folder).stdout)["films"]) == 10
    done = whole_program("recommend", "--rate", "Night Ferry=5", **folder)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_help_answers_without_loading_anything():
    done = whole_program("--help")
    assert done.returncode == 0
    for name in ("data", "train", "evaluate", "recommend", "bench"):
        assert name in done.stdout
