"""The sentences of a card, and the text that says all of it to people who cannot see it."""

from __future__ import annotations

from reelrec.data.half_stars import HALF_STARS
from reelrec.serving.portrait.card.contents import Apart, Card, Standout
from reelrec.translation import N_, _, listed, ngettext, number
from reelrec.visitor.taste.labels import label

# From so many stars apart on it is called so.
SIZES = {
    0.88: N_("a star"), 0.63: N_("three quarters of a star"), 0.38: N_("half a star"), 0.19: N_("a quarter of a star"),
}  # fmt: skip
ALIKE = 0.1  # stars apart that are worth no word
MUCH = 1.25
STANDS_OUT = N_("Against the crowd")
SHORT = 12  # letters of a name that stands in the chart


def title(card: Card) -> str:
    """Whose taste it is."""
    return _("{name}’s taste in films", name=card.name) if card.name else _("My taste in films")


def whose(card: Card) -> str:
    """Of whom the chart's stars are, in a word."""
    if not card.name:
        return _("Mine")
    return _("{name}’s", name=card.name) if len(card.name) <= SHORT else _("Own")


def rated(card: Card) -> str:
    """How many films were rated."""
    return ngettext("{n} film rated", "{n:,} films rated", card.n)


def manner(card: Card) -> str:
    """How the stars compare with everybody's for the same films; "" where that is not known."""
    if card.apart is None:
        return ""
    size = abs(card.apart)
    if size < ALIKE:
        return _("as generous as most")
    much = N_("more than a star") if size >= MUCH else N_("a bit")
    if size < MUCH:
        much = next((word for least, word in SIZES.items() if size >= least), much)
    if card.apart < 0:
        return _("{size} harsher than most", size=_(much))
    return _("{size} kinder than most", size=_(much))


def lift(standout: Standout) -> str:
    """By how many stars a group stands out, with its sign."""
    return number(standout.lift, "+.1f").replace("-", "−")


def group(standout: Standout) -> str:
    """What the films of a group are."""
    name = label(standout.kind, standout.name)
    return _("in {language}", language=name) if standout.kind == "language" else name


def stars(apart: Apart) -> str:
    """What was given, and what others gave."""
    given = ngettext("{stars} star", "{stars} stars", 1 if apart.stars <= 1 else 2,
                     stars="½" if apart.stars == 0.5 else number(apart.stars, "g"))  # fmt: skip
    return f"{given}, {_('others {mean:.1f}', mean=apart.others)}"


def alt(card: Card) -> str:
    """All that stands on the card, in sentences."""
    manners = manner(card)
    parts = [f"{title(card)}: {rated(card)}{', ' if manners else ''}{manners}."]
    if card.favourites:
        names = [f"{favourite.title} ({favourite.film.year})" if favourite.film.year else favourite.title
                 for favourite in card.favourites]  # fmt: skip
        parts.append(
            _("Among the favourites: {films}.", films=listed(names))
            if len(names) > 1
            else _("A favourite: {film}.", film=names[0])
        )
    most = max(range(len(card.own)), key=lambda place: card.own[place])
    usual = max(range(len(card.everyones)), key=lambda place: card.everyones[place])
    parts.append(
        _(
            "A chart of all stars: most often {stars}, {share} % of the films; everybody’s most often are {usual}.",
            stars=_stars(most),
            share=round(100 * card.own[most]),
            usual=_stars(usual),
        )
    )
    if card.groups:
        groups = [f"{group(standout)} {lift(standout)}" for standout in card.groups]
        parts.append(_("Stars above or below what others’ ratings suggest: {groups}.", groups=listed(groups)))
    for word, apart in ((_("Loves"), card.loves), (_("Cool on"), card.dislikes)):
        if apart:
            parts.append(f"{word} {apart.title}: {stars(apart)}.")
    return " ".join([*parts, _("Made with ReelRec.")])


def _stars(place: int) -> str:
    half = float(HALF_STARS[place])
    if half == 0.5:
        return _("half a star")
    return ngettext("{stars} star", "{stars} stars", 1 if half == 1 else 2, stars=number(half, "g"))
