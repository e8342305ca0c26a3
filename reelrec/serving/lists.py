"""What the app asks about films that a visitor chose: the watchlist, their own list, and lists given away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reelrec.serving import resources
from reelrec.serving.page import own_lists
from reelrec.serving.page.own_lists import Ordered
from reelrec.serving.page.own_lists import regret as regret
from reelrec.serving.page.own_lists import regrets as regrets
from reelrec.serving.picks.list_file import letterboxd_csv as letterboxd_csv
from reelrec.serving.picks.list_file import plain_text as plain_text
from reelrec.serving.picks.predictions import Pick
from reelrec.visitor import link, list_link
from reelrec.visitor.list_link import MAX_NAME_CHARS as MAX_NAME_CHARS
from reelrec.visitor.list_link import SharedList
from reelrec.visitor.list_link import clean_name as clean_name
from reelrec.visitor.profile import Profile

MAX_FILMS = min(link.MAX_LISTED, list_link.MAX_FILMS)  # of a list, in any link


def best_first(profile: Profile, numbers: Iterable[int]) -> Ordered:
    """These films, best first, none left out. Raises ArtifactError."""
    return own_lists.best_first(resources.served(), resources.facts(), profile, numbers)


def with_reasons(profile: Profile, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """The same picks of a list, with the liked films that speak for each. Raises ArtifactError."""
    return own_lists.with_reasons(resources.served(), profile, picks)


def for_tonight(profile: Profile, picks: Sequence[Pick], gone: Collection[int] = ()) -> Pick | None:
    """The best of these picks for one evening; None where none is for it. gone: numbers that were swapped away."""
    return own_lists.for_tonight(resources.served(), profile, picks, gone)


def link_token(name: str, numbers: Sequence[int]) -> str:
    """What a link to a list carries; "" for a list without films."""
    return list_link.encode(name, tuple(numbers))


def from_link(token: str) -> SharedList:
    """The list in a link. Raises TokenError."""
    films = resources.catalogue()
    return list_link.decode(token, len(films)).joined(films.canonical)
