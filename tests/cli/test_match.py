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


def test_a_file_that_is_not_there_is_one_line_and_exit_code_2(command, tmp_path):
    code, out, err = command("match", tmp_path / "gone.zip", "--json")
    assert (code, out) == (2, "")
    assert "gone.zip cannot be read" in err.replace("\n", " ")
