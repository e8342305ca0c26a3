"""The rows of For you: several lists, each of which answers another wish. Pure functions over the engine.

- likely: what is most likely to please, whatever its fame: the safe end of the dial.
- loved: what people who love one film love too, more than its fame explains; a row for each of two loved films.
- new: of the last NEW_YEARS. short: up to SHORT_MINUTES. watchlist: of the visitor's own, in the order of the list.
- gems: with fewer ratings than GEM_RATINGS, and so likely to please that even the low end of the range is a liked film.

Each leaves out what the visitor has seen or set aside. `rows` makes all of them, no film twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.models import predictive
from reelrec.models.base import ExplainingRecommender, UncertainRecommender
from reelrec.serving.arrangement import after_predecessors
from reelrec.serving.engine import LIST_MODEL, SIMILAR_FAME, SIMILAR_MODEL, STARS_MODEL, Engine, allowed, picks, top
from reelrec.serving.filters import EVERYTHING, Filters
from reelrec.serving.predictions import Pick, Reason, figures
from reelrec.visitor.profile import Profile

LEAST_FILMS = 4  # of a row
NEW_YEARS = 3  # up to the catalogue's last year
SHORT_MINUTES = 90
GEM_RATINGS = 2_000
GEM_DEPTH = 300  # gems are looked for among so many films with few ratings
LOVED_STARS = 4.5
LOVED_ROWS = 2
LIKELY = 0.5  # chance of liking, at least
LOVED_DEPTH = 60  # films close to a loved one whose stars are predicted
SAFE, SPECIFIC = 0.0, 1.0  # places of the dial


@dataclass(frozen=True, slots=True)
class Row:
    """kind: as in the list above. picks: best first. loved: the film whose lovers the row follows."""

    kind: str
    picks: tuple[Pick, ...]
    loved: Film | None = None


def rows(served: Engine, profile: Profile, n: int, filters: Filters = EVERYTHING) -> tuple[Row, ...]:
    """All rows with at least LEAST_FILMS films, each of at most n, no film twice. Raises OptionError."""
    if n < 1:
        raise OptionError(f"Rows of {n} films cannot be made; ask for one or more.")
    left, made = allowed(served, profile, filters), []
    makers: list[Callable[[np.ndarray], Row]] = [
        lambda among: likely(served, profile, among, n),
        *(lambda among, film=film: loved(served, profile, among, n, film) for film in loved_films(served, profile)),
        lambda among: new(served, profile, among, n),
        lambda among: gems(served, profile, among, n),
        lambda among: short(served, profile, among, n),
        lambda among: watchlist(served, profile, among, n),
    ]
    for make in makers:
        row = make(left)
        if len(row.picks) >= LEAST_FILMS:
            made.append(row)
            left[[pick.film.number for pick in row.picks]] = False
    return tuple(made)


def likely(served: Engine, profile: Profile, among: np.ndarray, n: int) -> Row:
    """among: (n_items,) bool, as for each row: the items that it may have."""
    return Row("likely", picks(served, profile, among, n, LIST_MODEL, SAFE))


def new(served: Engine, profile: Profile, among: np.ndarray, n: int) -> Row:
    """The films of the last NEW_YEARS in the order of the list."""
    years = served.films.year[: len(among)]
    return Row("new", picks(served, profile, among & (years > years.max(initial=0) - NEW_YEARS), n, LIST_MODEL))


def short(served: Engine, profile: Profile, among: np.ndarray, n: int) -> Row:
    """The films of at most SHORT_MINUTES in the order of the list; a film of unknown length is none."""
    minutes = served.films.runtime[: len(among)]
    return Row("short", picks(served, profile, among & (minutes > 0) & (minutes <= SHORT_MINUTES), n, LIST_MODEL))


def watchlist(served: Engine, profile: Profile, among: np.ndarray, n: int) -> Row:
    """The films of the watchlist in the order of the list."""
    wanted = np.zeros(len(among), dtype=bool)
    wanted[[film for film in profile.watchlist if film < len(among)]] = True
    return Row("watchlist", picks(served, profile, among & wanted, n, LIST_MODEL))


def gems(served: Engine, profile: Profile, among: np.ndarray, n: int) -> Row:
    """Films with few ratings whose whole range lies where films are liked, in the order of the list's specific end."""
    few = among & (served.films.n_ratings[: len(among)] < GEM_RATINGS)
    found = picks(served, profile, few, GEM_DEPTH, LIST_MODEL, SPECIFIC)
    return Row("gems", tuple(pick for pick in found if pick.low is not None and pick.low >= LIKED_STARS)[:n])


def loved(served: Engine, profile: Profile, among: np.ndarray, n: int, film: Film) -> Row:
    """What people who love this film love too, more than fame explains, where the visitor is likely to like it."""
    model, stars = served.model(SIMILAR_MODEL), served.model(STARS_MODEL)
    if not (isinstance(model, ExplainingRecommender) and isinstance(stars, UncertainRecommender)):
        return Row("loved", (), film)
    items = np.arange(len(among))
    (close,) = model.contributions(History.of([film.number], [5.0]), items, np.array([0]))
    close /= np.maximum(served.films.n_ratings[: len(among)], 1) ** np.float32(SIMILAR_FAME)
    near = top(close, among & (close > 0), LOVED_DEPTH)
    near = near[after_predecessors(near, served.films.predecessors, among)]
    expected = stars.predict(profile.history(len(among)), near)
    liked = predictive.chance_of_liking(stars.probabilities(expected)) >= LIKELY
    best = np.flatnonzero(liked)[:n]
    because = (Reason(film, 1.0),)
    made = zip(near[best].tolist(), close[near[best]].tolist(), figures(stars, expected.at(best)), strict=True)
    return Row(
        "loved",
        tuple(Pick(film=served.films.films[item], because=because, score=score, **row) for item, score, row in made),
        film,
    )


def loved_films(served: Engine, profile: Profile) -> list[Film]:
    """The films that rows of `loved` follow: those with the most stars, and of equals those rated last."""
    known = [(stars, film) for film, stars in profile.ratings.items() if film < served.films.n_items]
    chosen = sorted((pair for pair in reversed(known) if pair[0] >= LOVED_STARS), key=lambda pair: -pair[0])
    return [served.films.films[film] for _, film in chosen[:LOVED_ROWS]]
