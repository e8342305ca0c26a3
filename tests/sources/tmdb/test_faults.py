import logging
import socket
import time

import pytest

from reelrec.errors import BlockedError, CredentialError, UnexpectedAnswerError, UnreachableError
from reelrec.sources import http
from reelrec.sources.tmdb import api as tmdb_api
from reelrec.sources.tmdb.client import Tmdb
from reelrec.sources.tmdb.films import Wanted
from tests.fakes.clock import Clock
from tests.fakes.tmdb import CUT, DOWN, HTML, Trouble, says, slow, too_many

GLASS = Wanted("The Glass Meridian", 1999, tmdb_id=603)
LONG = 10.0  # seconds, for answers that take milliseconds
FILM = "/3/movie/603"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(fake, clock):
    """A client with that token."""
    clients = []

    def run(token: str) -> Tmdb:
        clients.append(Tmdb(token, clock=clock))
        return clients[-1]

    yield run
    for client in clients:
        client.close()


@pytest.fixture
def client(fake, make):
    return make(fake.token)


def films(*numbers: int) -> list[Wanted]:
    return [Wanted("", tmdb_id=number) for number in numbers]


def test_a_refused_key_is_told_with_what_to_do_and_asked_once(fake, make, clock):
    client = make("0123456789abcdef0123456789abcdef")
    found = client.fetch([GLASS, *films(*range(1, 24))], LONG)
    assert found.answers == {}
    assert isinstance(found.fault, CredentialError)
    assert '"API Read Access Token"' in str(found.fault)
    assert "begins with eyJ" in str(found.fault)
    assert "TMDB_TOKEN" in str(found.fault)
    clock.now += 59
    assert isinstance(client.fetch([GLASS], LONG).fault, CredentialError)
    assert fake.paths == ["/3/configuration"]
    clock.now += 2
    client.fetch([GLASS], LONG)
    assert fake.paths == ["/3/configuration"] * 2


@pytest.mark.parametrize(
    "token", ["", " ", "eyJ\n", "eyJ\r\nX-Evil: 1", "eyJ a", "eyJ\0", "eyJ\x7f", "eyJé", "eyJ€", "eyJ\ud800"]
)
def test_what_can_be_no_token_is_refused_without_being_shown(fake, make, token):
    with pytest.raises(CredentialError, match="TMDB_TOKEN") as refused:
        make(token)
    assert "eyJ\n" not in str(refused.value)
    assert "Evil" not in str(refused.value)
    assert refused.value.__context__ is None
    assert fake.asked == []


def test_the_token_is_in_the_header_and_nowhere_else(fake, make, clock, caplog, tmp_path, monkeypatch):
    caplog.set_level(logging.DEBUG)
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    client = make(fake.token)
    shown = [repr(client), str(vars(client)), repr(vars(client._api))]
    fake.trouble[FILM] = [DOWN, HTML]
    for film in (GLASS, GLASS, GLASS, Wanted("Copper Tide", 1988), Wanted("", imdb_id=5)):
        shown.append(str(client.fetch([film], LONG)))
    fake.trouble["/3/movie/604"] = too_many(3600)
    shown.append(chain(client.fetch(films(604), LONG).fault))
    fake.shutdown()
    fake.server_close()
    clock.now += 3600
    shown.append(chain(client.fetch(films(605), LONG).fault))
    assert "Blocked" in shown[-2]
    assert "Unreachable" in shown[-1]
    assert {request.authorization for request in fake.asked} == {f"Bearer {fake.token}"}
    kept = [path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    secret = fake.token.removeprefix("eyJ-")
    assert not [text for text in [*shown, caplog.text, *(request.address for request in fake.asked)] if secret in text]
    assert kept
    assert not [content for content in kept if secret.encode() in content]


def chain(error: BaseException | None) -> str:
    """The texts of an error and of all that led to it."""
    return f"{error!r} {error} {chain(error.__cause__ or error.__context__)}" if error else ""


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (DOWN, UnreachableError),
        (HTML, UnexpectedAnswerError),
        (CUT, UnexpectedAnswerError),
        (too_many(9), BlockedError),
        (says({"overview": "x" * http.MAX_BYTES}), UnexpectedAnswerError),
    ],
)
def test_a_fault_is_told_and_never_kept_or_logged(fake, client, clock, caplog, trouble, kind):
    fake.trouble[FILM] = trouble
    found = client.fetch([GLASS], LONG)
    assert found.answers == {}
    assert type(found.fault) is kind
    assert str(found.fault).startswith("TMDB ")
    assert "ReelRec goes on without it" in str(found.fault)
    assert str(found.fault) in tmdb_api._FAULTS.values()  # texts of the catalogue, which the pages translate
    assert client.known([GLASS]) == {}
    assert caplog.records == []
    clock.now += 61
    fake.trouble.clear()
    assert client.fetch([GLASS], LONG).answers[GLASS].tmdb_id == 603


def test_a_slow_answer_is_a_fault_and_not_tried_again_at_once(fake, client, monkeypatch):
    monkeypatch.setattr(tmdb_api, "TIMEOUT_SECONDS", (1.0, 0.1))
    fake.trouble[FILM] = [slow(0.5)]
    found = client.fetch([GLASS], LONG)
    assert isinstance(found.fault, UnreachableError)
    assert found.fault.__context__ is None  # the library's own errors hold the request and its headers
    assert fake.paths.count(FILM) == 1
    assert client.fetch([GLASS], LONG).answers[GLASS].tmdb_id == 603


def test_nobody_there_is_a_fault(make, fake, monkeypatch):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("TMDB_BASE_URL", f"http://127.0.0.1:{probe.getsockname()[1]}")
        found = make(fake.token).fetch([GLASS], LONG)
    assert isinstance(found.fault, UnreachableError)
    assert found.fault.__context__ is None
    assert str(found.fault) == "TMDB does not answer at the moment; ReelRec goes on without it."


@pytest.mark.parametrize("body", [b"<h1>Not Found</h1>", b'{"detail": "Not Found"}'])
def test_a_404_that_is_not_tmdbs_own_is_a_fault(fake, client, body):
    fake.trouble[FILM] = Trouble(404, body)
    found = client.fetch([GLASS], LONG)
    assert isinstance(found.fault, UnexpectedAnswerError)
    assert "TMDB_BASE_URL" in str(found.fault)


@pytest.mark.parametrize("trouble", [DOWN, too_many(0)])
def test_a_passing_fault_is_tried_again_twice(fake, client, trouble):
    fake.trouble[FILM] = [trouble, trouble]
    assert client.fetch([GLASS], LONG).answers[GLASS].tmdb_id == 603
    assert fake.paths.count(FILM) == 3
    fake.trouble["/3/movie/1"] = [trouble] * 3
    assert client.fetch(films(1), LONG).fault is not None
    assert fake.paths.count("/3/movie/1") == 3


def test_no_further_try_begins_when_the_time_is_up(fake, client, monkeypatch):
    monkeypatch.setattr(tmdb_api, "BACKOFF_SECONDS", (0.2, 0.2))
    monkeypatch.setattr(tmdb_api, "MAX_TRYING_SECONDS", 0.1)
    fake.trouble[FILM] = DOWN
    assert isinstance(client.fetch([GLASS], LONG).fault, UnreachableError)
    assert fake.paths.count(FILM) == 1


def test_a_short_wait_is_waited_for(fake, client):
    fake.trouble[FILM] = [too_many(1)]
    start = time.monotonic()
    assert client.fetch([GLASS], LONG).answers[GLASS].tmdb_id == 603
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize("seconds", [6, 3600])
def test_a_long_wait_is_not_waited_for(fake, client, seconds):
    fake.trouble[FILM] = too_many(seconds)
    start = time.monotonic()
    assert isinstance(client.fetch([GLASS], LONG).fault, BlockedError)
    assert time.monotonic() - start < 2


def test_who_asks_for_an_hour_is_left_alone_for_ten_minutes(fake, client, clock):
    fake.trouble[FILM] = too_many(3600)
    client.fetch([GLASS], LONG)
    clock.now += 599
    assert isinstance(client.fetch(films(1), LONG).fault, BlockedError)
    assert fake.paths == ["/3/configuration", FILM]
    clock.now += 2
    assert client.fetch(films(1), LONG).fault is None


def test_after_three_faults_in_a_row_tmdb_is_left_alone_for_a_minute(fake, client, clock):
    client.fetch(films(1), LONG)
    fake.trouble[""] = HTML
    for number in (2, 3, 4, 5, 6):
        assert isinstance(client.fetch(films(number), LONG).fault, UnexpectedAnswerError)
    assert fake.paths[2:] == ["/3/movie/2", "/3/movie/3", "/3/movie/4"]
    assert client.fetch(films(1), LONG).fault is None
    fake.trouble.clear()
    clock.now += 59
    assert client.fetch(films(2), LONG).fault is not None
    clock.now += 2
    assert client.fetch(films(2), LONG).fault is None


def test_faults_with_answers_between_them_are_no_reason_to_pause(fake, client):
    fake.trouble |= {f"/3/movie/{number}": HTML for number in (1, 3, 5, 7)}
    faults = [client.fetch(films(number), LONG).fault for number in range(1, 9)]
    assert [fault is None for fault in faults] == [False, True] * 4


def test_the_fault_of_one_film_leaves_the_others_theirs(fake, client):
    fake.trouble["/3/movie/5"] = HTML
    wanted = films(*range(1, 13))
    found = client.fetch(wanted, LONG)
    assert [film.tmdb_id for film in found.answers] == [n for n in range(1, 13) if n != 5]
    assert isinstance(found.fault, UnexpectedAnswerError)
