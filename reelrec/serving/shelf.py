"""A shelf: the list of films that a visitor is shown, and its file for Letterboxd."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from reelrec.errors import OptionError
from reelrec.serving import engine
from reelrec.serving.engine import MIDDLE, Engine
from reelrec.serving.picks import exploration
from reelrec.serving.picks.exploration import Exploration
from reelrec.serving.picks.filters import EVERYTHING, Filters
from reelrec.serving.picks.list_file import letterboxd_csv
from reelrec.serving.picks.predictions import Pick
from reelrec.visitor.profile import Profile

THEIR_STARS = "for you"  # what the stars of a shelf are called when they follow the visitor's ratings
SAME_FOR_ALL = frozenset({"popularity", "film-mean"})  # models that give every visitor the same order


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of picks, best first.

    model: the name of the model that ranked. personal: whether the order follows the visitor. stars_of: whose the
    stars are, in two or three words.
    """

    model: str
    picks: tuple[Pick, ...]
    personal: bool
    stars_of: str

    @property
    def stars_are_theirs(self) -> bool:
        """Whether the stars follow ratings of the visitor."""
        return self.stars_of == THEIR_STARS

    @property
    def has_stars(self) -> bool:
        """Whether stars are predicted for the films."""
        return any(pick.stars is not None for pick in self.picks)

    def letterboxd_list(self) -> str:
        """A CSV in rank order that Letterboxd imports as a list: ids, title, year; nothing marks a film as seen."""
        return letterboxd_csv([pick.film for pick in self.picks])


def recommend(
    served: Engine,
    profile: Profile,
    n: int,
    model: str | None = None,
    dial: float = MIDDLE,
    filters: Filters = EVERYTHING,
) -> Shelf:
    """At most n films that the visitor has not seen. Raises OptionError. The arguments are those of the engine."""
    if n < 1:
        raise OptionError(f"A list of {n} films cannot be made; ask for one or more.")
    name, picks = engine.recommend(served, profile, n, model, dial, filters)
    known = profile.known(served.films.n_items)
    personal = bool(known.watched) and name not in SAME_FOR_ALL
    return Shelf(model=name, picks=picks, personal=personal, stars_of=stars_of(name, known))


def stars_of(model: str, known: Profile) -> str:
    """Whose the stars of a list by this model are. known: what models know of the visitor."""
    if model == "film-mean":
        return "on average"
    return THEIR_STARS if known.ratings else "for a newcomer"


def recommend_and_explore(
    served: Engine, profile: Profile, n: int, visit: str, shown: Collection[int] = (), **options: Any
) -> tuple[Shelf, Exploration | None]:
    """The shelf of `recommend`, and a film drawn from the picks that follow it; None while the profile is empty.

    shown: numbers of films that are not drawn, because the page shows them elsewhere. options: those of `recommend`.
    """
    if not profile.watched:
        return recommend(served, profile, n, **options), None
    longer = recommend(served, profile, n + exploration.CANDIDATES, **options)
    others = [pick for pick in longer.picks[n:] if pick.film.number not in shown]
    return replace(longer, picks=longer.picks[:n]), exploration.draw(others, visit)
