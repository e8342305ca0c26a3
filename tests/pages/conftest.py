"""Pages are run from the entry point, as a visitor would meet them."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reelrec import app
from reelrec.sources.log import Log
from reelrec.ui import state
from reelrec.visitor.profile import Profile
from tests.fakes.measurements import complete, put

SHIPPED = Path(__file__).parents[2] / "artifacts" / "metrics"
ENTRY = str(Path(__file__).parents[2] / "streamlit_app.py")


class Drawn:
    """What Streamlit drew."""

    at: AppTest

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception

    def marks(self) -> list[str]:
        """What stands under the pictures of Models: who can run them again, and how."""
        return [part.value for part in self.at.markdown if "-badge[" in part.value]

    def figure(self, key: str) -> dict:
        """What Plotly draws under that key."""
        return next(json.loads(chart.proto.spec) for chart in self.at.get("plotly_chart") if chart.key == key)

    def words(self) -> str:
        """All that is written on the page."""
        parts = [*self.at.title, *self.at.subheader, *self.at.markdown, *self.at.text, *self.at.info, *self.at.error]
        return "\n".join(str(part.value) for part in [*parts, *self.at.warning, *self.at.caption])


class DrawnSection(Drawn):
    """A section of the Models page by itself. module: below reelrec.ui.dashboards."""

    def __init__(self, module: str) -> None:
        self.at = AppTest.from_function(_draw, kwargs={"module": f"reelrec.ui.dashboards.{module}"}, default_timeout=30)
        self.run()


def _draw(module: str) -> None:
    """The script that draws a section; Streamlit runs its text alone."""
    import importlib

    importlib.import_module(module).draw()


class Visit(Drawn):
    """One visitor: opens pages, reads tiles, answers as a tile would."""

    def __init__(self, page: str | None = None, **params: str) -> None:
        self.at = AppTest.from_file(ENTRY, default_timeout=30)
        for name, value in params.items():
            self.at.query_params[name] = value
        self.run()
        if page:
            self.open(page, **params)

    def open(self, page: str, **params: str) -> None:
        self.at.switch_page(f"pages/{page}/{page}.py")
        for name, value in params.items():
            self.at.query_params[name] = value
        self.run()

    def given(self, key: str) -> dict | None:
        """What a page hands to the component of that key; None where there is none."""
        for element in _elements(self.at._tree):
            if element.key == key:
                return json.loads(element.proto.json)
        return None

    def tiles(self, key: str) -> list[dict]:
        """The films that a page hands to the tiles of that key."""
        found = self.given(key)
        return found["films"] if found else []

    def guesses(self) -> list[dict]:
        """The lines of what Rate would guess."""
        return self.tiles("guesses")

    def rate(self, **stars: float) -> None:
        """Give stars by slug (with _ for -)."""
        numbers = {app.film(slug.replace("_", "-")).number: given for slug, given in stars.items()}
        self.become(Profile(ratings=dict(self.profile.ratings) | numbers))

    def become(self, profile: Profile) -> None:
        """Have another profile."""
        self.state.profile = profile
        self.run()

    def list_for_all(self) -> None:
        """On Rate: the films that everybody is asked about."""
        self.at.segmented_control(key="way").set_value("list")
        self.run()

    def upload(self, *files: tuple[str, bytes]) -> None:
        """Hand files, as names and contents, to the page's first uploader."""
        for name, content in files:
            self.at.file_uploader[0].upload(name, content)
        self.run()

    def press(self, label: str) -> None:
        next(button for button in self.at.button if button.label == label).click()
        self.run()

    def ask(self, username: str) -> None:
        """Type a Letterboxd username."""
        self.at.text_input[0].set_value(username)
        self.press("Read the feed")

    def shelf(self, key: str) -> list[str]:
        """The names of the films of a shelf."""
        return [tile["name"] for tile in self.tiles(key)]

    @property
    def state(self) -> state.Visit:
        """What the server remembers."""
        return self.at.session_state[state.KEY]

    @property
    def profile(self) -> Profile:
        return self.state.profile


def _elements(block) -> Iterator:
    for child in getattr(block, "children", {}).values():
        if getattr(child, "type", None) == "bidi_component":
            yield child
        yield from _elements(child)


@pytest.fixture(autouse=True)
def main_module(monkeypatch):
    """Streamlit makes the script it runs the main module; a process that a later test starts would run it again."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True)
def no_component_packages(monkeypatch):
    """At every run Streamlit would look through all installed packages for components; ours come in none."""
    monkeypatch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)


@pytest.fixture
def visit() -> type[Visit]:
    return Visit


@pytest.fixture
def inside(monkeypatch) -> Callable:
    """Be in a visit, as the functions are that its tiles call."""

    @contextmanager
    def step_in(page: Visit) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(state.st, "session_state", {state.KEY: page.state})
            patch.setattr(state.st, "switch_page", lambda *_, **__: None)
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
