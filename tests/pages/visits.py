"""A visitor without a browser: what Streamlit draws, and what the scripts of components would send."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from reelrec import app
from reelrec.ui import state
from reelrec.ui.visit import Visit
from reelrec.visitor.profile import Profile

SUBJECT = ":small[:gray["
ENTRY = str(Path(__file__).parents[2] / "streamlit_app.py")
_moments = itertools.count()  # tell two equal answers apart


class Drawn:
    """What Streamlit drew."""

    at: AppTest

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception

    def unfold(self) -> None:
        """Open all that is folded away on Models."""
        for fold in self.at.expander:
            self.at.session_state[fold.proto.id.split("-", 2)[2]] = True
        self.run()

    def subjects(self) -> list[str]:
        """What the figures of Models are about, in the page's order."""
        parts = (part.value.partition(SUBJECT)[2] for part in self.at.markdown if part.value.startswith(SUBJECT))
        return [part.removesuffix("]]") for part in parts]

    def marks(self) -> list[str]:
        """What stands in the open folds of Models: who can run that again, and how."""
        return [part.value for part in self.at.markdown if "-badge[" in part.value]

    def alts(self) -> list[str]:
        """What is said of each chart and all bars to people who cannot see them."""
        bars = [json.loads(part.proto.json) for part in _elements(self.at._tree) if part.proto.json]
        charts = [chart.proto.alt for chart in self.at.get("plotly_chart")]
        return charts + [data["alt"] for data in bars if "groups" in data]

    def figure(self, key: str) -> dict:
        """What Plotly draws under that key."""
        return next(json.loads(chart.proto.spec) for chart in self.at.get("plotly_chart") if chart.key == key)

    def words(self) -> str:
        """All that is written on the page."""
        parts = [*self.at.title, *self.at.header, *self.at.subheader, *self.at.markdown, *self.at.text, *self.at.info]
        return "\n".join(str(part.value) for part in [*parts, *self.at.error, *self.at.warning, *self.at.caption])

    def headings(self) -> list[str]:
        """Those under the title."""
        return [part.value for part in self.at.header]

    def popover(self, key: str) -> str:
        """What is written on the button that opens it."""
        return self.at._tree.get_by_key(key).proto.popover.label


class DrawnSection(Drawn):
    """A section of the Models page by itself. draws: the function that draws it, below reelrec.ui.dashboards."""

    def __init__(self, draws: str) -> None:
        module, _, function = f"reelrec.ui.dashboards.{draws}".rpartition(".")
        names = {"module": module, "function": function}
        self.at = AppTest.from_function(_draw, kwargs=names, default_timeout=30)
        self.run()


def _draw(module: str, function: str) -> None:
    """The script that draws a section; Streamlit runs its text alone."""
    import importlib

    from reelrec.ui import state

    state.begin()
    state.visit().arrived = True
    getattr(importlib.import_module(module), function)()


class Visit(Drawn):
    """One visitor: opens pages, reads tiles, answers as a tile would."""

    def __init__(
        self,
        page: str | None = None,
        told: dict | None = None,
        waits: bool = False,
        folded: bool = False,
        **params: str | list[str],
    ) -> None:
        """Open an address. page: None is Rate. told: what its script tells, which is what stands behind the #.

        folded: the fold with the visitor's ratings on Rate is closed, as it is at first.

        waits: the script has told nothing yet. Without both it is an address of the old kind, which has that before the
        #, so that it is read at once.
        """
        self.at = AppTest.from_file(ENTRY, default_timeout=30)
        self.at.session_state["keep"] = not folded
        old = told is None and not waits
        self.open(page, **({"p": ""} if old else {}) | params)
        if told is not None:
            self.fire("address", "arrived", told)

    def open(self, page: str | None, **params: str | list[str]) -> None:
        """Go to a page."""
        if page:
            self.at.switch_page(f"pages/{page}/{page}.py")
        for name, value in params.items():
            self.at.query_params[name] = value
        self.run()
        for name in ("p", "as", "ask"):  # as the script of an address does
            self.at.query_params.pop(name, None)

    def follow(self, href: str) -> None:
        """Go where a link of another page leads to."""
        path, _, query = href.partition("?")
        self.at.query_params.clear()
        self.open("rate" if path == "./" else path, **parse_qs(query))

    def given(self, key: str) -> dict | None:
        """What a page hands to the component of that key; None where there is none."""
        return self.components().get(key)

    def components(self) -> dict[str, dict]:
        """What the page hands to its components, by their keys."""
        parts = [element for element in _elements(self.at._tree) if element.proto.json]
        return {part.key: json.loads(part.proto.json) for part in parts}

    def sizes_of_code(self) -> list[int]:
        """How many characters of code come with each component."""
        parts = [element.proto for element in _elements(self.at._tree) if element.proto.json]
        return [len(part.js_content) + len(part.css_content) for part in parts]

    def hrefs(self) -> list[str]:
        """Where all links of the page lead to."""
        lists = ("films", "links", "pages")
        return [part["href"] for data in self.components().values() for name in lists for part in data.get(name, ())]

    def put(self, key: str, **state: object) -> None:
        """Change what a component holds, as its script does: `answers` of tiles, `typed` of the header."""
        self._send(key, state, [])

    def fire(self, key: str, event: str, value: object = True) -> None:
        """Let an event of a component happen, as its script does."""
        self._send(key, {}, [{"event": event, "value": value}])

    def _send(self, key: str, state: dict, events: list[dict]) -> None:
        widget = next(element.proto.id for element in _elements(self.at._tree) if element.key == key)
        sent: WidgetStates = self.at._tree.get_widget_states()
        if state:
            sent.widgets.add(id=widget, json_value=json.dumps(state))
        if events:
            sent.widgets.add(id=_make_trigger_id(widget, "events"), json_trigger_value=json.dumps(events))
        self.at._run(sent)
        assert not self.at.exception, self.at.exception

    def answer(self, key: str, **answers: object) -> None:
        """Answer about films on a shelf. answers: by slug (with _ for -)."""
        films = {str(app.film(slug.replace("_", "-")).number): answer for slug, answer in answers.items()}
        self.put(key, answers={"films": films, "at": next(_moments)})

    def undo(self) -> None:
        """Use the header's way back."""
        self.fire("header", "undo")

    def search(self, text: object) -> list[str]:
        """Type into the header's search; the names of the films that it finds."""
        self.put("header", typed=text)
        return self.shelf("header")

    @property
    def notice(self) -> str:
        """What the header says was just done."""
        return (self.given("header")["notice"] or {"text": ""})["text"]

    @property
    def can_undo(self) -> str | None:
        """What the header's way back would take back; None where there is none."""
        return self.given("header")["undo"]

    def numbers(self, key: str) -> list[int]:
        """The numbers of the films of a shelf."""
        return [tile["number"] for tile in self.tiles(key)]

    def rows(self) -> dict[str, list[int]]:
        """The rows of For you: the numbers of their films, by key."""
        return {key: self.numbers(key) for key in self.components() if key.startswith("row-")}

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

    def choose(self, key: str, value: object) -> None:
        """Set a box to choose from, a slider, chips or a switch."""
        kinds = (self.at.selectbox, self.at.select_slider, self.at.multiselect, self.at.button_group, self.at.toggle)
        next(widget for kind in kinds for widget in kind if widget.key == key).set_value(value)
        self.run()

    def list_for_all(self) -> None:
        """On Rate: the films that everybody is asked about."""
        self.choose("way", "list")

    def upload(self, *files: tuple[str, bytes]) -> None:
        """Hand files, as names and contents, to the page's first uploader."""
        for name, content in files:
            self.at.file_uploader[0].upload(name, content)
        self.run()

    def press(self, label: str) -> None:
        next(button for button in self.at.button if button.label == label).click()
        self.run()

    def choose_place(self, key: str, place: int) -> None:
        """Choose an option of a list by its place."""
        self.at.selectbox(key=key).select_index(place)
        self.run()

    def ask(self, username: str) -> None:
        """Type a Letterboxd username."""
        self.at.text_input[0].set_value(username)
        self.press("Read the feed")

    def shelf(self, key: str) -> list[str]:
        """The names of the films of a shelf."""
        return [tile["name"] for tile in self.tiles(key)]

    @property
    def state(self) -> Visit:
        """What the server remembers."""
        return self.at.session_state[state.KEY]

    @property
    def profile(self) -> Profile:
        return self.state.profile


def _elements(block) -> Iterator:
    """The components below a block."""
    for child in getattr(block, "children", {}).values():
        if getattr(child, "type", None) == "bidi_component":
            yield child
        yield from _elements(child)
