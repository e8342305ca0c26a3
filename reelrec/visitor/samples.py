"""Made-up visitors who show what ReelRec does before anybody has rated a film.

Their taste is the public's: a sample rates well-known films of one kind, each by the film's mean rating, spread out
so that the kind's favourites get five stars and its failures two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.visitor.profile import Profile

FILMS_EACH = 18


@dataclass(frozen=True, slots=True)
class Sample:
    """Who it is, in two words and in a sentence, and which films they rate."""

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
    """The sample's ratings: its best known films, stars spread by their public means."""
    chosen = [film for film in films.films if film.same_as is None and film.mean and sample.rates(film)]
    chosen = sorted(chosen, key=lambda film: -film.n_ratings)[:FILMS_EACH]
    if not chosen:
        return Profile()
    order = np.argsort(np.argsort([film.mean for film in chosen], kind="stable"))
    stars = 2.0 + 3.0 * order / max(len(chosen) - 1, 1)
    return Profile(ratings={film.number: round(float(s) * 2) / 2 for film, s in zip(chosen, stars, strict=True)})
