"""Every text that a person reads, in their language. The catalogues are reelrec/locales/*.po, kept by `dev.py texts`.

A text is written in English where it is used, as one whole sentence with named places: `_("{n} of {of:,}", n=3, of=9)`.
`_` finds it in the catalogue of the language that is asked for, then fills the places; numbers are written as that
language writes them. It is called when the text is shown, never while a module is loaded: there `N_` marks it.
"""

from __future__ import annotations

import datetime
import functools
import io
import logging
import os
import string
from collections.abc import Callable, Mapping, Sequence
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

CATALOGUES = Path(os.environ.get("REELREC_LOCALES") or Path(__file__).with_name("locales"))
ENGLISH = "en"  # the language of the source, which has no catalogue
LANGUAGES = {ENGLISH: "English", "de": "Deutsch", "es": "Español", "fr": "Français"}  # each by its own name


# What Babel calls the countries that film facts call otherwise.
COUNTRIES = {
    "United States of America": "United States", "Hong Kong": "Hong Kong SAR China", "Macao": "Macao SAR China",
    "Czech Republic": "Czechia", "Turkey": "Türkiye", "Palestinian Territory": "Palestinian Territories",
    "Bosnia and Herzegovina": "Bosnia & Herzegovina", "Macedonia": "North Macedonia", "Guadaloupe": "Guadeloupe",
    "Lao People's Democratic Republic": "Laos", "St. Pierre and Miquelon": "St. Pierre & Miquelon",
    "Syrian Arab Republic": "Syria", "Turks and Caicos Islands": "Turks & Caicos Islands",
}  # fmt: skip


def _english() -> str:
    return ENGLISH


_asked: Callable[[], str] = _english


def ask(language: Callable[[], str]) -> None:
    """Let all texts be in the language that a function returns, one of LANGUAGES; it is asked for every text."""
    global _asked
    _asked = language


def language() -> str:
    """The language that texts are in now."""
    return _asked()


def nearest(wanted: str | None) -> str:
    """Of LANGUAGES, the one that a language tag such as "de-AT" asks for; English where there is none."""
    language = (wanted or "").partition("-")[0].lower()
    return language if language in LANGUAGES else ENGLISH


def _(text: str, /, **values: object) -> str:
    """The text in the visitor's language, with the values in its places."""
    return _filled(catalogue(language()).gettext(text), values) if text else ""


def pgettext(context: str, text: str, /, **values: object) -> str:
    """The same for a text that means several things. context: tells which, as in pgettext("verb", "Rate")."""
    return _filled(catalogue(language()).pgettext(context, text), values)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The text for n things; `{n}` is one of its places. Other languages may have more forms than two."""
    return _filled(catalogue(language()).ngettext(one, many, n), {"n": n, **values})


def N_(text: str) -> str:
    """Mark a text of a constant, which `_` translates when it is shown."""
    return text


# Countries that are no more.
_GONE = (
    N_("Soviet Union"), N_("Czechoslovakia"), N_("Yugoslavia"), N_("West Germany"), N_("East Germany"),
    N_("Serbia and Montenegro"), N_("Netherlands Antilles"),
)  # fmt: skip


def number(value: float, spec: str = "") -> str:
    """A number by Python's format spec, with the language's marks: in German number(1234.5, ",.1f") is "1.234,5"."""
    made, locale = format(value, spec), language()
    if locale == ENGLISH:
        return made
    return made.translate({ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale)})


def date(day: datetime.date, pattern: str = "long") -> str:
    """A day, by one of Babel's patterns: "long" is "28 November 2026", "MMMM y" is "November 2026"."""
    return format_date(day, pattern, locale="en_GB" if language() == ENGLISH else language())


def listed(texts: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """ "a, b and c"; with the style "or": "a, b or c"."""
    return format_list(texts, style, locale="en_GB" if language() == ENGLISH else language())


def country(name: str) -> str:
    """A country, from its English name in film facts; one that is unknown stays."""
    return _countries(language()).get(COUNTRIES.get(name, name)) or _(name)


def script_texts(language: str) -> dict[str, list[str]]:
    """The texts of scripts in a language, by their English; each has one form or, if it counts, several."""
    if language == ENGLISH:
        return {}
    texts = {}
    for message in _read(language):
        if message.string and any(file.endswith(".js") for file, _line in message.locations):
            text = message.id[0] if isinstance(message.id, tuple) else str(message.id)
            texts[text] = [*message.string] if isinstance(message.string, tuple) else [str(message.string)]
    return texts


def catalogue_files() -> bytes:
    """All catalogues as they are in their files."""
    return b"".join(path.read_bytes() for path in sorted(CATALOGUES.glob("*.po")))


@functools.cache
def catalogue(language: str) -> NullTranslations:
    """The texts of a language. English has none: its texts are those of the source."""
    if language == ENGLISH:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, _read(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def load() -> None:
    """Read all languages, so that no visitor waits for theirs."""
    for language in LANGUAGES:
        catalogue(language)


def _read(language: str) -> Catalog:
    """What is in a file; nothing where it cannot be read, and texts are English."""
    path = CATALOGUES / f"{language}.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language)
    except (OSError, ValueError) as error:
        logging.getLogger(__name__).warning("%s cannot be read, so these texts are English: %s", path.name, error)
        return Catalog(locale=language)


@functools.cache
def _countries(language: str) -> Mapping[str, str]:
    """Names of countries, by Babel's English names; none in English, where those of film facts stay."""
    if language == ENGLISH:
        return {}
    theirs, english = Locale(language).territories, Locale(ENGLISH).territories
    return {name: theirs[code] for code, name in english.items() if code in theirs}


def _filled(text: str, values: Mapping[str, object]) -> str:
    return _WRITTEN.vformat(text, (), values) if values else text


class _Written(string.Formatter):
    """Fills the places of a text; numbers are written as the language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, int | float) and format_spec:
            return number(value, format_spec)
        return str(super().format_field(value, format_spec))


_WRITTEN = _Written()
