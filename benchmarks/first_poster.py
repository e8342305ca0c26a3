"""Start-up and memory, as a host and a first visitor meet them.

python -m benchmarks.first_poster

Three times: from starting the server process until the first poster stands in an already open Chromium; the worst is
what counts. Then ten visitors with 300 ratings each open For you, and the server's resident memory is read.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
RUNS, VISITORS, RATINGS = 3, 10, 300
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# Whether the script of the page has run.
IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app?.dataset.testConnectionState === 'CONNECTED' && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid^="stSkeleton"], [data-testid="stAppSkeleton"]')
}"""


@contextmanager
def server() -> Iterator[tuple[int, str]]:
    """The process id and address of a server that is just starting."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.address=127.0.0.1"]
    command.append(f"--server.port={port}")
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def open_page(page, address: str) -> None:
    """Open the address as soon as anybody answers there, and wait for the first poster."""
    wait_for_server(address)
    page.goto(address, wait_until="commit")
    page.locator("a.poster").first.wait_for(timeout=60_000)


def wait_for_server(address: str) -> None:
    """Return when something listens there."""
    host, _, port = address.removeprefix("http://").split("/")[0].partition(":")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens at {address}")


def resident_megabytes(pid: int) -> float:
    """VmRSS of a process, Linux only."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    from playwright.sync_api import sync_playwright

    from reelrec import app
    from reelrec.bench.result import machine
    from reelrec.bench.serve import SEED, visitor

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        seconds = []
        for _ in range(RUNS + 1):  # the first one warms the disk's cache and does not count
            page = browser.new_page()
            began = time.perf_counter()
            with server() as (_, address):
                open_page(page, address)
                seconds.append(time.perf_counter() - began)
            page.close()
        rng = np.random.default_rng(SEED)
        with server() as (pid, address):
            for _ in range(VISITORS):
                page = browser.new_page()
                open_page(page, f"{address}/for_you#p={app.link_token(visitor(RATINGS, rng))}")
            memory = resident_megabytes(pid)
        browser.close()
    result = {
        "seconds_to_first_poster": [round(value, 2) for value in seconds[1:]],
        "worst_seconds": round(max(seconds[1:]), 2),
        "resident_megabytes": round(memory),
        "visitors": VISITORS,
        "ratings_each": RATINGS,
        "machine": machine(),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
