"""`data shard` and `data synth` in the terminal."""

import pytest

from reelrec.data.ratings.parts import Parts
from reelrec.data.ratings.roles import Role

RATINGS = "user_id,film_id,rating\nann,night-ferry,5\nann,lost-film,4\nbob,the-harbour,1\nbob,the-harbour,2\n"


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


@pytest.fixture
def _duckdb():
    pytest.importorskip("duckdb", reason="DuckDB is not installed. Run: pip install -r requirements-cluster.txt")


@pytest.mark.usefixtures("_duckdb")
def test_ratings_are_written_in_parts_and_what_was_dropped_is_said(command, ratings_file, tmp_path):
    out = tmp_path / "parts"
    code, said, err = command("data", "shard", "--ratings", ratings_file(RATINGS), "--parts", 2, "--out", out)
    assert (code, err) == (0, "")
    assert "ratings: 2 parts in" in said
    assert "Dropped: 1 ratings of films" in said
    assert "and 1 after" in " ".join(said.split())
    parts = Parts.open(out)
    assert sum(parts.ratings(role) for role in Role) == 2
    code, _, err = command("data", "shard", "--ratings", ratings_file(RATINGS), "--out", out)
    assert (code, "holds parts already" in err) == (2, True)


@pytest.mark.usefixtures("_duckdb")
def test_a_data_set_of_movielens_is_written_by_the_ids_of_the_catalogue(command, use_artifacts, tmp_path, monkeypatch):
    from reelrec.artifacts.store import ROOT, shipped_store
    from reelrec.sources.registry import source

    if source("ml-latest-small").folder is None:
        pytest.skip("ml-latest-small is not on this machine. Run: python -m reelrec data get ml-latest-small")
    use_artifacts(ROOT / "artifacts")
    code, _, _ = command("data", "shard", "--data", "ml-latest-small", "--parts", 3, "--out", tmp_path / "parts")
    assert code == 0
    films, parts = shipped_store().load_catalogue(), Parts.open(tmp_path / "parts")
    assert sum(parts.people(role) for role in Role) == 610
    assert 60_000 < sum(parts.ratings(role) for role in Role) < 100_836
    dataset = parts.read(Role.TRAIN, range(3), films)
    best = films.films[int(dataset.counts().argmax())]
    assert best.title in {"Forrest Gump", "The Shawshank Redemption", "Pulp Fiction"}


def test_people_are_invented_in_parts(command, tmp_path):
    code, said, err = command("data", "synth", "--people", 50, "--parts", 2, "--out", tmp_path / "parts")
    assert (code, err) == (0, "")
    assert "synthetic-50-42: 2 parts in" in said
    assert Parts.open(tmp_path / "parts").people(Role.TRAIN) == 40


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("shard", "--ratings", "a.csv", "--data", "letterboxd", "--out", "x"), "give one of them"),
        (("shard", "--ratings", "gone.csv", "--out", "x"), "There is no file gone.csv"),
        (("shard", "--data", "ml-100k", "--out", "x"), "There is no data set to write in parts called"),
        (("shard", "--parts", 0, "--out", "x"), "--parts cannot be '0': the least is 1"),
        (("synth", "--people", 0, "--out", "x"), "--people cannot be '0': the least is 1"),
        (("synth", "--people", 5), "synth needs FOLDER"),
    ],
)
def test_a_call_that_cannot_be_done_is_refused_with_a_sentence(command, tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    code, out, err = command("data", *words)
    assert (code, out) == (2, "")
    assert says in err
    assert not [*tmp_path.iterdir()]
