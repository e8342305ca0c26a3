"""The sentences of a card, and the text that says all of it to people who cannot see it."""

from __future__ import annotations

from reelrec.data.half_stars import HALF_STARS
from reelrec.serving.portrait.card.contents import Apart, Card, Standout

# From so many stars apart on it is called so.
SIZES = {0.88: "a star", 0.63: "three quarters of a star", 0.38: "half a star", 0.19: "a quarter of a star"}
ALIKE = 0.1  # stars apart that are worth no word
MUCH = 1.25
STANDS_OUT = "Against the crowd"
SHORT = 12  # letters of a name that stands in the chart


def title(card: Card) -> str:
    """Whose taste it is."""
    return f"{card.name}’s taste in films" if card.name else "My taste in films"


def whose(card: Card) -> str:
    """Of whom the chart's stars are, in a word."""
    return "Mine" if not card.name else f"{card.name}’s" if len(card.name) <= SHORT else "Own"


def rated(card: Card) -> str:
    """How many films were rated."""
    return "1 film rated" if card.n == 1 else f"{card.n:,} films rated"


def manner(card: Card) -> str:
    """How the stars compare with everybody's for the same films; "" where that is not known."""
    if card.apart is None:
        return ""
    size = abs(card.apart)
    if size < ALIKE:
        return "as generous as most"
    much = (
        "more than a star" if size >= MUCH else next((word for least, word in SIZES.items() if size >= least), "a bit")
    )
    return f"{much} {'harsher' if card.apart < 0 else 'kinder'} than most"


def lift(standout: Standout) -> str:
    """By how many stars a group stands out, with its sign."""
    return f"{'−' if standout.lift < 0 else '+'}{abs(standout.lift):.1f}"


def group(standout: Standout) -> str:
    """What the films of a group are."""
    return f"in {standout.name}" if standout.kind == "language" else standout.name


def stars(apart: Apart) -> str:
    """What was given, and what others gave."""
    given = "½ star" if apart.stars == 0.5 else "1 star" if apart.stars == 1 else f"{apart.stars:g} stars"
    return f"{given}, others {apart.others:.1f}"


def alt(card: Card) -> str:
    """All that stands on the card, in sentences."""
    manners = manner(card)
    parts = [f"{title(card)}: {rated(card)}{', ' if manners else ''}{manners}."]
    if card.favourites:
        names = [f"{favourite.title} ({favourite.film.year})" if favourite.film.year else favourite.title
                 for favourite in card.favourites]  # fmt: skip
        parts.append(f"Among the favourites: {_listed(names)}." if len(names) > 1 else f"A favourite: {names[0]}.")
    most = max(range(len(card.own)), key=lambda place: card.own[place])
    usual = max(range(len(card.everyones)), key=lambda place: card.everyones[place])
    parts.append(
        f"A chart of all stars: most often {_stars(most)}, {round(100 * card.own[most])} % of the films; "
        f"everybody’s most often are {_stars(usual)}."
    )
    if card.groups:
        groups = [f"{group(standout)} {lift(standout)}" for standout in card.groups]
        parts.append(f"Stars above or below what others’ ratings suggest: {_listed(groups)}.")
    for word, apart in (("Loves", card.loves), ("Cool on", card.dislikes)):
        if apart:
            parts.append(f"{word} {apart.title}: {stars(apart)}.")
    return " ".join([*parts, "Made with ReelRec."])


def _stars(place: int) -> str:
    half = float(HALF_STARS[place])
    return "1 star" if half == 1 else "half a star" if half == 0.5 else f"{half:g} stars"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
