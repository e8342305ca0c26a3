"""A real nginx with deploy/nginx.conf in front of two stand-ins for the app, all of them on loopback."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from deploy import loopback
from deploy.check import Site, Visit
from tests.fakes.replica import FakeReplica


@dataclass(frozen=True)
class Proxy:
    """nginx before two replicas. http: its address without TLS. certificate: of its own. log: what it printed."""

    address: str
    http: str
    certificate: str
    log: Path
    a: FakeReplica
    b: FakeReplica

    @property
    def site(self) -> Site:
        return Site(self.address, self.certificate, self.http)

    def ask(self, path: str = "/", method: str = "GET", **options: object) -> requests.Response:
        """The answer to one request of a browser without cookies."""
        return requests.request(method, self.address + path, verify=self.certificate, timeout=10, **options)

    def browser(self) -> requests.Session:
        """A browser with cookies."""
        browser = requests.Session()
        browser.verify, browser.trust_env = self.certificate, False  # else the environment's certificates come first
        return browser

    def visit(self, replica: str) -> AbstractContextManager[Visit]:
        """A WebSocket, as a browser opens it whose cookie names a replica."""
        return self.site.visit(replica)

    def logged(self, lines: int = 1) -> list[str]:
        """The lines of the log, once there are so many."""
        deadline = time.monotonic() + 5
        while len(found := self.log.read_text().splitlines()) < lines and time.monotonic() < deadline:
            time.sleep(0.02)
        return found


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a certificate for loopback. It is none of pytest's, in which nginx's workers may not look."""
    with tempfile.TemporaryDirectory(prefix="reelrec-") as name:
        try:
            loopback.nginx(Path(name))
            loopback.prepare(Path(name))
        except loopback.Stop as reason:
            pytest.skip(str(reason))
        yield Path(name)


@pytest.fixture
def start(folder) -> Iterator[Callable[..., Proxy]]:
    """Start nginx and two replicas. changes: of the text of nginx.conf, such as a shorter time-out."""
    with ExitStack() as stack:

        def start(limits: bool = False, **changes: str) -> Proxy:
            a, b = (stack.enter_context(FakeReplica(name)) for name in ("a", "b"))
            port, http_port = loopback.free_ports(2)
            loopback.write_configuration(folder, port, http_port, [a.place, b.place], limits)
            text = (folder / "nginx.conf").read_text()
            for directive, value in changes.items():
                before = text
                text = text.replace(f"{directive} 10s;", f"{directive} {value};")
                assert text != before
            (folder / "nginx.conf").write_text(text)
            program = loopback.Program("nginx", loopback.nginx(folder), os.environ, folder / "nginx.log")
            stack.enter_context(program.running())
            proxy = Proxy(
                f"https://127.0.0.1:{port}",
                f"http://127.0.0.1:{http_port}",
                str(folder / "site/cert.pem"),
                program.log,
                a,
                b,
            )
            deadline = time.monotonic() + 10
            while True:
                try:
                    requests.get(f"{proxy.http}/up", timeout=1, allow_redirects=False)
                    return proxy
                except requests.ConnectionError:
                    assert time.monotonic() < deadline, program.log.read_text()
                    time.sleep(0.02)

        yield start


@pytest.fixture
def proxy(start) -> Proxy:
    return start()
