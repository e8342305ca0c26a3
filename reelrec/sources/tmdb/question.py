"""A request to TMDB: what is asked, what is kept of the answer, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from reelrec.sources.tmdb.api import Params

DAY = 86_400.0
MISS_SECONDS = 1 * DAY

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """One request.

    read: makes of its answer what is kept, None being TMDB's 404. seconds: for which that is kept; MISS_SECONDS where
    it is empty. packed: it as a JSON value; unpacked: back, None for any other value. part: names what is kept, where
    that is a part of the answer.
    """

    path: str
    params: Params
    seconds: float
    read: Callable[[dict | None], T]
    packed: Callable[[T], object]
    unpacked: Callable[[object], T | None]
    part: str = ""

    @property
    def key(self) -> str:
        return f"{self.path}?{urlencode(self.params)}{f'#{self.part}' if self.part else ''}"


def is_id(value: object) -> bool:
    """Whether a value is a positive whole number of at most ten digits."""
    return type(value) is int and 0 < value < 10**10
