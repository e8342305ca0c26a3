"""Pages are run from the entry point, as a visitor would meet them."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reelrec import app
from reelrec.sources.log import Log
from reelrec.ui import state
from tests.fakes.measurements import complete, put
from tests.fakes.tmdb import FakeTmdb
from tests.fakes.tmdb_host import key_of_tmdb
from tests.pages.visits import DrawnSection, Visit

SHIPPED = Path(__file__).parents[2] / "artifacts" / "metrics"


@pytest.fixture(autouse=True)
def no_component_packages(monkeypatch):
    """At every run Streamlit would look through all installed packages for components; ours come in none."""
    monkeypatch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)


@pytest.fixture
def visit() -> type[Visit]:
    return Visit


@pytest.fixture
def tmdb_here(monkeypatch, tmp_path) -> Iterator[FakeTmdb]:
    """The host has a key, and TMDB answers."""
    with key_of_tmdb(monkeypatch, tmp_path / "cache") as fake:
        yield fake


@pytest.fixture
def inside(monkeypatch) -> Callable:
    """Be in a visit, as the functions are that its components call."""

    @contextmanager
    def step_in(page: Visit) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(state.st, "session_state", {state.KEY: page.state})
            yield

    return step_in


@pytest.fixture
def horror_link() -> str:
    """The token of somebody who loves horror."""
    return app.link_token(app.sample_profile("horror"))


@pytest.fixture
def feed(monkeypatch):
    """Let a username be answered with a log or an error."""

    def answer(with_what: Log | Exception) -> None:
        def read(name: str) -> Log:
            if isinstance(with_what, Exception):
                raise with_what
            return with_what

        monkeypatch.setattr("reelrec.sources.letterboxd.feed.read_feed", read)

    return answer


@pytest.fixture
def metrics(tiny_artifacts, use_artifacts, tmp_path) -> Path:
    """A folder with the shipped measurements, and invented ones for what they lack; the page reads it."""
    folder = tmp_path / "artifacts"
    shutil.copytree(tiny_artifacts, folder)
    shutil.copytree(SHIPPED, folder / "metrics", dirs_exist_ok=True)
    complete(folder / "metrics")
    return use_artifacts(folder) / "metrics"


@pytest.fixture
def section(metrics) -> type[DrawnSection]:
    return DrawnSection


@pytest.fixture
def change(metrics) -> Callable:
    """Let a function change one of the measurements."""

    def edit(name: str, how: Callable[[dict], object]) -> None:
        content = json.loads((metrics / f"{name}.json").read_text())
        how(content)
        put(metrics, name, json.dumps(content))

    return edit
