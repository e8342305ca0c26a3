"""The code of our components: loaded once, and not sent with every element."""

import importlib

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route

from reelrec import app
from reelrec.ui import component
from reelrec.web import code
from tests.fakes.asgi import ask
from tests.pages.visits import Visit


@pytest.fixture
def served() -> Starlette:
    importlib.import_module("reelrec.ui.shelf.tiles")  # declares a component
    return Starlette(routes=[Route(code.PATH, code.answer)])


def test_the_code_is_a_script_that_a_browser_may_keep(served):
    answer = ask(served, "http://127.0.0.1/code/tiles.js?v=1")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == component.code("tiles")
    assert answer.text.count("export default") == 1


@pytest.mark.parametrize("name", ["none", "..", "%2e%2e%2ftiles", "tiles.js"])
def test_there_is_no_other_code(served, name):
    assert ask(served, f"http://127.0.0.1/code/{name}.js").status == 404


def test_a_change_of_the_code_changes_its_address(monkeypatch, tmp_path):
    sent = []
    monkeypatch.setattr(st.components.v2, "component", lambda name, js: sent.append(js))
    monkeypatch.setattr(component, "UI", tmp_path)
    monkeypatch.setattr(component, "_code", {})
    for number in (1, 2):
        (tmp_path / "a.js").write_text(f"export default function () {{ return {number} }}")
        component.component("a", "a.js")
    assert sent[0] != sent[1]
    assert all("./code/a.js?v=" in stub for stub in sent)


def test_what_is_sent_with_every_element_is_short():
    page = Visit("for_you", p=app.link_token(app.sample_profile("horror")))
    sizes = page.sizes_of_code()
    assert len(sizes) > 8
    assert max(sizes) < 1_000
