"""English names of the languages that films are in."""

from __future__ import annotations

# By ISO 639-1, and by TMDB's own codes for Mandarin, Cantonese and films without words.
LANGUAGES = {
    "en": "English", "fr": "French", "ja": "Japanese", "es": "Spanish", "it": "Italian", "de": "German", "ko": "Korean",
    "zh": "Mandarin", "cn": "Cantonese", "hi": "Hindi", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish",
    "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish", "nl": "Dutch", "fa": "Persian",
    "tr": "Turkish", "th": "Thai", "cs": "Czech", "hu": "Hungarian", "el": "Greek", "he": "Hebrew", "ar": "Arabic",
    "id": "Indonesian", "te": "Telugu", "ta": "Tamil", "bn": "Bengali", "ro": "Romanian", "uk": "Ukrainian",
    "ml": "Malayalam", "is": "Icelandic", "tl": "Tagalog", "sr": "Serbian", "ka": "Georgian", "et": "Estonian",
    "ga": "Irish", "kn": "Kannada", "ca": "Catalan", "vi": "Vietnamese", "hr": "Croatian", "xx": "No language",
}  # fmt: skip


def language(code: str) -> str:
    """The name of a language; its code in capital letters where there is none."""
    return LANGUAGES.get(code, code.upper())
