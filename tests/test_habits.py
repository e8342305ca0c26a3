"""Habits of the code for which ruff and import-linter have no rule. The others stand in pyproject.toml."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("reelrec", "pages", "tests", "docs", "benchmarks", "deploy", "experiments", "release")
PYTHON = [*ROOT.glob("*.py"), *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))]


def trees() -> list[tuple[str, ast.Module]]:
    """Every Python file's name and syntax tree."""
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in PYTHON]


def test_nothing_is_let_through_as_html_and_no_array_is_unpickled():
    wrong = []
    for name, tree in trees():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            given = {word.arg: ast.unparse(word.value) for word in call.keywords}
            if "unsafe_allow_html" in given or given.get("allow_pickle", "False") != "False":
                wrong.append(f"{name}:{call.lineno}")
            if ast.unparse(call.func) == "__import__":
                wrong.append(f"{name}:{call.lineno}")
    assert not wrong


def test_no_two_components_have_one_name():
    """Streamlit knows a component by its name alone, so that the second one would run with the data of the first."""
    names = [
        ast.unparse(call.args[0]).removeprefix("'reelrec.").strip("'")
        for _, tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("component", "st.components.v2.component")
    ]
    assert len(names) > 10
    assert len(names) == len(set(names))


def test_no_script_evaluates_or_writes_html():
    banned = re.compile(r"\beval\(|new Function\(|document\.write|insertAdjacentHTML|(inner|outer)HTML\s*=")
    scripts = [path for suffix in ("*.js", "*.html") for path in (ROOT / "reelrec").rglob(suffix)]
    assert scripts
    assert not [path.name for path in scripts if banned.search(path.read_text(encoding="utf-8"))]


def test_the_entry_uses_what_pages_use_and_no_arrays():
    """As import-linter holds the pages to it, which reads packages only."""
    tree = ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8"))
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules |= {f"{node.module}.{name.name}" for name in node.names}
    ours = {".".join(name.split(".")[:2]) for name in modules if name.startswith("reelrec.")}
    assert ours == {"reelrec.translation", "reelrec.ui", "reelrec.web"}
    assert not {name.split(".")[0] for name in modules} & {"numpy", "pandas", "scipy", "pyarrow"}


def test_pages_are_folders_and_no_file_lies_directly_in_pages():
    """A first visit to such a file's address would run it alone, without streamlit_app.py."""
    pages = sorted((ROOT / "pages").rglob("*.py"))
    assert pages
    assert all(path.parent.parent == ROOT / "pages" and path.stem == path.parent.name for path in pages)


def test_every_python_file_is_looked_at():
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert {ROOT / name for name in tracked.stdout.split()} <= set(PYTHON)
    assert len(PYTHON) > 60
