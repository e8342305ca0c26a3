"""Why a film gets its stars, and its place in the list, over the models that this process has loaded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reelrec.data.film import Film
from reelrec.models.base import Recommender
from reelrec.serving import resources
from reelrec.serving.why import place as places
from reelrec.serving.why.lines import Line
from reelrec.serving.why.place import Place
from reelrec.serving.why.sums import of_facts, of_model
from reelrec.serving.why.sums import why as sums
from reelrec.visitor.profile import Profile


def why(profile: Profile, films: Sequence[Film], model: str | None = None) -> list[tuple[Line, ...]]:
    """For each film what adds up to the stars that are shown of it; () where none are shown.

    model: what ranks the list in which they are shown, as in `recommend`. Raises ArtifactError for one that was asked
    for by name and cannot be used.
    """
    engine, stars = resources.served(), _shown_by(model)
    if stars is None:
        return [() for _ in films]
    of_items = of_model(engine, stars)
    items = [film for film in films if film.number < engine.films.n_items]
    made = dict(zip((film.number for film in items), sums(engine.films, of_items, profile, items), strict=True))
    others = [film for film in films if film.number not in made]
    facts = resources.facts() if others else None
    if facts is not None:
        telling = facts.is_telling(np.array([film.number for film in others]))
        others = [film for film, is_telling in zip(others, telling.tolist(), strict=True) if is_telling]
        of_others = sums(engine.films, of_facts(facts, of_items), profile, others)
        made |= dict(zip((film.number for film in others), of_others, strict=True))
    return [made.get(film.number, ()) for film in films]


def place(profile: Profile, film: Film) -> Place | None:
    """Where a film stands in the visitor's list, and where it would without each of their films; None for no place."""
    return places.place(resources.served(), profile, film)


def _shown_by(model: str | None) -> Recommender | None:
    """What predicts the stars that a list by this model shows: a model of stars its own, others those of the engine."""
    ranker = None if model is None else resources.model(model)
    return ranker if ranker is not None and ranker.unit == "stars" else resources.served().stars_model
