"""The first version of a package without the security holes that are known. The table is floors.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from release.locks import Locked


@dataclass(frozen=True)
class Floor:
    package: str
    version: Version
    closes: tuple[str, ...]  # the advisories, as in "CVE-2026-33682"
    what: str


def floors() -> dict[str, Floor]:
    """The table, by package."""
    with Path(__file__).with_name("floors.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {
            row["package"]: Floor(row["package"], Version(row["floor"]), tuple(row["closes"].split()), row["what"])
            for row in rows
        }


def below(packages: Iterable[Locked]) -> list[str]:
    """A sentence for each locked package that is older than its floor."""
    known = floors()
    return [
        f"{package.name} {package.version} is older than {floor.version}, which closes {', '.join(floor.closes)}. "
        "Run: python3 dev.py lock --upgrade"
        for package in packages
        if (floor := known.get(package.name)) and Version(package.version) < floor.version
    ]


def too_low(requirements: Path) -> list[str]:
    """A sentence for each requirement that lets in an older version than its floor."""
    lines = (line.split("#")[0].strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    bounds = {}
    for requirement in (Requirement(line) for line in lines if line and not line.startswith("-")):
        lower = [Version(part.version) for part in requirement.specifier if part.operator in (">=", "==")]
        bounds[requirement.name] = max(lower, default=Version("0"))
    return [
        f"{requirements.name} lets in {floor.package} before {floor.version}, which closes {', '.join(floor.closes)}. "
        f"Ask for {floor.package}>={floor.version}"
        for floor in floors().values()
        if bounds.get(floor.package, Version("0")) < floor.version
    ]
