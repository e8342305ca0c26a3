"""The portrait of a visitor: what their ratings say beside everybody's. No model is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import HALF_STARS
from reelrec.visitor.profile import Profile
from reelrec.visitor.taste import years
from reelrec.visitor.taste.against import Given as Given
from reelrec.visitor.taste.against import given
from reelrec.visitor.taste.beside import beside
from reelrec.visitor.taste.groups import KINDS as KINDS
from reelrec.visitor.taste.groups import Group as Group
from reelrec.visitor.taste.groups import groups
from reelrec.visitor.taste.habits import habits, shares_below
from reelrec.visitor.taste.members import LENGTHS as LENGTHS
from reelrec.visitor.taste.members import LONGEST as LONGEST
from reelrec.visitor.taste.telling import telling
from reelrec.visitor.taste.unusual import Unusual as Unusual
from reelrec.visitor.taste.unusual import unusual
from reelrec.visitor.taste.years import Change as Change
from reelrec.visitor.taste.years import YearOfRatings as YearOfRatings

MOST_UNUSUAL = 12  # loves, and as many dislikes
MOST_TELLING = 3  # series, actors and directors


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the ratings that count say.

    n: rated films. compared: those that others rated too, of which all that follows is; mean and histogram are of all
    rated films where others rated none of them. mean, crowd: the visitor's mean, and everybody's of the same films.
    generosity: mean - crowd, drawn towards 0 for few films. spread: the standard deviation of the visitor's stars.
    agreement: their correlation with everybody's means. None where too few films tell, or no stars differ.
    more_…_than: the share of other people who have less of it; None below 20 films, and where nobody measured them.
    groups: by kind, the furthest from chance first. telling: the series, actors and directors that say most. loves,
    dislikes: the furthest from everybody's mean first, of what is unusual. by_year: () without dates.
    change: what the later half of the dated films has that the earlier half had not. histogram, crowd_histogram: (10,)
    shares of half-stars, everybody's with each film counted alike. against: what the visitor gives to films that others
    think alike of, from the worst.
    """

    n: int
    compared: int
    mean: float | None
    crowd: float | None
    generosity: float | None
    spread: float | None
    agreement: float | None
    more_generous_than: float | None
    more_spread_than: float | None
    more_agreeing_than: float | None
    groups: Mapping[str, tuple[Group, ...]]
    telling: tuple[Group, ...]
    loves: tuple[Unusual, ...]
    dislikes: tuple[Unusual, ...]
    by_year: tuple[YearOfRatings, ...]
    change: Change | None
    histogram: tuple[float, ...]
    crowd_histogram: tuple[float, ...]
    against: tuple[Given, ...]


def portrait(profile: Profile, films: Catalogue, people: Mapping[str, Any] | None = None) -> Portrait:
    """The portrait of a visitor. people: quantiles of other people's habits, as `evaluate habits` measures them."""
    ratings = beside(profile.counted, films)
    stars = ratings.stars if len(ratings) else np.fromiter(profile.counted.values(), dtype=np.float64)
    own = habits(ratings.stars, ratings.others)
    more = shares_below(own, len(ratings), people or {})
    loves, dislikes = unusual(ratings, films, MOST_UNUSUAL)
    by_kind = groups(ratings, films)
    return Portrait(
        n=len(profile.counted),
        compared=len(ratings),
        mean=_mean(stars),
        crowd=_mean(ratings.others),
        generosity=own.generosity,
        spread=own.spread,
        agreement=own.agreement,
        more_generous_than=more.generosity,
        more_spread_than=more.spread,
        more_agreeing_than=more.agreement,
        groups=by_kind,
        telling=telling(by_kind, MOST_TELLING),
        loves=loves,
        dislikes=dislikes,
        by_year=years.by_year(ratings, profile.dates),
        change=years.change(ratings, profile.dates),
        histogram=tuple(float((stars == half).sum() / max(len(stars), 1)) for half in HALF_STARS),
        crowd_histogram=tuple(_shares(ratings.histograms).tolist()),
        against=given(ratings, films),
    )


def _mean(values: np.ndarray) -> float | None:
    return float(values.mean()) if len(values) else None


def _shares(histograms: np.ndarray) -> np.ndarray:
    """(10,) everybody's shares of the half-stars, each film counted alike."""
    counts = histograms.sum(axis=1, keepdims=True)
    known = histograms[counts[:, 0] > 0] / counts[counts[:, 0] > 0]
    shares: np.ndarray = known.mean(axis=0) if len(known) else np.zeros(len(HALF_STARS))
    return shares
