"""`python3 dev.py release VERSION [--dry-run] [--tag]`: write the files that go with a release into dist/.

The SBOM, the table of licences, the SHA-256 of each artifact, and the notes. With --tag, the commit gets an annotated
tag that holds the notes and the hashes. Nothing is sent anywhere.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import reelrec
from reelrec.errors import ReelRecError, ReleaseError
from reelrec.paths import ROOT
from release import licences, locks
from release.audit import Report, audit
from release.notes import notes
from release.sbom import sbom
from release.weights import checksums


def files(root: Path, version: str) -> dict[str, str]:
    """What a release of the commit that is checked out holds, by file name. Raises ReleaseError or ArtifactError."""
    if version != reelrec.__version__:
        raise ReleaseError(
            f"This is ReelRec {reelrec.__version__}, not {version}. Change reelrec/__init__.py and pyproject.toml, "
            "or the command."
        )
    if changed := git(root, "status", "--porcelain"):
        raise ReleaseError(
            f"The working tree has changes that no commit holds. Commit them or take them away:\n{changed}"
        )
    made = datetime.datetime.fromisoformat(git(root, "log", "-1", "--format=%cI").strip())
    packages = locks.read(root / "locks" / "app.txt")
    changelog = (root / "docs" / "CHANGELOG.md").read_text(encoding="utf-8")
    return {
        f"reelrec-{version}.cdx.json": sbom(version, packages, made),
        f"reelrec-{version}-licences.md": f"# What ReelRec {version} installs\n\n{licences.table(packages)}",
        f"reelrec-{version}-artifacts.sha256": checksums(root / "artifacts"),
        f"reelrec-{version}-notes.md": notes(changelog, version),
    }


def tag(root: Path, version: str, made: dict[str, str]) -> None:
    """Give the commit that is checked out an annotated tag. Raises ReleaseError."""
    said, hashes = made[f"reelrec-{version}-notes.md"], made[f"reelrec-{version}-artifacts.sha256"]
    text = f"ReelRec {version}\n\n{said}\nSHA-256 of the artifacts:\n\n{hashes}"
    git(root, "tag", "--annotate", "--cleanup=whitespace", "--file=-", f"v{version}", words=text)


def git(root: Path, *command: str, words: str | None = None) -> str:
    """What git prints. Raises ReleaseError with git's own words."""
    done = subprocess.run(["git", *command], cwd=root, input=words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"git {command[0]} failed: {done.stderr.strip()}")
    return done.stdout


def release(words: Sequence[str], root: Path = ROOT, check: Callable[[Path], Report] = audit) -> None:
    """Make the release that the words of the command ask for. Raises ReelRecError."""
    parser = argparse.ArgumentParser("dev.py release", description=__doc__)
    parser.add_argument("version", help="as in reelrec/__init__.py")
    parser.add_argument("--dry-run", action="store_true", help="check everything and write nothing")
    parser.add_argument("--tag", action="store_true", help="give the commit an annotated tag, too")
    asked = parser.parse_args(words)
    if asked.tag and git(root, "tag", "--list", f"v{asked.version}"):
        raise ReleaseError(f"The tag v{asked.version} exists. A release is never replaced: raise the version.")
    made = files(root, asked.version)
    report = check(root)
    if report.findings:
        raise ReleaseError("\n".join(["The audit has findings:", *report.findings]))
    print(f"Audit: {report.verdict}")
    folder = root / "dist"
    for name, text in made.items():
        if not asked.dry_run:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        print(f"{'Would write' if asked.dry_run else 'Wrote'} dist/{name} ({len(text.encode()):,} bytes)")
    if asked.tag and asked.dry_run:
        print(f"Would tag v{asked.version}")
    elif asked.tag:
        tag(root, asked.version, made)
        print(f"Tagged v{asked.version}")


def main() -> int:
    """Run the command; 1 where no release can be made."""
    try:
        release(sys.argv[1:])
    except ReelRecError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
