"""Visitors without a browser: each speaks Streamlit's own protocol, so the server runs the app's script for it.

That is a WebSocket on which both sides send the protobuf messages of the installed Streamlit.
"""

from __future__ import annotations

import asyncio

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Visitor:
    """One visit, from its first to its last run of the script."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket
        self.pages: dict[str, str] = {}  # a page's path to Streamlit's name for its script

    @classmethod
    async def arrive(cls, address: str) -> Visitor:
        """Connect to the app at this address, and run nothing yet."""
        url = address.replace("http://", "ws://") + "/_stcore/stream"
        return cls(
            await websockets.connect(url, subprotocols=["streamlit"], origin=address, max_size=None, ping_interval=None)
        )

    async def run(self, page: str = "", query: str = "") -> None:
        """Run the script for a page, which an earlier run has named, and wait until it has finished."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self.pages.get(page, "")
        await self._socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await self._socket.recv())
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self.pages = {each.url_pathname: each.page_script_hash for each in answer.navigation.app_pages}
            if kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    async def leave(self) -> None:
        await self._socket.close()


async def burst(address: str, n: int, times: int, page: str, query: str) -> None:
    """n visitors ask for a page at the same moment, so many times over. Raises ConnectionClosed where the app dies."""
    first = await Visitor.arrive(address)
    await first.run()
    visitors = await asyncio.gather(*(Visitor.arrive(address) for _ in range(n)))
    for visitor in visitors:
        visitor.pages = first.pages
    for _ in range(times):
        await asyncio.gather(*(visitor.run(page, query) for visitor in visitors))
    await asyncio.gather(*(visitor.leave() for visitor in (first, *visitors)))
