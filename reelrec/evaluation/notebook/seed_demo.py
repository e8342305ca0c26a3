"""`seed-demo`: the notebook's demonstrations on ml-latest-small, repeated figure by figure.

Its starter films (200 ratings or more, most rated first); the best-rated films of user 599; the tuned SVD's list for
user 509; its list for a new user 611 with five ratings, for whom it fits the SVD again with these ratings appended to
the training 80 % of seed-svd; and its list for a user without ratings.

Beside the notebook's way for 611 stands ours: the same five ratings folded into the SVD that was fitted for 509, by the
ridge solution of `models/svd.py`. Both lists and both times are given. They differ, and so do two runs of the
notebook's way: 30 epochs over five ratings leave the factors of 611 close to their random start, so another seed gives
another list. The rows `svd-reseeded` measure that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from reelrec.data.history import History
from reelrec.evaluation.notebook import recipe
from reelrec.evaluation.notebook.movielens_lists import best, film_ids, scores_of
from reelrec.evaluation.protocol import Options
from reelrec.evaluation.report import Report, Row, describe
from reelrec.evaluation.tables import Printed, plain
from reelrec.evaluation.users import movielens_dataset
from reelrec.models.svd import SVD
from reelrec.sources.movielens import dataset as movielens
from reelrec.training.settings import SMALL_DATA

if TYPE_CHECKING:
    import surprise

NAME = "seed-demo"
DATA = recipe.DATA
STARTER_RATINGS = 200
GENEROUS, KNOWN, NEW = 599, 509, 611
NEW_RATINGS = {1: 5.0, 2571: 4.5, 296: 4.0, 593: 4.5, 318: 5.0}
LENGTH = 5
OVERLAP_CUTS = (5, 10)
OTHER_SEEDS = (1, 2, 3)
FAMOUS = 10  # starter films among which the fallback list looks


def evaluate(options: Options) -> Report:
    """Measure as the command asks. Raises OptionError or SourceError."""
    return run()


def run() -> Report:
    """Rows overlap at 5 and 10 with the notebook's list for 611; the lists themselves are in the details."""
    began = time.perf_counter()
    ratings, names = movielens.read_ratings(DATA), _names()
    training, _ = recipe.frames()
    fitted = recipe.tuned(training)
    refitted, refit_seconds = _timed(lambda: refit(training))
    folded_in, fold_in_seconds = _timed(fold_in(fitted))
    reseeded = [refit(training, seed) for seed in OTHER_SEEDS]
    overlaps = [_overlap("svd", refitted, [folded_in], k) for k in OVERLAP_CUTS]
    overlaps += [_overlap("svd-reseeded", refitted, reseeded, k) for k in OVERLAP_CUTS]
    famous, loved = starters(ratings), best_rated(GENEROUS)
    rated = ratings.loc[ratings["user_id"] == KNOWN, "film_id"]
    details = {
        "starters": _counted(famous, names),
        "best_rated": {"user": GENEROUS, "stars": loved[0]["stars"], "films": len(loved)},
        "known_user": {"user": KNOWN, "list": _starred(best(scores_of(fitted, KNOWN), rated, LENGTH), names)},
        "new_user": {
            "user": NEW,
            "ratings": _starred(pd.Series(NEW_RATINGS), names),
            "refitted": {"list": _starred(refitted.head(LENGTH), names), "seconds": round(refit_seconds, 3)},
            "folded_in": {"list": _starred(folded_in.head(LENGTH), names), "seconds": round(fold_in_seconds, 5)},
            "overlap": round(overlaps[0].value * LENGTH),
        },
        "fallback": _counted(fallback(famous), names),
    }
    return Report(
        protocol=NAME,
        dataset=describe(movielens_dataset(DATA)),
        rows=tuple(overlaps),
        seconds=time.perf_counter() - began,
        notes=_notes(details, overlaps),
        details=details,
    )


def starters(ratings: pd.DataFrame) -> pd.DataFrame:
    """Columns n and mean by film_id: films with 200 ratings or more, by count, then by mean."""
    films = ratings.groupby("film_id")["rating"].agg(n="size", mean="mean")
    return films[films["n"] >= STARTER_RATINGS].sort_values(["n", "mean"], ascending=False)


def fallback(famous: pd.DataFrame) -> pd.DataFrame:
    """The list for nobody: of the ten most rated starter films the five with the best mean.

    This rule gives exactly the films that the notebook prints, in its order. The five best means of all 19 starters
    would be others: film 2959, eleventh with 218 ratings, would come second.
    """
    return famous.head(FAMOUS).sort_values("mean", ascending=False).head(LENGTH)


def best_rated(user: int) -> list[dict]:
    """film_id, title and stars of all films that a user gave their best rating, in the order of film_id."""
    ratings, names = movielens.read_ratings(DATA), _names()
    own = ratings[ratings["user_id"] == user].set_index("film_id")["rating"].sort_index()
    return _starred(own[own == own.max()], names)


def refit(training: pd.DataFrame, seed: int = recipe.SEED) -> pd.Series:
    """The notebook's way for a new user: fit the SVD once more, their ratings after the training rows."""
    rows = [(NEW, film_id, stars) for film_id, stars in NEW_RATINGS.items()]
    appended = pd.concat([training, pd.DataFrame(rows, columns=training.columns)])
    return best(scores_of(recipe.tuned(appended, seed), NEW), NEW_RATINGS, max(OVERLAP_CUTS))


def fold_in(fitted: surprise.SVD) -> Callable[[], pd.Series]:
    """Our way: a function that solves for the new user with the film factors as they are, and ranks."""
    ours, films = SVD(**SMALL_DATA.get(SVD.name, {})).take(fitted), film_ids(fitted)
    item_of = {film_id: item for item, film_id in enumerate(films)}
    history = History.of([item_of[film_id] for film_id in NEW_RATINGS], list(NEW_RATINGS.values()))
    return lambda: best(pd.Series(ours.score(history), index=films), NEW_RATINGS, max(OVERLAP_CUTS))


def tables(report: Report) -> list[Printed]:
    """A table for each demonstration, then the notes."""
    details, counted = report.details, ("film", "title", "ratings", "mean")
    rated, predicted = ("film", "title", "stars"), ("film", "title", "predicted stars")
    known, new = details["known_user"], details["new_user"]
    generous = details["best_rated"]["user"]
    return [
        plain(counted, _cells(details["starters"]), "starter films"),
        plain(rated, _cells(best_rated(generous), 1), f"best-rated films of person {generous}"),
        plain(predicted, _cells(known["list"]), f"list for person {known['user']}"),
        plain(rated, _cells(new["ratings"], 1), f"the ratings of new person {new['user']}"),
        plain(predicted, _cells(new["refitted"]["list"]), f"list for {new['user']}, SVD fitted again"),
        plain(predicted, _cells(new["folded_in"]["list"]), f"list for {new['user']}, folded in"),
        plain(counted, _cells(details["fallback"]), "list for nobody"),
        *report.notes,
    ]


def _overlap(model: str, notebook: pd.Series, others: Sequence[pd.Series], k: int) -> Row:
    """Mean share of the notebook's first k that the others' first k have too. n: how many others."""
    shares = [len(set(notebook.index[:k]) & set(other.index[:k])) / k for other in others]
    return Row(model=model, metric="overlap", k=k, value=sum(shares) / len(shares), n=len(shares))


def _notes(details: dict, overlaps: Sequence[Row]) -> tuple[str, ...]:
    loved, new = details["best_rated"], details["new_user"]
    shared = [row.value * k for row, k in zip(overlaps, 2 * OVERLAP_CUTS, strict=True)]  # films
    return (
        f"Person {loved['user']} gave {loved['stars']} stars to {loved['films']} films: they all tie for the best.",
        f"Person {new['user']}: fitting again took {new['refitted']['seconds']:.2f} s, folding in "
        f"{new['folded_in']['seconds']:.4f} s. The two lists share {shared[0]:.0f} of the first 5 films and "
        f"{shared[1]:.0f} of the first 10. Fitting again with other seeds ({', '.join(map(str, OTHER_SEEDS))}) shares "
        f"{shared[2]:.1f} and {shared[3]:.1f} of them on average.",
        f"The list for nobody: of the {FAMOUS} most rated starter films the {LENGTH} with the best mean.",
    )


def _cells(films: list[dict], decimals: int = 6) -> list[tuple]:
    return [
        tuple(f"{value:.{decimals}f}" if isinstance(value, float) else value for value in film.values())
        for film in films
    ]


def _starred(stars: pd.Series, names: pd.Series) -> list[dict]:
    films, values = stars.index.tolist(), stars.tolist()
    return [{"film_id": film, "title": names[film], "stars": value} for film, value in zip(films, values, strict=True)]


def _counted(films: pd.DataFrame, names: pd.Series) -> list[dict]:
    columns = zip(films.index.tolist(), films["n"].tolist(), films["mean"].tolist(), strict=True)
    return [{"film_id": film, "title": names[film], "n": n, "mean": mean} for film, n, mean in columns]


def _names() -> pd.Series:
    """ "Title (Year)" by film_id."""
    films = movielens.read_films(DATA).set_index("film_id")
    years = films["year"].map(lambda year: f" ({year})", na_action="ignore").fillna("")
    return films["title"] + years


def _timed(work: Callable[[], pd.Series]) -> tuple[pd.Series, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began
