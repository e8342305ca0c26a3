"""What no catalogue may say of its films: contradictions that would send a visitor's stars to another film."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reelrec import progress
from reelrec.data import boxd
from reelrec.data.catalogue import Catalogue
from reelrec.data.film import KINDS
from reelrec.data.titles.series import series

LEAST_CAST = 3  # names; fewer are shared by chance
FAR_YEARS = 8  # between films that cannot have one cast, unless they are of one series or director
FIRST_YEAR, LAST_YEAR = 1874, 2026  # of the first moving pictures, and of the data's end
IDS = ("letterboxd_id", "tmdb_id", "imdb_id", "movielens_id")  # each of one film only


def contradictions(films: pd.DataFrame) -> list[str]:
    """A sentence for each contradiction; [] for a sound catalogue.

    films: columns slug, title, year, kind, same_as (a slug) and IDS, and boxd_code, director and cast where the source
    has them; missing values where a fact is unknown.
    """
    checks = progress.steps((_rows, _twins, _ids, _codes, _years, _casts))
    return [sentence for check in checks for sentence in check(films)]


def as_table(films: Catalogue) -> pd.DataFrame:
    """A catalogue as `contradictions` takes it."""
    columns = ["slug", "title", "year", "kind", "director", "cast", *IDS]
    table: pd.DataFrame = films.films.table.select(columns).to_pandas(integer_object_nulls=True)
    table = table.astype({name: "Int64" for name in ("year", *IDS)})
    table["same_as"] = [
        None if shown else films.slugs[main] for shown, main in zip(films.shown, films.canonical, strict=True)
    ]
    return table


def _rows(films: pd.DataFrame) -> Iterator[str]:
    for slug in films["slug"][films["slug"].duplicated()].unique():
        yield f"{slug}: two rows have this slug."
    for slug in films["slug"][films["title"].fillna("").str.strip() == ""]:
        yield f"{slug}: it has no title."
    for slug, kind in films[["slug", "kind"]][~films["kind"].isin(KINDS)].itertuples(index=False):
        yield f"{slug}: its kind is {kind}, and the kinds are {', '.join(KINDS)}."


def _twins(films: pd.DataFrame) -> Iterator[str]:
    mains = set(films["slug"][films["same_as"].isna()])
    twins = films[films["same_as"].notna() & ~films["same_as"].isin(mains)]
    for slug, other in zip(twins["slug"], twins["same_as"], strict=True):
        yield f"{slug}: it is said to be {other}, which is no main row."


def _ids(films: pd.DataFrame) -> Iterator[str]:
    mains = films[films["same_as"].isna()]
    for name in IDS:
        known = mains[mains[name].notna()]
        for value, rows in known[known[name].duplicated(keep=False)].groupby(name):
            yield f"{', '.join(rows['slug'])}: these main rows share {name} {value}."


def _codes(films: pd.DataFrame) -> Iterator[str]:
    if "boxd_code" not in films:
        return
    coded = films[films["boxd_code"].notna()]
    for slug, number, code in zip(coded["slug"], coded["letterboxd_id"], coded["boxd_code"], strict=True):
        if pd.isna(number) or boxd.code(int(number)) != code:
            yield f"{slug}: the code {code} is not that of its Letterboxd id, {number}."


def _years(films: pd.DataFrame) -> Iterator[str]:
    year = films["year"]
    wrong = films[year.notna() & ~year.between(FIRST_YEAR, LAST_YEAR).fillna(True)]
    for slug, found in zip(wrong["slug"], wrong["year"], strict=True):
        yield f"{slug}: it is of {found}, which is not from {FIRST_YEAR} to {LAST_YEAR}."


def _casts(films: pd.DataFrame) -> Iterator[str]:
    if "cast" not in films:
        return
    mains = films[films["same_as"].isna() & (films["cast"].map(len) >= LEAST_CAST) & films["year"].notna()]
    casts = mains["cast"].map(tuple)
    for cast, rows in mains[casts.duplicated(keep=False)].groupby(casts):
        names = series(rows["title"].tolist())
        one_series = bool(names[0]) and len(set(names)) == 1
        one_director = rows["director"].notna().all() and rows["director"].nunique() == 1
        if rows["year"].max() - rows["year"].min() >= FAR_YEARS and not (one_series or one_director):
            yield f"{', '.join(rows['slug'])}: these main rows share their cast, {', '.join(cast)}."
