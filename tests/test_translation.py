"""Texts, numbers, dates and names in the language that is asked for."""

import datetime
import itertools

import pytest

from reelrec import app, translation
from reelrec.data.genres import GENRES
from reelrec.translation import N_, _, country, date, listed, ngettext, number, pgettext
from tests.texts.bracketed import Bracketed

DAY = datetime.date(2026, 11, 8)


@pytest.fixture
def speak(monkeypatch):
    """Let all texts be in a language."""

    def in_language(language: str) -> None:
        monkeypatch.setattr(translation, "_asked", lambda: language)

    return in_language


def test_without_a_visitor_all_is_english():
    assert translation.language() == "en"
    assert _("{n:,} of {of}", n=1234, of="{n}") == "1,234 of {n}"
    assert ngettext("{n} film", "{n:,} films", 1) == "1 film"
    assert ngettext("{n} film", "{n:,} films", 1234) == "1,234 films"
    assert pgettext("verb", "Rate {what}", what="it") == "Rate it"
    assert N_("Rate") == "Rate"


def test_a_place_that_is_not_filled_is_a_mistake_and_braces_without_values_are_text():
    assert _("{n} films") == "{n} films"
    with pytest.raises(KeyError):
        _("{n} films", m=1)


def test_what_is_put_into_a_text_is_not_read_again():
    assert _("{title} is here", title="{0.__class__} {n}") == "{0.__class__} {n} is here"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,234.50"), ("de", "1.234,50"), ("es", "1.234,50"), ("fr", "1\u202f234,50")],
)
def test_numbers_have_the_marks_of_the_language_in_a_text_and_alone(speak, language, written):
    speak(language)
    assert number(1234.5, ",.2f") == written
    assert _("it is {n:,.2f} stars of {year}", n=1234.5, year=1999).count(written) == 1
    assert "1999" in _("{year}", year=1999)


@pytest.mark.parametrize(
    ("language", "long", "month"),
    [
        ("en", "8 November 2026", "November 2026"),
        ("de", "8. November 2026", "November 2026"),
        ("es", "8 de noviembre de 2026", "noviembre 2026"),
        ("fr", "8 novembre 2026", "novembre 2026"),
    ],
)
def test_dates_are_written_as_the_language_does(speak, language, long, month):
    speak(language)
    assert (date(DAY), date(DAY, "MMMM y")) == (long, month)


@pytest.mark.parametrize(
    ("language", "all_of", "one_of"),
    [
        ("en", "a, b and c", "a, b or c"),
        ("de", "a, b und c", "a, b oder c"),
        ("es", "a, b y c", "a, b o c"),
        ("fr", "a, b et c", "a, b ou c"),
    ],
)
def test_lists_end_with_the_word_of_the_language(speak, language, all_of, one_of):
    speak(language)
    assert (listed(["a", "b", "c"]), listed(["a", "b", "c"], "or")) == (all_of, one_of)


def test_countries_have_their_names_and_unknown_ones_stay(speak):
    speak("fr")
    assert (country("Germany"), country("United States of America")) == ("Allemagne", "États-Unis")
    assert country("Ruritania") == "Ruritania"
    speak("en")
    assert country("United States of America") == "United States of America"


def test_every_country_of_the_films_has_a_name_in_every_language(speak):
    for language in translation.LANGUAGES:
        speak(language)
        known = {*translation._countries(language), *translation._GONE}
        left = [name for name in app.catalogue().countries if translation.COUNTRIES.get(name, name) not in known]
        assert language == "en" or left == []


def test_every_genre_of_the_films_is_in_the_catalogue():
    assert set(app.catalogue().genres) <= set(GENRES)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        *[("de", "de"), ("de-AT", "de"), ("es-419", "es"), ("fr-CA", "fr"), ("en-GB", "en"), ("DE-de", "de")],
        *[("pt-BR", "en"), ("xx", "en"), ("", "en"), (None, "en"), ("d", "en"), ("../de", "en"), ("de\x00", "en")],
    ],
)
def test_the_browsers_language_is_taken_where_it_is_one_of_ours(wanted, got):
    assert translation.nearest(wanted) == got


def test_every_language_finds_its_own_texts():
    shown = {language: translation.catalogue(language).gettext("For you") for language in translation.LANGUAGES}
    assert len(set(shown.values())) == len(shown)


def test_a_language_has_its_own_form_for_one_and_for_many(speak):
    for language in translation.LANGUAGES:
        speak(language)
        one, many = (ngettext("{n} film", "{n:,} films", n) for n in (1, 2))
        assert one.replace("1", "2") != many
    speak("fr")
    assert ngettext("{n} film", "{n:,} films", 0) == "0 film"


def test_the_brackets_of_the_tests_are_around_every_text(monkeypatch):
    monkeypatch.setattr(translation, "catalogue", lambda language: Bracketed(longer=0.3))
    assert _("{n} of ten films", n=3) == "‹3 of ten films~~~~~›"
    assert len({_("a"), pgettext("letter", "a"), *itertools.chain([ngettext("a", "b", 1)])}) == 1


@pytest.mark.parametrize("content", [None, b"\xff\xfe broken", b'msgid "a"\nmsgstr "\xff"\n'])
def test_a_catalogue_that_cannot_be_read_leaves_its_language_in_english(monkeypatch, tmp_path, caplog, content):
    if content is not None:
        (tmp_path / "de.po").write_bytes(content)
    monkeypatch.setattr(translation, "CATALOGUES", tmp_path)
    translation.catalogue.cache_clear()
    try:
        translation.load()
        assert translation.catalogue("de").gettext("Rate") == "Rate"
        assert translation.catalogue("fr").ngettext("{n} film", "{n} films", 2) == "{n} films"
        assert translation.script_texts("de") == {}
        assert "de.po cannot be read" in caplog.text
    finally:
        translation.catalogue.cache_clear()
