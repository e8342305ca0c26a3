"""Readiness: whether new visitors may be sent to this process."""

import inspect
import json
import threading

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from reelrec import app
from reelrec.errors import ArtifactError
from reelrec.serving import resources
from reelrec.web import server
from tests.fakes.asgi import Answer, ask


@pytest.fixture
def asked():
    """The answer of /readyz."""
    served = Starlette(routes=[Route("/readyz", server._ready)])
    return lambda: ask(served, "http://127.0.0.1/readyz")


def said(answer: Answer) -> tuple[int, str]:
    content = json.loads(answer.text)
    assert content["ready"] == (answer.status == 200)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status, content["reason"]


def test_it_is_ready_once_the_models_are_loaded(asked, monkeypatch):
    monkeypatch.setattr(resources, "_loaded_ahead", threading.Event())
    assert said(asked()) == (503, "Models are being loaded.")
    resources._loaded_ahead.set()
    assert said(asked()) == (200, "")


def test_it_is_not_ready_without_a_catalogue(asked, monkeypatch):
    def broken():
        raise ArtifactError("catalogue.npz is damaged. Run: python -m reelrec train catalogue")

    monkeypatch.setattr(resources, "catalogue", broken)
    assert said(asked()) == (503, "The catalogue cannot be used; the log says why.")


def test_it_is_not_ready_while_too_many_wait(asked, monkeypatch):
    monkeypatch.setattr(resources, "_loaded_ahead", threading.Event())
    resources._loaded_ahead.set()
    monkeypatch.setattr(type(app.GATE), "waiting", resources.MANY_WAIT)
    assert said(asked()) == (503, "100 visitors wait.")


def test_to_wait_for_the_catalogue_keeps_nobody_else_waiting():
    """Starlette runs what is not async in a thread; in the event loop it would stop every visitor."""
    assert not inspect.iscoroutinefunction(server._ready)
