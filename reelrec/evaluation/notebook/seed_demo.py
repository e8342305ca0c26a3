"""`seed-demo`: the notebook's demonstrations on ml-latest-small, repeated figure by figure.

Its starter films (200 ratings or more, most rated first); the best-rated films of person 599; the tuned SVD's list for
person 509; its list for a new person 611 with five ratings, for whom it fits the SVD again with these ratings appended
to the training 80 % of seed-svd; and its list for somebody who has rated nothing.

Beside the notebook's way for 611 stands ours: the same five ratings folded into the SVD that was fitted for 509, the
ridge solution of `models/svd.py`. Both lists and both times are given. They differ, and the notebook's way differs from
itself no less: 30 epochs over five ratings leave the factors of 611 close to their random start, so another seed gives
another list. Rows `svd-reseeded` measure that.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pandas as pd

from reelrec.data.history import History
from reelrec.evaluation.notebook import seed_svd
from reelrec.evaluation.notebook.movielens_lists import best, film_ids, scores_of
from reelrec.evaluation.report import Report, Row, describe
from reelrec.evaluation.users import movielens_dataset
from reelrec.sources import movielens
from reelrec.training import fitting
from reelrec.training.settings import SMALL_DATA

NAME = "seed-demo"
DATA = seed_svd.DATA
STARTER_RATINGS = 200
GENEROUS, KNOWN, NEW = 599, 509, 611
NEW_RATINGS = {1: 5.0, 2571: 4.5, 296: 4.0, 593: 4.5, 318: 5.0}
LENGTH = 5
OVERLAP_CUTS = (5, 10)
OTHER_SEEDS = (1, 2, 3)
FAMOUS = 10  # starter films among which the fallback list looks

Table = tuple[str, tuple[str, ...], list[tuple]]  # title, columns, rows


def run() -> Report:
    """Rows overlap at 5 and 10 with the notebook's list for 611; the lists themselves are in the details."""
    began = time.perf_counter()
    ratings, names = movielens.read_ratings(DATA), _names()
    most, _ = seed_svd.frames()
    fitted = seed_svd.tuned(most)
    rated = ratings.loc[ratings["user_id"] == KNOWN, "film_id"]
    refitted, refit_seconds = _timed(lambda: refit(most))
    folded, fold_seconds = _timed(folding(fitted))
    reseeded = [refit(most, seed) for seed in OTHER_SEEDS]
    rows = [_overlap("svd", refitted, [folded], k) for k in OVERLAP_CUTS]
    rows += [_overlap("svd-reseeded", refitted, reseeded, k) for k in OVERLAP_CUTS]
    famous, loved = starters(ratings), best_rated(GENEROUS)
    details = {
        "starters": _counted(famous, names),
        "best_rated": {"user": GENEROUS, "stars": loved[0]["stars"], "films": len(loved)},
        "known_user": {"user": KNOWN, "list": _starred(best(scores_of(fitted, KNOWN), rated, LENGTH), names)},
        "new_user": {
            "user": NEW,
            "ratings": _starred(pd.Series(NEW_RATINGS), names),
            "refitted": {"list": _starred(refitted.head(LENGTH), names), "seconds": round(refit_seconds, 3)},
            "folded_in": {"list": _starred(folded.head(LENGTH), names), "seconds": round(fold_seconds, 5)},
            "overlap": round(rows[0].value * LENGTH),
        },
        "fallback": _counted(fallback(famous), names),
    }
    seconds = time.perf_counter() - began
    return Report(NAME, describe(movielens_dataset(DATA)), tuple(rows), seconds, _notes(details, rows), details)


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
    """film_id, title and stars of all films that somebody gave their best rating, in the order of film_id."""
    ratings, names = movielens.read_ratings(DATA), _names()
    mine = ratings[ratings["user_id"] == user].set_index("film_id")["rating"].sort_index()
    return _starred(mine[mine == mine.max()], names)


def refit(most: pd.DataFrame, seed: int = seed_svd.SEED) -> pd.Series:
    """The notebook's way for a newcomer: the SVD fitted once more, their ratings after the training rows."""
    rows = [(NEW, film_id, stars) for film_id, stars in NEW_RATINGS.items()]
    appended = pd.concat([most, pd.DataFrame(rows, columns=most.columns)])
    return best(scores_of(seed_svd.tuned(appended, seed), NEW), NEW_RATINGS, max(OVERLAP_CUTS))


def folding(fitted: object) -> Callable[[], pd.Series]:
    """Our way: a function that solves for the newcomer with the film factors as they are, and ranks."""
    ours, films = fitting.new_model("svd", SMALL_DATA).take(fitted), film_ids(fitted)
    number = {film_id: item for item, film_id in enumerate(films)}
    history = History.of([number[film_id] for film_id in NEW_RATINGS], list(NEW_RATINGS.values()))
    return lambda: best(pd.Series(ours.score(history), index=films), NEW_RATINGS, max(OVERLAP_CUTS))


def tables(report: Report) -> list[Table]:
    """What the command prints: a title, columns and rows for each demonstration."""
    found, counted = report.details, ("film", "title", "ratings", "mean")
    person, new = found["best_rated"]["user"], found["new_user"]
    return [
        ("starter films", counted, _cells(found["starters"])),
        (f"best-rated films of person {person}", ("film", "title", "stars"), _cells(best_rated(person), 1)),
        (f"list for person {found['known_user']['user']}", *_list(found["known_user"]["list"])),
        (f"the ratings of new person {new['user']}", ("film", "title", "stars"), _cells(new["ratings"], 1)),
        (f"list for {new['user']}, SVD fitted again", *_list(new["refitted"]["list"])),
        (f"list for {new['user']}, folded in", *_list(new["folded_in"]["list"])),
        ("list for nobody", counted, _cells(found["fallback"])),
    ]


def _overlap(model: str, notebook: pd.Series, others: list[pd.Series], k: int) -> Row:
    """Mean share of the notebook's first k that the others' first k have too. n: how many others."""
    shares = [len(set(notebook.index[:k]) & set(other.index[:k])) / k for other in others]
    return Row(model, "overlap", k, sum(shares) / len(shares), None, None, len(shares))


def _notes(details: dict, rows: list[Row]) -> tuple[str, ...]:
    loved, new = details["best_rated"], details["new_user"]
    ways = (new["refitted"]["seconds"], new["folded_in"]["seconds"])
    (five, ten, reseeded_five, reseeded_ten) = (row.value * row.k for row in rows)
    return (
        f"Person {loved['user']} gave {loved['stars']} stars to {loved['films']} films: they all tie for the best.",
        f"Person {new['user']}: fitting again took {ways[0]:.2f} s, folding in {ways[1]:.4f} s. The two lists share "
        f"{five:.0f} of the first 5 films and {ten:.0f} of the first 10. Fitting again with other seeds "
        f"({', '.join(map(str, OTHER_SEEDS))}) shares {reseeded_five:.1f} and {reseeded_ten:.1f} of them on average.",
        f"The list for nobody: of the {FAMOUS} most rated starter films the {LENGTH} with the best mean.",
    )


def _list(films: list[dict]) -> tuple[tuple[str, ...], list[tuple]]:
    return ("film", "title", "predicted stars"), _cells(films)


def _cells(films: list[dict], decimals: int = 6) -> list[tuple]:
    return [
        tuple(f"{value:.{decimals}f}" if isinstance(value, float) else value for value in film.values())
        for film in films
    ]


def _starred(stars: pd.Series, names: pd.Series) -> list[dict]:
    return [{"film_id": int(film), "title": names[film], "stars": float(value)} for film, value in stars.items()]


def _counted(films: pd.DataFrame, names: pd.Series) -> list[dict]:
    return [
        {"film_id": int(film), "title": names[film], "n": int(row["n"]), "mean": float(row["mean"])}
        for film, row in films.iterrows()
    ]


def _names() -> pd.Series:
    """ "Title (Year)" by film_id."""
    films = movielens.read_films(DATA).set_index("film_id")
    years = films["year"].map(lambda year: f" ({year})", na_action="ignore").fillna("")
    return films["title"] + years


def _timed(work: Callable[[], pd.Series]) -> tuple[pd.Series, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began
