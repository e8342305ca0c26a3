"""The export of an invented member of Letterboxd, to try the page with: made of a sample visitor and known films."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.visitor import samples

SAMPLE = "world-cinema"
WANTED, SEEN = 24, 12  # films on the watchlist, and seen without stars
REACH = 3_000  # the best known films, from which both are taken
FIRST_DAY = datetime.date(2024, 1, 6)
DAYS_APART = 9
RATED, LISTED = ("Date", "Name", "Year", "Letterboxd URI", "Rating"), ("Date", "Name", "Year", "Letterboxd URI")


def files(films: Catalogue) -> list[tuple[str, bytes]]:
    """Names and contents of the files, as an export has them."""
    ratings = samples.profile(samples.named(SAMPLE), films).ratings
    rated = [(films.films[number], f"{stars:g}") for number, stars in ratings.items()]
    others = [film for film in films.best_known(REACH) if film.number not in ratings and film.language != "en"]
    wanted, seen = others[SEEN : SEEN + WANTED], others[:SEEN]
    return [
        ("ratings.csv", _table(RATED, ((film, stars) for film, stars in rated))),
        ("watched.csv", _table(LISTED, ((film,) for film in [*(film for film, _ in rated), *seen]))),
        ("watchlist.csv", _table(LISTED, ((film,) for film in wanted))),
    ]


def _table(columns: Sequence[str], rows: Iterable[tuple[Film, *tuple[str, ...]]]) -> bytes:
    """A CSV file with a row a film, a row every DAYS_APART days."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    for place, (film, *more) in enumerate(rows):
        day = FIRST_DAY + datetime.timedelta(days=DAYS_APART * place)
        address = f"https://boxd.it/{film.boxd_code}" if film.boxd_code else ""
        table.writerow([day.isoformat(), film.title, film.year or "", address, *more])
    return text.getvalue().encode()
