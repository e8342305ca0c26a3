"""The attention of the GPT-style rater: the rated films that had the largest weight when it predicted a film.

Attention is not a reason. A film with a large weight may have raised the prediction or lowered it.
"""

from __future__ import annotations

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.models.corrections.gpt import GPT
from reelrec.visitor.profile import Profile

FEWEST = 5  # ratings from which attention is shown; with fewer, all of them would be


def looked_at(films: Catalogue, model: GPT, profile: Profile, film: Film, n: int = 3) -> tuple[tuple[Film, float], ...]:
    """At most n rated films with their share of the attention on all rated films, the largest first.

    The film itself is left out. Empty for a visitor with fewer than FEWEST ratings, and for a film that is no item.
    """
    history = profile.history(films.n_items).without([film.number])
    items, _ = history.stars()
    if len(items) < FEWEST or film.number >= films.n_items:
        return ()
    (shares,) = model.looked_at(history, np.array([film.number]))
    shares = shares / shares.sum()
    return tuple((films.films[int(items[i])], float(shares[i])) for i in np.argsort(-shares, kind="stable")[:n])
