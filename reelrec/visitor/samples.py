"""Sample visitors: invented profiles that show what ReelRec does before a visitor has rated a film.

A sample rates well-known films of one kind by their mean ratings, spread out so that the film with the highest mean
gets five stars and the one with the lowest two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.visitor.profile import Profile

FILMS_EACH = 18
REACH = 3_000  # the best known films, from which they are taken


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented visitor. title, about: what a page says of them. rates: whether they rate a film."""

    name: str
    title: str
    about: str
    rates: Callable[[Film], bool]


def _horror(film: Film) -> bool:
    return "Horror" in film.genres and "Comedy" not in film.genres


def _world(film: Film) -> bool:
    return film.language not in {"en", None} and "Animation" not in film.genres


def _family(film: Film) -> bool:
    return "Family" in film.genres


SAMPLES = (
    Sample("horror", "Horror", "Sleeps with the light on", _horror),
    Sample("world-cinema", "World cinema", "Reads subtitles for fun", _world),
    Sample("family-night", "Family night", "One sofa, three generations", _family),
)


def profile(sample: Sample, films: Catalogue) -> Profile:
    """The ratings of a sample: its FILMS_EACH best known films, from two to five stars in the order of their means."""
    rated = [(film, film.mean) for film in films.best_known(REACH) if film.mean and sample.rates(film)][:FILMS_EACH]
    if not rated:
        return Profile()
    ranks = np.argsort(np.argsort([mean for _, mean in rated], kind="stable"))
    stars = 2.0 + 3.0 * ranks / max(len(rated) - 1, 1)
    return Profile(
        ratings={film.number: round(value * 2) / 2 for (film, _), value in zip(rated, stars.tolist(), strict=True)}
    )
