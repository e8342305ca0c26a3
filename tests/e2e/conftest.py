"""A real server and a real Chromium. Every request that would leave this machine is refused and counted."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from reelrec import app
from tests.fakes.letterboxd import FakeLetterboxd
from tests.fakes.tmdb import FakeTmdb

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# The first run of a visit knows nothing of its address and draws st.skeleton (stSkeletonElement) in the page's place.
IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app && app.dataset.testConnectionState === 'CONNECTED' && app.dataset.testScriptState === 'notRunning'
    && window.reelrec?.shown && !document.querySelector('[data-testid^="stSkeleton"], [data-testid="stAppSkeleton"]')
}"""
UPLOADER = """() => {
  const place = document.querySelector('[class*="st-key-export-"]')
  return place?.className.match(/st-key-export-\\d+/)[0] ?? null
}"""
# Streamlit looks for its own address below a page's path first, and goes on when it is not there; and a new server
# doubts its first visit's page before st.navigation has run once (address.js takes the message away).
EXPECTED = ("404 (Not Found)", "net::ERR_FAILED", "does not seem to exist. Running the app's main page")
SERVER_GONE = ("dynamically imported module", "WebSocket", "net::ERR_")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(
    log: Path, port: int | None = None, environment: Mapping[str, str] | None = None, yielding: bool = False
) -> Iterator[str]:
    """The app on a loopback port; the address. Its log is shown when it does not come up.

    environment: variables beside this process's own, such as where other people's servers are.
    yielding: leave the cores to the tests that run beside this one.
    """
    port = port or free_port()
    variables = {name: value for name, value in os.environ.items() if not name.startswith("TMDB_")}
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.address=127.0.0.1"]
    if yielding:
        command = ["nice", "-n", "19", *command]
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, f"--server.port={port}"],
            cwd=ROOT,
            env=variables | (environment or {}),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 40
        while not _healthy(address):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text())
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so nothing can be tried in a browser (Debian: apt install chromium).")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


@dataclass(frozen=True)
class Surroundings:
    """The app among servers of our own: Letterboxd's, whose alice has films of the catalogue, and TMDB's."""

    address: str
    letterboxd: FakeLetterboxd
    tmdb: FakeTmdb
    log: Path

    def asked_twice(self) -> list[str]:
        """What TMDB was asked more than once."""
        times = Counter(asked.address for asked in self.tmdb.asked if asked.path.startswith("/3/"))
        return [address for address, n in times.items() if n > 1]


@pytest.fixture
def surround(tmp_path) -> Iterator[Callable[..., Surroundings]]:
    """Start the app among them; `surround(TMDB_TOKEN="wrong")` changes its environment.

    Ask for it before `browse`, so that the windows close before the servers do.
    """
    servers = ExitStack()

    def start(**changed: str) -> Surroundings:
        films = [film for film in app.catalogue().films[:400:10] if film.tmdb_id and film.same_as is None]
        feed = [(film.title, film.year, film.tmdb_id, film.slug) for film in films]
        log = tmp_path / "log.txt"
        letterboxd, tmdb = servers.enter_context(FakeLetterboxd(feed)), servers.enter_context(FakeTmdb())
        environment = {"LETTERBOXD_BASE_URL": letterboxd.url} | tmdb.environment(tmp_path / "cache") | changed
        return Surroundings(servers.enter_context(running(log, environment=environment)), letterboxd, tmdb, log)

    with servers:
        yield start


@pytest.fixture
def fresh_address(tmp_path) -> Iterator[str]:
    """A server that nobody has visited yet."""
    with running(tmp_path / "log.txt") as url:
        yield url


class Restartable:
    """A server that can be stopped and started again at its address."""

    def __init__(self, log: Path) -> None:
        self._log, self._port = log, free_port()
        self._start()

    def _start(self) -> None:
        self._server = running(self._log, self._port)
        self.address = self._server.__enter__()

    def restart(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        self._server.__exit__(None, None, None)


@pytest.fixture
def restartable(tmp_path) -> Iterator[Callable[[], Restartable]]:
    servers = []

    def make() -> Restartable:
        servers.append(Restartable(tmp_path / "log.txt"))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


@pytest.fixture
def ready() -> Callable:
    """Wait until the page's script has run and everything is drawn."""

    def wait(page) -> None:
        page.wait_for_function(IDLE, timeout=60_000)
        page.evaluate("document.fonts.ready.then(() => true)")

    return wait


@pytest.fixture
def browse(chromium, ready) -> Iterator[Callable]:
    """Open an address in a new, clean window; at the end no error and no outside request may have been seen."""
    contexts, outside, errors = [], [], []

    def guard(route) -> None:
        if route.request.url.startswith(("http://127.0.0.1", "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    def note(text: str, restarts: bool) -> None:
        if not any(known in text for known in (*EXPECTED, *(SERVER_GONE if restarts else ()))):
            errors.append(text)

    def open_window(
        url: str,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        touch: bool = False,
        restarts: bool = False,
        locale: str = "en-GB",
    ):
        """restarts: the test takes the server away, so what the page cannot fetch meanwhile is no error."""
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", locale=locale,
            has_touch=touch,
        )  # fmt: skip
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: note(str(error), restarts))
        page.on("console", lambda line: note(line.text, restarts) if line.type == "error" else None)
        page.goto(url)
        ready(page)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not outside, outside
    assert not errors, errors


@pytest.fixture
def drop(ready) -> Callable:
    """Hand files, as names and contents, to the uploader, and wait for its successor."""

    def hand_over(page, *files: tuple[str, bytes]) -> None:
        before = page.wait_for_function(UPLOADER).json_value()
        page.locator("input[type=file]").set_input_files(
            [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
        )
        page.wait_for_function(f"before => ![null, before].includes(({UPLOADER})())", arg=before)
        ready(page)

    return hand_over
