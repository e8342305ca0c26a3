#!/usr/bin/env python3
"""Run or test ReelRec on a fresh machine, with nothing but Python.

    python3 dev.py run             start the app (makes .venv from requirements-app.txt)
    python3 dev.py test            the tests that need neither torch nor Surprise
    python3 dev.py test --train    every test (adds requirements.txt: a large download)
    python3 dev.py lint            ruff: rules and format

Words after the command go on to Streamlit or pytest. Installed packages are only ever
added, so `run` never removes what `test` needs. Uses uv where it is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(*names: str) -> None:
    """Make .venv if need be and install the requirement files that changed since the last time."""
    uv = shutil.which("uv")
    if not PYTHON.exists():
        print("Setting up .venv (first time only) ...", flush=True)
        if uv:
            subprocess.check_call([uv, "venv", "--quiet", "--allow-existing", str(VENV)])
        else:
            venv.create(VENV, with_pip=True)
    stamps = {name: VENV / f".installed-{name}" for name in names}
    wanted = {name: _digest(ROOT / name) for name in names}
    missing = [name for name in names if not _same(stamps[name], wanted[name])]
    if not missing:
        return
    print(f"Installing {', '.join(missing)} ...", flush=True)
    installer = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install"]
    files = [word for name in missing for word in ("-r", str(ROOT / name))]
    subprocess.check_call([*installer, "--quiet", *files])
    for name in missing:
        stamps[name].write_text(wanted[name])


def _digest(path: Path) -> str:
    """What a requirement file asks for, the files it names with -r included."""
    text = path.read_text()
    for line in text.splitlines():
        if line.startswith("-r "):
            text += (path.parent / line[3:].strip()).read_text()
    return hashlib.sha256(text.encode()).hexdigest()


def _same(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def run(words: list[str]) -> int:
    install("requirements-app.txt")
    return _python("-m", "streamlit", "run", "streamlit_app.py", *words)


def test(words: list[str]) -> int:
    install("requirements-dev.txt", *(["requirements.txt"] if "--train" in words else []))
    return _python("-m", "pytest", *words)


def lint(words: list[str]) -> int:
    install("requirements-dev.txt")
    return _python("-m", "ruff", "check", *words) or _python("-m", "ruff", "format", "--check", *words)


def _python(*words: str) -> int:
    try:
        return subprocess.call([str(PYTHON), *words], cwd=ROOT)
    except KeyboardInterrupt:
        return 0


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may be handed
        print(f"ReelRec needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    commands = {"run": run, "test": test, "lint": lint}
    if not words or words[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[words[0]](words[1:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
