"""Films that a visitor chose, a watchlist or a list of their own, best first. No film of it is left out.

First come the films that models know, in the order of the list; then those that are guessed at by their facts; then
those of which too little is known; then those that were seen, by the stars they got.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reelrec.data.film import Film
from reelrec.data.half_stars import HALF_STARS
from reelrec.models import predictive
from reelrec.models.base import ListMaker
from reelrec.models.facts.model import Facts
from reelrec.serving import engine
from reelrec.serving.engine import Engine, top
from reelrec.serving.page.liking import liking_cut
from reelrec.serving.page.tonight import EVENING_MINUTES
from reelrec.serving.picks.predictions import NO_FIGURES, Estimate, Figures, Pick, Prediction, figures
from reelrec.serving.shelf import SAME_FOR_ALL, Shelf, stars_of
from reelrec.visitor.profile import Profile

REGRETTED_STARS = 2.5  # these or fewer are a regret
LEAST_REGRET = 0.5  # chance of a regret, at least, of what would probably be one
N_REGRETTED = int(np.count_nonzero(HALF_STARS <= REGRETTED_STARS))


@dataclass(frozen=True, slots=True)
class Ordered:
    """Films in four parts, each best first. shelf: those that a model put into order, without reasons. by_facts: those
    guessed at by their facts. unknown: those of which too little is known. seen: those that the visitor has seen.
    """

    shelf: Shelf
    by_facts: tuple[Pick, ...]
    unknown: tuple[Film, ...]
    seen: tuple[Film, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """All films, best first."""
        films = [*(pick.film for pick in (*self.shelf.picks, *self.by_facts)), *self.unknown, *self.seen]
        return tuple(film.number for film in films)


def best_first(served: Engine, facts: Facts | None, profile: Profile, numbers: Iterable[int]) -> Ordered:
    """These films, best first. facts: None where it does not ship. Raises ArtifactError where no model is left."""
    films = served.films
    wanted = np.array(sorted(set(numbers)), dtype=np.int64)
    is_seen = np.isin(wanted, list(profile.watched))
    items = wanted[~is_seen & (wanted < films.n_items)]
    others = wanted[~is_seen & (wanted >= films.n_items)]
    by_facts = _by_facts(served, facts, profile, others)
    found = {pick.film.number for pick in by_facts}
    seen = sorted(wanted[is_seen].tolist(), key=lambda film: -profile.ratings.get(film, 0.0))
    return Ordered(
        shelf=_ranked(served, profile, items),
        by_facts=by_facts,
        unknown=tuple(films.films[number] for number in others.tolist() if number not in found),
        seen=tuple(films.films[number] for number in seen),
    )


def with_reasons(served: Engine, profile: Profile, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """The same picks, which a model put into order, with the liked films that speak for each."""
    items = np.array([pick.film.number for pick in picks], dtype=np.int64)
    history = profile.history(served.films.n_items)
    if not len(items) or not len(history):
        return tuple(picks)
    because = engine.because_of(served, engine.explaining(served, served.lister), history, items)
    return tuple(replace(pick, because=reasons) for pick, reasons in zip(picks, because, strict=True))


def for_tonight(served: Engine, profile: Profile, picks: Sequence[Pick], gone: Collection[int] = ()) -> Pick | None:
    """The best of these picks for one evening; None where none is for it.

    It is no longer than EVENING_MINUTES, follows no film that was not seen, and is not predicted under `liking_cut`.
    gone: numbers of films that were swapped away.
    """
    films, cut = served.films, liking_cut(profile, served.films.n_items)

    def waits(number: int) -> bool:
        before = int(films.predecessors[number])
        return 0 <= before < films.n_items and before not in profile.watched

    for pick in picks:
        fits = pick.film.runtime is not None and 0 < pick.film.runtime <= EVENING_MINUTES
        liked = pick.stars is None or pick.stars >= cut
        if fits and liked and pick.film.number not in gone and not waits(pick.film.number):
            return pick
    return None


def regret(pick: Prediction) -> float | None:
    """The chance that the visitor would give a film REGRETTED_STARS or fewer; None where it is not known."""
    return None if pick.distribution is None else sum(pick.distribution[:N_REGRETTED])


def regrets(picks: Iterable[Pick]) -> tuple[Pick, ...]:
    """Those that the visitor would probably regret, the surest first."""
    sure = [(chance, pick) for pick in picks if (chance := regret(pick)) is not None and chance >= LEAST_REGRET]
    return tuple(pick for _, pick in sorted(sure, key=lambda pair: -pair[0]))


def _ranked(served: Engine, profile: Profile, items: np.ndarray) -> Shelf:
    """These items as a shelf, in the order of the list; by popularity for somebody of whom nothing is known."""
    history = profile.history(served.films.n_items)
    ranker = served.lister if len(history) else served.model(engine.FALLBACK_MODEL)
    among = np.zeros(served.films.n_items, dtype=bool)
    among[items] = True
    known = profile.known(served.films.n_items)
    personal = bool(known.watched) and ranker.name not in SAME_FOR_ALL
    shelf = Shelf(model=ranker.name, picks=(), personal=personal, stars_of=stars_of(ranker.name, known))
    if not len(items):
        return shelf
    if isinstance(ranker, ListMaker):
        ranked = ranker.ranked(history, among, len(items))
        best, scores, rows = ranked.items, ranked.scores, figures(ranker.stars_model, ranked.stars)
    else:
        score = ranker.score(history)
        best = top(score, among, len(items))
        stars = served.stars_model
        scores = score[best]
        rows = [NO_FIGURES] * len(best) if stars is None else Estimate.of(stars, history, best).figures()
    return replace(shelf, picks=_picks(served, best, scores, rows))


def _by_facts(served: Engine, facts: Facts | None, profile: Profile, numbers: np.ndarray) -> tuple[Pick, ...]:
    """Those of these films of which enough is known, best first, as the rows of films without ratings order them."""
    if facts is None or not len(numbers):
        return ()
    numbers = numbers[facts.is_telling(numbers)]
    if not len(numbers):
        return ()
    history = profile.history(served.films.n_items)
    expected = facts.predict(history, numbers)
    chance = predictive.chance_of_liking(facts.probabilities(expected))
    score = facts.preference(history, numbers) * chance**2
    best = top(score, np.ones(len(numbers), dtype=bool), len(numbers))
    return _picks(served, numbers[best], score[best], figures(facts, expected.at(best)))


def _picks(served: Engine, numbers: np.ndarray, scores: np.ndarray, rows: Sequence[Figures]) -> tuple[Pick, ...]:
    films = served.films.films.at(numbers.tolist())
    return tuple(
        Pick(film=films[number], because=(), score=score, **row)
        for number, score, row in zip(numbers.tolist(), scores.tolist(), rows, strict=True)
    )
