"""How long it will take, and the bar that shows it."""

import io

import pytest
from rich.console import Console

from reelrec import progress
from reelrec.cli import bars


@pytest.fixture
def pace():
    """A pace whose clock the test turns: pace(expected), and clock[0] in seconds."""
    clock = [100.0]
    return clock, lambda expected=None: bars.Pace(expected, now=lambda: clock[0])


def test_nothing_is_known_of_work_that_says_nothing_and_was_never_timed(pace):
    _, of = pace
    work = of()
    assert (work.seconds_left(), work.done()) == (None, None)


def test_before_work_says_how_far_it_is_the_last_time_counts(pace):
    clock, of = pace
    work = of(40.0)
    clock[0] += 10
    assert work.seconds_left() == 30
    assert work.done() == pytest.approx(0.25)
    clock[0] += 100
    assert (work.seconds_left(), work.done()) == (None, None)


def test_the_share_that_is_done_tells_the_time_left_and_between_two_shares_it_runs_down(pace):
    clock, of = pace
    work = of(1_000.0)
    clock[0] += 7  # of which no loop knows
    work.tell(0.0)
    assert work.seconds_left() == 993
    clock[0] += 10
    work.tell(0.2)
    assert work.seconds_left() == pytest.approx(40)
    clock[0] += 5
    assert work.seconds_left() == pytest.approx(35)
    assert work.done() == pytest.approx(22 / (22 + 35))
    work.tell(0.1)  # another loop of the same step
    assert work.seconds_left() == pytest.approx(35)
    work.tell(0.5)
    assert work.seconds_left() == pytest.approx(15)


def test_a_loop_of_less_than_a_second_tells_nothing(pace):
    clock, of = pace
    work = of()
    clock[0] += 0.01
    work.tell(0.001)
    assert work.seconds_left() is None


def test_other_work_begins_with_a_clock_of_its_own(pace):
    clock, of = pace
    work = of(1_000.0)
    clock[0] += 10
    work.tell(1.0)
    clock[0] += 5
    work.tell(0.0)
    assert work.seconds_left() is None
    clock[0] += 1
    work.tell(0.5)
    assert work.seconds_left() == pytest.approx(1)


@pytest.fixture
def screen(monkeypatch):
    """A terminal of 100 columns in the place of stderr: what is drawn on it."""
    drawn = io.StringIO()
    monkeypatch.setattr(drawn, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(bars, "err", Console(file=drawn, force_terminal=True, force_interactive=True, width=100))
    return drawn


def test_a_bar_shows_the_step_and_the_time_left_and_vanishes(screen):
    with bars.working("top-n [test]", expected=3_600.0):
        for _ in progress.steps(["svd"]):
            pass
    shown = screen.getvalue()
    assert "top-n [test]: svd" in shown
    assert "left" in shown
    assert shown.endswith("\x1b[2K")  # the line is wiped


def test_bytes_are_counted(screen):
    with bars.receiving("ml-100k") as tell:
        tell("downloading", 500, 1_000)
    assert "ml-100k: downloading" in screen.getvalue()
    assert "0.5/1.0 kB" in screen.getvalue()


def test_without_a_terminal_nothing_is_drawn(capsys):
    with bars.working("top-n"), bars.receiving("x") as tell:
        tell("copied", 1, 2)
        list(progress.steps("ab"))
    assert capsys.readouterr() == ("", "")


def test_stages_get_what_the_stage_before_them_made():
    assert bars.in_stages("sum", ("one", lambda _: 1), ("two", lambda made: made + 1)) == 2


def test_the_last_time_is_read_from_a_report(tiny_artifacts):
    path = tiny_artifacts / "metrics" / "some.json"
    path.parent.mkdir(exist_ok=True)
    assert bars.last_seconds("some") is None
    for text, seconds in (
        ('{"seconds": 12.5}', 12.5),
        ("{}", None),
        ("[]", None),
        ("{", None),
        ('{"seconds": "x"}', None),
    ):
        path.write_text(text)
        assert bars.last_seconds("some") == seconds
    path.unlink()
