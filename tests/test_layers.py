"""Who may import whom, read from the source."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = [
    {"errors", "paths"},
    {"sources"},
    {"data"},
    {"visitor", "telemetry", "models"},
    {"interview"},
    {"artifacts"},
    {"training", "serving"},
    {"evaluation"},
    {"app"},
    {"ui"},
]
COMMANDS = {"cli", "bench", "__main__"}  # may import everything but ui and pages
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
MODULES = sorted((ROOT / "reelrec").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Full names of what a file imports, wherever it does: "from reelrec import app" gives "reelrec.app"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def ours(path: Path) -> set[str]:
    """The parts of reelrec that a file imports: "reelrec.models.ease.EASE" gives "models"."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("reelrec.")} - {"__version__"}


def outside(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def part(path: Path) -> str:
    """The layer a file belongs to: reelrec/models/ease.py is "models", reelrec/app.py is "app"."""
    return path.relative_to(ROOT / "reelrec").parts[0].removesuffix(".py")


def test_every_module_has_its_place():
    assert {part(path) for path in MODULES} - {"__init__"} <= LEVEL.keys() | COMMANDS
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path):
    here = part(path)
    if here == "__init__":
        assert not ours(path)
    elif here in COMMANDS:
        assert not ours(path) & {"ui"}
    else:
        above = {name for name in ours(path) if name in COMMANDS or LEVEL[name] > LEVEL[here]}
        assert not above, f"{here} stands below {above}"


@pytest.mark.parametrize("path", [*MODULES, *PAGES, ROOT / "streamlit_app.py"], ids=lambda path: path.stem)
def test_nothing_imports_the_command_line_or_a_page(path):
    assert "pages" not in outside(path)
    if part(path) not in COMMANDS if path in MODULES else True:
        assert not ours(path) & {"cli", "bench"}


def test_only_the_pages_and_the_ui_know_streamlit():
    users = {path for path in MODULES if "streamlit" in outside(path)}
    assert users
    assert {part(path) for path in users} == {"ui"}


@pytest.mark.parametrize("path", [*PAGES, ROOT / "streamlit_app.py"], ids=lambda path: path.stem)
def test_pages_use_the_app_and_the_ui_and_no_arrays(path):
    assert ours(path) <= {"app", "ui"}
    assert not outside(path) & {"numpy", "pandas", "scipy", "pyarrow"}


def test_only_sources_read_the_network():
    network = re.compile(r"(requests|httpx|aiohttp|http|socket|urllib\.request)\b")
    users = {part(path) for path in MODULES if any(map(network.match, imports(path)))}
    assert users == {"sources"}


def test_pages_are_folders_and_no_file_lies_directly_in_pages():
    assert PAGES
    assert all(path.parent.parent == ROOT / "pages" and path.stem == path.parent.name for path in PAGES)
