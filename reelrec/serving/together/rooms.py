"""The rooms of a process: in each, people swipe on their own phones. Nothing of them is written anywhere.

A room's address is 128 random bits, and so is the key of each guest. A room ends an hour after the last word that was
said in it; looking at it is no word. Rooms are few, so that a process holds little: where all are taken, the one that
has waited longest for a second guest, or that made its choice first, gives way, after IDLE_SECONDS.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reelrec.errors import RoomError
from reelrec.serving.together.room_words import a_word
from reelrec.serving.together.swiping import Almost, Round
from reelrec.translation import N_, _

MOST_ROOMS = 200
LIFE_SECONDS, IDLE_SECONDS = 3600.0, 600.0
BYTES = 16  # of a room's address and of a guest's key
GONE = N_("This room is closed: a room ends an hour after the last swipe, and when the app is started again.")
FULL = N_("All rooms are taken at the moment. Swipe on one screen, or try again in ten minutes.")


@dataclass(slots=True)
class _Room:
    word: str
    round: Round
    spoken: float  # when the last word was said


@dataclass(frozen=True, slots=True)
class View:
    """What a guest sees of a room.

    word: of the room, to compare. name: their own. guests: names, and how many films each has swiped. n_films: in all.
    waits_for: how many people are still awaited. film: the next one for this guest, None where there is none. winner,
    almost: of `Round`. host: whether this guest opened the room.
    """

    word: str
    name: str
    guests: tuple[tuple[str, int], ...]
    n_films: int
    waits_for: int
    film: int | None
    winner: int | None
    almost: tuple[Almost, ...]
    host: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen: the choice is made, or all have swiped all films."""
        done = not self.waits_for and all(swiped == self.n_films for _, swiped in self.guests)
        return self.winner is not None or done


class Rooms:
    """All rooms of a process, for many threads. clock: seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rooms: dict[str, _Room] = {}

    def __len__(self) -> int:
        with self._lock:
            self._sweep()
            return len(self._rooms)

    def open(self, films: Sequence[int], size: int, name: str) -> tuple[str, str]:
        """Open a room for so many people. Returns its address and the key of its first guest. Raises RoomError."""
        with self._lock:
            self._sweep()
            if len(self._rooms) >= MOST_ROOMS:
                self._make_space()
            address, key = secrets.token_urlsafe(BYTES), secrets.token_urlsafe(BYTES)
            room = _Room(a_word(), Round(tuple(films), size), self._clock())
            room.round.join(key, name)
            self._rooms[address] = room
            return address, key

    def join(self, address: str, name: str) -> str:
        """Come into a room. Returns the guest's key. Raises RoomError where it is closed, full, or has chosen."""
        with self._lock:
            room, key = self._room(address), secrets.token_urlsafe(BYTES)
            room.round.join(key, name)
            room.spoken = self._clock()
            return key

    def say(self, address: str, key: str, film: int, wants: bool) -> None:
        """A guest's word for a film. Raises RoomError where the room is closed or they are no guest of it."""
        with self._lock:
            room = self._of_guest(address, key)
            room.round.say(key, film, wants)
            room.spoken = self._clock()

    def all_here(self, address: str, key: str) -> None:
        """Let the room wait for nobody else; who opened it may say so. Raises RoomError."""
        with self._lock:
            room = self._of_guest(address, key)
            if key == next(iter(room.round.guests)):
                room.round.all_here()
                room.spoken = self._clock()

    def leave(self, address: str, key: str) -> None:
        """Give up a seat, so that the others do not wait. With its last guest a room is gone."""
        with self._lock:
            room = self._rooms.get(address)
            if room is not None:
                room.round.leave(key)
                if not room.round.guests:
                    del self._rooms[address]

    def look(self, address: str, key: str) -> View:
        """What a guest sees. Raises RoomError where the room is closed or they are no guest of it."""
        with self._lock:
            room = self._of_guest(address, key)
            state = room.round
            return View(
                word=room.word,
                name=state.guests[key].name,
                guests=tuple((guest.name, len(guest.wants)) for guest in state.guests.values()),
                n_films=len(state.films),
                waits_for=max(0, state.size - len(state.guests)),
                film=state.next_of(key),
                winner=state.winner,
                almost=state.almost,
                host=key == next(iter(state.guests)),
            )

    def word(self, address: str) -> str:
        """The word of a room, for who is about to come in. Raises RoomError where it is closed."""
        with self._lock:
            return self._room(address).word

    def _room(self, address: str) -> _Room:
        self._sweep()
        if address not in self._rooms:
            raise RoomError(_(GONE))
        return self._rooms[address]

    def _of_guest(self, address: str, key: str) -> _Room:
        room = self._room(address)
        if key not in room.round.guests:
            raise RoomError(_("You are no guest of this room. Open its link again to join."))
        return room

    def _sweep(self) -> None:
        """Forget the rooms whose hour is over."""
        over = [address for address, room in self._rooms.items() if self._clock() - room.spoken >= LIFE_SECONDS]
        for address in over:
            del self._rooms[address]

    def _make_space(self) -> None:
        """Close the room that has been idle longest, if one has for long. Raises RoomError.

        Idle is a room with one guest, and one that has chosen its film.
        """
        idle = [
            (room.spoken, address)
            for address, room in self._rooms.items()
            if len(room.round.guests) == 1 or room.round.winner is not None
        ]
        if not idle or self._clock() - min(idle)[0] < IDLE_SECONDS:
            raise RoomError(_(FULL))
        del self._rooms[min(idle)[1]]


ROOMS = Rooms()  # of this process
