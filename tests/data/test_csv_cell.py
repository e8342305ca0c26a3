import ast
from pathlib import Path

import pytest

from reelrec.data.csv_cell import csv_cell

ROOM = Path(__file__).parents[2] / "reelrec"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_run_is_shown_as_text(start):
    assert csv_cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("title", ["", "Heat", "1917", "'71", "Face/Off", " = ", "8½", "…And Justice for All"])
def test_other_titles_stay_as_they_are(title):
    assert csv_cell(title) == title


def test_whoever_writes_a_csv_file_for_people_uses_it():
    writers = {
        path.relative_to(ROOM).as_posix()
        for path in ROOM.rglob("*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr == "writer" for node in ast.walk(ast.parse(path.read_text()))
        )
    }
    read_by_reelrec_alone = {"visitor/sample_export.py", "sources/others/tv_time_votes.py"}
    assert writers - read_by_reelrec_alone == {"cli/outputs.py", "serving/picks/list_file.py"}
    for path in writers - read_by_reelrec_alone:
        assert "csv_cell(" in (ROOM / path).read_text()
