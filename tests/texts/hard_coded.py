"""Texts that are not in the catalogue, found by reading the source: `python -m tests.texts.hard_coded FILE ...`."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Iterator
from pathlib import Path

MARKS = {"_", "N_", "ngettext", "pgettext"}
# What a person would read: several words, or one that begins with a capital and goes on in small letters.
READ = re.compile(r"[A-Za-z]{2,}[,.:;!?]? +[A-Za-z(“]|(?<![\w./:-])[A-Z][a-z]{2,}(?![\w./-])")
# What a program reads: CSS, HTML, a format, an address, names of icons, of files and of kinds of files.
PROGRAM = re.compile(
    r"^:material/|^https?:|^<|\{[^}]*:[^}]*;|^(?![A-Z][a-z]+$)[\w.-]+$|^[\w-]+/[\w.+-]+$|^\.?st-key|;$"
)
NAMES = re.compile(
    r"ReelRec|Letterboxd|TMDB|JustWatch|MovieLens|IMDb|Trakt|Simkl|TV Time|Criticker|FilmAffinity|Filmweb|Netflix"
)
# What code goes by, though it looks like a text.
IDENTIFIERS = {
    "not all", "Right", "Left", "list named", "row moves", "Balanced", "for you ", "middle right", "bottom center",
    "button big", "primary big", "d MMM y", "MMMM y", "Saga", "United", "The ", "Around ", "before (\\d+)", "looked at",
    "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "Page not found", "{n} films found",
    # names in the notebook, and words that TMDB prescribes
    "Baseline<br>Only", r"KNNBaseline (item-based, pearson\_baseline)", "KNN<br>Baseline", "SVD (default)",
    "SVD (tuned via GridSearchCV)", "SVD (tuned) FINAL",
    "This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB.",
}  # fmt: skip
COMMAND = re.compile(r"python -m |pip install |<rect|export default|function |const ")
SCRIPT = re.compile(r"(_\(|ngettext\(|querySelector(?:All)?\(|closest\(|matches\(|addEventListener\(|[=!]==? ?|case )?"
                    r"(['`])((?:(?!\2)[^\\\n]|\\.)*)\2")  # fmt: skip


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string that looks like one for people and is in no catalogue."""
    tree = ast.parse(source)
    fine: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.body and isinstance(node.body[0], ast.Expr):
                fine.add(id(node.body[0].value))
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and is_builtin(node.exc.func):
            fine |= {id(part) for part in ast.walk(node.exc)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            fine |= {id(part) for argument in node.args for part in ast.walk(argument)}
        elif isinstance(node, ast.JoinedStr | ast.Compare | ast.Subscript | ast.Dict):
            parts = node.keys if isinstance(node, ast.Dict) else [*ast.iter_child_nodes(node)]
            fine |= {id(part) for part in parts if not isinstance(node, ast.JoinedStr)}
            if isinstance(node, ast.JoinedStr):
                fine |= {
                    id(part) for value in node.values for part in ast.walk(value) if isinstance(part, ast.Constant)
                }
    for node in ast.walk(tree):
        if id(node) in fine:
            continue
        if isinstance(node, ast.JoinedStr):
            pieces = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            pieces = [node.value]
        else:
            continue
        for piece in pieces:
            if is_read(piece):
                yield node.lineno, piece


def is_builtin(error: ast.expr) -> bool:
    """Whether an error is one of Python's own, which no page shows."""
    return isinstance(error, ast.Name) and hasattr(builtins, error.id)


def in_script(source: str) -> Iterator[tuple[int, str]]:
    """The same for JavaScript, line by line; comments count for nothing."""
    for number, line in enumerate(source.splitlines(), 1):
        for marked, _quote, text in SCRIPT.findall(re.sub(r"(^|\s)//.*", "", line)):
            if not marked and is_read(re.sub(r"\$\{[^}]*\}", " ", text)):
                yield number, text


def is_read(text: str) -> bool:
    """Whether a person would read this."""
    bare = NAMES.sub("", text).strip()
    if text in IDENTIFIERS or COMMAND.search(text):
        return False
    return bool(READ.search(bare)) and not PROGRAM.search(bare)


def in_file(path: Path) -> list[str]:
    """Each such text of a file, with its line."""
    find = in_script if path.suffix == ".js" else in_python
    return [f"{path}:{line}: {text!r}" for line, text in find(path.read_text(encoding="utf-8"))]


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        for file in sorted(Path(argument).rglob("*")) if Path(argument).is_dir() else [Path(argument)]:
            if file.suffix in {".py", ".js"}:
                print(*in_file(file), sep="\n", end="\n" if in_file(file) else "")
