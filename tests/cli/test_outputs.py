import csv

import pytest

from reelrec import app
from reelrec.cli import outputs
from reelrec.errors import OptionError
from reelrec.visitor.profile import Profile


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def test_lists_for_many_are_a_row_for_each_person_and_pick(tmp_path):
    people = {"ann": Profile(ratings={1: 5.0, 6: 4.0}), "=cmd": Profile(ratings={5: 1.0}), "zoe": Profile()}
    outputs.write_lists(people, tmp_path / "out.csv", lambda profile: app.recommend(profile, 3))
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == outputs.COLUMNS
    assert [(row["user_id"], row["rank"]) for row in rows[:4]] == [
        ("ann", "1"),
        ("ann", "2"),
        ("ann", "3"),
        ("'=cmd", "1"),
    ]
    assert len(rows) == 9
    expected = app.recommend(people["ann"], 3).picks[0]
    assert rows[0]["film_id"] == expected.film.slug
    assert rows[0]["stars"] == f"{expected.stars:.2f}"
    assert {row["model"] for row in rows if row["user_id"] == "zoe"} == {"popularity"}


def test_the_range_of_the_stars_stands_at_the_end_of_a_row_where_it_is_known(tmp_path):
    people = {"ann": Profile(ratings={1: 5.0, 6: 4.0})}
    for model in (None, "knn"):
        path = tmp_path / f"{model}.csv"
        outputs.write_lists(people, path, lambda profile, model=model: app.recommend(profile, 1, model))
    rows = [next(csv.DictReader((tmp_path / name).read_text().splitlines())) for name in ("None.csv", "knn.csv")]
    pick = app.recommend(people["ann"], 1).picks[0]
    assert [(row["low"], row["high"]) for row in rows] == [(f"{pick.low:.2f}", f"{pick.high:.2f}"), ("", "")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_that_a_spreadsheet_would_run_is_made_plain(text, tmp_path):
    outputs.write_lists({text: Profile()}, tmp_path / "out.csv", lambda profile: app.recommend(profile, 1))
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.DictReader(file))["user_id"] == f"'{text}"


def test_a_file_keeps_what_it_holds_until_all_lists_are_made(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("of before")

    def fail(profile: Profile) -> None:
        raise OptionError("no such genre")

    with pytest.raises(OptionError):
        outputs.write_lists({"ann": Profile()}, path, fail)
    assert path.read_text() == "of before"
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_cannot_be_written_is_refused_before_the_work_begins(tmp_path):
    assert outputs.writable(tmp_path / "new" / "out.json").parent.is_dir()
    with pytest.raises(OptionError, match="There is no folder"):
        outputs.writable(tmp_path / "a" / "b" / "out.json")
    with pytest.raises(OptionError, match="is a folder"):
        outputs.writable(tmp_path)
