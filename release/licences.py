"""Under which licence each package comes, and whether that is one that ReelRec may stand on.

A package says it as an SPDX expression in what it installs. For those that do not, and for those that are not
installed on every system, licences.csv says it, by hand, after a look at the licence itself.
"""

from __future__ import annotations

import csv
import importlib.metadata
import re
from collections.abc import Sequence
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from release.locks import Locked

# They let anybody use, change and pass on the package beside code of any licence. MPL-2.0 asks no more than that
# changes of its own files are published, and we change none.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU", "MPL-2.0",
    "PSF-2.0", "Zlib",
}  # fmt: skip


def licence(name: str) -> str | None:
    """The SPDX expression of a package, None where nothing says it."""
    by_hand = _by_hand()
    if name in by_hand:
        return by_hand[name]
    try:
        said = importlib.metadata.metadata(name).get_all("License-Expression")
    except importlib.metadata.PackageNotFoundError:
        return None
    try:
        return str(canonicalize_license_expression(said[0])) if said else None
    except InvalidLicenseExpression:
        return None


def refused(packages: Sequence[Locked]) -> list[str]:
    """A sentence for each package whose licence is unknown or not allowed."""
    sentences = []
    for name in dict.fromkeys(package.name for package in packages):
        expression = licence(name)
        if expression is None:
            sentences.append(
                f"{name} does not say its licence. Read it, and add it to release/licences.csv as an SPDX expression."
            )
        elif strange := _ids(expression) - ALLOWED:
            sentences.append(
                f"{name} comes under {expression}, and {', '.join(sorted(strange))} is not in ALLOWED of "
                "release/licences.py. Take another package, or decide for that licence."
            )
    return sentences


def table(packages: Sequence[Locked]) -> str:
    """A Markdown table of the packages with their licences, by name."""
    head = ["| package | version | licence | package URL | installed where |", "|---|---|---|---|---|"]
    rows = [
        f"| {package.name} | {package.version} | {licence(package.name) or 'unknown'} | `{package.purl}` | "
        f"{f'`{package.marker}`' if package.marker else 'everywhere'} |"
        for package in sorted(packages, key=lambda package: (package.name, package.version))
    ]
    return "\n".join([*head, *rows]) + "\n"


def _ids(expression: str) -> set[str]:
    """The licences in an expression. All must be allowed, also where the package offers a choice."""
    return set(re.split(r"\s+(?:AND|OR|WITH)\s+", re.sub(r"[()]", "", expression)))


def _by_hand() -> dict[str, str]:
    with Path(__file__).with_name("licences.csv").open(encoding="utf-8", newline="") as file:
        return {row["package"]: row["licence"] for row in csv.DictReader(file)}
