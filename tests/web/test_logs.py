"""Logs: a session's name is in none."""

import logging
import uuid

import pytest

from reelrec.web import logs


@pytest.fixture(autouse=True)
def factory():
    before = logging.getLogRecordFactory()
    logs.hide_sessions()
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize("named", [uuid.uuid4(), str(uuid.uuid4()), f"x {uuid.uuid4()}, {uuid.uuid4()}"])
def test_streamlits_log_has_no_name_of_a_session(caplog, named):
    logging.getLogger("streamlit.runtime.anything").warning("Session with id %s is already connected", named)
    (line,) = caplog.messages
    assert str(uuid.UUID(str(named).split()[-1])) not in line
    assert logs.HIDDEN in line


def test_other_lines_stay_as_they_are(caplog):
    logging.getLogger("streamlit.web").warning("100 %% of %d", 5)
    logging.getLogger("reelrec").warning("run: python -m reelrec train bmf")
    assert caplog.messages == ["100 % of 5", "run: python -m reelrec train bmf"]
