"""The code of our components: loaded once, and not sent with every element."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from reelrec import app
from reelrec.translation import ENGLISH, LANGUAGES, script_texts
from reelrec.ui.browser import component
from reelrec.web import code
from tests.fakes.asgi import ask
from tests.pages.visits import Visit


@pytest.fixture
def served() -> Starlette:
    return Starlette(routes=[Route(code.PATH, code.answer)])


@pytest.mark.parametrize("name", component.FILES)
def test_the_code_is_a_script_that_a_browser_may_keep(served, name):
    answer = ask(served, f"http://127.0.0.1{component.code(name).path(name)}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text.count("export default") == 1
    assert answer.text.count("function drawn") == 1


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != ENGLISH])
def test_the_code_in_a_language_has_its_texts_and_only_those(served, language):
    path = component.code("header").path("header")
    english, theirs = (ask(served, f"http://127.0.0.1{path}{more}") for more in ("", f"&language={language}"))
    assert (theirs.status, theirs.headers["cache-control"]) == (200, english.headers["cache-control"])
    translated = script_texts(language)["Search films"][0]
    assert f'"Search films": ["{translated}"]' in theirs.text
    assert translated not in english.text


@pytest.mark.parametrize("language", ["xx", "", "de.po", "../de", "DE"])
def test_there_is_no_code_in_another_language(served, language):
    path = component.code("header").path("header")
    answer = ask(served, f"http://127.0.0.1{path}&language={language}")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize("name", ["none", "..", "%2e%2e%2ftiles", "tiles.js"])
def test_there_is_no_other_code(served, name):
    answer = ask(served, f"http://127.0.0.1/code/{name}.js")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize("query", ["", "?v=", "?v=1234", "?again=1"])
def test_the_code_of_another_release_is_not_given_out_as_this_one(served, query):
    answer = ask(served, f"http://127.0.0.1/code/tiles.js{query}")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")


def test_a_change_of_the_code_changes_its_address(monkeypatch, tmp_path):
    monkeypatch.setattr(component, "UI", tmp_path)
    monkeypatch.setattr(component, "FILES", {"a": ("a.js",)})
    monkeypatch.setattr(component, "TEXTS", "texts.js")
    (tmp_path / component.TEXTS).write_text("")
    paths = set()
    for number in (1, 2):
        (tmp_path / "a.js").write_text(f"export default function () {{ return {number} }}")
        component.code.cache_clear()
        paths.add(component.code("a").path("a"))
    component.code.cache_clear()
    assert len(paths) == 2


def test_every_file_of_a_component_is_there_and_each_is_used():
    named = {file for files in component.FILES.values() for file in files}
    there = {str(path.relative_to(component.UI)) for kind in ("js", "css") for path in component.UI.rglob(f"*.{kind}")}
    assert there - named == {"about/approach.css", "about/approach.js", "frame/page.css", component.TEXTS}
    assert named <= there


def test_what_is_sent_with_every_element_is_short():
    page = Visit("for_you", p=app.link_token(app.sample_profile("horror")))
    sizes = page.sizes_of_code()
    assert len(sizes) > 8
    assert max(sizes) < 1_000
