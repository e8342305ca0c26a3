import pytest

from reelrec.errors import ReleaseError
from reelrec.paths import ROOT
from release import audit as auditing
from release.advisories import Answer, Hole
from release.audit import LOCKS, audit
from tests.release.conftest import lock_line


def everything(packages) -> Answer:
    """The answer of a service that knows every package and no hole."""
    return Answer(frozenset((package.name, package.version) for package in packages), ())


def nothing(packages) -> Answer:
    return Answer(frozenset(), ())


def test_the_locks_of_this_project_have_no_finding():
    assert audit(ROOT, everything).findings == []


def test_it_is_green_only_where_every_package_was_asked_about(project):
    assert audit(project, everything).verdict == "No finding."
    report = audit(project, nothing)
    assert report.verdict == "No finding, but advisories were not asked: 2 packages skipped."
    assert "Advisories: asked about 0 of 2 packages of locks/app.txt. not asked: 2 packages skipped." in report.notes


def test_one_package_that_was_skipped_is_told(project):
    report = audit(project, lambda packages: everything(packages[1:]))
    assert report.verdict == "No finding, but advisories were not asked: 1 packages skipped."


@pytest.mark.parametrize("name", LOCKS)
def test_a_package_without_a_hash_and_one_below_its_floor_are_found_in_each_lock(project, name):
    with (project / "locks" / f"{name}.txt").open("a") as file:
        file.write("mdurl==0.1.2\n" + lock_line("urllib3", "2.6.3"))
    first, second = audit(project, everything).findings
    assert first == f"mdurl has no hash in locks/{name}.txt. Run: python3 dev.py lock"
    assert second.startswith(f"locks/{name}.txt: urllib3 2.6.3 is older than ")


def test_a_requirement_below_its_floor_is_found(project):
    path = project / "requirements.txt"
    path.write_text(path.read_text().replace("pillow>=12.3", "pillow>=12.2"))
    (finding,) = audit(project, everything).findings
    assert finding.startswith("requirements.txt lets in pillow before 12.3.0")


def test_a_strange_licence_is_found(project):
    with (project / "locks" / "app.txt").open("a") as file:
        file.write(lock_line("no-such-package", "1"))
    (finding,) = audit(project, everything).findings
    assert finding.startswith("no-such-package does not say its licence.")


def test_a_hole_is_a_finding_unless_it_was_accepted(project):
    holes = (
        Hole("diskcache", "5.6.3", ("PYSEC-2026-2447", "CVE-2025-69872"), ""),
        Hole("requests", "2.34.2", ("PYSEC-2026-1",), "3.0"),
    )
    report = audit(project, lambda packages: Answer(everything(packages).asked, holes))
    assert report.findings == [str(holes[1])]
    assert report.verdict == "1 finding."


def test_an_accepted_hole_is_told_with_its_reason_and_its_test(project):
    (note,) = [note for note in audit(project, everything).notes if note.startswith("Accepted:")]
    assert note.startswith("Accepted: CVE-2025-69872 of diskcache. ")
    assert "refuses" in note
    assert "tests/sources/test_cache.py::" in note


def test_an_accepted_hole_of_a_package_that_is_gone_is_a_finding(project):
    (project / "locks" / "app.txt").write_text(lock_line("requests", "2.34.2"))
    assert audit(project, everything).findings == [
        "diskcache is gone. Take CVE-2025-69872 out of release/accepted.csv."
    ]


@pytest.mark.parametrize(("findings", "code"), [([], 0), (["urllib3 is old."], 1)])
def test_the_command_prints_what_it_found_and_fails_on_findings(monkeypatch, capsys, findings, code):
    monkeypatch.setattr(auditing, "audit", lambda: auditing.Report(findings=findings, notes=["Looked."], unasked=3))
    assert auditing.main() == code
    lines = capsys.readouterr().out.splitlines()
    assert lines[:-1] == ["Looked.", *(f"FINDING: {finding}" for finding in findings)]
    assert lines[-1].endswith("but advisories were not asked: 3 packages skipped.")


def test_a_lock_that_cannot_be_read_fails_the_command(monkeypatch, capsys):
    def fail():
        raise ReleaseError("app.txt cannot be read.")

    monkeypatch.setattr(auditing, "audit", fail)
    assert auditing.main() == 1
    assert capsys.readouterr().err == "app.txt cannot be read.\n"
