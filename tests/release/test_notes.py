import pytest

import reelrec
from reelrec.errors import ReleaseError
from reelrec.paths import ROOT
from release.notes import notes

TEN = "For visitors:\n\n- **Ten**\n\n### More\n\n- Eleven\n"
CHANGES = f"# Changes\n\n## Unreleased\n\n- New\n\n## 0.10.0, May 2026\n\n{TEN}\n## 0.1.0\n\n- One\n\n## 0.0.9\n\n"


def test_the_notes_are_the_section_of_that_version_and_no_other():
    assert notes(CHANGES, "0.10.0") == TEN
    assert notes(CHANGES, "0.1.0") == "- One\n"


def test_a_version_without_notes_is_refused_with_what_to_write():
    with pytest.raises(ReleaseError, match=r"no section 0\.2\.0.*'## 0\.2\.0, MONTH YEAR'"):
        notes(CHANGES, "0.2.0")
    with pytest.raises(ReleaseError, match=r"says nothing of 0\.0\.9"):
        notes(CHANGES, "0.0.9")


def test_this_version_has_notes():
    assert notes((ROOT / "docs" / "CHANGELOG.md").read_text(), reelrec.__version__)
