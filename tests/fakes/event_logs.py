"""Logs of invented visits whose truth is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from reelrec.telemetry.events import OPENED, RATED, SEEN, SET_ASIDE, SLATE, Event, EventLog, Slot

MOODS = (0.4, 1.6)  # half of the visitors like everything that much more or less; 1 on average


def visit(number: int) -> str:
    return f"{number:016x}"


def surprises(seed: int, visits: int, each: int, chances: Sequence[float], liking: Sequence[float]) -> Iterator[Event]:
    """Visits that meet so many surprises each, drawn with these chances; a film is liked with `liking` times the mood.

    Liked films are opened or get 4 stars; of the others some get 2, some are set aside, most are passed over.
    """
    rng = np.random.default_rng(seed)
    films = [f"film-{i}" for i in range(len(chances))]
    for number in range(visits):
        mood = MOODS[rng.integers(2)]
        for place in range(each):
            i = int(rng.choice(len(chances), p=chances))
            slugs = tuple(f"{film}-{place}" for film in films)
            yield Event(
                visit(number), SLATE, model="ranker", films=("top",), slot=Slot(slugs[i], slugs, tuple(chances))
            )
            liked, way = rng.random() < mood * liking[i], rng.random()
            if liked:
                kind, stars = (OPENED, None) if way < 0.6 else (RATED, 4.0)
            else:
                kind, stars = (RATED, 2.0) if way < 0.1 else (SET_ASIDE, None) if way < 0.2 else (OPENED, None)
            film = slugs[i] if liked or way < 0.2 else "another-film"
            yield Event(visit(number), kind, film=film, stars=stars, where="surprise")


def worth(policy: Sequence[float], liking: Sequence[float]) -> float:
    """What a policy with these chances earns in truth."""
    return float(np.dot(policy, liking))


def arms(
    seed: int, visits: int, experiment: str, opening: Sequence[float], ratings: Sequence[float]
) -> Iterator[Event]:
    """Visits of an experiment: those of each arm open a film with this chance, and give so many ratings on average."""
    rng = np.random.default_rng(seed)
    names = experiment.partition(":")[2].split(",")
    for number in range(visits):
        arm = int(rng.integers(len(names)))
        its = {"experiment": experiment, "variant": names[arm]}
        yield Event(visit(number), RATED, **its, film="before", stars=5.0)
        yield Event(visit(number), SLATE, **its, model=names[arm], films=("shown",))
        if rng.random() < opening[arm]:
            yield Event(visit(number), OPENED, **its, film="shown")
        for place in range(rng.poisson(ratings[arm])):
            yield Event(visit(number), RATED, **its, film=f"film-{place}", stars=float(rng.integers(1, 9)) / 2)
        if rng.random() < 0.2:
            yield Event(visit(number), SEEN, **its, film="known")


def write(path: Path, events: Iterable[Event], **limits: int) -> Path:
    """The events as the app writes them."""
    log = EventLog(path, **limits)
    for event in events:
        log.write(event)
    log.close()
    return path
