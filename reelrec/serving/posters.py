"""Posters and overviews from TMDB for films of the catalogue: for display only, and only where the host has a key.

The process has one client, made when a page first asks. Its requests run in the background. A page shows the posters
that are known, draws its own for the others, and asks again a moment later.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelrec.data.film import Film
from reelrec.errors import SourceError

if TYPE_CHECKING:
    from reelrec.sources.tmdb.client import Details, Tmdb
    from reelrec.sources.tmdb.films import Wanted

_making = threading.Lock()


@dataclass(slots=True)
class _Shared:
    """The host's token, and the client made with it. fault: why no client can be made."""

    token: str | None = None
    client: Tmdb | None = None
    fault: SourceError | None = None


_shared = _Shared()


@dataclass(frozen=True, slots=True)
class Look:
    """What TMDB has answered so far, by film number.

    details: None for a film that TMDB does not have. pending: films without an answer yet. failed: films whose request
    failed. fault: why, in a sentence for the visitor; "" where nothing failed.
    """

    details: dict[int, Details | None]
    pending: frozenset[int]
    failed: frozenset[int]
    fault: str


def use(token: str | None) -> None:
    """Use the host's token; with None, TMDB is not asked at all.

    A token that is in use already changes nothing. Any visitor can clear Streamlit's caches and so have this called
    again, which must neither close the client that others use nor lose the pause that TMDB asked for.
    """
    with _making:
        if token == _shared.token:
            return
        old = _shared.client
        _shared.token, _shared.client, _shared.fault = token, None, None
    if old is not None:
        old.close()  # outside the lock, because it waits for answers under way


def active() -> bool:
    """Whether the host has a key."""
    return _shared.token is not None


def look(films: Iterable[Film], seconds: float | None) -> Look | None:
    """What is known now, or after asking for so many seconds; None where there is no key."""
    if not active():
        return None
    return Look(known(films), frozenset(), frozenset(), "") if seconds is None else ask(films, seconds)


def known(films: Iterable[Film]) -> dict[int, Details | None]:
    """The details in memory or cache, without a request: a millisecond for a page of films."""
    client = _client()
    if client is None:
        return {}
    wanted = {film.number: _wanted(film) for film in films}
    details = client.known(wanted.values())
    return {number: details[film] for number, film in wanted.items() if film in details}


def ask(films: Iterable[Film], seconds: float) -> Look:
    """Ask TMDB for films that are not known. Returns after `seconds` at most, with the answers that came by then."""
    client = _client()
    if client is None:
        failed = frozenset(film.number for film in films)
        return Look(details={}, pending=frozenset(), failed=failed, fault=str(_shared.fault or ""))
    wanted = {film.number: _wanted(film) for film in films}
    fetched = client.fetch(wanted.values(), seconds)
    details = {number: fetched.details[film] for number, film in wanted.items() if film in fetched.details}
    failed = frozenset(number for number, film in wanted.items() if film in fetched.failed)
    pending = frozenset(wanted) - details.keys() - failed
    return Look(details=details, pending=pending, failed=failed, fault=str(fetched.fault or ""))


def _client() -> Tmdb | None:
    """The client, made at the first call; None without a key, or where none can be made."""
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
    """The film as TMDB's client looks for it."""
    from reelrec.sources.tmdb.films import Wanted

    return Wanted(title=film.title, year=film.year, tmdb_id=film.tmdb_id, imdb_id=film.imdb_id)
