"""Text from outside (titles, names) in places where Streamlit reads Markdown, and numbers as people read them."""

from __future__ import annotations

import re

from reelrec.translation import _, ngettext, number

# Where Markdown makes a link of bare text even if its characters are escaped.
_LINKS = re.compile(r"(?<=\bhttps:)(?=//)|(?<=\bhttp:)(?=//)|(?<=\bwww)(?=\.)|(?<=@)", re.IGNORECASE)
WORD_JOINER = "\u2060"  # seen by nobody
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:&^=\"'])")


def plain(text: str) -> str:
    """The text as it is: every character that Markdown could act on is escaped, on one line, and nothing is a link."""
    return _SPECIAL.sub(r"\\\1", _LINKS.sub(WORD_JOINER, " ".join(text.split())))


def stars(value: float | None) -> str:
    """ "★ 4.2"; "" where no stars are predicted."""
    return "" if value is None else f"★ {number(value, '.1f')}"


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text in small letters, as Streamlit's Markdown has them."""
    return f":small[{text}]"


def share(part: float) -> str:
    """ "7 %", never broken over two lines."""
    return _("{n}\u00a0%", n=round(100 * part))


def percent(chance: float) -> str:
    """ "87 %", never broken over two lines; nothing is quite sure, so from "under 5 %" to "over 95 %"."""
    if not 0.05 <= chance <= 0.95:
        return _("over 95\u00a0%") if chance > 0.5 else _("under 5\u00a0%")
    return share(chance)


def half_stars(value: float) -> str:
    """ "★★★½" for 3.5."""
    return "★" * int(value) + ("½" if value % 1 else "")


def films(n: int) -> str:
    """ "1 film", "1,700 films"."""
    return ngettext("{n} film", "{n:,} films", n)


def kind(kind: str) -> str:
    """What a film is where it is no feature: "Short film", "Series" or "Special"; else ""."""
    return {"short": _("Short film"), "series": _("Series"), "special": _("Special")}.get(kind, "")


def kinds(kind: str) -> str:
    """The same in the plural, as a choice; what a special is, is said there."""
    return {"short": _("Short films"), "special": _("Specials: episodes, concerts, stand-up")}.get(kind, _("Series"))
