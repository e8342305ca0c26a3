"""How a visitor's stars moved over the years in which they watched films."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reelrec.visitor.taste.beside import Beside

LEAST = 40  # dated films from which two times are compared
SURE = 3.0  # standard deviations


@dataclass(frozen=True, slots=True)
class YearOfRatings:
    """The films watched in one year. n: films. mean: the visitor's stars. others: everybody's of the same films."""

    year: int
    n: int
    mean: float
    others: float


@dataclass(frozen=True, slots=True)
class Change:
    """The later half of the dated films beside the earlier half. since: the first day of the later half (ISO).

    stars: by how many the residuals of the later half are higher. others: by how many everybody's means of them are.
    stands_out: whether the first is more than chance.
    """

    since: str
    stars: float
    others: float
    stands_out: bool


def by_year(ratings: Beside, dates: Mapping[int, str]) -> tuple[YearOfRatings, ...]:
    """A row for each year in which films were watched, from the first. dates: days (ISO) by film number."""
    years = np.array([_year(dates.get(number, "")) for number in ratings.numbers.tolist()], dtype=np.int64)
    return tuple(
        YearOfRatings(
            year=int(year),
            n=int((years == year).sum()),
            mean=float(ratings.stars[years == year].mean()),
            others=float(ratings.others[years == year].mean()),
        )
        for year in np.unique(years[years > 0])
    )


def change(ratings: Beside, dates: Mapping[int, str]) -> Change | None:
    """How the later half of the dated films differs; None where they are few, or most are of one day.

    dates: days (ISO) by film number. All films of a day are in one half.
    """
    days = np.array([day if _year(day := dates.get(number, "")) else "" for number in ratings.numbers.tolist()])
    dated = days != ""
    if dated.sum() < LEAST:
        return None
    since = np.sort(days[dated])[int(dated.sum()) // 2]
    late, early = dated & (days >= since), dated & (days < since)
    if min(late.sum(), early.sum()) < LEAST // 4:
        return None
    stars = float(ratings.residuals[late].mean() - ratings.residuals[early].mean())
    error = math.sqrt(sum(float(ratings.noise[part].sum()) / int(part.sum()) ** 2 for part in (late, early)))
    others = float(ratings.others[late].mean() - ratings.others[early].mean())
    return Change(since=str(since), stars=stars, others=others, stands_out=abs(stars) >= SURE * error)


def _year(day: str) -> int:
    """The year of a day; 0 for a text that is none, which a profile file may have."""
    try:
        return datetime.date.fromisoformat(day).year
    except ValueError:
        return 0
