"""Names of the languages that films are in."""

from __future__ import annotations

from reelrec import translation
from reelrec.translation import N_, _

# By ISO 639-1, and by TMDB's own codes for Mandarin, Cantonese and films without words.
LANGUAGES = {
    "en": N_("English"), "fr": N_("French"), "ja": N_("Japanese"), "es": N_("Spanish"), "it": N_("Italian"),
    "de": N_("German"), "ko": N_("Korean"), "zh": N_("Mandarin"), "cn": N_("Cantonese"), "hi": N_("Hindi"),
    "pt": N_("Portuguese"), "ru": N_("Russian"), "sv": N_("Swedish"), "da": N_("Danish"), "no": N_("Norwegian"),
    "fi": N_("Finnish"), "pl": N_("Polish"), "nl": N_("Dutch"), "fa": N_("Persian"), "tr": N_("Turkish"),
    "th": N_("Thai"), "cs": N_("Czech"), "hu": N_("Hungarian"), "el": N_("Greek"), "he": N_("Hebrew"),
    "ar": N_("Arabic"), "id": N_("Indonesian"), "te": N_("Telugu"), "ta": N_("Tamil"), "bn": N_("Bengali"),
    "ro": N_("Romanian"), "uk": N_("Ukrainian"), "ml": N_("Malayalam"), "is": N_("Icelandic"), "tl": N_("Tagalog"),
    "sr": N_("Serbian"), "ka": N_("Georgian"), "et": N_("Estonian"), "ga": N_("Irish"), "kn": N_("Kannada"),
    "ca": N_("Catalan"), "vi": N_("Vietnamese"), "hr": N_("Croatian"), "xx": N_("No language"),
}  # fmt: skip
SMALL = ("es", "fr")  # what writes the names of languages small, but at the beginning of a label


def language(code: str) -> str:
    """The name of a language; its code in capital letters where there is none."""
    return _(LANGUAGES[code]) if code in LANGUAGES else code.upper()


def in_sentence(name: str) -> str:
    """The name of one of LANGUAGES, given in English, as it stands within a sentence: "en français"."""
    shown = _(name)
    return shown[:1].lower() + shown[1:] if translation.language() in SMALL else shown
