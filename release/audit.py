"""`python3 dev.py audit`: what is wrong with the packages that the locks install. Exit code 1 where something is.

It checks, without the network: every package has hashes; none is below the floors of floors.csv, in the locks and in
requirements.txt; every licence of the app is allowed. With the network, it asks for advisories.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reelrec.errors import ReleaseError
from reelrec.paths import ROOT
from release import advisories, floors, licences, locks

LOCKS = ("app", "dev", "train", "torch", "torch-cpu")


@dataclass
class Report:
    """What an audit found, and what it looked at."""

    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unasked: int = 0  # packages of the app that the advisory service said nothing of

    @property
    def verdict(self) -> str:
        """One line that never says more than was looked at."""
        found = f"{len(self.findings)} finding{'s' * (len(self.findings) != 1)}" if self.findings else "No finding"
        if self.unasked:
            return f"{found}, but advisories were not asked: {self.unasked} packages skipped."
        return f"{found}."


def audit(root: Path = ROOT, ask: Callable[[Sequence[locks.Locked]], advisories.Answer] = advisories.ask) -> Report:
    """Look at the locks of a project. Raises ReleaseError where one cannot be read."""
    report = Report()
    for name in LOCKS:
        packages = locks.read(root / "locks" / f"{name}.txt")
        bare = [package.name for package in packages if not package.hashes]
        report.notes.append(f"locks/{name}.txt: {len(packages)} packages, {len(packages) - len(bare)} with hashes.")
        report.findings += [f"{package} has no hash in locks/{name}.txt. Run: python3 dev.py lock" for package in bare]
        report.findings += [f"locks/{name}.txt: {sentence}" for sentence in floors.below(packages)]
    report.findings += floors.too_low(root / "requirements.txt")
    report.notes.append(f"Floors: {len(floors.floors())} packages of requirements.txt may not be older than a version.")
    app = locks.read(root / "locks" / "app.txt")
    report.findings += licences.refused(app)
    report.notes.append("Licences: read for every package of locks/app.txt.")
    _advisories(report, app, ask(app))
    return report


def _advisories(report: Report, app: Sequence[locks.Locked], answer: advisories.Answer) -> None:
    """Add what the advisory service said, less what does not concern us."""
    fine = {row.advisory: row for row in advisories.accepted()}
    report.findings += [str(hole) for hole in answer.holes if not set(hole.ids) & fine.keys()]
    names = {package.name for package in app}
    for row in fine.values():
        if row.package in names:
            report.notes.append(f"Accepted: {row.advisory} of {row.package}. {row.why} Test: {row.test}")
        else:
            report.findings.append(f"{row.package} is gone. Take {row.advisory} out of release/accepted.csv.")
    versions = {(package.name, package.version) for package in app}
    report.unasked = len(versions - answer.asked)
    asked = f"{len(versions) - report.unasked} of {len(versions)} packages of locks/app.txt"
    report.notes.append(f"Advisories: asked about {asked}. not asked: {report.unasked} packages skipped.")


def main() -> int:
    """Print the report; 1 where there are findings."""
    try:
        report = audit()
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    print(*report.notes, sep="\n")
    print(*(f"FINDING: {finding}" for finding in report.findings), report.verdict, sep="\n")
    return 1 if report.findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
