"""Uploads: how many and how large, of one visitor and of all."""

import asyncio

from reelrec import app
from reelrec.web import uploads
from reelrec.web.uploads import MEGABYTE, UploadLimits
from tests.fakes.asgi import ask
from tests.fakes.clock import Clock


class Store:
    """Streamlit's files, as the limits see them."""

    def __init__(self) -> None:
        self.files: set[tuple[str, str]] = set()

    def get_files(self, session_id, file_ids):
        return [file for file in file_ids if (session_id, file) in self.files]

    def remove_file(self, session_id, file_id):
        self.files.discard((session_id, file_id))


class Server:
    """Streamlit's upload route behind the limits."""

    def __init__(self) -> None:
        self.store, self.clock = Store(), Clock()
        self._limits = UploadLimits(self._take, lambda: self.store, lambda session: session != "nobody", self.clock)
        self.slow = 0.0  # seconds of a body

    async def _take(self, scope, receive, send) -> None:
        await asyncio.sleep(self.slow)
        _, _, _, session, file = scope["path"].split("/")
        self.store.files.add((session, file))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def put(self, session: str, file: str, size: int | None, method: str = "PUT", coding: str = "") -> tuple[int, str]:
        """The status and the words of the answer to an upload."""
        headers = [("host", "127.0.0.1")] + ([] if size is None else [("content-length", str(size))])
        headers += [("transfer-encoding", coding)] if coding else []
        answer = ask(self._limits, f"http://127.0.0.1/_stcore/upload_file/{session}/{file}", method, headers=headers)
        return answer.status, answer.text


def test_a_session_holds_so_many_bytes_and_no_more():
    server = Server()
    assert server.put("a", "1", 10 * MEGABYTE)[0] == 204
    assert server.put("a", "2", 10 * MEGABYTE)[0] == 204
    assert server.put("a", "3", 1) == (413, uploads.TOO_MUCH)
    assert server.put("b", "1", 10 * MEGABYTE)[0] == 204


def test_a_session_holds_so_many_files_and_no_more():
    server = Server()
    for i in range(uploads.FILES):
        assert server.put("a", str(i), 10)[0] == 204
    assert server.put("a", "one more", 10) == (413, uploads.TOO_MUCH)
    assert [app.take_refused("a"), app.take_refused("a")] == [uploads.TOO_MUCH, ""]  # for the page, once


def test_what_was_read_makes_room():
    server = Server()
    for i in range(2):
        server.put("a", str(i), 10 * MEGABYTE)
        server.store.remove_file("a", str(i))
    assert server.put("a", "2", 10 * MEGABYTE)[0] == 204


def test_what_nobody_reads_is_dropped_after_a_minute():
    server = Server()
    server.put("a", "1", 10 * MEGABYTE)
    server.clock.sleep(uploads.UNREAD_SECONDS + 1)
    assert server.put("b", "1", 1)[0] == 204
    assert server.store.files == {("b", "1")}


def test_all_sessions_together_hold_so_many_bytes_and_no_more():
    server = Server()
    for i in range(uploads.THE_PROCESS // uploads.A_SESSION):
        for file in "12":
            assert server.put(f"s{i}", file, 10 * MEGABYTE)[0] == 204
    assert server.put("another", "1", 1) == (503, uploads.FULL)


def test_a_session_that_uploads_all_the_time_has_to_wait():
    server = Server()
    for i in range(uploads.IN_TEN_MINUTES):
        assert server.put("a", str(i), 10)[0] == 204
        server.store.remove_file("a", str(i))
    assert server.put("a", "x", 10) == (429, uploads.TOO_OFTEN)
    server.clock.sleep(601)
    assert server.put("a", "x", 10)[0] == 204


def test_an_upload_says_how_long_it_is():
    assert Server().put("a", "1", None) == (411, uploads.NO_LENGTH)


def test_deleting_a_file_is_no_upload():
    server = Server()
    for i in range(uploads.IN_TEN_MINUTES + 5):
        assert server.put("a", str(i), None, method="DELETE")[0] == 204


def test_a_length_that_is_said_in_two_ways_is_believed_in_neither():
    assert Server().put("a", "1", 1, coding="chunked") == (411, uploads.NO_LENGTH)
    assert Server().put("a", "1", None, coding="chunked") == (411, uploads.NO_LENGTH)


def test_nothing_is_remembered_of_who_has_no_visit():
    server = Server()
    for i in range(100):
        assert server.put("nobody", str(i) * 50, 10 * MEGABYTE)[0] == 204  # by Streamlit, which refuses it
    assert not server._limits._begun
    assert not server._limits._kept


def test_a_body_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(uploads, "BODY_SECONDS", 0.01)
    server = Server()
    server.slow = 5.0
    assert server.put("a", "1", 10) == (408, uploads.TOO_SLOW)
    server.slow = 0.0
    assert server.put("a", "2", 20 * MEGABYTE)[0] == 204


def test_a_file_has_its_minute_from_when_it_has_arrived():
    server = Server()
    take = server._limits._app

    async def slowly(scope, receive, send) -> None:
        server.clock.sleep(100)
        await take(scope, receive, send)

    server._limits._app = slowly
    server.put("a", "1", 10)
    server._limits._app = take
    server.put("b", "1", 10)
    assert ("a", "1") in server.store.files
