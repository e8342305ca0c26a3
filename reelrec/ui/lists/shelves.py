"""Films that a visitor chose, as shelves: put into order once, and drawn with the stars that the visitor would give."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reelrec import app
from reelrec.ui import state
from reelrec.ui.for_you import picks
from reelrec.ui.made import MadeOrder
from reelrec.ui.shelf.tiles import Tile, tiles
from reelrec.ui.why import asked

if TYPE_CHECKING:
    from reelrec.serving.page.own_lists import Ordered
    from reelrec.visitor.profile import Profile

WIDTH = "9.5rem"  # of a tile


def ordered(name: str, profile: Profile, numbers: Collection[int]) -> Ordered:
    """These films, best first. It is made once for a profile, whatever is on its lists. Raises ReelRecError."""
    plain, wanted = replace(profile, shortlist=(), watchlist=frozenset()), frozenset(numbers)
    made = state.visit().made_orders.get(name)
    if made is None or made.numbers != wanted or made.profile != plain:
        made = MadeOrder(plain, wanted, app.lists.best_first(profile, wanted))
        state.visit().made_orders[name] = made
    return made.ordered


def tiles_of(films: Ordered, profile: Profile, numbers: Sequence[int]) -> list[Tile]:
    """These films of an order as tiles, with reasons; without stars those that were seen or are little known."""
    wanted = set(numbers)
    ranked = [pick for pick in films.shelf.picks if pick.film.number in wanted]
    guessed = [pick for pick in films.by_facts if pick.film.number in wanted]
    made = [picks.tile(pick, films.shelf) for pick in (*app.lists.with_reasons(profile, ranked), *guessed)]
    made += [Tile(film) for film in (*films.unknown, *films.seen) if film.number in wanted]
    by_number = {tile.film.number: tile for tile in made}
    return [by_number[number] for number in numbers]


def draw(label: str, shown: Sequence[Tile], films: Ordered, *, key: str, width: str = WIDTH, **more: Any) -> None:
    """Draw tiles of an order. label: for a screen reader. more: options of `tiles`."""
    model = films.shelf.model
    options: dict[str, Any] = {"lists": True, "explain": lambda number: asked.ask(number, model)} | more
    tiles(label, shown, key=key, width=width, **options)
