"""Whether a host serves ReelRec as it should, seen from outside.

python -m deploy.check https://films.example.org
"""

from __future__ import annotations

import argparse
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

import requests

FONT = "/app/static/fonts/inter-latin-wght-normal.woff2"
HIDDEN = ("/_stcore/metrics", "//_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check")
COOKIE = "reelrec_replica"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "cmVlbHJlYyBpcyByZWFkeQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}
SECONDS = 10


@dataclass(frozen=True)
class Visit:
    """A WebSocket. status: 101 where it was taken. replica: on which it is, as the cookie says from now on."""

    status: int
    replica: str
    socket: socket.socket


class Site:
    """A running site. certificate: a file with the one that vouches for it; None: those that this machine trusts."""

    def __init__(self, address: str, certificate: str | None = None, http: str | None = None) -> None:
        self.address, self.http = address.rstrip("/"), http or f"http://{urlsplit(address).hostname}"
        self._verify: str | bool = certificate or True
        self._tls = ssl.create_default_context(cafile=certificate)

    def get(self, path: str) -> requests.Response:
        """The answer to a request of a browser without cookies."""
        prepared = requests.Request("GET", self.address).prepare()
        prepared.url = self.address + path  # as it is: requests would tidy it
        with requests.Session() as session:
            return session.send(prepared, verify=self._verify, timeout=SECONDS, allow_redirects=False)

    def without_tls(self) -> requests.Response:
        """The answer to a request by http."""
        return requests.get(f"{self.http}/film?id=1", timeout=SECONDS, allow_redirects=False)

    @contextmanager
    def visit(self, replica: str) -> Iterator[Visit]:
        """Open a WebSocket as a browser whose cookie names a replica, until the end of `with`."""
        place = urlsplit(self.address)
        connection = HTTPSConnection(place.hostname or "", place.port, timeout=SECONDS, context=self._tls)
        asked = {"Origin": self.address, "Cookie": f"{COOKIE}={replica}"}
        connection.request("GET", "/_stcore/stream", headers=HANDSHAKE | asked)
        answer = connection.getresponse()
        try:
            cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
            yield Visit(answer.status, cookie.removeprefix(f"{COOKIE}="), connection.sock)
        finally:
            connection.close()


def becomes_ready(site: Site) -> bool:
    """/readyz says within a minute that the models are loaded."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answer = site.get("/readyz")
        if answer.ok and answer.json()["ready"]:
            return True
        time.sleep(0.5)
    return False


def shows_a_page(site: Site) -> bool:
    """The first page is Streamlit's, and gives a browser its replica in a cookie that scripts cannot read."""
    answer = site.get("/")
    cookie = answer.headers.get("Set-Cookie", "")
    return answer.ok and '<div id="root">' in answer.text and COOKIE in cookie and "Secure; HttpOnly" in cookie


def shows_a_static_file(site: Site) -> bool:
    """A font comes whole."""
    answer = site.get(FONT)
    return answer.ok and answer.content.startswith(b"wOF2")


def takes_visits_on_both_replicas(site: Site) -> bool:
    """A WebSocket reaches the replica that the cookie names."""
    for name in ("a", "b"):
        with site.visit(name) as visit:
            if (visit.status, visit.replica) != (101, name):
                return False
    return True


def hides_what_is_not_for_visitors(site: Site) -> bool:
    """Streamlit's own metrics and its interface for programs are not there."""
    return all(site.get(path).status_code == 404 for path in HIDDEN)


def moves_to_tls(site: Site) -> bool:
    """A request by http is sent to https."""
    answer = site.without_tls()
    return answer.status_code == 308 and answer.headers["Location"] == f"{site.address}/film?id=1"


CHECKS: tuple[Callable[[Site], bool], ...] = (
    becomes_ready,
    shows_a_page,
    shows_a_static_file,
    takes_visits_on_both_replicas,
    hides_what_is_not_for_visitors,
    moves_to_tls,
)


def report(address: str, certificate: str | None = None, http: str | None = None) -> int:
    """Print what holds and what does not; the exit code."""
    site, failed = Site(address, certificate, http), 0
    for checked in CHECKS:
        try:
            problem = "" if checked(site) else "it is otherwise"
        except (requests.RequestException, HTTPException, OSError) as error:
            problem = f"{type(error).__name__}: {error}"
        print(f"{'FAILED' if problem else 'ok':<7}{checked.__doc__}{f' ({problem})' if problem else ''}", flush=True)
        failed += bool(problem)
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} hold at {site.address}.", flush=True)
    return 1 if failed else 0


def main() -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="such as https://films.example.org")
    parser.add_argument("--certificate", help="a file with the certificate, where this machine does not trust it")
    options = parser.parse_args()
    return report(options.address, options.certificate)


if __name__ == "__main__":
    raise SystemExit(main())
