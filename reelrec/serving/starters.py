"""The fixed list of films to rate, worked out as far as it is wanted and once for all visitors."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.interview import starters
from reelrec.serving import resources


def first(films: Catalogue, n: int) -> tuple[Film, ...]:
    """The first n films to ask a new user about; fewer where the list ends."""
    with resources.lock("starters"):
        known, rest = _ordered(films)
        known.extend(itertools.islice(rest, max(0, n - len(known))))
        return tuple(known[:n])


@functools.lru_cache(maxsize=1)
def _ordered(films: Catalogue) -> tuple[list[Film], Iterator[Film]]:
    """The films that were wanted so far, and the rest, each of which costs a look at all that are left."""
    return [], starters.ordered(films)
