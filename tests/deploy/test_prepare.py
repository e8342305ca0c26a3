"""deploy/prepare.sh: what a host has of its own."""

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy" / "prepare.sh"


def prepare(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, *map(str, words)], capture_output=True, text=True, timeout=20)


def settings(folder: Path) -> dict[str, str]:
    lines = (folder / "app.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_the_certificate_is_for_the_name_and_for_loopback(tmp_path):
    assert prepare("films.example.org", tmp_path).returncode == 0
    shown = subprocess.run(
        ["openssl", "x509", "-in", tmp_path / "cert.pem", "-noout", "-ext", "subjectAltName"],
        capture_output=True,
        text=True,
        timeout=10,
    ).stdout
    assert "DNS:films.example.org, DNS:localhost, IP Address:127.0.0.1" in shown


def test_the_app_answers_to_the_name_and_to_its_health_check(tmp_path):
    prepare("films.example.org", tmp_path)
    assert settings(tmp_path)["STREAMLIT_SERVER_ALLOWED_HOSTS"].split() == ["films.example.org", "127.0.0.1"]


def test_each_host_has_a_secret_of_its_own_which_nobody_else_can_read(tmp_path):
    secrets = set()
    for host in ("one", "two"):
        folder = tmp_path / host
        prepare("localhost", folder)
        secrets.add(settings(folder)["STREAMLIT_SERVER_COOKIE_SECRET"])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / "app.env").stat().st_mode & 0o777 == 0o600
    assert len(secrets) == 2
    assert all(len(secret) == 64 for secret in secrets)


def test_what_is_there_stays(tmp_path):
    prepare("localhost", tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert prepare("films.example.org", tmp_path).returncode == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["https://films.example.org", "films.example.org:443", "a b", "x/CN=y"])
def test_what_is_no_host_name_is_refused(tmp_path, name):
    done = prepare(name, tmp_path / "site")
    assert done.returncode == 2
    assert "is no host name" in done.stderr
    assert not (tmp_path / "site").exists()
