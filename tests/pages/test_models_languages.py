"""The Models page in other languages than English: its numbers are the same ones, written with other marks."""

import re

import pytest

from reelrec import translation
from tests.pages.sections import SECTIONS
from tests.texts.said import said

ENGLISH_MARKS = re.compile(r"\b0\.\d|\b\d+\.\d{1,2}\b(?![.\d])")
PROGRAM = re.compile(r"em$|^rgba")


@pytest.fixture
def speaks(monkeypatch):
    """Let all texts be in a language."""
    return lambda language: monkeypatch.setattr(translation, "_asked", lambda: language)


def test_what_is_found_in_a_measurement_depends_on_no_language(section, speaks):
    found = []
    for language in translation.LANGUAGES:
        speaks(language)
        finding = section("datasets.draw").at.subheader[1].value
        found.append(re.findall(r"\d+(?=\s?%)", finding))
    assert found[0] != ["0"]
    assert found == [found[0]] * len(translation.LANGUAGES)


@pytest.mark.parametrize("drawn", SECTIONS, ids=lambda drawn: drawn.draws)
def test_no_number_is_written_with_the_marks_of_english(section, speaks, drawn):
    speaks("de")
    page = section(drawn.draws)
    page.unfold()
    texts = {text for text in said(page) if ENGLISH_MARKS.search(text) and not PROGRAM.search(text)}
    assert not texts


def test_the_thousands_of_bands_are_written_with_a_point(section, speaks):
    speaks("de")
    page = section("sure.doubt.draw")
    page.unfold()
    assert "1.000–<br>4.999" in page.figure("doubt-fame-0")["layout"]["xaxis"]["ticktext"]
    bands = {cell for table in page.at.table for cell in table.value.iloc[:, 0]}
    assert {"1.000-4.999", "alle"} <= {band.replace("\\", "") for band in bands}


def test_a_translated_name_keeps_its_capitals(section, speaks):
    speaks("de")
    written = section("lists.shelves.draw").words()
    assert "10 Filme" in written
    assert "10 filme" not in written
