"""Visitors without a browser: each speaks Streamlit's own protocol, so the server runs the app's script for it.

That is a WebSocket on which both sides send the protobuf messages of the installed Streamlit. What our components would
send from a browser, the visitor sends itself.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.typing import Origin, Subprotocol

WIDGET = re.compile(r"\$\$ID-[0-9a-f]{32}-(.+)")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
BUSY = "Busy"  # the title of what a visitor is told who could not be served


@dataclass(slots=True)
class Run:
    """One run of the script. seconds: until it had finished. problems: the exceptions shown. told: that it was busy."""

    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    told: bool = False
    size: int = 0  # bytes received


class Visitor:
    """One visit, from its first to its last run of the script. session: Streamlit's name of it, once it has run."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket
        self._page = self.session = ""
        self._states: dict[str, WidgetState] = {}
        self._large: dict[str, ForwardMsg] = {}  # what is kept in a browser's memory and not sent again, by its hash
        self.pages: dict[str, str] = {}  # a page's path to Streamlit's name for its script
        self._components: dict[str, tuple[str, str]] = {}  # a component's key to its id and what it was given, as JSON

    @classmethod
    async def arrive(cls, address: str, headers: Mapping[str, str] | None = None) -> Visitor:
        """Connect to the app at this address on loopback, and run nothing yet.

        Raises ValueError for an address elsewhere, OSError where nothing answers.
        """
        where = urlsplit(address)
        if where.hostname not in LOOPBACK:
            raise ValueError(f"Visitors stay on loopback, and {where.hostname} is elsewhere.")
        tls = ssl._create_unverified_context() if where.scheme == "https" else None  # a certificate of our own
        socket = await websockets.connect(
            f"{'wss' if tls else 'ws'}://{where.netloc}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(address), additional_headers=headers, ssl=tls, max_size=None, ping_interval=None,
            open_timeout=60,
        )  # fmt: skip
        return cls(socket)

    async def run(self, page: str | None = None, query: str = "", trigger: WidgetState | None = None) -> Run:
        """Run the script and wait until it has finished. page: the page to go to, which an earlier run has named."""
        if page is not None:
            self._page = self.pages.get(page, "")
            self._states.clear()
            self._components.clear()
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.widget_states.widgets.extend(self._states.values())
        message.rerun_script.cached_message_hashes.extend(self._large)
        if trigger is not None:
            message.rerun_script.widget_states.widgets.append(trigger)
        run, begun = Run(), time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            data = await self._socket.recv()
            run.size += len(data)
            answer = ForwardMsg.FromString(data)  # type: ignore[arg-type]
            kind = answer.WhichOneof("type")
            if kind == "ref_hash":
                answer = self._large[answer.ref_hash]
                kind = answer.WhichOneof("type")
            elif answer.metadata.cacheable and answer.hash:
                self._large[answer.hash] = answer
            if kind == "new_session":
                self.session = answer.new_session.initialize.session_id or self.session
            elif kind == "navigation":
                self.pages = {each.url_pathname: each.page_script_hash for each in answer.navigation.app_pages}
            elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                self._note(answer.delta.new_element, run)
            elif kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                run.seconds = time.perf_counter() - begun
                return run

    def sees(self, key: str) -> bool:
        """Whether the page has this component."""
        return key in self._components

    def given(self, key: str) -> Any:
        """What the page hands to a component."""
        return json.loads(self._components[key][1])

    async def come(self, token: str = "", page: str | None = None, query: str = "") -> Run:
        """Open a page as a browser does: a first run, then what stands behind the # is told, and a second run."""
        first = await self.run(page, query)
        second = await self.trigger("address", "arrived", {"p": token, "at": time.time()}, query)
        second.seconds += first.seconds
        second.problems += first.problems
        return second

    async def give(self, shelf: str, stars: float) -> Run:
        """Give stars to the first film of a shelf that has none."""
        film = next(film["number"] for film in self.given(shelf)["films"] if film["answer"] is None)
        name, _ = self._components[shelf]
        state = WidgetState(id=name, json_value=json.dumps({"answers": {"films": {film: stars}, "at": time.time()}}))
        self._states[name] = state
        return await self.run()

    async def trigger(self, key: str, event: str, value: object, query: str = "") -> Run:
        """Let a component send a trigger."""
        name, _ = self._components[key]
        payload = json.dumps([{"event": event, "value": value}])
        return await self.run(
            query=query,
            trigger=WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{name}__events", json_trigger_value=payload),
        )

    def token(self) -> str:
        """What the address would hold behind its #: the visitor's ratings."""
        return self.given("address")["carried"]["p"]

    async def leave(self) -> None:
        """Close the connection."""
        await self._socket.close()

    def _note(self, element: Any, run: Run) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            run.problems.append(f"{element.exception.type}: {element.exception.message[:200]}")
        elif kind == "alert" and element.alert.title == BUSY:
            run.told = True
        elif kind == "bidi_component" and (key := WIDGET.match(element.bidi_component.id)):
            component = element.bidi_component
            text = component.json or component.mixed.json
            self._components[key[1]] = (component.id, text)
            self._states.setdefault(component.id, WidgetState(id=component.id, json_value="{}"))  # as a browser does


async def burst(address: str, n: int, times: int, page: str, query: str) -> list[Run]:
    """n visitors ask for a page at the same moment, so many times over. Raises ConnectionClosed where the app dies."""
    first = await Visitor.arrive(address)
    await first.run()
    visitors = await asyncio.gather(*(Visitor.arrive(address) for _ in range(n)))
    runs = []
    for visitor in visitors:
        visitor.pages = first.pages
    for _ in range(times):
        runs += await asyncio.gather(*(visitor.run(page, query) for visitor in visitors))
    await asyncio.gather(*(visitor.leave() for visitor in (first, *visitors)))
    return runs
