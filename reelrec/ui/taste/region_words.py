"""Regions of the map in the visitor's language, from the English names that `train map` gave them."""

from __future__ import annotations

import re

from reelrec.translation import N_, _

# Where films come from, beside what they are: "cinema", "horror", "films" …
ORIGINS = {
    "Japanese": N_("Japanese {what}"),
    "Korean": N_("Korean {what}"),
    "Indian": N_("Indian {what}"),
    "Chinese": N_("Chinese {what}"),
    "French": N_("French {what}"),
    "Italian": N_("Italian {what}"),
    "German": N_("German {what}"),
    "Spanish-language": N_("Spanish-language {what}"),
    "Russian": N_("Russian {what}"),
    "Portuguese-language": N_("Portuguese-language {what}"),
    "Nordic": N_("Nordic {what}"),
    "East Asian": N_("East Asian {what}"),
    "European": N_("European {what}"),
    "British": N_("British {what}"),
    "Australian": N_("Australian {what}"),
    "World": N_("World {what}"),
    "Classic Hollywood": N_("Classic Hollywood {what}"),
}
WHAT = (
    N_("cinema"), N_("drama"), N_("comedy"), N_("thrillers"), N_("action"), N_("horror"), N_("romance"),
    N_("crime films"), N_("adventures"), N_("science fiction"), N_("animation"), N_("fantasy"), N_("family films"),
    N_("mysteries"), N_("documentaries"), N_("music films"), N_("history"), N_("war films"), N_("westerns"),
    N_("romantic comedy"), N_("comedy drama"), N_("family animation"), N_("science fiction action"),
    N_("horror comedy"), N_("crime comedy"), N_("crime drama"), N_("science fiction horror"), N_("historical drama"),
    N_("fantasy adventure"), N_("family adventure"), N_("family fantasy"), N_("family comedy"), N_("crime thrillers"),
    N_("action thrillers"), N_("horror thrillers"), N_("mystery thrillers"), N_("action and adventure"),
    N_("crime and thrillers"), N_("horror and thrillers"), N_("science fiction and fantasy"), N_("war and history"),
    N_("comedy and romance"), N_("family and animation"),
)  # fmt: skip
SHORTS = N_("Shorts and specials")


def region(name: str, space: str = " ") -> str:
    """The name of a region, such as "Japanese animation, 1980s" or "Comedy around Mean Girls"; an odd one stays.

    space: between the words of a film's title.
    """
    if name.startswith("Around "):
        return _("Around {film}", film=name.removeprefix("Around ").replace(" ", space))
    kind, _around, film = name.partition(" around ")
    kind, _comma, era = kind.partition(", ")
    shown = _kind(kind)
    if film:
        return _("{kind} around {film}", kind=shown, film=film.replace(" ", space))
    return _("{kind}, {era}", kind=shown, era=_era(era)) if era else shown


def _kind(name: str) -> str:
    """Where films come from, and what they are."""
    if name == SHORTS:
        return _(name)
    if name in ORIGINS:
        return _capital(_(ORIGINS[name], what=_("films")))
    origin = next((origin for origin in ORIGINS if name.startswith(f"{origin} ")), "")
    what = name.removeprefix(origin).strip()
    what = what if origin else what[:1].lower() + what[1:]
    if what not in WHAT:
        return name
    if not origin:
        return _capital(_(what))
    return _capital(_(ORIGINS[origin], what=_(what)))


def _era(era: str) -> str:
    """ "1980s", "1970s–90s" or "before 1960"."""
    if found := re.fullmatch(r"before (\d+)", era):
        return _("before {year}", year=found[1])
    if found := re.fullmatch(r"(\d+)s–(\d+)s", era):
        return _("{first}s–{last}s", first=found[1], last=found[2])
    return _("{decade}s", decade=era.removesuffix("s"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
