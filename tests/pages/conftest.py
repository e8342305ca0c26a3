"""Pages are run from the entry point, as a visitor would meet them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reelrec import app
from reelrec.sources.log import Log

ENTRY = str(Path(__file__).parents[2] / "streamlit_app.py")


class Visit:
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

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception

    def tiles(self, key: str) -> list[dict]:
        """The films that a page hands to the tiles of that key."""
        for element in _elements(self.at._tree):
            if element.key == key:
                return json.loads(element.proto.json)["films"]
        return []

    def rate(self, **stars: float) -> None:
        """Give stars by slug (with _ for -), through the function the tiles call."""
        from reelrec.ui import state

        profile = self.at.session_state[state.PROFILE]
        numbers = {app.film(slug.replace("_", "-")).number: given for slug, given in stars.items()}
        self.at.session_state[state.PROFILE] = app.Profile(ratings=dict(profile.ratings) | numbers)
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
    def profile(self) -> app.Profile:
        return self.at.session_state["profile"]

    def words(self) -> str:
        """All that is written on the page."""
        parts = [*self.at.title, *self.at.subheader, *self.at.markdown, *self.at.text, *self.at.info, *self.at.error]
        return "\n".join(str(part.value) for part in [*parts, *self.at.warning, *self.at.caption])


def _elements(block) -> Iterator:
    for child in getattr(block, "children", {}).values():
        if getattr(child, "type", None) == "bidi_component":
            yield child
        yield from _elements(child)


@pytest.fixture
def visit() -> type[Visit]:
    return Visit


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

        monkeypatch.setattr("reelrec.sources.letterboxd_feed.read_feed", read)

    return answer
