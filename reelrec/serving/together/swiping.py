"""One round of swiping: everybody says of each film whether they want it tonight, and the first that all want wins.

A round holds names, film numbers and answers, and no ratings. It is a plain value in one thread; `rooms.py` shares it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reelrec.errors import RoomError
from reelrec.serving.together.people import LEAST, MOST, clean_name
from reelrec.translation import _

MOST_FILMS = 40


class Almost(NamedTuple):
    """A film that all but one want. against: the name of who does not."""

    film: int
    against: str


@dataclass(slots=True)
class Guest:
    """Somebody who swipes. wants: film number to whether they want it."""

    name: str
    wants: dict[int, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Round:
    """films: numbers, in the order in which they are asked about. size: how many people it waits for, at least.

    guests: by key, in the order in which they came. winner: the first film that all wanted, None so far; it stays.
    """

    films: tuple[int, ...]
    size: int
    guests: dict[str, Guest] = field(default_factory=dict)
    winner: int | None = None

    def __post_init__(self) -> None:
        self.films = tuple(dict.fromkeys(self.films))[:MOST_FILMS]
        self.size = min(max(self.size, LEAST), MOST)

    def join(self, key: str, name: str) -> None:
        """Let somebody in. Raises RoomError for a seventh guest and after the choice is made."""
        if len(self.guests) >= MOST:
            raise RoomError(_("This room is full: {n} people are in it already.", n=MOST))
        if self.winner is not None:
            raise RoomError(_("This room has chosen its film already, so nobody can join any more."))
        self.guests[key] = Guest(clean_name(name, [guest.name for guest in self.guests.values()]))
        self.size = max(self.size, len(self.guests))

    def leave(self, key: str) -> None:
        """Let a guest go, and wait for one less. A film that all who are left want wins, in the order of the films."""
        if self.guests.pop(key, None) is not None:
            self.size = max(LEAST, self.size - 1)
            self._decide()

    def say(self, key: str, film: int, wants: bool) -> None:
        """Take a guest's word for a film of the round; the first word counts, and none after the choice is made."""
        guest = self.guests.get(key)
        if guest is None or film not in self.films or self.winner is not None:
            return
        guest.wants.setdefault(film, wants)
        if self._all_want(film):
            self.winner = film

    def all_here(self) -> None:
        """Wait for nobody else. A film that all who are here want by now wins, in the order of the films."""
        self.size = max(LEAST, len(self.guests))
        self._decide()

    def next_of(self, key: str) -> int | None:
        """The next film that this guest is asked about; None where there is none left or the choice is made."""
        if self.winner is not None or key not in self.guests:
            return None
        return next((film for film in self.films if film not in self.guests[key].wants), None)

    def turn(self) -> tuple[str, int] | None:
        """On one screen: whose turn it is, and for which film; None where nobody is left to ask.

        A film that cannot win, nor be wanted by all but one, is asked about no further.
        """
        if self.winner is not None:
            return None
        enough = 1 if len(self.guests) == LEAST else 2  # who do not want it
        for film in self.films:
            if sum(not guest.wants.get(film, True) for guest in self.guests.values()) >= enough:
                continue
            for key, guest in self.guests.items():
                if film not in guest.wants:
                    return key, film
        return None

    @property
    def almost(self) -> tuple[Almost, ...]:
        """The films that all but one want, where there are more than two people."""
        found = []
        for film in self.films:
            against = [guest.name for guest in self.guests.values() if guest.wants.get(film) is False]
            wanted = sum(guest.wants.get(film, False) for guest in self.guests.values())
            if len(against) == 1 and wanted == len(self.guests) - 1 >= LEAST:
                found.append(Almost(film, against[0]))
        return tuple(found)

    def _decide(self) -> None:
        if self.winner is None:
            self.winner = next((film for film in self.films if self._all_want(film)), None)

    def _all_want(self, film: int) -> bool:
        return len(self.guests) >= self.size and all(guest.wants.get(film, False) for guest in self.guests.values())


def on_one_screen(names: Sequence[str], films: Sequence[int]) -> Round:
    """A round of people who hand one screen around. The keys of the guests are their places."""
    made = Round(tuple(films), len(names))
    for place, name in enumerate(names):
        made.join(str(place), name)
    return made
