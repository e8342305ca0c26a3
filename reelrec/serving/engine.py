"""The engine: from a visitor's profile to a list of films. Pure functions over models.

One model orders the list and another predicts the stars, because a list in the order of predicted stars is worse than
one by popularity. What no model knows is decided here: seen films, filters, the dial, ties, and the cut to n.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.data.half_stars import LIKED_STARS, clipped
from reelrec.data.history import History
from reelrec.errors import OptionError
from reelrec.models.base import Explain, ExplainingRecommender, ListMaker, Recommender, UncertainRecommender
from reelrec.models.lists.blend import DEFAULT_PLACE
from reelrec.models.registry import MODELS
from reelrec.serving.picks.arrangement import after_predecessors, diverse, in_series_order
from reelrec.serving.picks.dial import towards_gems
from reelrec.serving.picks.fallbacks import ALIKE, LISTS, STARS, first_usable
from reelrec.serving.picks.filters import EVERYTHING, Filters, on_watchlist
from reelrec.serving.picks.plain_list import PlainList
from reelrec.serving.picks.predictions import NO_FIGURES, Estimate, Pick, Prediction, Reason
from reelrec.serving.picks.reasons import reasons
from reelrec.visitor.profile import Profile

LIST_MODEL = LISTS[0]  # makes the list, unless the visitor chooses another
SIMILAR_MODEL = ALIKE[0]  # says which films are alike, and why a film has its place where the list's model cannot
STARS_MODEL = STARS[0]  # predicts the stars of the films that are shown
WHOLE_STARS_MODEL = "bmf"  # predicts the stars of all films at once, for the dial
FALLBACK_MODEL = "popularity"  # orders the list while the profile is empty
LOADED_AHEAD = (FALLBACK_MODEL, *MODELS[STARS_MODEL].builds_on, *MODELS[LIST_MODEL].builds_on, LIST_MODEL)
MIDDLE = DEFAULT_PLACE  # of the dial
SPARE = 26  # more films than are shown, so that a series can give way
DIVERSITY = 0.3  # of `diverse`, in the units of the list model's score
SIMILAR_FAME = 0.2  # the power of its ratings by which a similar film's score is divided


@dataclass(frozen=True, slots=True)
class Engine:
    """The catalogue, and a function that gives a model by its name. All visitors share one; it never changes.

    model: raises ArtifactError for one that cannot be used; another does its job then, by the lists of `fallbacks`.
    """

    films: Catalogue
    model: Callable[[str], Recommender]

    @property
    def stars_model(self) -> Recommender | None:
        """Predicts the stars that are shown; None where nothing can."""
        return first_usable(self.model, STARS)

    @property
    def alike(self) -> ExplainingRecommender | None:
        """Says which films are alike; None where nothing can."""
        model = first_usable(self.model, ALIKE)
        return model if isinstance(model, ExplainingRecommender) else None

    @property
    def lister(self) -> Recommender:
        """Makes the list. It is a ListMaker where there are stars, too. Raises ArtifactError where no model is left."""
        model = first_usable(self.model, LISTS) or self.model(FALLBACK_MODEL)
        stars = self.stars_model
        if isinstance(model, ListMaker) or not isinstance(stars, UncertainRecommender):
            return model
        return PlainList(model, stars, self.films.n_ratings[: self.films.n_items])


def recommend(
    engine: Engine,
    profile: Profile,
    n: int,
    model: str | None = None,
    dial: float = MIDDLE,
    filters: Filters = EVERYTHING,
) -> tuple[str, tuple[Pick, ...]]:
    """The name of the model that ordered the list, and at most n films the visitor has not seen, best first.

    model: None for the default, which is popularity while the profile is empty. dial: from 0 (safe) to 1 (specific).
    Raises OptionError; ArtifactError where a model that was asked for by name cannot be used.
    """
    ranker, passed, awaited = _asked(engine, profile, model, dial, filters)
    return ranker.name, picks(engine, profile, passed, n, ranker, dial, awaited)


def first_items(
    engine: Engine,
    profile: Profile,
    n: int,
    model: str | None = None,
    dial: float = MIDDLE,
    filters: Filters = EVERYTHING,
) -> tuple[str, Found]:
    """The list of `recommend` as arrays, without reasons, which take a third of its time. Raises as `recommend`."""
    ranker, passed, awaited = _asked(engine, profile, model, dial, filters)
    return ranker.name, _found(engine, ranker, profile.history(engine.films.n_items), passed, n, dial, awaited)


def _asked(
    engine: Engine, profile: Profile, model: str | None, dial: float, filters: Filters
) -> tuple[Recommender, np.ndarray, np.ndarray | None]:
    """What makes a list as `recommend` is asked for it: the model, what may be listed, and what sequels wait for."""
    if not 0.0 <= dial <= 1.0:
        raise OptionError(f"The dial goes from 0 (safe) to 1 (specific), not to {dial:g}.")
    personal = model is None and len(profile.history(engine.films.n_items)) > 0
    ranker = engine.lister if personal else engine.model(model or FALLBACK_MODEL)
    passed = allowed(engine, profile, filters)
    return ranker, passed, first_to_see(engine, profile, passed) if filters.in_order else None


def allowed(engine: Engine, profile: Profile, filters: Filters) -> np.ndarray:
    """(n_items,) bool: the items that pass the filters, and that the visitor has neither seen nor set aside."""
    passed: np.ndarray = filters.mask(engine.films) & on_watchlist(engine.films, profile, filters.watchlist)
    passed[list(profile.watched | profile.set_aside)] = False
    return passed[: engine.films.n_items]


def first_to_see(engine: Engine, profile: Profile, passed: np.ndarray) -> np.ndarray:
    """(n_items,) bool: the films that their sequels wait for: those that a list may have, and that were not seen.

    Films that are set aside or that the filters leave out are among them, so their sequels are not shown either.
    passed: (n_items,) bool of `allowed`, which may have films that are in no list unless asked for.
    """
    awaited = engine.films.listed.copy()
    awaited[: len(passed)] |= passed
    awaited[list(profile.watched)] = False
    return awaited[: len(passed)]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What filters leave out. unknown: films whose year or length is not known. looser: how many more films would pass
    without one of the filters, by its name in `Filters.looser`, most first.
    """

    unknown: int
    looser: Mapping[str, int]


def narrowed(engine: Engine, profile: Profile, filters: Filters) -> Narrowed:
    """What these filters leave out of the films that the visitor may be shown. Raises OptionError."""

    def more(other: Filters) -> int:
        return int(np.count_nonzero(allowed(engine, profile, other)) - now)

    now = np.count_nonzero(allowed(engine, profile, filters))
    looser = {name: more(other) for name, other in filters.looser().items()}
    most = {name: n for name, n in sorted(looser.items(), key=lambda pair: -pair[1]) if n}
    return Narrowed(unknown=0 if filters.unknown else more(replace(filters, unknown=True)), looser=most)


def picks(
    engine: Engine,
    profile: Profile,
    among: np.ndarray,
    n: int,
    ranker: Recommender,
    dial: float,
    awaited: np.ndarray | None,
) -> tuple[Pick, ...]:
    """At most n films in the order of this model. among: (n_items,) bool, the items that may be listed.

    awaited: of `first_to_see`; None lets a sequel stand anywhere, and a series in the order of the list.
    """
    history = profile.history(engine.films.n_items)
    found = _found(engine, ranker, history, among, n, dial, awaited)
    because = because_of(engine, found.explain or explaining(engine, ranker), history, found.items)
    shown = found.stars.figures() if found.stars else [NO_FIGURES] * len(found.items)
    rows = zip(found.items.tolist(), shown, because, found.scores.tolist(), strict=True)
    return tuple(
        Pick(film=engine.films.films[item], because=reasons, score=value, **figures)
        for item, figures, reasons, value in rows
    )


class Found(NamedTuple):
    """The first films of a list. items, scores: (n,). stars: what is shown of them. explain: of `Ranked`, if known.

    stars: None where nothing predicts any.
    """

    items: np.ndarray
    scores: np.ndarray
    stars: Estimate | None
    explain: Explain | None = None


def _found(
    engine: Engine,
    ranker: Recommender,
    history: History,
    allowed: np.ndarray,
    n: int,
    dial: float,
    awaited: np.ndarray | None,
) -> Found:
    """The first n of the allowed items. A model of stars shows its own, also where STARS_MODEL is more accurate."""
    if isinstance(ranker, ListMaker):
        items, scores, stars, explain = ranker.ranked(history, allowed, n + SPARE, dial)
        places = _arranged(engine, ranker, items, scores, n, awaited)
        return Found(items[places], scores[places], Estimate.found(ranker.stars_model, stars).at(places), explain)
    estimate = Estimate.of(ranker, history) if ranker.unit == "stars" else None
    score = ranker.score(history) if estimate is None else estimate.mean
    if dial > MIDDLE:  # other models have no safe side
        gems = (dial - MIDDLE) / (1 - MIDDLE)
        all_stars = _all_stars(engine, history, len(score)) if estimate is None else estimate.mean
        score = towards_gems(score, ranker.unit, clipped(all_stars), engine.films.n_ratings[: len(score)], gems)
    best = top(score, allowed, n)
    if estimate is not None:
        return Found(best, score[best], estimate.at(best))
    model = engine.stars_model
    shown = None if model is None else Estimate.of(model, history, best)
    return Found(best, score[best], shown)


def _all_stars(engine: Engine, history: History, n: int) -> np.ndarray:
    """(n,) predicted stars of all items; the same for each where nothing predicts any."""
    model = first_usable(engine.model, [WHOLE_STARS_MODEL])
    return np.full(n, LIKED_STARS, dtype=np.float32) if model is None else model.score(history)


def _arranged(
    engine: Engine, ranker: ListMaker, items: np.ndarray, scores: np.ndarray, n: int, awaited: np.ndarray | None
) -> np.ndarray:
    """The places of at most n items: diverse, a series from its beginning, no sequel before what it follows."""
    films = engine.films
    order = diverse(scores, ranker.vectors(items), len(items), DIVERSITY)
    if awaited is not None:
        order = order[after_predecessors(items[order], films.predecessors, awaited)]
    years = None if awaited is None else films.year[items[order]].tolist()
    places: np.ndarray = order[in_series_order(films.films.column("title", items[order]), years, n)]
    return places


def predict(engine: Engine, profile: Profile, film: Film) -> Prediction | None:
    """What the visitor would give this item, whether or not they rated it; their own rating of it does not count.

    None where nothing predicts stars.
    """
    stars = engine.stars_model
    if stars is None:
        return None
    history = profile.history(engine.films.n_items).without([film.number])
    item = np.array([film.number])
    (figures,) = Estimate.of(stars, history, item).figures()
    (because,) = because_of(engine, explaining(engine, engine.lister), history, item)
    return Prediction(film=film, because=because, **figures)


def similar(engine: Engine, film: Film, n: int) -> tuple[Film, ...] | None:
    """At most n films that people who love this one also love, more than their fame explains.

    Empty for a film that is no item; None where no model knows which films are alike.
    """
    model = engine.alike
    if model is None:
        return None
    if film.number >= engine.films.n_items:
        return ()
    loved = History.of([film.number], [5.0])
    n_items = engine.films.n_items
    (score,) = model.contributions(loved, np.arange(n_items), np.array([0]))
    score /= np.maximum(engine.films.n_ratings[:n_items], 1) ** SIMILAR_FAME
    allowed = engine.films.listed[:n_items] & (score > 0)
    allowed[film.number] = False
    return tuple(engine.films.films[item] for item in top(score, allowed, n).tolist())


def top(score: np.ndarray, allowed: np.ndarray, n: int) -> np.ndarray:
    """The items of the n highest scores among the allowed, best first; of equals the lower number comes first."""
    candidates = np.flatnonzero(allowed)
    scores = score[candidates]
    if len(candidates) > n > 0:
        bar = -np.partition(-scores, n - 1)[n - 1]
        candidates = candidates[scores >= bar]  # more than n where several scores equal the bar
    return candidates[np.lexsort((candidates, -score[candidates]))][:n]


def explaining(engine: Engine, ranker: Recommender) -> Explain | None:
    """How the list's model explains its scores, or else the model that says what is alike; None where neither does."""
    model = ranker if isinstance(ranker, ExplainingRecommender) else engine.alike
    return None if model is None else model.contributions


def because_of(
    engine: Engine, explain: Explain | None, history: History, items: np.ndarray
) -> list[tuple[Reason, ...]]:
    """The strong reasons for each item; none where nothing explains."""
    alike = engine.alike
    close = None if alike is None else alike.contributions
    return reasons(explain, engine.films, history, items, close) if explain else [() for _ in items]
