"""Habits of the code that a reader should not have to check: nothing unpickled, nothing swallowed."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = [
    path
    for path in sorted(ROOT.rglob("*"))
    if path.suffix in {".py", ".html", ".js"} and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
]
PYTHON = [path for path in FILES if path.suffix == ".py"]
PICKLERS = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_nothing_is_unpickled_evaluated_or_let_through_as_html(path):
    for call in calls(path):
        called = ast.unparse(call.func)
        assert called not in {"eval", "exec", "__import__", "torch.load", "yaml.load"}
        assert called.split(".")[0] not in PICKLERS
        assert called not in {"pd.read_pickle", "pandas.read_pickle"}
        given = {word.arg: ast.unparse(word.value) for word in call.keywords}
        assert given.get("allow_pickle", "False") == "False"
        assert "unsafe_allow_html" not in given
        assert given.get("shell", "False") == "False"
        if called in {"np.load", "numpy.load"}:
            assert given.get("allow_pickle") == "False" or path.is_relative_to(ROOT / "tests")


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_no_error_is_caught_without_being_named(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"bare except in line {node.lineno}"
            assert ast.unparse(node.type) != "BaseException"


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix != ".py"], ids=name_of)
def test_no_script_evaluates_or_writes_html(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function\(|document\.write|insertAdjacentHTML|(inner|outer)HTML\s*=", text)


def test_the_files_were_found():
    assert len(PYTHON) > 60
    assert Path(__file__) in PYTHON
