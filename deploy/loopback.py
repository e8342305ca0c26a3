"""What compose.yaml runs, on loopback and without containers: nginx with deploy/nginx.conf, and two of the app.

deploy/try.sh starts it. All files lie in a temporary folder. Every process ends with this one, by its process id.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from deploy import check

ROOT = Path(__file__).resolve().parents[1]
REPLICAS = ("172.30.250.11:8501", "172.30.250.12:8501")  # as nginx.conf and compose.yaml have them
SECONDS_TO_START, SECONDS_TO_END = 60, 5


class Stop(Exception):
    """Why the stack cannot run, and what to do about it."""


def prepare(folder: Path) -> dict[str, str]:
    """Make a certificate in folder/site; the settings of the app, as variables of its environment. Raises Stop."""
    folder.chmod(0o711)  # where root starts nginx, its workers are another user
    made = subprocess.run([ROOT / "deploy/prepare.sh", "localhost", folder / "site"], stderr=subprocess.PIPE, text=True)
    if made.returncode:
        raise Stop(made.stderr.strip())
    lines = (folder / "site/app.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def write_configuration(folder: Path, port: int, http_port: int, replicas: Sequence[str], limits: bool = True) -> None:
    """Put nginx.conf into a prepared folder, with loopback in place of the addresses of compose.yaml.

    port, http_port: where nginx listens with TLS and without. replicas: two of host:port. limits: whether they hold for
    requests from this machine. Raises ValueError where nginx.conf no longer has what is to be replaced.
    """
    changes = {
        "listen 8443": f"listen 127.0.0.1:{port}",
        "listen 8080": f"listen 127.0.0.1:{http_port}",
        "https://$host": f"https://$host:{port}",
        "/etc/nginx/tls": f"{folder}/site",
    }
    for old, new in zip(REPLICAS, replicas, strict=True):
        changes |= {old: new, old.replace(".", r"\."): new.replace(".", r"\.")}
    if not limits:
        changes["geo $limited { default 1;"] = "geo $limited { default 1; 127.0.0.1 0;"
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"deploy/nginx.conf no longer has {old!r}, which loopback.py replaces by {new!r}.")
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "deploy/own_headers.conf", folder)


def nginx(folder: Path) -> list[str]:
    """The command that runs nginx with the configuration in a folder; options may follow. Raises Stop."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise Stop("nginx is missing. On Debian and Ubuntu run: apt install nginx-light")
    return [program, "-p", f"{folder}/", "-c", str(folder / "nginx.conf"), "-e", "stderr"]


def free_ports(count: int) -> list[int]:
    """Ports of loopback on which no program listens."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@dataclass
class Program:
    """A process of the stack, which can be started again. log: what it printed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path

    def start(self) -> None:
        """Start it in the project's folder."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=out, stderr=subprocess.STDOUT
            )
        print(f"{self.name}: process {self.process.pid}", flush=True)

    def end(self) -> None:
        """Ask it to end, and make it after five seconds."""
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @contextmanager
    def running(self) -> Iterator[None]:
        """From `with` to its end."""
        self.start()
        try:
            yield
        finally:
            self.end()


def wait_for(address: str, program: Program) -> None:
    """Wait until a replica lives. Raises Stop where it does not within a minute."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            if requests.get(f"{address}/_stcore/health", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
        if program.process.poll() is not None or time.monotonic() > deadline:
            raise Stop(f"{program.name} did not start:\n{program.log.read_text(errors='replace')[-3000:]}")


def look_after_nginx(proxy: Program) -> None:
    """Raises Stop where nginx has ended."""
    if proxy.process.poll() is not None:
        raise Stop(f"nginx ended:\n{proxy.log.read_text(errors='replace')[-3000:]}")


def keep(replicas: Sequence[Program], proxy: Program) -> None:
    """Start a replica again whenever it ends, as compose.yaml does. Ends when nginx does, by raising Stop."""
    while True:
        look_after_nginx(proxy)
        for replica in replicas:
            if replica.process.poll() is not None:
                print(f"{replica.name} ended with code {replica.process.returncode}, and starts again.", flush=True)
                replica.start()
        time.sleep(1)


def serve(folder: Path, options: argparse.Namespace) -> int:
    """Run the stack; the exit code. Raises Stop."""
    settings = prepare(folder)
    free = free_ports(6)
    port = options.port or free[0]
    addresses, metrics = ([f"127.0.0.1:{taken}" for taken in taken_ports] for taken_ports in (free[2:4], free[4:]))
    write_configuration(folder, port, free[1], addresses, options.limits)
    app = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.address=127.0.0.1"]
    replicas = [
        Program(
            f"Replica {name}",
            [*app, f"--server.port={address.rpartition(':')[2]}"],
            os.environ | settings | {"REELREC_METRICS": numbers, "REELREC_REPLICA": name},
            folder / f"{name}.log",
        )
        for name, address, numbers in zip("ab", addresses, metrics, strict=True)
    ]
    proxy = Program("nginx", nginx(folder), os.environ, folder / "nginx.log")
    with ExitStack() as stack:
        for program in (*replicas, proxy):
            stack.enter_context(program.running())
        for replica, address, numbers in zip(replicas, addresses, metrics, strict=True):
            wait_for(f"http://{address}", replica)
            print(f"{replica.name}: http://{address}, metrics at http://{numbers}", flush=True)
        look_after_nginx(proxy)
        address = f"https://127.0.0.1:{port}"
        print(f"ReelRec is at {address}; its certificate is its own. The logs are in {folder}.", flush=True)
        if options.check:
            return check.report(address, str(folder / "site/cert.pem"), f"http://127.0.0.1:{free[1]}")
        keep(replicas, proxy)
    return 0


def main() -> int:
    """The command line of deploy/try.sh; the exit code."""
    parser = argparse.ArgumentParser(prog="deploy/try.sh", description=__doc__)
    parser.add_argument("--check", action="store_true", help="look whether all of it works, and end")
    parser.add_argument("--port", type=int, help="of https; else one that is free")
    parser.add_argument("--no-limits", dest="limits", action="store_false", help="for load tests from this machine")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with tempfile.TemporaryDirectory(prefix="reelrec-") as folder:
            return serve(Path(folder), options)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main())
