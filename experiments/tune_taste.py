"""The settings of a visitor's portrait, on tune users, who neither train nor test. LOG.md keeps the results.

python -m experiments.tune_taste habits       FEW and PULL: the variance of what is left over, over that of people
python -m experiments.tune_taste trust [N]    TRUST: half of the ratings of N users (1,000 unless said) foretell lifts
                                              of the other half, with the visitor's slope and with a slope of 1
python -m experiments.tune_taste chance [N]   how often a kind stands out for users rating at random, and for real ones
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator

import numpy as np

from reelrec.artifacts.store import shipped_store
from reelrec.data.catalogue import Catalogue
from reelrec.data.half_stars import HALF_STARS
from reelrec.data.history import History
from reelrec.data.ratings.roles import Role
from reelrec.training.users import letterboxd_users
from reelrec.visitor.taste.beside import PULL, beside
from reelrec.visitor.taste.groups import KINDS, groups
from reelrec.visitor.taste.members import members

USERS, LEAST = 1_000, 60  # ratings of a user
FILMS = (2, 5, 10, 20, 40, 80, 160)  # of which one is TRUST
GENEROSITY = 0.35  # standard deviation of people's, in stars


def users(films: Catalogue, n: int, seed: int = 1) -> Iterator[History]:
    """At most n tune users with LEAST ratings of films that others rated."""
    data = letterboxd_users(films, Role.TUNE)
    order = np.random.default_rng(seed).permutation(data.n_users)
    known = (history.take(films.mean[history.items] > 0) for history in map(data.history, order.tolist()))
    yield from itertools.islice((history for history in known if len(history) >= LEAST), n)


def tune_habits(films: Catalogue) -> None:
    """Print FEW and PULL."""
    gaps, slopes = [], []
    for history in users(films, sys.maxsize):
        stars, others = history.ratings.astype(np.float64), films.mean[history.items].astype(np.float64)
        gap, apart = stars - others, others - others.mean()
        gaps.append((gap.mean(), gap.var(ddof=1), len(gap)))
        slope = apart @ stars / (apart @ apart)
        left = ((stars - stars.mean() - slope * apart) ** 2).sum() / (len(stars) - 2)
        slopes.append((slope, left, apart @ apart))
    mean, variance, n = np.array(gaps).T
    print(f"FEW  {variance.mean() / (mean.var() - (variance / n).mean()):.1f}")
    slope, left, squares = np.array(slopes).T
    print(f"PULL {left.mean() / (slope.var() - (left / squares).mean()):.1f}, mean slope {slope.mean():.2f}")
    print(f"USUAL_LEFT {left.mean():.2f}")


def tune_trust(films: Catalogue, n: int) -> None:
    """Print the error in the lifts of hidden ratings, weighted by them, for each kind, slope and TRUST."""
    rng = np.random.default_rng(2)
    errors = {(kind, own): np.zeros(len(FILMS) + 1) for kind in KINDS for own in (True, False)}
    counts = dict.fromkeys(KINDS, 0)
    for history in users(films, n):
        shown = rng.random(len(history.items)) < 0.5
        stars, others = history.ratings.astype(np.float64), films.mean[history.items].astype(np.float64)
        apart, above = others - others[shown].mean(), stars - stars[shown].mean()
        squares = apart[shown] @ apart[shown] + PULL
        both = beside(dict(zip(history.items.tolist(), stars.tolist(), strict=True)), films)
        for kind in KINDS:
            names, places, words = members(kind, both, films)
            half = shown[places]
            known, hidden = (np.bincount(words[part], minlength=len(names)) for part in (half, ~half))
            tried = (known >= 2) & (hidden >= 1)
            counts[kind] += int(hidden[tried].sum())
            for own in (True, False):
                slope = (apart[shown] @ above[shown] + PULL) / squares if own else 1.0
                left = (above - slope * apart)[places]
                first, second = (
                    np.bincount(words[part], weights=left[part], minlength=len(names))[tried] for part in (half, ~half)
                )
                lifts = [first / (known[tried] + trust) for trust in FILMS]
                truth = second / hidden[tried]
                errors[kind, own] += [float(((truth - lift) ** 2 * hidden[tried]).sum()) for lift in (0.0, *lifts)]
    print(f"{'':10} {'slope':6} {'none':>7}", *(f"{trust:7}" for trust in FILMS))
    for (kind, own), error in errors.items():
        print(f"{kind:10} {'own' if own else '1':6}", *(f"{value / counts[kind]:7.4f}" for value in error))


def chance(films: Catalogue, n: int) -> None:
    """Print the share of users of whom something stands out, by kind; real ones, and ones who rate at random.

    Those draw each film's stars from everybody's, and are as generous as people are.
    """
    rng = np.random.default_rng(3)
    told = {(kind, real): 0 for kind in (*KINDS, "any") for real in (True, False)}
    for history in users(films, n):
        counts = np.array(films.films.column("histogram", history.items), dtype=np.float64)
        shares = counts.cumsum(axis=1) / counts.sum(axis=1, keepdims=True)
        drawn = HALF_STARS[(shares < rng.random((len(shares), 1))).sum(axis=1)] + rng.normal(0, GENEROSITY)
        for real, stars in ((True, history.ratings), (False, np.clip(np.round(2 * drawn) / 2, 0.5, 5.0))):
            found = groups(beside(dict(zip(history.items.tolist(), stars.tolist(), strict=True)), films), films)
            out = {kind for kind, of_kind in found.items() if any(group.stands_out for group in of_kind)}
            for kind in (*out, *(["any"] if out else [])):
                told[kind, real] += 1
    for kind in (*KINDS, "any"):
        print(f"{kind:10} real {told[kind, True] / n:.3f}, at random {told[kind, False] / n:.3f}")


def main(words: list[str]) -> None:
    """Run what the words ask for."""
    films = shipped_store().load_catalogue()
    n = int(words[1]) if len(words) > 1 else USERS
    if words[0] == "habits":
        tune_habits(films)
    elif words[0] == "trust":
        tune_trust(films, n)
    else:
        chance(films, n)


if __name__ == "__main__":
    main(sys.argv[1:])
