"""What the GPT-style rater looked at when it was asked for a film: the rated films that got most of its attention.

That is where it looked, not why: a film it looked at may speak for the answer or against it.
"""

from __future__ import annotations

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.models.corrections.gpt import GPT
from reelrec.visitor.profile import Profile

FEWEST = 5  # ratings, with fewer there is nothing to choose from


def looked_at(films: Catalogue, model: GPT, profile: Profile, film: Film, n: int = 3) -> tuple[tuple[Film, float], ...]:
    """At most n rated films with their share of the attention on all of them, the largest first.

    The film itself, and other rows of it, do not count. Empty with fewer than FEWEST ratings.
    """
    history = profile.history().without([film.number, *films.same.get(film.number, ())])
    items, _ = history.stars()
    if len(items) < FEWEST:
        return ()
    (shares,) = model.looked_at(history, np.array([film.number]))
    shares = shares / shares.sum()
    return tuple((films.films[items[i]], float(shares[i])) for i in np.argsort(-shares, kind="stable")[:n])
