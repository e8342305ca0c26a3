"""A run's turn: who waits, what they read, and that nobody sees an error."""

import threading
import time
from types import SimpleNamespace

import pytest

from reelrec import app
from reelrec.serving.limits.gate import Gate
from reelrec.ui.frame import turn


@pytest.fixture
def gate(monkeypatch) -> Gate:
    """A gate with one place, which waits for moments in place of seconds."""
    gate = Gate(1)
    monkeypatch.setattr(app, "GATE", gate)
    monkeypatch.setattr(turn, "QUIET_SECONDS", 0.02)
    monkeypatch.setattr(turn, "MOST_SECONDS", 0.02)
    return gate


def taken(gate: Gate) -> None:
    """Let another thread hold the place."""
    holder = threading.Thread(target=gate.enter)
    holder.start()
    holder.join()


def test_a_page_is_drawn_inside_the_gate_which_is_left_afterwards(visit, gate, monkeypatch):
    seen = []
    begin = turn.app.warm_up
    monkeypatch.setattr(turn.app, "warm_up", lambda: seen.append(gate.is_inside) or begin())
    page = visit()
    assert seen == [True]
    assert page.shelf("interview")
    assert (gate.working, gate.waiting) == (0, 0)


def test_where_too_many_are_here_it_is_said_and_tried_again(visit, gate, horror_link):
    page = visit(p=horror_link)
    before = page.profile
    taken(gate)
    page.run()
    assert [part.value for part in page.at.info] == ["Too many people are here at this moment. Trying again …"]
    assert [part.value for part in page.at.toast] == ["Many people are here. Your page comes in a moment."]
    assert not page.at.exception
    gate.leave()
    page.run()
    assert not page.at.info
    assert page.shelf("interview")
    assert page.profile == before


def test_an_error_on_a_page_gives_the_place_back(visit, gate, monkeypatch):
    page = visit()
    monkeypatch.setattr(app, "models", lambda: 1 / 0)
    page.at.switch_page("pages/about/about.py")
    page.at.run()
    monkeypatch.undo()
    assert gate.working == 0


def test_who_sends_more_than_a_person_clicks_is_slowed_down(visit, monkeypatch):
    slept = []
    monkeypatch.setattr(turn, "time", SimpleNamespace(sleep=slept.append, monotonic=time.monotonic))
    page = visit()
    for _ in range(3):
        page.run()
    assert turn.MOST_SLOWED not in slept
    page.state.reruns.rate = 0.1
    for _ in range(70):
        page.state.reruns.take()
    page.run()
    assert turn.MOST_SLOWED in slept
    assert page.shelf("interview")
