"""What is installed for serving, for training and for the tests; and what the code really imports."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"torch", "surprise", "sklearn"}
ALL_TORCH = (
    "models/gibbs.py",
    "models/corrections/teaching.py",
    "models/corrections/deepfm_net.py",
    "models/corrections/gpt_net.py",
    "interview/reinforce.py",
)  # imported inside functions only
TORCH_NAMES = {Path(name).stem for name in ALL_TORCH}
MODULES = sorted(path for path in (ROOT / "reelrec").rglob("*.py") if path.stem not in TORCH_NAMES)


def lines(name: str) -> list[str]:
    """The requirements of a file, without comments."""
    found = (line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [line for line in found if line]


def packages(name: str) -> set[str]:
    return {re.split(r"[<>=~!\[; ]", line)[0].lower() for line in lines(name) if not line.startswith("-r")}


def imported_at_once(path: Path) -> set[str]:
    """Full names that importing a file imports: not inside functions, not for type checkers alone."""
    found, open_nodes = set(), [ast.parse(path.read_text(encoding="utf-8"))]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            open_nodes += node.orelse
            continue
        open_nodes += ast.iter_child_nodes(node)
    return found


def loaded_at_once(path: Path) -> set[str]:
    """The packages of these."""
    return {name.split(".")[0] for name in imported_at_once(path)}


def test_serving_needs_no_torch_no_surprise_and_no_scikit_learn():
    assert not packages("requirements-app.txt") & {"torch", "scikit-surprise", "scikit-learn"}
    assert packages("requirements.txt") >= {"torch", "scikit-surprise", "scikit-learn"}


def test_every_line_for_serving_is_a_line_of_the_whole():
    assert set(lines("requirements-app.txt")) <= set(lines("requirements.txt"))


def test_torch_is_pinned():
    assert "torch==2.13.0" in lines("requirements.txt")


def test_the_tests_install_what_serves():
    assert "-r requirements-app.txt" in lines("requirements-dev.txt")
    assert packages("requirements-dev.txt") >= {"pytest", "ruff"}
    assert not packages("requirements-dev.txt") & packages("requirements.txt")


def test_every_requirement_has_an_upper_bound_or_a_reason_not_to():
    for name in ("requirements-app.txt", "requirements.txt", "requirements-dev.txt"):
        open_ended = [line for line in lines(name) if not re.search(r"<|==|^-r", line)]
        assert set(open_ended) <= {"pyarrow>=20"}


@pytest.mark.parametrize(
    "path", [*MODULES, *(ROOT / "pages").rglob("*.py"), ROOT / "streamlit_app.py"], ids=lambda path: path.stem
)
def test_what_is_imported_at_once_is_installed_for_serving(path):
    outside = loaded_at_once(path) - set(sys.stdlib_module_names) - {"reelrec", "__future__"}
    assert outside <= packages("requirements-app.txt")


def test_heavy_packages_are_imported_inside_functions_only():
    users = {
        path.stem
        for path in MODULES
        if re.search(r"import (surprise|torch|sklearn)|from (surprise|torch|sklearn)", path.read_text())
    }
    assert users >= {"knn", "svd"}  # they are used, so the rule has something to rule
    assert not [path for path in MODULES if loaded_at_once(path) & HEAVY]


def test_what_is_all_torch_is_imported_inside_functions_only():
    for name in ALL_TORCH:
        assert loaded_at_once(ROOT / "reelrec" / name) & HEAVY
    for path in MODULES:
        assert not {part for name in imported_at_once(path) for part in name.split(".")} & TORCH_NAMES, path


def test_the_project_declares_the_same_requirements():
    text = (ROOT / "pyproject.toml").read_text()
    assert 'file = ["requirements-app.txt"]' in text
