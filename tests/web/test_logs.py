"""Logs: a session's name is in none."""

import logging
import uuid

import pytest

from reelrec.web import logs

SESSION = uuid.UUID("1f35e102-1f48-4020-bfb8-5bf7fd948719")


@pytest.fixture(autouse=True)
def factory():
    before = logging.getLogRecordFactory()
    logs.hide_sessions()
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize("named", [SESSION, str(SESSION), f"x {SESSION}, {SESSION}"], ids=("name", "text", "two"))
def test_streamlits_log_has_no_name_of_a_session(caplog, named):
    logging.getLogger("streamlit.runtime.anything").warning("Session with id %s is already connected", named)
    (line,) = caplog.messages
    assert str(SESSION) not in line
    assert logs.HIDDEN in line


def test_other_lines_stay_as_they_are(caplog):
    logging.getLogger("streamlit.web").warning("100 %% of %d", 5)
    logging.getLogger("reelrec").warning("run: python -m reelrec train bmf")
    assert caplog.messages == ["100 % of 5", "run: python -m reelrec train bmf"]
