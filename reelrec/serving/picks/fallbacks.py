"""What takes the place of a model that is missing or damaged.

For each job the models that can do it, the best first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reelrec.errors import ArtifactError
from reelrec.models.base import Recommender

LISTS = ("blend", "ranker", "ease", "popularity")  # make the list of a visitor with ratings
STARS = ("stack", "bmf")  # predict the stars of the films that are shown; without either there are none
ALIKE = ("ranker", "ease")  # say which films go together; without either nobody does


def first_usable(model: Callable[[str], Recommender], names: Iterable[str]) -> Recommender | None:
    """The first of these models that can be used; None where none can. model: raises ArtifactError for the others."""
    for name in names:
        try:
            return model(name)
        except ArtifactError:
            continue
    return None
