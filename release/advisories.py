"""Ask pip-audit which known security holes locked packages have, and keep count of those it could not ask about.

It says "No known vulnerabilities found" also where it skipped every package, so its answers are counted.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from release.locks import Locked

SECONDS = 300  # for the whole question


@dataclass(frozen=True)
class Hole:
    package: str
    version: str
    ids: tuple[str, ...]  # all names of one advisory, as in "PYSEC-2026-2285", "CVE-2026-33682"
    fixed: str  # the versions that close it; empty where there is none

    def __str__(self) -> str:
        remedy = f"closed in {self.fixed}. Run: python3 dev.py lock --upgrade" if self.fixed else "not closed yet."
        return f"{self.package} {self.version} has {', '.join(self.ids)}, {remedy}"


@dataclass(frozen=True)
class Accepted:
    """An advisory that does not concern us, why, and the test that holds it so."""

    advisory: str
    package: str
    why: str
    test: str


@dataclass(frozen=True)
class Answer:
    asked: frozenset[tuple[str, str]]  # name and version of each package that the service knew
    holes: tuple[Hole, ...]


def ask(packages: Sequence[Locked], audit: Callable[[str], str] | None = None) -> Answer:
    """What the advisory service says of packages. Where it says nothing, nothing was asked.

    audit: gives pip-audit's JSON for the text of a requirements file.
    """
    asked: set[tuple[str, str]] = set()
    holes: list[Hole] = []
    for text in _texts(packages):
        try:
            known = [entry for entry in json.loads((audit or pip_audit)(text))["dependencies"] if "vulns" in entry]
            asked |= {(entry["name"], entry["version"]) for entry in known}
            holes += [_hole(entry, advisory) for entry in known for advisory in entry["vulns"]]
        except (ValueError, KeyError, TypeError):  # no answer; its reason was printed
            continue
    return Answer(frozenset(asked), tuple(holes))


def _texts(packages: Sequence[Locked]) -> list[str]:
    """Requirements files of the packages, as pip-audit reads them: one version a package in each.

    Without the markers, so that it also asks about what other systems and versions of Python install.
    """
    texts: list[dict[str, str]] = []
    for package in packages:
        line = " ".join([f"{package.name}=={package.version}", *(f"--hash=sha256:{sha}" for sha in package.hashes)])
        text = next((text for text in texts if package.name not in text), None)
        if text is None:
            texts.append(text := {})
        text[package.name] = line
    return ["\n".join(text.values()) for text in texts]


def pip_audit(requirements: str) -> str:
    """The JSON that pip-audit prints, empty where there is none in time. Its own words go to the terminal then."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    command += ["--disable-pip", "--require-hashes"]  # it reads the file, and installs nothing
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text(requirements, encoding="utf-8")
        command += ["--requirement", str(file)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            print(f"pip-audit took more than {SECONDS} s.", file=sys.stderr)
            return ""
    if not done.stdout:
        print(done.stderr, file=sys.stderr)
    return done.stdout


def accepted() -> list[Accepted]:
    """The advisories that do not concern us, from accepted.csv."""
    with Path(__file__).with_name("accepted.csv").open(encoding="utf-8", newline="") as file:
        return [Accepted(**row) for row in csv.DictReader(file)]


def _hole(entry: dict, advisory: dict) -> Hole:
    ids = (advisory["id"], *advisory.get("aliases", ()))
    return Hole(entry["name"], entry["version"], ids, ", ".join(advisory.get("fix_versions", ())))
