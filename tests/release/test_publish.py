import pytest

import reelrec
from reelrec.errors import ReelRecError, ReleaseError
from release import publish
from release.audit import Report
from release.publish import release
from tests.release.conftest import commit, git

VERSION = reelrec.__version__
NAMES = [f"reelrec-{VERSION}{end}" for end in (".cdx.json", "-licences.md", "-artifacts.sha256", "-notes.md")]


def fine(root) -> Report:
    return Report(unasked=2)


def test_it_writes_sbom_licences_hashes_and_notes(project, capsys):
    release([VERSION], project, fine)
    assert sorted(path.name for path in (project / "dist").iterdir()) == sorted(NAMES)
    assert (project / "dist" / NAMES[3]).read_text() == "# no heading\n- A list\n"
    assert '"pkg:pypi/requests@2.34.2"' in (project / "dist" / NAMES[0]).read_text()
    said = capsys.readouterr().out
    assert said.startswith("Audit: No finding, but advisories were not asked: 2 packages skipped.\n")
    assert f"Wrote dist/{NAMES[0]} (" in said


def test_the_same_commit_gives_the_same_bytes(project):
    release([VERSION], project, fine)
    first = {name: (project / "dist" / name).read_bytes() for name in NAMES}
    release([VERSION], project, fine)
    assert first == {name: (project / "dist" / name).read_bytes() for name in NAMES}


def test_a_dry_run_checks_and_writes_nothing(project, capsys):
    release([VERSION, "--dry-run", "--tag"], project, fine)
    assert not (project / "dist").exists()
    assert git(project, "tag") == ""
    assert f"Would write dist/{NAMES[0]} (" in capsys.readouterr().out
    with pytest.raises(ReleaseError):
        release(["9.9.9", "--dry-run"], project, fine)


def test_a_tag_is_made_only_when_asked_and_holds_notes_and_hashes(project):
    release([VERSION], project, fine)
    assert git(project, "tag") == ""
    release([VERSION, "--tag"], project, fine)
    assert git(project, "cat-file", "-t", f"v{VERSION}") == "tag\n"
    text = git(project, "tag", "--list", "--format=%(contents)", f"v{VERSION}")
    assert text.startswith(f"ReelRec {VERSION}\n\n# no heading\n- A list\n")  # git would take the # for a comment
    assert "  artifacts/svd.npz\n" in text


def test_a_tag_is_never_moved(project):
    release([VERSION, "--tag"], project, fine)
    (project / "dist" / NAMES[3]).unlink()
    for words in ([VERSION, "--tag"], [VERSION, "--tag", "--dry-run"]):
        with pytest.raises(ReleaseError, match=f"The tag v{VERSION} exists"):
            release(words, project, fine)
    assert not (project / "dist" / NAMES[3]).exists()


def test_another_version_than_that_of_the_code_is_refused(project):
    with pytest.raises(ReleaseError, match=rf"This is ReelRec {VERSION}, not 9\.9\.9"):
        release(["9.9.9"], project, fine)


@pytest.mark.parametrize("name", ["requirements.txt", "new.txt"])
def test_a_change_that_no_commit_holds_is_refused(project, name):
    (project / name).write_text("changed")
    with pytest.raises(ReleaseError, match=rf"(?s)changes that no commit holds.*{name}"):
        release([VERSION], project, fine)
    assert not (project / "dist").exists()


def test_damaged_artifacts_and_missing_notes_are_refused(project):
    (project / "docs" / "CHANGELOG.md").write_text("# Changes\n")
    commit(project)
    with pytest.raises(ReleaseError, match="no section"):
        release([VERSION], project, fine)
    (project / "artifacts" / "svd.npz").write_bytes(b"")
    commit(project)
    with pytest.raises(ReelRecError, match="not the file of the manifest"):
        release([VERSION], project, fine)


def test_findings_of_the_audit_are_refused(project):
    with pytest.raises(ReleaseError, match=r"(?s)The audit has findings:.*urllib3 is old"):
        release([VERSION], project, lambda root: Report(findings=["urllib3 is old."]))
    assert not (project / "dist").exists()


def test_the_command_says_why_it_cannot_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(publish.sys, "argv", ["publish", "9.9.9"])
    assert publish.main() == 1
    assert "not 9.9.9" in capsys.readouterr().err
