"""What a lock file installs: each package with its version, where it is needed, and the hashes of its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from reelrec.errors import ReleaseError

HASH = re.compile(r"\s--hash=sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True)
class Locked:
    """One version of a package in a lock. A package has several where they depend on the version of Python."""

    name: str
    version: str
    marker: str  # where it is installed, as in "sys_platform == 'win32'"; empty for everywhere
    hashes: tuple[str, ...]  # SHA-256 of each file that may be installed, in hex digits

    @property
    def purl(self) -> str:
        """Its package URL, the name that scanners know it by."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read(path: Path) -> list[Locked]:
    """The packages of a lock, in its order. Raises ReleaseError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReleaseError(f"{path.name} cannot be read: {error}. Run: python3 dev.py lock") from error
    lines = (line.strip() for line in text.replace("\\\n", " ").splitlines())
    return [_locked(path, line) for line in lines if line and not line.startswith("#")]


def _locked(path: Path, line: str) -> Locked:
    try:
        requirement = Requirement(re.split(r"\s+--", line)[0])
        (exact,) = requirement.specifier
    except (InvalidRequirement, ValueError) as error:
        raise ReleaseError(
            f"{path.name} has no package with one version in: {line[:80]}. Run: python3 dev.py lock"
        ) from error
    if exact.operator != "==":
        raise ReleaseError(f"{path.name} leaves the version open: {requirement}. Run: python3 dev.py lock")
    marker = str(requirement.marker) if requirement.marker else ""
    return Locked(requirement.name, exact.version, marker, tuple(HASH.findall(line)))
