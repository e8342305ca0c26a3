"""The films of several files of one site, or of several rows, as one film each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reelrec.sources.budget import Budget
from reelrec.sources.log import LoggedFilm

Key = tuple[str, bool, int | str, int | None]


def joined(films: Iterable[LoggedFilm], budget: Budget) -> list[LoggedFilm]:
    """Each film once, oldest first. Films are one where an id says so, or title and year where one of them has no id.

    Of two ratings the one of the later day counts, else the later row. Raises ExportError past the budget.
    """
    places: dict[Key, int] = {}
    found: list[LoggedFilm] = []
    rated: list[str] = []  # the day of the row that each rating is of
    for film in budget.each(films):
        if film.television and film.tmdb_id:
            film = replace(film, tmdb_id=None)  # it numbers series anew
        keys = list(_keys(film))
        place = next((places[key] for key in keys if key in places), len(found))
        if place == len(found):
            found.append(film)
            rated.append(film.date or "")
        else:
            counts = bool(film.rating) and (not found[place].rating or (film.date or "") >= rated[place])
            rated[place] = film.date or "" if counts else rated[place]
            found[place] = _one(found[place], film, film.rating if counts else found[place].rating)
        for key in keys:
            places.setdefault(key, place)
    return sorted(found, key=lambda film: film.date or "")


def _keys(film: LoggedFilm) -> Iterator[Key]:
    """What another row of the same film has too."""
    ids = (("imdb", film.imdb_id), ("tmdb", film.tmdb_id), ("movielens", film.movielens_id))
    known = [(name, number) for name, number in ids if number is not None]
    for name, number in known:
        yield name, film.television, number, None
    if not known:
        yield "title", film.television, film.title.casefold(), film.year


def _one(old: LoggedFilm, new: LoggedFilm, rating: str) -> LoggedFilm:
    """A film of which two rows tell. rating: that of the two which counts."""
    return replace(
        old,
        title=old.title or new.title,
        year=old.year or new.year,
        tmdb_id=old.tmdb_id or new.tmdb_id,
        imdb_id=old.imdb_id or new.imdb_id,
        movielens_id=old.movielens_id or new.movielens_id,
        rating=rating,
        seen=old.seen or new.seen,
        liked=old.liked or new.liked,
        watchlist=old.watchlist or new.watchlist,
        date=max(filter(None, (old.date, new.date)), default=None),
        rewatched=old.rewatched or new.rewatched,
        reviewed=old.reviewed or new.reviewed,
        review=new.review or old.review,
    )
