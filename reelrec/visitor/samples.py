"""Sample visitors: invented profiles that show what ReelRec does before a visitor has rated a film.

A sample loves well-known films of one kind: by their mean ratings, spread out so that the film with the highest mean
gets five stars and the one with the lowest LOWEST. What everybody else watches gets OTHER_STARS, so that the list is
theirs and not everybody's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import HIGHEST
from reelrec.errors import OptionError
from reelrec.translation import N_, _
from reelrec.visitor.profile import Profile

FILMS_EACH, LOWEST = 24, 3.5
OTHERS, OTHER_STARS = 8, 3.0  # best known films of other kinds
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
    Sample("horror", N_("Horror"), N_("Sleeps with the light on"), _horror),
    Sample("world-cinema", N_("World cinema"), N_("Reads subtitles for fun"), _world),
    Sample("family-night", N_("Family night"), N_("One sofa, three generations"), _family),
)


def profile(sample: Sample, films: Catalogue) -> Profile:
    """The ratings of a sample: its FILMS_EACH best known films, and the OTHERS best known films of other kinds."""
    known = films.best_known(REACH)
    loved = [(film.number, film.mean) for film in known if film.mean and sample.rates(film)][:FILMS_EACH]
    if not loved:
        return Profile()
    ranks = np.argsort(np.argsort([mean for _, mean in loved], kind="stable"))
    stars = LOWEST + (HIGHEST - LOWEST) * ranks / max(len(loved) - 1, 1)
    ratings = {number: round(value * 2) / 2 for (number, _), value in zip(loved, stars.tolist(), strict=True)}
    others = [film.number for film in known if not sample.rates(film)][:OTHERS]
    return Profile(ratings=ratings | dict.fromkeys(others, OTHER_STARS))


def named(name: str) -> Sample:
    """The sample of this name. Raises OptionError."""
    known = {sample.name: sample for sample in SAMPLES}
    if name not in known:
        raise OptionError(_("There is no sample called {name!r}. Known: {join}.", name=name, join=", ".join(known)))
    return known[name]
