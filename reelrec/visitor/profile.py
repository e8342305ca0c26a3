"""A visitor's profile: ratings and other marks, by film number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, get_args

import numpy as np

from reelrec.data.half_stars import half_star
from reelrec.data.history import History

Mark = Literal["seen", "set_aside", "unseen"]  # an answer about a film other than stars
MARKS: tuple[Mark, ...] = get_args(Mark)
Answer = float | Mark  # stars or a mark
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a visitor said about films, by film number. A profile never changes; a change makes a new one.

    ratings: stars, in the order they were given. seen: watched and not rated. liked: with a heart. set_aside: "not for
    me"; of a watched film, "don't count this": no model reads its stars or marks. unseen: "haven't seen", an answer in
    the interview. No model reads the watchlist. dates: the day the film was watched (ISO). rewatched, reviewed: marks
    of an export or feed. origin: where a film came from, "export" or "rss"; a film without an origin was marked on a
    page. shortlist: the list that the visitor put together, in their order, of any films; no model reads it either.
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
    shortlist: tuple[int, ...] = ()

    @property
    def watched(self) -> frozenset[int]:
        """Every film the visitor has seen, rated or not."""
        return self.seen | self.liked | self.ratings.keys()

    @property
    def uncounted(self) -> frozenset[int]:
        """The watched films that are set aside, so that no model reads what was said of them."""
        return self.set_aside & self.watched

    @property
    def counted(self) -> dict[int, float]:
        """The ratings that models read, in the order they were given."""
        return {film: stars for film, stars in self.ratings.items() if film not in self.set_aside}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the visitor."""
        return self == Profile()

    def answer(self, number: int) -> Answer | None:
        """The stars or else the mark that the visitor gave a film; None where they gave neither."""
        if number in self.ratings:
            return self.ratings[number]
        return next((mark for mark in MARKS if number in getattr(self, mark)), None)

    def rated(self, number: int, stars: float) -> Profile:
        """With stars for a film, in place of a mark; a film rated anew keeps its place. Raises RatingError."""
        return replace(self._unmarked(number), ratings={**self.ratings, number: half_star(stars)})

    def marked(self, number: int, mark: Mark) -> Profile:
        """With a mark for a film, in place of stars or another mark."""
        plain = self.unanswered(number)
        marked = replace(plain, **{mark: getattr(plain, mark) | {number}})
        return marked.not_counted(number) if mark == "seen" and number in self.uncounted else marked

    def unanswered(self, number: int) -> Profile:
        """Without the stars or the mark of a film."""
        ratings = {film: stars for film, stars in self.ratings.items() if film != number}
        plain = replace(self._unmarked(number), ratings=ratings)
        return plain if number in plain.watched else replace(plain, set_aside=plain.set_aside - {number})

    def not_counted(self, number: int) -> Profile:
        """With what was said of a watched film kept, but read by no model."""
        return replace(self, set_aside=self.set_aside | ({number} & self.watched))

    def counted_again(self, number: int) -> Profile:
        """With a watched film read by models again."""
        return replace(self, set_aside=self.set_aside - ({number} & self.watched))

    def listed(self, numbers: Iterable[int]) -> Profile:
        """With these films at the end of the visitor's own list; those that are on it keep their places."""
        return replace(self, shortlist=tuple(dict.fromkeys((*self.shortlist, *numbers))))

    def unlisted(self, numbers: Collection[int]) -> Profile:
        """Without these films on the visitor's own list."""
        return replace(self, shortlist=tuple(film for film in self.shortlist if film not in numbers))

    def arranged(self, numbers: Iterable[int]) -> Profile:
        """With the visitor's own list in this order; films of it that are not named stay behind those that are."""
        own = set(self.shortlist)
        named = (film for film in numbers if film in own)
        return replace(self, shortlist=tuple(dict.fromkeys((*named, *self.shortlist))))

    def not_wanted(self, numbers: Collection[int]) -> Profile:
        """Without these films on the watchlist."""
        return replace(self, watchlist=self.watchlist.difference(numbers))

    def without_stars(self, numbers: Collection[int]) -> Profile:
        """With these rated films seen, without their stars."""
        gone = set(numbers)
        ratings = {film: stars for film, stars in self.ratings.items() if film not in gone}
        return replace(self, ratings=ratings, seen=self.seen | (self.ratings.keys() - ratings.keys()) - self.liked)

    def not_seen(self, numbers: Collection[int]) -> Profile:
        """With these films, which have no answer yet, marked as unseen."""
        return replace(self, unseen=self.unseen | set(numbers))

    def merged(self, new: Profile) -> Profile:
        """With what a new profile says; where the two differ about a film, the new one counts."""
        return merge(self, new)

    def answered(self, number: int, answer: Answer | None) -> Profile:
        """With stars or a mark for a film, or without either. Raises RatingError."""
        if answer is None:
            return self.unanswered(number)
        return self.marked(number, answer) if isinstance(answer, str) else self.rated(number, answer)

    def _unmarked(self, number: int) -> Profile:
        film = {number}
        aside = self.set_aside - (film - self.uncounted)  # a film that does not count is not made to by another answer
        return replace(self, seen=self.seen - film, set_aside=aside, unseen=self.unseen - film)

    def joined(self, canonical: np.ndarray) -> Profile:
        """With each film under the number of the row that is shown; where both rows have stars, that row's count.

        canonical: (n_films,) of the catalogue.
        """

        def shown(numbers: Iterable[int]) -> frozenset[int]:
            return frozenset(int(canonical[number]) for number in numbers)

        def keyed(values: Mapping[int, T]) -> dict[int, T]:
            return {int(canonical[number]): value for number, value in values.items()} | {
                number: value for number, value in values.items() if canonical[number] == number
            }

        changed: dict[str, Any] = {name: keyed(getattr(self, name)) for name in ("ratings", "dates", "origin")}
        marks = ("seen", "liked", "watchlist", "set_aside", "unseen", "rewatched", "reviewed")
        changed |= {name: shown(getattr(self, name)) for name in marks}
        changed["seen"] -= changed["ratings"].keys()
        changed["shortlist"] = tuple(dict.fromkeys(int(canonical[number]) for number in self.shortlist))
        return replace(self, **changed)

    def known(self, n_items: int) -> Profile:
        """The ratings, hearts and seen films that models read. n_items: of the catalogue."""
        gone = self.set_aside
        return Profile(
            ratings={film: stars for film, stars in self.counted.items() if film < n_items},
            seen=frozenset(film for film in self.seen - gone if film < n_items),
            liked=frozenset(film for film in self.liked - gone if film < n_items),
        )

    def history(self, n_items: int) -> History:
        """The history that models score: rated, liked and seen films, by date where known, else as they were given.

        n_items: of the catalogue; films after them are not in it.
        """
        unrated = sorted((self.seen | self.liked) - self.ratings.keys() - self.set_aside)
        films = [film for film in (*self.counted, *unrated) if film < n_items]
        if self.dates:
            films = sorted(films, key=lambda film: self.dates.get(film, ""))
        stars = [self.ratings.get(film, np.nan) for film in films]
        items = np.array(films, dtype=np.int64)
        marks = (
            [film for film in sorted(kind) if film < n_items] for kind in (self.set_aside - self.watched, self.unseen)
        )
        return History.of(items, stars, np.isin(items, list(self.liked))).with_marks(*marks)


def merge(old: Profile, new: Profile) -> Profile:
    """Both profiles together; where they differ about a film, the new one counts."""
    wished = new.watchlist - old.watched  # a wish changes nothing of a film that was watched
    answered = new.watched | new.set_aside | wished | new.unseen
    joined = {name: (getattr(old, name) - answered) | getattr(new, name) for name in ("seen", "set_aside", "unseen")}
    kept = {film: stars for film, stars in old.ratings.items() if film not in new.ratings.keys() | new.unseen}
    joined["set_aside"] |= old.uncounted & new.watched  # a film that does not count is not made to count by an import
    joined["seen"] -= kept.keys()  # a film that was rated before and is seen now keeps its stars
    later = {film: max(day, new.dates[film]) for film, day in old.dates.items() if film in new.dates}
    return replace(
        old,
        ratings=kept | dict(new.ratings),
        liked=(old.liked - new.unseen) | new.liked,
        watchlist=(old.watchlist - new.watched) | (new.watchlist - (old.watched - new.unseen)),
        dates=dict(old.dates) | dict(new.dates) | later,
        rewatched=old.rewatched | new.rewatched,
        reviewed=old.reviewed | new.reviewed,
        origin=dict(old.origin) | dict(new.origin),
        shortlist=old.listed(new.shortlist).shortlist,
        **joined,
    )
