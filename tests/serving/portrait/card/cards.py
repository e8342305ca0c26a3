"""Cards to draw: a full one, of which a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace

from reelrec import app
from reelrec.serving.portrait.card.contents import Apart, Card, Favourite, Standout

LONG = "The Inexpressibly Melancholy and Altogether Unexpected Homecoming of Bartholomew Featherston"  # 91 letters
FILMS = ("barbie", "parasite-2019", "the-good-the-bad-and-the-ugly", "heat-1995", "alien")


def favourites(n: int, title: str = "") -> tuple[Favourite, ...]:
    return tuple(Favourite(title or film.title, film) for film in map(app.film, FILMS[:n]))


def full_card(**changes: object) -> Card:
    card = Card(
        name="Ann",
        n=412,
        apart=-0.5,
        own=(0.05, 0.06, 0.07, 0.12, 0.1, 0.2, 0.1, 0.15, 0.05, 0.1),
        everyones=app.everyones_histogram(),
        groups=(
            Standout("genre", "Horror", 0.44),
            Standout("decade", "1970s", 0.3),
            Standout("language", "French", -0.4),
        ),
        loves=Apart("Speed Racer", 5.0, 2.94),
        dislikes=Apart("Amélie", 0.5, 4.1),
        favourites=favourites(5),
    )
    return replace(card, **changes)
