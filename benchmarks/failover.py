"""One of two replicas is killed in the moment in which a visitor gives stars, while others click.

python -m benchmarks.failover

The stack is that of deploy/try.sh. Measured in Chromium, from the end of the replica: the seconds until the page is
connected to the other one, and until the address has the stars, which is when the server knows them; and how many stars
are not there after a reload.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.first_poster import ROOT, SWITCHES
from benchmarks.load import percentiles, wait_until_ready

DELAYS = (None, 0.0, 0.05, 0.3, 1.0)  # seconds from the kill to the star; None: the star is first
CONNECTED = "() => document.querySelector('[data-testid=stApp]')?.dataset.testConnectionState === 'CONNECTED'"
# Gives 3 stars to a film, as a click on its stars does, without the driver's own time.
STAR = """film => {
  const tiles = document.querySelector('.st-key-interview').querySelectorAll('*')
  const inside = [...tiles].find(node => node.shadowRoot).shadowRoot
  const input = inside.querySelectorAll('input[type=range]')[film]
  input.value = 6
  input.dispatchEvent(new Event('input', { bubbles: true }))
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
}"""
STARTED = re.compile(r"Replica (\w): process (\d+)")
RATED = re.compile(r"^\d+ rated$")


@dataclass(slots=True)
class Stack:
    """nginx and two replicas. pids, replicas: process id and address of each, by its name."""

    address: str
    pids: dict[str, int]
    replicas: dict[str, str]
    process: subprocess.Popen[str]

    def kill(self, replica: str) -> None:
        """Take a replica away at once."""
        os.kill(self.pids[replica], signal.SIGKILL)

    def wait_until_ready(self) -> None:
        """Return when both have loaded their models."""
        for address in self.replicas.values():
            wait_until_ready(address)

    def wait_for_restart(self, replica: str) -> None:
        """Return when the stack has started it again, and it is ready."""
        assert self.process.stdout
        for line in self.process.stdout:
            if (said := STARTED.match(line)) and said[1] == replica:
                self.pids[replica] = int(said[2])
                return self.wait_until_ready()


@contextmanager
def stack() -> Iterator[Stack]:
    """The stack on loopback, without limits by address. Raises RuntimeError where it does not start."""
    command = [sys.executable, "-u", "-m", "deploy.loopback", "--no-limits"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    pids, replicas, said = {}, {}, ""
    try:
        for line in process.stdout:
            said += line
            if started := STARTED.match(line):
                pids[started[1]] = int(started[2])
            if serves := re.match(r"Replica (\w): (http\S+),", line):
                replicas[serves[1]] = serves[2]
            if up := re.match(r"ReelRec is at (\S+);", line):
                yield Stack(up[1], pids, replicas, process)
                return
        raise RuntimeError(said)
    finally:
        process.terminate()
        process.communicate(timeout=20)  # which closes its output too


def killed(browser: Any, up: Stack, delay: float | None) -> tuple[str, dict[str, float]]:
    """The replica that was killed, and what became of the star. Seconds are from the kill; -1: not within 20."""
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(up.address, wait_until="commit")
    page.locator("a.poster").first.wait_for(timeout=60_000)
    page.evaluate(STAR, 0)
    page.get_by_text("1 rated", exact=True).wait_for()
    page.wait_for_url(re.compile("p="))
    before = token(page)
    (replica,) = (cookie["value"] for cookie in context.cookies() if cookie["name"] == "reelrec_replica")
    if delay is None:
        page.evaluate(STAR, 1)
    up.kill(replica)
    begun = time.monotonic()
    if delay is not None:
        page.wait_for_timeout(delay * 1000)
        page.evaluate(STAR, 1)
    page.wait_for_timeout(100)  # in which the browser hears that the connection is gone
    page.wait_for_function(CONNECTED, timeout=20_000)
    connected = time.monotonic() - begun
    while token(page) == before and time.monotonic() - begun < 20:
        page.wait_for_timeout(20)
    known = time.monotonic() - begun if token(page) != before else -1.0
    page.reload()
    page.get_by_text(RATED).first.wait_for()
    lost = 2 - int(page.get_by_text(RATED).first.inner_text().split()[0])
    context.close()
    return replica, {"connected_s": round(connected, 2), "known_s": round(known, 2), "lost": lost}


def token(page: Any) -> str:
    """What the address says of the ratings."""
    said = re.search(r"[#&]p=([^&]*)", page.url)
    return said[1] if said else ""


def rounds(up: Stack, delays: Sequence[float | None]) -> list[dict[str, float]]:
    """What became of the stars, for each delay."""
    from playwright.sync_api import sync_playwright

    results = []
    with sync_playwright() as driver:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        for delay in delays:
            replica, result = killed(browser, up, delay)
            results.append(result)
            up.wait_for_restart(replica)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--visitors", type=int, default=40, help="who click every three seconds meanwhile")
    parser.add_argument("--times", type=int, default=2, help="for each delay between kill and star")
    options = parser.parse_args()
    with ExitStack() as work:
        up = work.enter_context(stack())
        up.wait_until_ready()
        load = [sys.executable, "-m", "benchmarks.load", "steady", "--address", up.address, "--seconds", "3600"]
        if options.visitors:
            others = subprocess.Popen([*load, "--visitors", str(options.visitors)], cwd=ROOT, stdout=subprocess.DEVNULL)
            work.callback(others.wait)
            work.callback(others.terminate)
            time.sleep(10)
        results = rounds(up, DELAYS * options.times)
    result = {
        "visitors": options.visitors,
        "kills": len(results),
        "lost": sum(each["lost"] for each in results),
        "connected_s": percentiles([each["connected_s"] for each in results]),
        "known_s": percentiles([each["known_s"] for each in results]),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
