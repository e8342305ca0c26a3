"""The fake TMDB’s offers and trailers, by the last digit of a film’s id, in the real one’s shapes.

Services are invented. Films whose id ends in 0 have no offers at all, in 1 none in Germany; the others have some in
each of three countries. Films ending in 9 have no videos, in 8 a teaser alone, the others an official trailer, which
stands after one that is not.
"""

from __future__ import annotations

from reelrec import app
from reelrec.data.film import Film

LANTERN = {"provider_id": 8, "provider_name": "Lantern+", "display_priority": 1, "logo_path": "/lantern.jpg"}
OTTER = {"provider_id": 337, "provider_name": "Otter Kino", "display_priority": 0, "logo_path": "/otter.jpg"}
FREE = {"provider_id": 73, "provider_name": "Free Reel", "display_priority": 4, "logo_path": "/free.jpg"}
SHOP = {"provider_id": 2, "provider_name": "Shop of Films", "display_priority": 2, "logo_path": "/shop.jpg"}
COUNTRIES = {
    "results": [
        {"iso_3166_1": "US", "english_name": "United States of America", "native_name": "United States"},
        {"iso_3166_1": "DE", "english_name": "Germany", "native_name": "Deutschland"},
        {"iso_3166_1": "JP", "english_name": "Japan", "native_name": "日本"},
        {"iso_3166_1": "FR", "english_name": "France", "native_name": "France"},
    ]
}
_BY_COUNTRY = {"US": [LANTERN, FREE, SHOP], "DE": [OTTER, LANTERN, SHOP], "JP": [LANTERN]}


def film_ending_in(digit: int) -> Film:
    """The best known film of the real catalogue whose TMDB id ends so, from which its offers here follow."""
    return next(film for film in app.catalogue().films if film.tmdb_id and film.tmdb_id % 10 == digit)


def services(country: str) -> dict:
    """As the list of a country's services shows them."""
    return {"results": [one | {"display_priorities": {country: 0}} for one in _BY_COUNTRY.get(country, [])]}


def offers(tmdb_id: int) -> dict:
    """As a film's watch providers are shown."""
    link = f"https://www.themoviedb.org/movie/{tmdb_id}-invented/watch?locale="
    results: dict[str, dict] = {
        "US": {"link": f"{link}US", "flatrate": [LANTERN], "ads": [FREE, LANTERN], "rent": [SHOP], "buy": [SHOP]},
        "DE": {"link": f"{link}DE", "flatrate": [LANTERN, OTTER], "buy": [SHOP]},
        "JP": {"link": f"{link}JP", "rent": [LANTERN]},
    }
    if tmdb_id % 10 == 0:
        results = {}
    elif tmdb_id % 10 == 1:
        del results["DE"]
    return {"id": tmdb_id, "results": results}


def videos(tmdb_id: int) -> dict:
    """As a film's videos are shown."""
    teaser = _video("Teaser", f"teaser{tmdb_id:05d}", official=True)
    made = [_video("Trailer", f"byfans{tmdb_id:05d}", official=False), teaser]
    made += [_video("Clip", "clip-000000", official=True), _video("Trailer", "elsewhere", True) | {"site": "Vimeo"}]
    made.append(_video("Trailer", f"trailer{tmdb_id:04d}", official=True))
    return {"id": tmdb_id, "results": {9: [], 8: [teaser]}.get(tmdb_id % 10, made)}


def _video(kind: str, key: str, official: bool) -> dict:
    return {
        "iso_639_1": "en", "iso_3166_1": "US", "name": kind, "key": key, "site": "YouTube", "size": 1080, "type": kind,
        "official": official, "published_at": "2020-01-01T00:00:00.000Z", "id": "5e0000000000000000000000",
    }  # fmt: skip
