"""A deadline on the whole of a request: when its time is up, the caller goes on, and the request ends.

A timeout of requests is that of one `recv`, so it ends neither a name server that is silent nor headers that come byte
by byte. Here a request runs in a thread of its own. When it is given up, its socket is shut, which ends the thread too
(while a name is being looked up or TLS begins, at the end of that).
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import HTTPResponse

T = TypeVar("T")


class Asking(Generic[T]):
    """A request under way in a thread of its own, which may be given up, and the socket that it waits on.

    ask: the whole of it, over connections of `Adapter`.
    """

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._outcome: Future[T] = Future()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._given_up = False
        # A daemon, so that the end of the process does not wait for it.
        threading.Thread(target=self._run, name="reelrec-http", daemon=True).start()

    def outcome(self, seconds: float) -> T:
        """What `ask` returned, or raised. Raises TimeoutError where there is neither after so many seconds."""
        try:
            return self._outcome.result(seconds)
        except TimeoutError:
            self._give_up()
            raise

    def holds(self, held: socket.socket) -> None:
        """This is the socket that the request waits on from now on. Raises TimeoutError where it was given up."""
        with self._lock:
            self._socket = held
            if self._given_up:
                raise TimeoutError

    def _run(self) -> None:
        _thread.asking = self
        try:
            self._outcome.set_result(self._ask())
        except Exception as error:  # noqa: BLE001  # it is raised again, where the caller waits
            self._outcome.set_exception(error)

    def _give_up(self) -> None:
        """Shut the socket, so that whoever reads from it reads its end."""
        with self._lock:
            self._given_up = True
            if self._socket is not None:
                with contextlib.suppress(OSError):  # it is closed already
                    self._socket.shutdown(socket.SHUT_RDWR)


class _Thread(threading.local):
    """asking: the request that the thread makes."""

    asking: Asking[Any]


_thread = _Thread()


class _Held:
    """A connection that says which socket it waits on."""

    sock: Any

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]  # of urllib3's connections
        try:
            _thread.asking.holds(made)
        except TimeoutError:
            made.close()
            raise
        return made

    def getresponse(self) -> HTTPResponse:
        _thread.asking.holds(self.sock)  # another one than was made, after TLS or where the connection was kept
        return super().getresponse()  # type: ignore[misc]


class _HTTPConnection(_Held, HTTPConnection):  # type: ignore[misc]  # by its other getresponse
    pass


class _HTTPSConnection(_Held, HTTPSConnection):  # type: ignore[misc]
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class Adapter(HTTPAdapter):
    """Connections that can be given up, through a proxy too."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}
        return manager
