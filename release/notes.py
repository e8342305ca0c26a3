"""The notes of one version, cut from docs/CHANGELOG.md."""

from __future__ import annotations

import re

from reelrec.errors import ReleaseError


def notes(changelog: str, version: str) -> str:
    """The section of a version without its heading. Raises ReleaseError where there is none, or nothing in it."""
    sections = re.split(r"^## +", changelog, flags=re.M)[1:]
    for section in sections:
        heading, _, text = section.partition("\n")
        if re.split(r"[,\s]", heading)[0] == version:
            if text.strip():
                return text.strip() + "\n"
            raise ReleaseError(f"docs/CHANGELOG.md says nothing of {version}. Write what users notice.")
    raise ReleaseError(
        f"docs/CHANGELOG.md has no section {version}. Give what stands under 'Unreleased' the heading "
        f"'## {version}, MONTH YEAR'."
    )
