"""An invented member's export of films from a catalogue, in the mix that real members have.

Of a hundred films 88 are films, chosen by how many people rated them, two shorts, two series and one a special; of the
other seven, half are films that nobody in the data rated, and half are in no catalogue: invented ones, and namesakes of
known films of another year. A third of the rows has no link, save namesakes, which nothing else tells apart. Titles are
written as files have them: with another typography, as HTML, without accents; some years are those known elsewhere.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Iterable
from random import Random
from typing import NamedTuple

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import KINDS, Film
from tests.fakes.exports import NAMED, RATED, packed, table

SHARES = {"film": 880, "short": 20, "series": 20, "special": 10}  # of a thousand
UNRATED, INVENTED, NAMESAKES = 35, 18, 17
PERTURBED, REDATED = 0.15, 0.1  # of the titles, and of the films that have another year elsewhere
SIGNS = string.digits + string.ascii_letters
REACH = 3_000  # the best known films, which have namesakes
WORDS = ("Quiet", "Lantern", "Ferry", "Orchard", "Meridian", "Saltwater", "Ninefold", "Ember", "Hollow", "Tin", "Larch")


class Row(NamedTuple):
    """A row, and the number of the film that it means; None for one that is in no catalogue."""

    title: str
    year: int | None
    code: str
    number: int | None


def member_export(films: Catalogue, seed: int = 1, n: int = 1_000) -> tuple[bytes, list[Row]]:
    """The ZIP, and its rows: seven of ten with stars, two only seen, one on the watchlist."""
    random = Random(seed)
    rows = [*_known(films, random, n), *_elsewhere(films, random, n)]
    random.shuffle(rows)
    films_named = {film.title for film in films.best_known(REACH)}
    rows = [
        row if place % 3 or (row.number is None and row.title in films_named) else row._replace(code="")
        for place, row in enumerate(rows)
    ]
    namesakes = {(row.title, row.year) for row in rows if row.number is None}
    rows = [row for row in rows if row.number is None or (row.title, row.year) not in namesakes]
    cells = [
        ("2025-01-01", row.title, row.year or "", f"https://boxd.it/{row.code}" if row.code else "") for row in rows
    ]
    rated, seen = cells[: n * 7 // 10], cells[n * 7 // 10 : n * 9 // 10]
    data = packed(
        {
            "ratings.csv": table(RATED, [(*cell, f"{random.randint(1, 10) / 2:g}") for cell in rated]),
            "watched.csv": table(NAMED, [*rated, *seen]),
            "watchlist.csv": table(NAMED, cells[n * 9 // 10 :]),
        }
    )
    return data, rows


def _known(films: Catalogue, random: Random, n: int) -> Iterable[Row]:
    """Films of the catalogue. Of two that are written alike the first one stays."""
    weights = films.n_ratings + 1.0
    weights[~films.shown] = 0
    written: set[tuple[str, int | None]] = set()
    draw = np.random.default_rng(random.randrange(1 << 30))
    wanted = [(np.where(films.kind == KINDS.index(kind), weights, 0), share) for kind, share in SHARES.items()]
    wanted.append((np.where((films.n_ratings == 0) & films.shown, 1.0, 0.0), UNRATED))
    for chances, share in wanted:
        size = min(share * n // 1_000, int(np.count_nonzero(chances)))
        for number in draw.choice(len(films), size=size, replace=False, p=chances / chances.sum()).tolist():
            film = films.films[number]
            is_redated = bool(film.other_years) and random.random() < REDATED
            year = film.other_years[0] if is_redated else film.year
            row = Row(_written(film, random), year, film.boxd_code or "", film.number)
            if row[:2] not in written:
                written.add(row[:2])
                yield row


def _elsewhere(films: Catalogue, random: Random, n: int) -> Iterable[Row]:
    """Rows that mean no film of the catalogue. A namesake of another year has a code of its own."""
    for _ in range(INVENTED * n // 1_000):
        yield Row(" ".join(random.sample(WORDS, 4)), random.randint(1930, 2025), _code(films, random), None)
    for film in random.sample([film for film in films.best_known(REACH) if film.year], NAMESAKES * n // 1_000):
        year = (film.year or 0) + random.choice((-1, 1))
        yield Row(film.title, year, _code(films, random), None)


def _code(films: Catalogue, random: Random) -> str:
    """A code that no film of the catalogue has."""
    while True:
        code = "".join(random.choices(SIGNS, k=5))
        if films.by_key(boxd_code=code) is None:
            return code


def _written(film: Film, random: Random) -> str:
    """The title as a file may have it."""
    if random.random() > PERTURBED:
        return film.title
    return random.choice(WAYS)(film.title)


def _without_accents(title: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))


WAYS: tuple[Callable[[str], str], ...] = (
    lambda title: title.replace("'", "’"),
    lambda title: title.replace(" - ", " – ").replace(": ", ":\u00a0"),
    lambda title: title.replace("&", "&amp;").replace("'", "&#039;"),
    lambda title: title.replace(" and ", " & "),
    lambda title: f"{title[4:]}, The" if title.startswith("The ") else title,
    lambda title: f" {title} ",
    str.upper,
    str.lower,
    _without_accents,
)
