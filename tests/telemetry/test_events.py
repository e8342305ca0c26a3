"""The log of events: written only where the host wants it, read as what a stranger may have written."""

import json
import logging
import stat
import threading
from dataclasses import replace

import pytest

from reelrec.errors import EventLogError
from reelrec.serving import recorder, resources
from reelrec.telemetry.events import MAX_LINE_CHARS, OPENED, RATED, SLATE, Event, EventFile, EventLog, Slot, parsed
from tests.fakes import event_logs

VISIT = "0123456789abcdef"
SLOT = Slot("b", ("a", "b"), (0.25, 0.75))
EVENTS = [
    Event(VISIT, SLATE, "list:ranker,ease", "ease", model="ease", chosen=True, films=("x", "y"), slot=SLOT),
    Event(VISIT, OPENED, film="heat-1995", where="surprise"),
    Event(VISIT, RATED, film="heat-1995", stars=4.5, where="film-3"),
]


def test_what_is_written_is_read_back(tmp_path):
    path = event_logs.write(tmp_path / "events.log", EVENTS)
    assert list(EventFile(path)) == EVENTS
    assert SLOT.probability == 0.75


def test_a_line_holds_the_hour_and_nothing_that_is_empty():
    line = json.loads(EVENTS[1].line(now=1_767_229_999.9))
    assert line == {
        "v": 1, "t": 1_767_229_200, "visit": VISIT, "kind": "opened", "film": "heat-1995", "where": "surprise",
    }  # fmt: skip


def test_only_the_owner_can_read_the_file(tmp_path):
    path = event_logs.write(tmp_path / "events.log", EVENTS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_files_that_others_could_read_are_closed_to_them(tmp_path):
    path = tmp_path / "events.log"
    for open_to_all in (path, tmp_path / "events.log.1", tmp_path / "events.log.2"):
        open_to_all.write_text("")
        open_to_all.chmod(0o644)
    event_logs.write(path, EVENTS)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_a_full_file_is_turned_over_and_all_are_read_oldest_first(tmp_path):
    written = [replace(EVENTS[1], film=f"film-{i}") for i in range(100)]
    path = event_logs.write(tmp_path / "events.log", written, max_bytes=1_000, files=30)
    assert len(list(tmp_path.iterdir())) > 10
    assert max(file.stat().st_size for file in tmp_path.iterdir()) <= 1_000
    assert list(EventFile(path)) == written


def test_only_so_many_files_stay(tmp_path):
    written = [replace(EVENTS[1], film=f"film-{i}") for i in range(100)]
    path = event_logs.write(tmp_path / "events.log", written, max_bytes=1_000, files=2)
    assert {file.name for file in tmp_path.iterdir()} == {"events.log", "events.log.1", "events.log.2"}
    kept = list(EventFile(path))
    assert kept == written[-len(kept) :]


def test_many_visitors_write_whole_lines(tmp_path):
    log = EventLog(tmp_path / "events.log", max_bytes=5_000, files=50)

    def visit(number: int) -> None:
        for _ in range(50):
            log.write(replace(EVENTS[0], visit=event_logs.visit(number)))

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    log.close()
    file = EventFile(tmp_path / "events.log")
    assert len(list(file)) == 400
    assert file.broken == 0


def test_a_file_that_cannot_be_written_is_told_once_and_stops_nobody(tmp_path, caplog):
    log = EventLog(tmp_path / "no-such-folder" / "events.log")
    with caplog.at_level(logging.WARNING, "reelrec"):
        for event in EVENTS:
            log.write(event)
    log.close()
    (message,) = caplog.messages
    assert "Events cannot be written to" in message
    assert "events.log" in message


def line(**changes: object) -> str:
    """That a film was rated, with other or further fields."""
    return json.dumps({"v": 1, "t": 0, "visit": VISIT, "kind": "rated", "film": "a", "stars": 3.5} | changes)


def slate(**changes: object) -> str:
    slot = {"shown": "b", "candidates": ["a", "b"], "probabilities": [0.25, 0.75]} | changes
    return json.dumps({"v": 1, "visit": VISIT, "kind": "slate", "slot": slot})


def test_the_lines_that_are_broken_below_are_whole_without_their_fault():
    assert parsed(line()).stars == 3.5
    assert parsed(slate()).slot == SLOT


@pytest.mark.parametrize(
    "broken",
    [
        "not JSON",
        "[]",
        "null",
        "[" * 50_000,
        line()[:-1],
        line(v=2),
        line(visit="Ada"),
        line(visit=7),
        line(kind="bought"),
        line(kind=["rated"]),
        line(film=""),
        line(film=None),
        line(film="x" * 201),
        line(film="a\u001b[31m"),
        line(stars=3.3),
        line(stars=float("nan")),
        line(stars="5"),
        line(stars=10),
        line(stars=10**400),
        line(stars=-(10**400)),
        line(stars=True),
        line(stars=float("inf")),
        line(stars=[5]),
        line(stars={}),
        line(stars=None),
        line().replace("3.5", "1e999"),
        line().replace("3.5", "9" * 5000),
        line(films="abc"),
        line(films=["a"] * 501),
        line(films=[1]),
        line(variant=["ease"]),
        line(slot=3),
        slate(shown="c"),
        slate(candidates=["a", "a"]),
        slate(candidates=["b"]),
        slate(probabilities=[0.25, 0.25]),
        slate(probabilities=[1.0, 0.0]),
        slate(probabilities=[-0.5, 1.5]),
        slate(probabilities=[float("nan"), 0.5]),
        slate(probabilities=None),
        slate(probabilities=[10**400, 0.5]),
        slate(probabilities=["0.25", "0.75"]),
        slate(probabilities=[True, 0.5]),
    ],
)
def test_a_line_that_is_no_event_is_left_out_and_counted(tmp_path, broken):
    path = tmp_path / "events.log"
    path.write_text(f"{line()}\n{broken}\n\n{line(film='b')}\n")
    file = EventFile(path)
    assert [event.film for event in file] == ["a", "b"]
    assert file.broken == 1


def test_an_endless_line_is_one_broken_line(tmp_path):
    path = tmp_path / "events.log"
    path.write_bytes(b"x" * (3 * MAX_LINE_CHARS) + b"\n" + b"\xff\xfe\n" + line().encode())
    file = EventFile(path)
    assert len(list(file)) == 1
    assert file.broken == 2


def test_a_file_that_is_missing_or_holds_no_event_is_refused(tmp_path):
    with pytest.raises(EventLogError, match=r"There is no file .*events.log"):
        EventFile(tmp_path / "events.log")
    (tmp_path / "events.log").write_text("user_id,film_id,rating\n")
    with pytest.raises(EventLogError, match=r"events.log holds no event .*; 1 lines"):
        list(EventFile(tmp_path / "events.log"))


@pytest.fixture
def host(monkeypatch):
    """Start the process anew with these variables."""

    def start(**variables: str) -> None:
        for name in ("REELREC_LOG", "REELREC_VARIANTS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        resources._event_log.cache_clear()
        recorder.experiment.cache_clear()

    yield start
    if kept := resources.event_log():
        kept.close()
    monkeypatch.undo()
    start()


def test_without_a_path_nothing_is_written(host, tmp_path, monkeypatch, make_film):
    monkeypatch.chdir(tmp_path)
    host(REELREC_LOG=" ")
    recorder.Recorder(VISIT).log_answer(make_film(1), 5.0, "film-1")
    assert not recorder.keeps_events()
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("tiny_artifacts")
def test_with_a_path_an_event_names_the_visits_arm(host, tmp_path, make_film):
    host(REELREC_LOG=str(tmp_path / "events.log"), REELREC_VARIANTS="list:ranker,ease")
    assert recorder.keeps_events()
    visit = recorder.Recorder(VISIT)
    visit.log_answer(make_film(1), 5.0, "film-1")
    (event,) = EventFile(tmp_path / "events.log")
    assert (event.kind, event.film, event.stars, event.where) == (RATED, "film-1", 5.0, "film-1")
    assert (event.experiment, event.variant) == ("list:ranker,ease", visit.variant.name)
    assert visit.list_model == visit.variant.name
    assert visit.policy == "a-optimal"
