"""The map of films as one visitor sees it: their films, the films near those, and the best known ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reelrec.data.film import Film
from reelrec.models.base import ListMaker
from reelrec.models.film_map import SIZE, FilmMap
from reelrec.serving import engine
from reelrec.serving.engine import Engine
from reelrec.serving.picks.arrangement import after_predecessors
from reelrec.serving.picks.filters import EVERYTHING
from reelrec.serving.portrait.regions import Part, Region, hard_on, homes, new_ground, of_visitor
from reelrec.visitor.profile import Profile

LOVED_STARS = 4.0
MOST_OWN = 2_000  # films of the visitor that are drawn
OTHERS = 1_100  # films that are drawn besides
WISHES = 400  # films of the list that say where there is more to love
FROM_LIST, NEAR_EACH, FROM_LOVED = 250, 4, 350  # of the others: first of the list; next to loved films
VIEW_SHARE, VIEW_MARGIN, LEAST_VIEW = 0.1, 0.15, SIZE / 3  # left out at each end; around it; from its middle


@dataclass(frozen=True, slots=True)
class Spots:
    """Films and where they lie, as columns of n each.

    years: None where unknown. stars: the visitor's, None for a heart without stars and for a film of others. places:
    in hundredths of the map's half.
    """

    numbers: tuple[int, ...]
    titles: tuple[str, ...]
    years: tuple[int | None, ...]
    stars: tuple[float | None, ...]
    places: tuple[tuple[float, float], ...]

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn. The map reaches from -100 to 100 on both axes; films are newer to the right.

    own: the visitor's films with stars or hearts, the loved ones last, so that they are drawn on top. others: films
    that the visitor has not rated, the best known first. left_out: own films that are not drawn, because there are more
    than MOST_OWN. off_map: own films that no model knows. loved: how many films they love. window: left, bottom, right
    and top of the part where most loved films lie. at_home, new, hard: regions with films to show for it.
    """

    own: Spots
    others: Spots
    regions: tuple[Region, ...]
    window: tuple[float, float, float, float]
    loved: int
    left_out: int
    off_map: int
    at_home: tuple[Part, ...]
    new: tuple[Part, ...]
    hard: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a film lies: from -100 to 100 on both axes, and the name of the region."""

    x: float
    y: float
    region: str


def place_of(film_map: FilmMap, film: Film) -> Place | None:
    """Where a film lies on the map; None for a film that is not on it."""
    if film.number >= len(film_map):
        return None
    x, y = film_map.places[film.number].tolist()
    return Place(x, y, str(film_map.names_[film_map.region[film.number]]))


def view(served: Engine, film_map: FilmMap, profile: Profile) -> View:
    """The map for one visitor. Films that do not count are not on it as theirs."""
    known = profile.known(len(film_map))
    own = [*sorted(known.liked - known.ratings.keys()), *known.ratings][-MOST_OWN:]
    own.sort(key=lambda film: known.ratings.get(film, LOVED_STARS))
    loved = [film for film in own if is_loved(known, film)]
    wishes = wished(served, profile)
    regions = of_visitor(served.films, film_map, known, LOVED_STARS)
    counted = (profile.ratings.keys() | profile.liked) - profile.set_aside
    return View(
        own=_spots(served, film_map, own, known),
        others=_spots(served, film_map, _others(served, film_map, known, loved, wishes), Profile()),
        regions=regions,
        window=window(film_map.places[loved]),
        loved=sum(is_loved(known, film) for film in known.ratings.keys() | known.liked),
        left_out=len(known.ratings.keys() | known.liked) - len(own),
        off_map=sum(film >= len(film_map) for film in counted),
        at_home=homes(served.films, film_map, regions, known),
        new=new_ground(served.films, film_map, regions, wishes),
        hard=hard_on(served.films, film_map, regions, known),
    )


def is_loved(profile: Profile, film: int) -> bool:
    """Whether a film has a heart or at least LOVED_STARS."""
    return film in profile.liked or profile.ratings.get(film, 0.0) >= LOVED_STARS


def wished(served: Engine, profile: Profile) -> np.ndarray:
    """(n,) the first items of the visitor's list, best first, no sequel before the film that it follows."""
    history, passed = profile.history(served.films.n_items), engine.allowed(served, profile, EVERYTHING)
    lister = served.lister
    if isinstance(lister, ListMaker):
        items = lister.ranked(history, passed, WISHES).items
    else:
        items = engine.top(lister.score(history), passed, WISHES)
    awaited = engine.first_to_see(served, profile, passed)
    wishes: np.ndarray = items[after_predecessors(items, served.films.predecessors, awaited)]
    return wishes


def window(places: np.ndarray) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of where most of these places lie; of the whole map where there are none.

    places: (n, 2).
    """
    if not len(places):
        return -SIZE, -SIZE, SIZE, SIZE
    low, high = (np.quantile(places, share, axis=0) for share in (VIEW_SHARE, 1 - VIEW_SHARE))
    half = np.maximum((high - low) * (0.5 + VIEW_MARGIN), LEAST_VIEW)
    left, bottom, right, top = np.concatenate([(low + high) / 2 - half, (low + high) / 2 + half]).tolist()
    return left, bottom, right, top


def _others(served: Engine, film_map: FilmMap, known: Profile, loved: list[int], wishes: np.ndarray) -> list[int]:
    """The best known films, the next ones to what the visitor loves, and the first of their list; no own ones."""
    films = served.films
    rest = films.listed[: len(film_map)].copy()
    rest[list(known.ratings.keys() | known.liked)] = False
    chosen = dict.fromkeys(wishes[:FROM_LIST].tolist())
    if loved:
        near = film_map.tree.query(film_map.places[loved], k=min(NEAR_EACH + 1, len(film_map)))[1]
        near = np.unique(near)
        near = near[rest[near]]
        chosen |= dict.fromkeys(near[np.argsort(-films.n_ratings[near], kind="stable")][:FROM_LOVED].tolist())
    famous = np.flatnonzero(rest)
    for film in famous[np.argsort(-films.n_ratings[famous], kind="stable")].tolist():
        if len(chosen) >= OTHERS:
            break
        chosen.setdefault(film)
    return sorted(chosen, key=lambda film: -int(films.n_ratings[film]))


def _spots(served: Engine, film_map: FilmMap, numbers: list[int], profile: Profile) -> Spots:
    table = served.films.films
    films = np.array(numbers, dtype=np.int64)
    return Spots(
        numbers=tuple(numbers),
        titles=tuple(table.column("title", films)),
        years=tuple(table.column("year", films)),
        stars=tuple(profile.ratings.get(film) for film in numbers),
        places=tuple((x, y) for x, y in film_map.places[films].tolist()),
    )
