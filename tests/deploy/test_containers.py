"""Dockerfile, .dockerignore and compose.yaml, held against the project and each other; nothing is built here."""

import fnmatch
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import loopback
from reelrec.data.titles.sequels import SERIES
from reelrec.data.titles.series_names import WORLDS

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
LINES = [line.split(maxsplit=1) for line in DOCKERFILE.splitlines() if line and not line.startswith(("#", " "))]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]


def instructions(name: str) -> list[str]:
    return [rest for word, rest in LINES if word == name]


def copied() -> list[str]:
    """What is copied from the project."""
    return [name for rest in instructions("COPY") if not rest.startswith("--from") for name in rest.split()[:-1]]


def let_through() -> list[str]:
    """What .dockerignore lets through."""
    return [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]


def test_all_that_is_copied_is_there_and_is_let_through_and_nothing_else_is():
    assert all((ROOT / name).exists() for name in copied())
    assert sorted(copied()) == sorted(let_through())
    assert "*" in (ROOT / ".dockerignore").read_text().splitlines()


def test_no_secret_and_no_raw_data_get_into_the_image():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    inside = [name for name in tracked if any(name == top or name.startswith(f"{top}/") for top in copied())]
    assert len(inside) > 300
    assert not [name for name in inside if fnmatch.fnmatch(name, "*secret*") or name.startswith("tests/")]
    by_hand = {str(path.relative_to(ROOT)) for path in (SERIES, WORLDS)}  # which the app reads
    assert {name for name in inside if name.startswith("data/")} == by_hand
    assert ".streamlit" not in copied()


def test_the_packages_are_those_of_the_lock_with_their_hashes():
    (install,) = [rest for rest in instructions("RUN") if "pip install" in rest]
    for word in ("--require-hashes", "--no-deps", "--only-binary=:all:", "-r /locks/app.txt"):
        assert word in install
    assert not re.search(r"apt-get|curl|wget|ADD ", DOCKERFILE)


def test_both_stages_are_of_the_python_that_the_project_is_checked_with():
    stages = [rest.split()[0] for rest in instructions("FROM")]
    assert len(stages) == 2
    assert len(set(stages)) == 1
    assert re.fullmatch(r"python:3\.11-slim-\w+", stages[0])


def test_it_runs_as_a_user_without_rights_and_programs_are_named_without_a_shell():
    assert instructions("USER") == ["10001:10001"]
    words = [word for word, _ in LINES]
    assert words.index("USER") > max(place for place, word in enumerate(words) if word in ("RUN", "COPY"))
    (command,) = [yaml.safe_load(rest) for rest in instructions("CMD")]
    assert command[:3] == ["streamlit", "run", "streamlit_app.py"]
    (health,) = instructions("HEALTHCHECK")
    assert '["python", "-c"' in health
    assert "http://127.0.0.1:8501/_stcore/health" in health


def test_the_app_starts_from_what_is_copied_alone(tmp_path):
    """On files that cannot be written, as in a container that is read-only."""
    for name in copied():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).symlink_to(ROOT / name)
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from streamlit.testing.v1 import AppTest\n"
        "test = AppTest.from_file('streamlit_app.py', default_timeout=60).run()\n"
        "print(len(test.exception), len(test.error))"
    )
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nowhere", "REELREC_CACHE": "/nowhere/cache"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.split() == ["0", "0"], done.stdout + done.stderr


@pytest.mark.parametrize("name", ["a", "b", "nginx"])
def test_every_service_is_hardened(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert service["mem_limit"]
    assert service["tmpfs"][0].startswith("/tmp:size=")
    assert "noexec,nosuid,nodev" in service["tmpfs"][0]
    assert not {"privileged", "cap_add", "pid", "ipc", "network_mode", "devices"} & service.keys()


def test_only_nginx_can_be_reached_and_by_this_machine_alone_unless_the_host_says_otherwise():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"nginx"}
    assert SERVICES["nginx"]["ports"] == [
        "${REELREC_LISTEN:-127.0.0.1}:443:8443",
        "${REELREC_LISTEN:-127.0.0.1}:80:8080",
    ]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert not SERVICES["nginx"]["networks"].keys() & {"outside"}
    assert not any("front" in SERVICES[name]["networks"] for name in ("a", "b"))


def test_the_addresses_of_the_replicas_are_those_of_nginx_conf():
    addresses = [SERVICES[name]["networks"]["inside"]["ipv4_address"] for name in ("a", "b")]
    (port,) = instructions("EXPOSE")
    assert tuple(f"{address}:{port}" for address in addresses) == loopback.REPLICAS
    text = (ROOT / "deploy/nginx.conf").read_text()
    assert set(re.findall(r"server (\d[\d.]+:\d+)", text)) == set(loopback.REPLICAS)


def test_the_replicas_differ_in_their_names_and_addresses_only():
    a, b = (dict(SERVICES[name]) for name in ("a", "b"))
    for name, service in (("a", a), ("b", b)):
        address = service.pop("networks")["inside"]["ipv4_address"]
        assert service.pop("environment") == {"REELREC_REPLICA": name, "REELREC_METRICS": f"{address}:9100"}
    assert a == b


def test_what_nginx_mounts_is_there_or_made_by_prepare_and_read_only(tmp_path):
    subprocess.run([ROOT / "deploy/prepare.sh", "localhost", tmp_path], check=True, timeout=20)
    for mount in SERVICES["nginx"]["volumes"]:
        source, target, mode = mount.split(":")
        assert mode == "ro"
        made = tmp_path / Path(source).name if "deploy/site/" in source else ROOT / source
        assert made.is_file(), source
        assert target.startswith("/etc/nginx/")
    assert SERVICES["a"]["env_file"] == "deploy/site/app.env"
    assert (tmp_path / "app.env").is_file()


def test_the_volume_of_the_cache_is_the_folder_of_the_image():
    assert SERVICES["a"]["volumes"] == ["cache:/cache"]
    assert instructions("VOLUME") == ["/cache"]
    assert "REELREC_CACHE=/cache" in DOCKERFILE
