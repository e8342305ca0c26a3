"""`match`: what was read and found of Letterboxd files."""

from __future__ import annotations

import json

import pytest

from tests.fakes.exports import NAMED, RATED, film, packed, table

HEAT = film("Heat", 1995, "2bg8", "5")
RATINGS = table(RATED, [HEAT, film("Nothing Anybody Knows", 2011, "zzzzzz", "4")])
WATCHLIST = table(NAMED, [film("Possession", 1981, "zzzzzx")])


@pytest.fixture
def file(tmp_path):
    """Write bytes under a name; the path."""

    def write(name: str, data: bytes):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def test_json_has_the_counts_and_what_was_not_found(command, file):
    code, out, _ = command(
        "match", file("e.zip", packed({"ratings.csv": RATINGS, "watchlist.csv": WATCHLIST})), "--json"
    )
    said = json.loads(out)
    assert code == 0
    assert list(said) == ["files", "rated", "seen", "watchlist", "unmatched", "faults"]
    assert (said["rated"], said["seen"], said["watchlist"]) == (
        {"read": 2, "found": 1},
        {"read": 0, "found": 0},
        {"read": 1, "found": 1},
    )
    assert said["unmatched"] == [
        {"title": "Nothing Anybody Knows", "year": 2011, "uri": "https://boxd.it/zzzzzz", "why": "unknown"}
    ]


def test_several_files_are_read_together_and_the_tables_name_what_was_not_found(command, file):
    code, out, _ = command("match", file("ratings.csv", RATINGS), file("watchlist.csv", WATCHLIST))
    assert code == 0
    assert "Nothing Anybody Knows" in out
    assert "not in the catalogue" in out


def test_each_file_is_named_with_what_it_was_read_as_or_why_not(command, file):
    _, out, _ = command("match", file("diary 2.csv", RATINGS), file("odd.csv", b""), "--json")
    said = json.loads(out)
    assert said["files"] == [
        {"name": "diary 2.csv", "read_as": "diary.csv", "why": ""},
        {"name": "odd.csv", "read_as": "", "why": "it is empty"},
    ]
    assert said["faults"] == ["odd.csv was not read: it is empty."]
    _, out, err = command("match", file("ratings.csv", RATINGS), file("odd.csv", b""))
    assert "not read: it is empty" in out
    assert "odd.csv was not read: it is empty." in err


def test_the_scale_of_ratings_is_told_or_may_be_given(command, file):
    path = file("ratings.csv", table(RATED, [film("Heat", 1995, "2bg8", "9"), film("Alien", 1979, "2", "5")]))
    _, out, _ = command("match", path, "--json")
    assert json.loads(out)["rated"] == {"read": 2, "found": 2}
    assert "They were read as out of ten" in json.loads(out)["faults"][0]
    _, out, _ = command("match", path, "--json", "--scale", 5)
    assert (json.loads(out)["rated"], json.loads(out)["seen"]) == ({"read": 1, "found": 1}, {"read": 1, "found": 1})
    code, _, err = command("match", path, "--scale", 7)
    assert code == 2
    assert "out of 5, 10 or 100, not 7" in err


def test_a_file_that_is_not_there_is_one_line_and_exit_code_2(command, tmp_path):
    code, out, err = command("match", tmp_path / "gone.zip", "--json")
    assert (code, out) == (2, "")
    assert "gone.zip cannot be read" in err.replace("\n", " ")


def test_json_is_printed_in_any_terminals_letters(command, file):
    path = file("ratings.csv", table(RATED, [film("日の港, ½", 1995, "zzzzzz", "4.7")]))
    _, out, _ = command("match", path, "--json")
    assert out.isascii()
    assert json.loads(out)["unmatched"][0]["title"] == "日の港, ½"
