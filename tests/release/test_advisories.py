import json
import re
import subprocess

import pytest

from release import advisories
from release.advisories import Answer, Hole, ask

HOLE = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["2.9"], "description": "Bad."}


def answer(text: str, **skipped: str) -> str:
    """What pip-audit prints about a requirements file: requests has a hole; what is named was skipped."""
    found = re.findall(r"^(\S+)==(\S+)", text, re.M)
    entries = [
        {"name": name, "skip_reason": skipped[name]} if name in skipped
        else {"name": name, "version": version, "vulns": [HOLE] if name == "requests" else []}
        for name, version in found
    ]  # fmt: skip
    return json.dumps({"dependencies": entries, "fixes": []})


def test_holes_are_told_with_all_their_names(packages):
    said = ask(packages, answer)
    assert said.holes == (Hole("requests", "2.34.2", ("PYSEC-2026-1", "CVE-2026-1"), "2.9"),)
    assert str(said.holes[0]) == (
        "requests 2.34.2 has PYSEC-2026-1, CVE-2026-1, closed in 2.9. Run: python3 dev.py lock --upgrade"
    )


def test_every_version_is_asked_about_also_those_of_another_python(packages):
    texts = []
    said = ask(packages, lambda text: texts.append(text) or answer(text))
    assert said.asked == {("requests", "2.34.2"), ("numpy", "2.4.6"), ("numpy", "2.5.5")}
    assert [re.findall(r"^\S+", text, re.M) for text in texts] == [
        ["requests==2.34.2", "numpy==2.4.6"],
        ["numpy==2.5.5"],
    ]
    assert "python_full_version" not in "".join(texts)


def test_what_was_skipped_was_not_asked(packages):
    said = ask(packages, lambda text: answer(text, numpy="Dependency not found", requests="Dependency not found"))
    assert said == Answer(frozenset(), ())


@pytest.mark.parametrize(
    "text", ["", "No known vulnerabilities found", "{}", "[]", "null", '{"dependencies": [{"vulns": []}]}']
)
def test_no_answer_is_nothing_asked(packages, text):
    assert ask(packages, lambda _: text) == Answer(frozenset(), ())


def test_pip_audit_is_given_a_file_with_hashes_and_installs_nothing(monkeypatch, packages):
    def run(command, **rest):
        with open(command[-1]) as file:
            assert "--hash=sha256:" in file.read()
        assert {"--require-hashes", "--disable-pip"} <= set(command)
        return subprocess.CompletedProcess(command, 1, answer("requests==2.34.2"), "")

    monkeypatch.setattr(subprocess, "run", run)
    assert len(ask(packages[:1]).holes) == 1


def test_a_pip_audit_that_fails_or_takes_too_long_is_told(monkeypatch, packages, capsys):
    def fail(command, **rest):
        return subprocess.CompletedProcess(command, 1, "", "no connection")

    def hang(command, timeout, **rest):
        raise subprocess.TimeoutExpired(command, timeout)

    for run, said in ((fail, "no connection"), (hang, "pip-audit took more than 300 s.")):
        monkeypatch.setattr(advisories.subprocess, "run", run)
        assert ask(packages[:1]) == Answer(frozenset(), ())
        assert said in capsys.readouterr().err
