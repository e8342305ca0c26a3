"""A member's RSS feed in Letterboxd's shape (as of 2026, written by hand), about invented or given films."""

from __future__ import annotations

import datetime
import html
from collections.abc import Collection, Iterable, Sequence
from email.utils import format_datetime
from typing import NamedTuple

LAST_DAY = datetime.date(2026, 6, 30)
WELLINGTON = datetime.timezone(datetime.timedelta(hours=12))


class FeedFilm(NamedTuple):
    title: str
    year: int | None
    tmdb_id: int | None
    slug: str


_TITLES = (
    "The Glass Meridian", "Copper Tide", "Howler's Keep", "Salt & Ember", "El Niño del Faro", "The Ferryman’s Wife",
    "Star Quay: Episode IV –\u00a0The Reach", "Northern Ballast",
    *(f"{first} {last}" for first in ("Paper", "Slow", "Second", "Hollow", "Amber") for last in (
        "Orchard", "Signal", "Winter", "Passage", "Engine", "Choir", "Harvest", "Mirror")),
)  # fmt: skip
FILMS = tuple(
    FeedFilm(title, 1950 + 3 * place % 75, 7000 + place, f"film-number-{place}")
    for place, title in enumerate(_TITLES[:45])
)
SERIES = FeedFilm("Harbour Watch", 2021, 9001, "harbour-watch")


def entry(
    film: FeedFilm,
    place: int,
    *,
    stars: float | None = None,
    member: str = "alice",
    kind: str = "watch",
    again: bool = False,
    liked: bool = False,
    without: Collection[str] = (),
) -> str:
    """A logged film on one line. place: 0 is the newest, a day each. without: elements that it does not have."""
    day = LAST_DAY - datetime.timedelta(days=place)
    at = datetime.datetime.combine(day, datetime.time(9, 3, 5), WELLINGTON) + datetime.timedelta(days=1)
    drawn = "" if stars is None else " - " + "★" * int(stars) + "½" * (stars % 1 > 0)
    title = html.escape(film.title).replace("&#x27;", "&#039;")
    elements = {
        "watchedDate": f"<letterboxd:watchedDate>{day}</letterboxd:watchedDate>",
        "rewatch": f"<letterboxd:rewatch>{'Yes' if again else 'No'}</letterboxd:rewatch>",
        "filmTitle": f"<letterboxd:filmTitle>{title}</letterboxd:filmTitle>",
        "filmYear": f"<letterboxd:filmYear>{film.year}</letterboxd:filmYear>" if film.year else "",
        "memberRating": f"<letterboxd:memberRating>{stars}</letterboxd:memberRating>" if stars else "",
        "memberLike": f"<letterboxd:memberLike>{'Yes' if liked else 'No'}</letterboxd:memberLike>",
        "tmdb": f"<tmdb:movieId>{film.tmdb_id}</tmdb:movieId>",
    }
    if film is SERIES:
        elements["tmdb"] = f"<tmdb:tvId>{film.tmdb_id}</tmdb:tvId>"
    said = "".join(text for name, text in elements.items() if name not in without)
    words = "<p>Worth it for the <i>harbour</i> alone.</p>" if kind == "review" else f"<p>Watched on {day}.</p>"
    return (
        f"<item> <title>{title}{f', {film.year}' if film.year else ''}{drawn}</title> "
        f"<link>https://letterboxd.com/{member}/film/{film.slug}/{'1/' if again else ''}</link> "
        f'<guid isPermaLink="false">letterboxd-{kind}-{900_000_000 - place}</guid> '
        f"<pubDate>{format_datetime(at)}</pubDate> {said} "
        f'<description><![CDATA[ <p><img src="https://a.example/{film.slug}.jpg"/></p> {words} ]]></description> '
        f"<dc:creator>{member.title()}</dc:creator></item>"
    )


def list_entry(place: int, member: str = "alice") -> str:
    return (
        f"<item> <title>Films with lighthouses, {place}</title> <link>https://letterboxd.com/{member}/list/l-{place}/"
        f'</link> <guid isPermaLink="false">letterboxd-list-{5_000_000 - place}</guid> <pubDate>Mon, 01 Jun 2026 '
        "10:00:00 +1200</pubDate> <description><![CDATA[ <ul><li>Copper Tide</li></ul> ]]></description> "
        f"<dc:creator>{member.title()}</dc:creator></item>"
    )


def feed(items: Iterable[str], member: str = "alice") -> bytes:
    return (
        "<?xml version='1.0' encoding='utf-8'?>"
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:letterboxd="https://letterboxd.com" xmlns:tmdb="https://themoviedb.org">'
        f"<channel><title>Letterboxd - {member.title()}</title><link>https://letterboxd.com/{member}/</link>"
        f"<description>Letterboxd - {member.title()}</description>{''.join(items)}</channel></rss>"
    ).encode()


def everything(films: Sequence[FeedFilm]) -> bytes:
    """Every kind of item there is: 50 from 45 films; from fewer (eight at least), fewer."""
    rest = [
        entry(film, place, stars=(3 * place % 10 + 1) / 2, liked=place % 4 == 0)
        for place, film in enumerate(films[8:45], start=11)
    ]
    return feed([
        entry(films[0], 0, stars=2.5, again=True),
        entry(films[1], 1, stars=4.5, liked=True),
        entry(films[2], 2),
        entry(films[3], 3, stars=3.5, kind="review"),
        list_entry(4),
        entry(films[4], 5, stars=5.0, without=["memberLike"]),
        entry(films[5], 6, stars=1.0, without=["filmYear"]),
        entry(films[6], 7, stars=3.0, without=["memberRating"]),
        entry(SERIES, 8, stars=4.0),
        entry(films[7], 9, stars=2.0, without=["tmdb"]),
        list_entry(10),
        *rest,
        list_entry(48),
        entry(films[0], 49, stars=4.0),
    ])  # fmt: skip


def bomb() -> bytes:
    """Entities that would unpack to 3 GB."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]><rss><channel>&a9;</channel></rss>'.encode()
    )
