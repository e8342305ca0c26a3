"""The catalogues: no text without its translation, none that is not in the source, and nothing lost on the way."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from reelrec.translation import CATALOGUES, ENGLISH, LANGUAGES
from release import texts
from tests.texts.hard_coded import in_file

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
MARKUP = re.compile(r"\*\*|`[^`]*`|\]\([^)]*\)|:[\w-]+\[|https?://\S+|<[a-z/]+>")
SAME = 0.12  # of the texts of a language may be as in English: names, and words that both have


def read(language: str) -> list[Message]:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def pairs(language: str) -> list[tuple[str, str]]:
    """Every text with its translation, each form by itself."""
    found = []
    for message in read(language):
        if isinstance(message.id, tuple):
            found += [(message.id[form], message.string[form]) for form in (0, 1)]
        else:
            found.append((message.id, message.string))
    return found


def places(text: str) -> set[str]:
    return {f"{name}:{spec}" for _before, name, spec, _how in string.Formatter().parse(text) if name is not None}


def test_the_catalogues_are_up_to_date_and_every_text_has_its_translation():
    for path, catalogue in texts.catalogues():
        assert path.read_bytes() == texts.in_a_file(catalogue), f"{path.name}: run python3 dev.py texts"
        if path != texts.TEMPLATE:
            assert texts.untranslated(catalogue) == 0, path.name


def calls(path: Path) -> list[str]:
    """The texts that a source file gives to `_`, `N_`, `ngettext` and `pgettext`."""
    source = path.read_text()
    if path.suffix == ".js":
        return re.findall(r"\b(?:_|N_|ngettext)\(\s*'((?:[^'\\]|\\.)*)'", source)
    given = (
        call.args[call.func.id == "pgettext"]
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in {"_", "N_", "ngettext", "pgettext"}
    )
    return [text.value for text in given if isinstance(text, ast.Constant)]


def test_every_text_of_the_source_is_in_the_catalogue_also_one_inside_another_call():
    known = {message.id[0] if isinstance(message.id, tuple) else message.id for message in texts.extracted()}
    sources = [*(ROOT / "reelrec").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), *(ROOT / "reelrec").rglob("*.js")]
    found = {path.relative_to(ROOT).as_posix(): set(calls(path)) for path in sources}
    assert sum(map(len, found.values())) > 2_000
    left = {name: given - known for name, given in found.items() if given - known}
    # Babel reads no call that stands in an f-string or in the arguments of another text: take it out.
    assert left == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_text(language):
    for text, translated in pairs(language):
        try:
            wanted, there = places(text), places(translated)
        except ValueError:  # a brace that is none
            wanted, there = {text.count("{")}, {translated.count("{")}
        free = {"n:", "n:,"} if text.startswith(("1 ", "One ")) or "{n" in text else set()
        assert wanted - free == there - free, (text, translated)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_marks_of_its_text(language):
    for text, translated in pairs(language):
        assert sorted(MARKUP.findall(text)) == sorted(MARKUP.findall(translated)), (text, translated)
        for edge in (str.lstrip, str.rstrip):
            assert (edge(text) == text) == (edge(translated) == translated), (text, translated)
        assert text.count("\n\n") == translated.count("\n\n"), (text, translated)


@pytest.mark.parametrize("language", OTHERS)
def test_hardly_a_text_is_left_in_english(language):
    long = [(text, translated) for text, translated in pairs(language) if text.count(" ") > 3]
    assert [text for text, translated in long if text == translated] == []
    every = pairs(language)
    assert sum(text == translated for text, translated in every) < SAME * len(every)


@pytest.mark.parametrize("room", ["pages", "reelrec/ui"])
def test_no_text_is_hard_coded_where_pages_are_drawn(room):
    found = [
        line for path in sorted((ROOT / room).rglob("*.*")) if path.suffix in {".py", ".js"} for line in in_file(path)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "source", "text"),
    [
        ("a.py", 'st.write("Nothing here yet")', "Nothing here yet"),
        ("a.py", 'st.write(f"You gave {n} stars")', "You gave "),
        ("a.py", 'LABELS = {"a": "Films"}', "Films"),
        ("a.js", "node.title = 'Take it back'", "Take it back"),
        ("a.js", "node.title = `Undo: ${what}`", "Undo:"),
    ],
)
def test_a_text_in_no_catalogue_is_found(tmp_path, name, source, text):
    path = tmp_path / name
    path.write_text(source)
    assert len(in_file(path)) == 1
    assert text in in_file(path)[0]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.py", '_("Nothing here yet")'),
        ("a.py", 'LABELS = {"a": N_("Films")}'),
        ("a.py", 'ngettext("{n} film", "{n} films", 3)'),
        ("a.py", 'pgettext("verb", "Rate")'),
        ("a.py", '"""What a page says."""'),
        ("a.py", 'st.button(icon=":material/undo:", key="look-back")'),
        ("a.js", "node.title = _('Take it back')"),
        ("a.js", "// Take it back"),
        ("a.js", "main.querySelector('nav a[href]')"),
    ],
)
def test_what_no_person_reads_and_what_is_in_the_catalogue_is_not(tmp_path, name, source):
    path = tmp_path / name
    path.write_text(source)
    assert in_file(path) == []
