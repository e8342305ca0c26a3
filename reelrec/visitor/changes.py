"""What a profile gained: how many films are new, got stars or other stars, or are wanted now."""

from __future__ import annotations

from dataclasses import dataclass

from reelrec.visitor.profile import Profile


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of films.

    seen: new, with stars or without. starred: seen before, and rated now. restarred: with other stars. wanted: new on
    the watchlist.
    """

    seen: int
    starred: int
    restarred: int
    wanted: int


def changes(before: Profile, after: Profile) -> Changes:
    """What `after` has and `before` had not."""
    rated_both = before.ratings.keys() & after.ratings.keys()
    return Changes(
        seen=len(after.watched - before.watched),
        starred=len((after.ratings.keys() - before.ratings.keys()) & before.watched),
        restarred=sum(before.ratings[film] != after.ratings[film] for film in rated_both),
        wanted=len(after.watchlist - before.watchlist),
    )
