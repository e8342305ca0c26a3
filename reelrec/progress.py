"""How far long work is. Its loops say so with `steps`, at any depth; `watched` is told which share is done.

    with watched(tell):
        for model in steps(models):  # tell(0.0, "bmf"), tell(0.5, "svd")
            for user in steps(users):  # each user is a part of the share of their model

The loops of another thread or process are not watched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar, cast

T = TypeVar("T")
Tell = Callable[[float, str], object]  # the share that is done, from 0 to 1, and the step that comes


@dataclass(slots=True)
class _Watch:
    """tell: whom. start, size: the share that is done, and the share that the present step is. name: of that step."""

    tell: Tell
    start: float = 0.0
    size: float = 1.0
    name: str = ""


_watch: ContextVar[_Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(tell: Tell) -> Iterator[None]:
    """Tell how far the loops are that run inside. One after another, each begins at 0 again."""
    before = _watch.set(_Watch(tell))
    try:
        yield
    finally:
        _watch.reset(before)


def steps(things: Iterable[T], n: int | None = None, names: Sequence[str] = ()) -> Iterator[T]:
    """The same things, while their share is told. n: how many, where they do not say.

    names: of the steps; things that are texts name themselves. Loops inside a step with a name do not change it.
    """
    watch = _watch.get()
    if watch is None:
        yield from things
        return
    start, size, outer = watch.start, watch.size, watch.name
    total = len(cast(Sized, things)) if n is None else n
    try:
        for place, thing in enumerate(things):
            own = names[place] if names else thing if isinstance(thing, str) else ""
            watch.start, watch.size = start + size * place / total, size / total
            watch.name = outer or own
            watch.tell(watch.start, watch.name)
            yield thing
        watch.tell(start + size, outer)
    finally:
        watch.start, watch.size, watch.name = start, size, outer
