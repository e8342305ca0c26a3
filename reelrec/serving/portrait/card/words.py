"""The sentences of a card, and the text that says all of it to people who cannot see it."""

from __future__ import annotations

from reelrec.data.half_stars import HALF_STARS
from reelrec.data.languages import in_sentence
from reelrec.serving.portrait.card.contents import Apart, Card, Standout
from reelrec.translation import N_, _, listed, ngettext, number
from reelrec.visitor.taste.labels import label

# From so many stars apart on it is called so: above and below most.
MANNERS = (
    (1.25, N_("more than a star kinder than most"), N_("more than a star harsher than most")),
    (0.88, N_("a star kinder than most"), N_("a star harsher than most")),
    (0.63, N_("three quarters of a star kinder than most"), N_("three quarters of a star harsher than most")),
    (0.38, N_("half a star kinder than most"), N_("half a star harsher than most")),
    (0.19, N_("a quarter of a star kinder than most"), N_("a quarter of a star harsher than most")),
    (0.1, N_("a bit kinder than most"), N_("a bit harsher than most")),
)
AS_MOST = N_("as generous as most")
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
    said = (harsher if card.apart < 0 else kinder for least, kinder, harsher in MANNERS if abs(card.apart) >= least)
    return _(next(said, AS_MOST))


def lift(standout: Standout) -> str:
    """By how many stars a group stands out, with its sign."""
    return number(standout.lift, "+.1f").replace("-", "−")


def group(standout: Standout) -> str:
    """What the films of a group are."""
    if standout.kind == "language":
        return _("in {language}", language=in_sentence(standout.name))
    return label(standout.kind, standout.name)


def stars(apart: Apart) -> str:
    """What was given, and what others gave."""
    given = _stars(apart.stars) if apart.stars > 0.5 else ngettext("{stars} star", "{stars} stars", 1, stars="½")
    return f"{given}, {_('others {mean:.1f}', mean=apart.others)}"


def alt(card: Card) -> str:
    """All that stands on the card, in sentences."""
    parts = [_("{title}: {rated}.", title=title(card), rated=rated(card))]
    if manners := manner(card):
        parts = [_("{title}: {rated}, {manner}.", title=title(card), rated=rated(card), manner=manners)]
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
            stars=_stars(HALF_STARS[most]),
            share=round(100 * card.own[most]),
            usual=_stars(HALF_STARS[usual]),
        )
    )
    if card.groups:
        groups = [f"{group(standout)} {lift(standout)}" for standout in card.groups]
        parts.append(_("Stars above or below what others’ ratings suggest: {groups}.", groups=listed(groups)))
    if card.loves:
        parts.append(_("Loves {film}: {stars}.", film=card.loves.title, stars=stars(card.loves)))
    if card.dislikes:
        parts.append(_("Cool on {film}: {stars}.", film=card.dislikes.title, stars=stars(card.dislikes)))
    return " ".join([*parts, _("Made with ReelRec.")])


def _stars(half: float) -> str:
    if half == 0.5:
        return _("half a star")
    n = 1 if half == 1 else 0 if half < 2 else 2  # what is not one but under two is as none, in French too
    return ngettext("{stars} star", "{stars} stars", n, stars=number(half, "g"))
