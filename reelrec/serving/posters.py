"""Posters and overviews from TMDB for films of the catalogue: for display only, and only with a key of the host's.

One client for the whole process, made when a page first asks. Its questions go on in the background; a page takes what
is known, draws its own posters for the rest, and asks again a moment later.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelrec.data.film import Film
from reelrec.errors import SourceError

if TYPE_CHECKING:
    from reelrec.sources.tmdb.client import Details, Tmdb, Wanted

_making = threading.Lock()


@dataclass(slots=True)
class _Shared:
    """What the process has: the host's token, the client made with it, or why none can be made."""

    token: str | None = None
    client: Tmdb | None = None
    fault: SourceError | None = None


_shared = _Shared()


@dataclass(frozen=True, slots=True)
class Look:
    """details: by film number, None for a film that TMDB does not have. pending: films still being asked about.

    failed: films that cannot be had now, and fault: why, for the visitor; "" where nothing went wrong.
    """

    details: dict[int, Details | None]
    pending: frozenset[int]
    failed: frozenset[int]
    fault: str


def use(token: str | None) -> None:
    """Take the host's token; without one there is no TMDB at all.

    The token that is in use already changes nothing: any visitor can have Streamlit's caches cleared, and so this
    called again, which must neither end the client under the others nor make it forget that TMDB asked for a pause.
    """
    with _making:
        if token == _shared.token:
            return
        old = _shared.client
        _shared.token, _shared.client, _shared.fault = token, None, None
    if old is not None:
        old.close()  # waits for answers under way, so others are not kept from the new one meanwhile


def active() -> bool:
    """Whether the host gave a key."""
    return _shared.token is not None


def known(films: Iterable[Film]) -> dict[int, Details | None]:
    """What is known without asking anybody: a millisecond for a page of films."""
    client = _client()
    if client is None:
        return {}
    wanted = {film.number: _wanted(film) for film in films}
    found = client.known(wanted.values())
    return {number: found[film] for number, film in wanted.items() if film in found}


def ask(films: Iterable[Film], seconds: float) -> Look:
    """Ask for what is not known, and come back after so many seconds at most, whatever is answered by then."""
    client = _client()
    if client is None:
        return Look({}, frozenset(), frozenset(film.number for film in films), str(_shared.fault or ""))
    wanted = {film.number: _wanted(film) for film in films}
    found = client.fetch(wanted.values(), seconds)
    details = {number: found.details[film] for number, film in wanted.items() if film in found.details}
    failed = frozenset(number for number, film in wanted.items() if film in found.failed)
    return Look(details, frozenset(wanted) - details.keys() - failed, failed, str(found.fault or ""))


def _client() -> Tmdb | None:
    with _making:
        if _shared.token is None:
            return None
        if _shared.client is None and _shared.fault is None:
            from reelrec.sources.tmdb.client import Tmdb  # loads requests and diskcache

            try:
                _shared.client = Tmdb(_shared.token)
            except SourceError as fault:
                _shared.fault = fault
        return _shared.client


def _wanted(film: Film) -> Wanted:
    from reelrec.sources.tmdb.client import Wanted

    return Wanted(film.title, film.year, film.tmdb_id, film.imdb_id)
