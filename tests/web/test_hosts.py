"""Names that the app answers to."""

import pytest
from starlette.responses import PlainTextResponse

from reelrec.web.hosts import KnownHosts
from tests.fakes.asgi import Answer, ask


def asked(hosts: list[str], allowed: tuple[str, ...] = (), kind: str = "http") -> Answer:
    """The answer for who asks with these Host headers."""
    return ask(KnownHosts(PlainTextResponse("hello"), allowed), kind=kind, headers=[("host", host) for host in hosts])


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8501",
        "127.0.0.1",
        "127.0.0.1:8501",
        "[::1]:8501",
        "192.168.1.7:8501",
        "LOCALHOST",
        "films.streamlit.app",
    ],
)
def test_addresses_and_names_of_this_machine_are_known(host):
    assert asked([host]).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example",
        "evil.example:127.0.0.1", "xstreamlit.app", "", "[::1", "127.0.0.1@evil.example", "localhost evil",
    ],
)  # fmt: skip
def test_any_other_name_is_refused_with_what_to_do(host):
    answer = asked([host])
    assert answer.status == 421
    assert "server.allowedHosts" in answer.text


def test_two_names_at_once_or_none_are_refused():
    assert asked(["localhost", "evil.example"]).status == 421
    assert asked([]).status == 421


def test_where_the_host_names_some_only_those_are_known():
    allowed = ("films.example.org", "*.films.example")
    assert asked(["films.example.org:443"], allowed).status == 200
    assert asked(["a.films.example"], allowed).status == 200
    assert asked(["films.example"], allowed).status == 421
    assert asked(["127.0.0.1"], allowed).status == 421
    assert asked(["anything"], ("*",)).status == 200


def test_a_websocket_under_another_name_is_closed_before_it_opens():
    assert asked(["evil.example"], kind="websocket").messages == [{"type": "websocket.close", "code": 1008}]
