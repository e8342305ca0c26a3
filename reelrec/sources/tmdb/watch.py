"""Where films can be watched in a country, and trailers. The offers are JustWatch’s, which is to be credited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelrec.sources.tmdb.api import not_film_data
from reelrec.sources.tmdb.question import DAY, Question, is_id

OFFERS_SECONDS = 1 * DAY
TRAILER_SECONDS = 7 * DAY
TABLE_SECONDS = 7 * DAY
MAX_NAMES = 400  # of a table
MAX_SERVICES = 60  # of a film, in one way
MAX_NAME = 60  # characters

# TMDB's names of the ways to watch a film, under ours.
WAYS = {"stream": ("flatrate", "free", "ads"), "rent": ("rent",), "buy": ("buy",)}

_COUNTRY = re.compile(r"[A-Z]{2}")
_VIDEO = re.compile(r"[A-Za-z0-9_-]{6,20}")
_KINDS = ("Trailer", "Teaser")  # the better first


@dataclass(frozen=True, slots=True)
class Service:
    """Who shows films. id: TMDB's."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Who has a film in one country: to stream (with a subscription, free, or with advertisements), to rent, to buy."""

    stream: tuple[Service, ...] = ()
    rent: tuple[Service, ...] = ()
    buy: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True)
class OffersIn:
    """Asks where a film can be watched. country: ISO 3166-1, two letters. Raises ValueError for another text."""

    country: str

    def __post_init__(self) -> None:
        if not is_country(self.country):
            raise ValueError(f"A country is two capital letters, such as DE; this is {self.country[:20]!r}.")

    def __call__(self, tmdb_id: int) -> Question[Offers]:
        """The question about this film."""
        path = f"/movie/{tmdb_id}/watch/providers"
        return Question(path, (), OFFERS_SECONDS, self._read, _packed_offers, _unpacked_offers, part=self.country)

    def _read(self, answer: dict | None) -> Offers:
        """Raises UnexpectedAnswerError."""
        if answer is None:
            return Offers()
        countries = answer.get("results")
        if not isinstance(countries, dict):
            raise not_film_data()
        here = countries.get(self.country)
        return Offers(**_by_way(here)) if isinstance(here, dict) else Offers()


@dataclass(frozen=True, slots=True)
class TrailerOf:
    """Asks for the code of a film's trailer at YouTube; "" where TMDB has none."""

    def __call__(self, tmdb_id: int) -> Question[str]:
        """The question about this film."""
        return Question(f"/movie/{tmdb_id}/videos", (), TRAILER_SECONDS, _trailer, lambda code: code, _unpacked_trailer)


def countries() -> Question[dict[str, str]]:
    """The countries that TMDB knows offers of: English name by code, in the order of the names."""
    return Question("/watch/providers/regions", (), TABLE_SECONDS, _countries, dict, _unpacked_countries)


def services_in(country: str) -> Question[tuple[Service, ...]]:
    """The services of a country, the best known first. Raises ValueError."""
    params = (("watch_region", OffersIn(country).country),)

    def read(answer: dict | None) -> tuple[Service, ...]:
        return _services(_list(answer), MAX_NAMES)

    return Question("/watch/providers/movie", params, TABLE_SECONDS, read, _packed_services, _unpacked_services)


def is_country(value: object) -> bool:
    """Whether a value is a country's code: two capital letters."""
    return isinstance(value, str) and _COUNTRY.fullmatch(value) is not None


def _countries(answer: dict | None) -> dict[str, str]:
    """Raises UnexpectedAnswerError."""
    rows = [raw for raw in _list(answer) if isinstance(raw, dict)]
    named = [(str(row.get("iso_3166_1")), _name(row.get("english_name"))) for row in rows]
    return dict(sorted((pair for pair in named if is_country(pair[0]) and pair[1]), key=lambda pair: pair[1]))


def _unpacked_countries(kept: object) -> dict[str, str] | None:
    fits = isinstance(kept, dict) and all(is_country(code) and _name(name) for code, name in kept.items())
    return dict(kept) if isinstance(kept, dict) and fits else None


def _by_way(here: dict) -> dict[str, tuple[Service, ...]]:
    """The services of a country's entry, by our way."""
    found = {}
    for way, names in WAYS.items():
        lists = [here.get(name) for name in names]
        every = [raw for values in lists if isinstance(values, list) for raw in values]
        found[way] = _services(every, MAX_SERVICES)
    return found


def _services(raw: list, most: int) -> tuple[Service, ...]:
    """The well-formed ones of these, in TMDB's order for display, each once."""
    services: dict[int, Service] = {}
    for value in sorted(filter(lambda one: isinstance(one, dict), raw), key=_priority):
        number, name = value.get("provider_id"), _name(value.get("provider_name"))
        if is_id(number) and name:
            services.setdefault(number, Service(number, name))
    return tuple(services.values())[:most]


def _priority(value: dict) -> int:
    place = value.get("display_priority")
    return place if type(place) is int else 10**6


def _name(text: object) -> str:
    """A name that can be shown; "" for any other value."""
    shown = isinstance(text, str) and text.isprintable() and len(text) <= MAX_NAME
    return " ".join(text.split()) if isinstance(text, str) and shown else ""


def _list(answer: dict | None) -> list:
    """Raises UnexpectedAnswerError."""
    values = None if answer is None else answer.get("results")
    if not isinstance(values, list):
        raise not_film_data()
    return values[:MAX_NAMES]


def _trailer(answer: dict | None) -> str:
    """The code of the official trailer, else of another one, else of a teaser. Raises UnexpectedAnswerError."""
    if answer is None:
        return ""
    videos = [video for video in _list(answer) if isinstance(video, dict)]
    fitting = [
        (_KINDS.index(video["type"]), video.get("official") is not True, place, video["key"])
        for place, video in enumerate(videos)
        if video.get("site") == "YouTube" and video.get("type") in _KINDS and _unpacked_trailer(video.get("key"))
    ]
    return min(fitting)[-1] if fitting else ""


def _unpacked_trailer(kept: object) -> str | None:
    return kept if isinstance(kept, str) and (not kept or _VIDEO.fullmatch(kept)) else None


def _packed_services(services: tuple[Service, ...]) -> list[list]:
    return [[service.id, service.name] for service in services]


def _unpacked_services(kept: object) -> tuple[Service, ...] | None:
    if not isinstance(kept, list):
        return None
    services = []
    for pair in kept:
        if not (isinstance(pair, list) and len(pair) == 2 and is_id(pair[0]) and _name(pair[1])):
            return None
        services.append(Service(*pair))
    return tuple(services)


def _packed_offers(offers: Offers) -> dict[str, list]:
    return {way: _packed_services(getattr(offers, way)) for way in WAYS}


def _unpacked_offers(kept: object) -> Offers | None:
    if not isinstance(kept, dict) or kept.keys() != WAYS.keys():
        return None
    ways = {way: _unpacked_services(kept[way]) for way in WAYS}
    if any(services is None for services in ways.values()):
        return None
    return Offers(**{way: services for way, services in ways.items() if services is not None})
