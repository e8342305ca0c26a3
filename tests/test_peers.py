"""What docs/peers.md says of ReelRec: each "yes" links a test that is there, and no cell says anything else."""

import ast
import re
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[1] / "docs" / "peers.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
LINK = re.compile(r'\[([^\]]+)\]\(([^)\s]+)(?: "([^"]*)")?\)')
MARKS = {"Y", "P", "-", "?"}
REELREC = "ReelRec"


def tables(text: str) -> list[list[dict[str, str]]]:
    """Every table of a Markdown text: its rows, each by the names of its columns."""
    found = []
    for block in re.findall(r"(?:^\|.*\|\n?)+", text, re.M):
        head, _rule, *rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in block.strip().split("\n"))
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


def to_tests(text: str) -> list[tuple[str, str]]:
    """The tests that a text links: the file, relative to docs/, and the name of the function, if one is given."""
    return [(path, name) for _, path, name in LINK.findall(text) if path.startswith("../tests/")]


def defined_in(path: Path) -> set[str]:
    """The names of the tests that a file defines; none where there is no such file."""
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def of_kind(column: str) -> list[dict[str, str]]:
    """The rows of all tables that have a column of this name."""
    return [row for rows in tables(TEXT) for row in rows if column in row]


LINKED = sorted(set(to_tests(TEXT)))
FEATURES = of_kind(REELREC)


@pytest.mark.parametrize(("path", "name"), LINKED, ids=[name or path for path, name in LINKED])
def test_a_linked_test_is_there(path, name):
    known = defined_in(DOCUMENT.parent / path)
    assert known, path
    assert name in known


def test_every_link_into_the_tree_leads_to_a_file():
    inside = {path for _, path, _ in LINK.findall(TEXT) if "://" not in path}
    assert len(inside) > 30
    assert [path for path in sorted(inside) if not (DOCUMENT.parent / path).is_file()] == []


@pytest.mark.parametrize("row", FEATURES, ids=lambda row: row["feature"])
def test_reelrec_has_a_feature_by_a_linked_test_or_in_part_or_not(row):
    said = row[REELREC]
    if said.startswith("partly: "):
        assert len(LINK.sub("", said).split()) > 2, "what is missing?"
    elif said != "no" and not said.startswith("no: "):
        assert LINK.match(said)
        assert LINK.match(said)[1] == "yes"
    assert bool(to_tests(said)) == (not said.startswith("no"))
    assert all(path.startswith("../tests/") for _, path, _ in LINK.findall(said))


def test_a_bare_yes_is_found_out():
    (row,) = tables("| feature | ReelRec |\n|---|---|\n| Films | yes |\n")[0]
    with pytest.raises(AssertionError):
        test_reelrec_has_a_feature_by_a_linked_test_or_in_part_or_not(row)


def test_every_peer_is_explained_and_has_a_mark_in_every_row():
    letters = [row["letters"] for row in of_kind("letters")]
    assert len(letters) == len(set(letters)) == 12
    assert {row["in the tables"] for row in of_kind("in the tables")} == MARKS
    assert len(FEATURES) > 60
    for row in FEATURES:
        assert list(row) == ["feature", REELREC, *letters, "remark"], row["feature"]
        assert {row[peer] for peer in letters} <= MARKS, row["feature"]


def test_no_feature_stands_twice():
    names = [row["feature"] for row in FEATURES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", of_kind("held by"), ids=lambda row: row["asked for"])
def test_what_is_done_about_a_wish_is_held_by_a_test(row):
    assert row["what ReelRec does"]
    assert to_tests(row["held by"])
    assert int(row["threads"]) > 0
