"""A stand-in for a process of the app: it says who answered, notes what it was asked, and takes visits."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

from tests.fakes.server import LoopbackServer

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


class FakeReplica(LoopbackServer):
    """Answers on loopback, with some of the app's headers. asked: the head of each request: method, path, headers."""

    request_queue_size = 200
    HEADERS: ClassVar = {
        "Content-Security-Policy": "default-src 'self'",
        "X-Content-Type-Options": "nosniff",
        "Set-Cookie": "_streamlit_xsrf=2; Path=/; SameSite=Lax",
    }

    def __init__(self, name: str, port: int = 0) -> None:
        super().__init__(_Answer, port)
        self.name = name
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.visits: list[socket.socket] = []

    @property
    def place(self) -> str:
        """host:port."""
        return f"127.0.0.1:{self.server_port}"

    def die(self) -> None:
        """End as a killed process does: nothing listens any more, and open visits break off."""
        self.__exit__()
        for visit in self.visits:
            visit.shutdown(socket.SHUT_RDWR)

    def __exit__(self, *error: object) -> None:
        if not self.stopping.is_set():
            super().__exit__(*error)


class _Answer(BaseHTTPRequestHandler):
    server: FakeReplica
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._note()
        if self.headers.get("Upgrade") == "websocket":
            self._take_visit()
        elif self.path == "/readyz":
            self._answer({"ready": True})
        elif self.path.endswith(".woff2"):
            self._send(b"wOF2 and so on")
        else:
            self._send(f'<div id="root">{self.server.name}</div>'.encode())

    def do_PUT(self) -> None:
        self._note()
        self._answer({"bytes": len(self.rfile.read(int(self.headers["Content-Length"])))})

    def log_message(self, *words: object) -> None:
        pass

    def _note(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers.items())))

    def _answer(self, value: object) -> None:
        self._send(json.dumps(value).encode())

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        for name, value in self.server.HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _take_visit(self) -> None:
        self.server.visits.append(self.connection)
        key = self.headers["Sec-WebSocket-Key"] + MAGIC
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Protocol", "streamlit")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        self.end_headers()
        self.close_connection = True
        self.connection.recv(1000)  # until the visitor says something, such as goodbye
