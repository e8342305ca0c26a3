"""What docs/security.md says: the tests that it names are there, and no requirement of level 1 is passed over."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMING = ("docs/security.md", "SECURITY.md", "release/accepted.csv")
# The requirements of level 1 in each section of OWASP ASVS 5.0.0.
LEVEL_1 = {
    "1.2": (1, 2, 3, 4, 5), "1.3": (1, 2), "1.5": (1,), "2.1": (1,), "2.2": (1, 2), "2.3": (1,), "3.2": (1, 2),
    "3.3": (1,), "3.4": (1, 2), "3.5": (1, 2, 3), "4.1": (1,), "4.4": (1,), "5.2": (1, 2), "5.3": (1, 2), "6.1": (1,),
    "6.2": (1, 2, 3, 4, 5, 6, 7, 8), "6.3": (1, 2), "6.4": (1, 2), "7.2": (1, 2, 3, 4), "7.4": (1, 2), "8.1": (1,),
    "8.2": (1, 2), "8.3": (1,), "9.1": (1, 2, 3), "9.2": (1,), "10.4": (1, 2, 3, 4, 5), "11.3": (1, 2), "11.4": (1,),
    "12.1": (1,), "12.2": (1, 2), "13.4": (1,), "14.2": (1,), "14.3": (1,), "15.1": (1,), "15.2": (1,), "15.3": (1,),
}  # fmt: skip
ROW = re.compile(r"^\| (\d[\d., to]*) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)


def named(text: str) -> list[tuple[str, str]]:
    """The tests that a text names, as file and function."""
    return re.findall(r"(tests/[\w/]+\.py)::(\w+)", text)


def functions(path: Path) -> set[str]:
    """The functions that a Python file defines; none where there is no such file."""
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def numbers(cell: str) -> list[str]:
    """The requirements in the first cell of a row, as in "7.2.1 to 7.2.4, 7.4.1"."""
    found = []
    for part in cell.split(", "):
        first, _, last = part.strip().partition(" to ")
        section, start = first.rsplit(".", 1)
        end = last.rsplit(".", 1)[1] if last else start
        found += [f"{section}.{number}" for number in range(int(start), int(end) + 1)]
    return found


def rows(part: int) -> list[tuple[str, str, str]]:
    """Requirements, state and reason of each row; part 0: of level 1, 1: of what follows it."""
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    of_asvs = text[text.index("## OWASP ASVS") :]
    tables = of_asvs.split("\n## What of levels 2")
    return [(cell, state, why) for cell, _, state, why in ROW.findall(tables[part])]


@pytest.mark.parametrize("name", NAMING)
def test_every_test_that_is_named_exists(name):
    tests = named((ROOT / name).read_text(encoding="utf-8"))
    assert not [f"{path}::{test}" for path, test in tests if test not in functions(ROOT / path)]
    assert tests or name == "SECURITY.md"


def test_every_requirement_of_level_1_is_there_once():
    counted = Counter(number for cell, _, _ in rows(0) for number in numbers(cell))
    expected = [f"{section}.{number}" for section, own in LEVEL_1.items() for number in own]
    assert len(expected) == 70
    assert counted == Counter(expected)


@pytest.mark.parametrize("part", [0, 1])
def test_a_requirement_is_met_only_with_a_test_or_a_place_where_it_is_written(part):
    assert len(rows(part)) > 30
    for cell, state, why in rows(part):
        assert state in ("met", "n/a", "open"), cell
        assert why.strip(), cell
        if state == "met":
            assert named(why) or re.search(r"\]\([^)]*#[\w-]+\)", why), cell


def test_every_section_that_is_linked_to_exists():
    for name in ("docs/security.md", "SECURITY.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target, section in re.findall(r"\]\(([^)#]*)#([\w-]+)\)", text):
            linked = (ROOT / name).parent / target if target else ROOT / name
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.M)
            assert section in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_no_address_of_a_person_is_given():
    assert not re.search(r"[\w.]+@[\w-]+\.\w|mailto:", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
