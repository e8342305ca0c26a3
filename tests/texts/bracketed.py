"""A language for tests: every text of the catalogue stands in brackets, so what has none is hard-coded."""

from __future__ import annotations

from gettext import NullTranslations

LEFT, RIGHT = "‹", "›"


class Bracketed(NullTranslations):
    """English between brackets. longer: how many letters more each text has, as a part of its own."""

    def __init__(self, longer: float = 0.0) -> None:
        super().__init__()
        self.longer = longer

    def gettext(self, text: str) -> str:
        return f"{LEFT}{text}{'~' * round(self.longer * len(text))}{RIGHT}"

    def pgettext(self, context: str, text: str) -> str:
        return self.gettext(text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)
