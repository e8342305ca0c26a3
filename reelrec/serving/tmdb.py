"""TMDB's posters, texts, offers and trailers of films: for display only, and only where the host has a key.

The process has one client, made when a page first asks. Its requests run in the background. A page shows what is known,
does without the rest, and asks again a moment later. Pages reach this module as `app.tmdb`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from reelrec.data.film import Film
from reelrec.errors import SourceError
from reelrec.serving.limits.gate import GATE

if TYPE_CHECKING:
    from reelrec.sources.tmdb.client import Details, Fetched, Tmdb
    from reelrec.sources.tmdb.films import Wanted
    from reelrec.sources.tmdb.watch import Offers, Service

T = TypeVar("T")
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


@dataclass(frozen=True, slots=True)
class WhereToWatch:
    """Who has films, as far as TMDB has answered. offers: by film number; None for a film that TMDB does not have.

    pending: films without an answer yet. fault: why a request failed, in a sentence for the visitor; "" where none did.
    """

    offers: dict[int, Offers | None]
    pending: frozenset[int]
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
    answers, pending, failed, fault = _ask(films, seconds, lambda client, wanted: client.fetch(wanted, seconds))
    return Look(details=answers, pending=pending, failed=failed, fault=fault)


def where_to_watch(films: Iterable[Film], country: str, seconds: float) -> WhereToWatch:
    """Who has these films in a country, two capital letters. Returns after `seconds` at most. Raises ValueError."""
    from reelrec.sources.tmdb.watch import OffersIn

    about = OffersIn(country)
    answers, pending, _, fault = _ask(films, seconds, lambda client, wanted: client.fetch_of(wanted, about, seconds))
    return WhereToWatch(offers=answers, pending=pending, fault=fault)


def trailer(film: Film, seconds: float) -> str:
    """The code of the film's trailer at YouTube; "" where there is none, or none is known in time."""
    from reelrec.sources.tmdb.watch import TrailerOf

    answers, *_ = _ask([film], seconds, lambda client, wanted: client.fetch_of(wanted, TrailerOf(), seconds))
    return answers.get(film.number) or ""


def countries(seconds: float) -> Mapping[str, str]:
    """The countries that offers are known of: English name by code; {} where that is not known in time."""
    from reelrec.sources.tmdb import watch

    return _table(watch.countries(), seconds) or {}


def services(country: str, seconds: float) -> tuple[Service, ...]:
    """The services of a country, the best known first; () where they are not known in time. Raises ValueError."""
    from reelrec.sources.tmdb import watch

    return _table(watch.services_in(country), seconds) or ()


def _table(question: Any, seconds: float) -> Any:
    client = _client()
    if client is None:
        return None
    with _away(seconds):
        return client.ask(question, seconds).answers.get(question.key)


def _away(seconds: float) -> AbstractContextManager[None]:
    """Let another visitor's run work while this one waits for TMDB."""
    return GATE.outside() if seconds else nullcontext()


def _ask(
    films: Iterable[Film], seconds: float, fetch: Callable[[Tmdb, Iterable[Wanted]], Fetched[Wanted, T]]
) -> tuple[dict[int, T | None], frozenset[int], frozenset[int], str]:
    """Answers by film number; the films without one yet, those whose request failed, and why."""
    client = _client()
    if client is None:
        return {}, frozenset(), frozenset(film.number for film in films), str(_shared.fault or "")
    wanted = {film.number: _wanted(film) for film in films}
    with _away(seconds):
        fetched = fetch(client, wanted.values())
    answers = {number: fetched.answers[film] for number, film in wanted.items() if film in fetched.answers}
    failed = frozenset(number for number, film in wanted.items() if film in fetched.failed)
    return answers, frozenset(wanted) - answers.keys() - failed, failed, str(fetched.fault or "")


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
