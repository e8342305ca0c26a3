"""Films without ratings to learn from: what a visitor would give them by their facts, and rows of them.

They are never in the list that a model of ratings makes. They are guessed at only where enough is known of them.
"""

from __future__ import annotations

import numpy as np

from reelrec.data.film import KINDS, Film
from reelrec.models import predictive
from reelrec.models.facts.model import Facts
from reelrec.serving.engine import Engine, top
from reelrec.serving.picks.filters import Filters, on_watchlist
from reelrec.serving.picks.predictions import Pick, Prediction, figures
from reelrec.visitor.profile import Profile

NEW_YEARS = 3  # up to the catalogue's last year: films of these are new
LIKELY = 0.5  # of liking a film of a row, so that each is more likely liked than not


def predict(engine: Engine, facts: Facts, profile: Profile, film: Film) -> Prediction | None:
    """What the visitor would give a film without ratings; None where too little is known of it."""
    number = np.array([film.number])
    if not facts.is_telling(number)[0]:
        return None
    distribution = facts.predict(profile.history(engine.films.n_items), number)
    (figured,) = figures(facts, distribution)
    return Prediction(film=film, because=(), **figured)


def rows(engine: Engine, facts: Facts, profile: Profile, n: int, filters: Filters) -> dict[str, tuple[Pick, ...]]:
    """At most n films for each row, best first; a row without films is left out.

    "new": films of the last NEW_YEARS that nobody has rated; "unrated": of any year, where filters name years or want
    the watchlist alone. "series": where the filters ask for series. Raises OptionError for filters that cannot be.
    """
    films = engine.films
    is_series = films.kind == KINDS.index("series")
    unrated = ~is_series & (films.n_ratings == 0)
    recent = films.year > films.year.max(initial=0) - NEW_YEARS
    narrowed = filters.years is not None or filters.watchlist == "only"
    allowed = {"unrated": unrated} if narrowed else {"new": unrated & recent}
    if "series" in filters.kinds:
        allowed["series"] = is_series
    found = {name: _best(engine, facts, profile, n, filters, mask) for name, mask in allowed.items()}
    return {name: picks for name, picks in found.items() if picks}


def _best(
    engine: Engine, facts: Facts, profile: Profile, n: int, filters: Filters, allowed: np.ndarray
) -> tuple[Pick, ...]:
    """The n best of the allowed films that are no items, not seen, likely enough to be liked, and known well enough."""
    films = engine.films
    allowed = allowed & filters.mask(films) & on_watchlist(films, profile, filters.watchlist)
    allowed[: films.n_items] = False
    allowed[list(profile.watched | profile.set_aside)] = False
    numbers = np.flatnonzero(allowed)
    numbers = numbers[facts.is_telling(numbers)]
    history = profile.history(films.n_items)
    expected = facts.predict(history, numbers)
    chance = predictive.chance_of_liking(facts.probabilities(expected))
    score = facts.preference(history, numbers) * chance**2
    best = top(score, chance >= LIKELY, n)
    figured = figures(facts, expected.at(best))
    return tuple(
        Pick(film=films.films[number], because=(), score=value, **row)
        for number, value, row in zip(numbers[best].tolist(), score[best].tolist(), figured, strict=True)
    )
