"""What a visitor does with films beside answering: puts them on a list of their own, takes them off the watchlist.

It says nothing of having seen them, so answers stay as they are, and nothing of it is logged.
"""

from __future__ import annotations

from collections.abc import Mapping

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import state, text

OFF_WATCHLIST = N_("Take off my watchlist")  # the button of a tile


def take_listed(films: Mapping[str, object]) -> None:
    """Put films on the list or take them off. films: film number to whether it is to be there, from a browser."""
    old, told = state.profile(), _numbers(films)
    there = set(old.shortlist)
    new = [number for number, listed in told.items() if listed is True and number not in there]
    gone = {number for number, listed in told.items() if listed is False} & there
    if not gone and not new:
        return
    changed = old.unlisted(gone).listed(new)
    if len(new) + len(gone) > 1:
        state.change(changed, _("{films} on your list now.", films=text.films(len(changed.shortlist))))
    elif new:
        state.change(changed, _("On your list: “{film}”", film=_name(new[0])))
    else:
        state.change(changed, _("Off your list: “{film}”", film=_name(min(gone))))


def take_unwanted(films: Mapping[str, object]) -> None:
    """Take films off the watchlist. films: film number to False, from a browser."""
    old = state.profile()
    gone = [number for number, wanted in _numbers(films).items() if wanted is False and number in old.watchlist]
    if len(gone) == 1:
        state.change(old.not_wanted(gone), _("Off your watchlist: “{film}”", film=_name(gone[0])))
    elif gone:
        state.change(old.not_wanted(gone), _("{films} off your watchlist.", films=text.films(len(gone))))


def take_order(told: Mapping[str, object]) -> None:
    """Put the list into another order. told: "0" to the film numbers in it, from a browser."""
    old, order = state.profile(), told.get("0")
    words = order.split() if isinstance(order, str) else []
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 9]
    new = old.arranged(numbers)
    if new != old:
        state.change(new, _moved(old.shortlist, new.shortlist))


def _moved(old: tuple[int, ...], new: tuple[int, ...]) -> str:
    """What the move of one film did, which is the one that passed most others."""
    before = {number: place for place, number in enumerate(old)}
    after = {number: place for place, number in enumerate(new, start=1)}
    far = max(new, key=lambda number: abs(before[number] + 1 - after[number]))
    return _("Now number {place} of your list: “{film}”", film=_name(far), place=after[far])


def _numbers(films: Mapping[str, object]) -> dict[int, object]:
    """The films that exist, by number."""
    n = len(app.catalogue())
    named = {int(key): value for key, value in films.items() if key.isascii() and key.isdigit() and len(key) < 9}
    return {number: value for number, value in named.items() if number < n}


def _name(number: int) -> str:
    return app.catalogue().films[number].name
