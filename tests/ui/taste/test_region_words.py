"""Regions of the map in the visitor's language: every name that training can give is understood."""

from itertools import product

import pytest

from reelrec import translation
from reelrec.data.genres import GENRES
from reelrec.training import region_names as made
from reelrec.ui.taste.region_words import region

WHAT = sorted({
    *(made.ALONE.get(genre, genre.lower()) for genre in GENRES if genre != "TV Movie"),
    *made.BOTH.values(), *made.EITHER.values(),
})  # fmt: skip
ORIGINS = (*made.LANGUAGES, *made.COUNTRIES, made.OTHER_LANGUAGES)
KINDS = [
    made.SHORTS,
    *(what[0].upper() + what[1:] for what in WHAT),
    *(f"{origin} {what}" for origin, what in product(ORIGINS, ("cinema", *WHAT))),
    *(f"{made.CLASSIC} {what}" for what in WHAT),
]


@pytest.fixture
def speak(monkeypatch):
    """Let all texts be in a language."""

    def in_language(language: str) -> None:
        monkeypatch.setattr(translation, "_asked", lambda: language)

    return in_language


def test_in_english_a_region_has_the_name_that_training_gave_it():
    for kind in KINDS:
        for name in (kind, f"{kind}, 1980s", f"{kind}, 1970s–90s", f"{kind}, before 1960", f"{kind} around Alien"):
            assert region(name) == name
    assert region("Around Ocean's Eleven") == "Around Ocean's Eleven"


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_no_part_of_a_name_stays_english(speak, language):
    speak(language)
    origins = [*ORIGINS, made.CLASSIC]
    for kind in KINDS:
        said = region(kind)
        assert not any(said.startswith(f"{origin} ") for origin in origins), said
        assert said != kind or " " not in kind, said
    assert "1980" in region("Drama, 1980s")
    assert region("Drama, 1980s") != "Drama, 1980s"
    assert not region("Horror around Alien").startswith("Horror around")
    assert not region("Horror, before 1960").endswith("before 1960")


@pytest.mark.parametrize("name", ["Around A Film", "Horror around A Film", "World cinema around A Film"])
@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_the_words_of_a_title_can_hold_together(speak, language, name):
    speak(language)
    assert "A\u00a0Film" in region(name, "\u00a0")
    assert "A Film" in region(name)


def test_a_name_that_training_does_not_give_stays(speak):
    speak("de")
    assert region("The 1950s") == "The 1950s"
    assert region("") == ""
