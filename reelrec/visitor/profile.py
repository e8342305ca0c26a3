"""A visitor's profile: ratings and other marks, by film number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from reelrec.data.history import History


@dataclass(frozen=True, slots=True)
class Profile:
    """What a visitor said about films, by film number. A profile never changes; a change makes a new one.

    ratings: stars, in the order they were given. seen: watched and not rated. liked: with a heart. No model reads
    watchlist, set_aside ("not for me") and unseen ("haven't seen", an answer in the interview). dates: the day the film
    was watched (ISO). rewatched, reviewed: marks of an export or feed. origin: where a film came from, "export" or
    "rss"; a film without an origin was marked on a page.
    """

    ratings: Mapping[int, float] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()
    liked: frozenset[int] = frozenset()
    watchlist: frozenset[int] = frozenset()
    set_aside: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()
    dates: Mapping[int, str] = field(default_factory=dict)
    rewatched: frozenset[int] = frozenset()
    reviewed: frozenset[int] = frozenset()
    origin: Mapping[int, str] = field(default_factory=dict)

    @property
    def watched(self) -> frozenset[int]:
        """Every film the visitor has seen, rated or not."""
        return self.seen | self.liked | self.ratings.keys()

    def history(self) -> History:
        """The history that models score: rated, liked and seen films, by date where known, else as they were given."""
        unrated = sorted((self.seen | self.liked) - self.ratings.keys())
        films = [*self.ratings, *unrated]
        if self.dates:
            films = sorted(films, key=lambda film: self.dates.get(film, ""))
        stars = [self.ratings.get(film, np.nan) for film in films]
        items = np.array(films, dtype=np.int64)
        return History.of(items, stars, np.isin(items, list(self.liked)))


def merge(old: Profile, new: Profile) -> Profile:
    """Both profiles together; where they differ about a film, the new one counts."""
    answered = new.watched | new.set_aside | new.watchlist | new.unseen
    joined = {name: (getattr(old, name) - answered) | getattr(new, name) for name in ("seen", "set_aside", "unseen")}
    kept = {film: stars for film, stars in old.ratings.items() if film not in new.ratings.keys() | new.unseen}
    return replace(
        old,
        ratings=kept | dict(new.ratings),
        liked=(old.liked - new.unseen) | new.liked,
        watchlist=(old.watchlist - new.watched) | new.watchlist,
        dates=dict(old.dates) | dict(new.dates),
        rewatched=old.rewatched | new.rewatched,
        reviewed=old.reviewed | new.reviewed,
        origin=dict(old.origin) | dict(new.origin),
        **joined,
    )
