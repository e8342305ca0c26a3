"""Titles and years as people write them, checked by hand, against the catalogue that ships.

title_pairs.csv: title and year as given, the slug of the film that is meant (empty where none may be matched), and what
makes the row hard. Half of the rows are as a Letterboxd export has them; the others are other sites' spellings, films
of the same name, wrong years, and films and series that the catalogue does not have.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from reelrec import app
from reelrec.data.catalogue import Catalogue
from reelrec.data.titles.title_rules import known_as, loose, spellings
from reelrec.errors import AmbiguousFilmError, UnknownFilmError

TRAPS = {
    "absent", "also known as", "ambiguous", "ampersand", "article", "bracketed alternate", "case and accents",
    "foreign article", "moved article", "no year", "numbering", "numerals", "other name", "owner",
    "part is another film", "part of the title", "plain", "remake", "spelling", "television", "typography",
    "wrong year", "year off", "year off, namesake",
}  # fmt: skip


class Pair(NamedTuple):
    title: str
    year: int | None
    slug: str
    trap: str


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    with Path(__file__).with_name("title_pairs.csv").open(encoding="utf-8", newline="") as file:
        return [Pair(row["title"], int(row["year"]) if row["year"] else None, row["slug"], row["trap"])
                for row in csv.DictReader(file)]  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return app.catalogue()


@pytest.fixture(scope="module")
def found(pairs, shipped) -> list[str]:
    """For each pair the slug of the film that is found, "" where none or several are."""
    return [_slug(shipped, pair.title, pair.year) for pair in pairs]


def _slug(films: Catalogue, title: str, year: int | None) -> str:
    try:
        return films.find(title, year).slug
    except (UnknownFilmError, AmbiguousFilmError):
        return ""


def test_no_pair_is_matched_to_another_film(pairs, found):
    wrong = [
        f'"{pair.title}" ({pair.year}), {pair.trap}: found {slug}, meant is {pair.slug or "no film"}'
        for pair, slug in zip(pairs, found, strict=True)
        if slug and slug != pair.slug
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_97_of_100_films_that_the_catalogue_has_are_found(pairs, found):
    meant = [(pair, slug) for pair, slug in zip(pairs, found, strict=True) if pair.slug]
    missed = [f'"{pair.title}" ({pair.year}), {pair.trap}: {pair.slug}' for pair, slug in meant if slug != pair.slug]
    hard = [(pair, slug) for pair, slug in meant if pair.trap != "plain"]
    text = f"{len(missed)} of {len(meant)} missed:\n" + "\n".join(missed)
    assert len(missed) <= 0.03 * len(meant), text
    assert sum(slug == pair.slug for pair, slug in hard) >= 0.97 * len(hard), text  # the easy rows do not carry it


def test_the_pairs_are_many_hold_every_trap_and_name_films_of_the_catalogue(pairs, shipped):
    assert len(pairs) >= 300
    assert len({pair[:2] for pair in pairs}) == len(pairs)
    traps = Counter(pair.trap for pair in pairs)
    assert set(traps) == TRAPS
    assert min(traps.values()) >= 5, traps.most_common()[-3:]
    for pair in pairs:
        assert not pair.slug or shipped.slugs[shipped.number(pair.slug)] == pair.slug, pair


def test_match_and_find_agree_on_every_pair(pairs, found, shipped):
    for pair, slug in zip(pairs, found, strict=True):
        fits = shipped.match(pair.title, pair.year)
        if slug:
            assert [film.slug for film in fits] == [slug]
        else:
            assert len(fits) != 1 or pair.year is None, pair
        assert [film.n_ratings for film in fits] == sorted((film.n_ratings for film in fits), reverse=True)


def test_a_film_asked_for_by_its_own_title_is_never_answered_with_another(shipped):
    for film in shipped.films[: shipped.n_items]:
        if film.year is not None and shipped.shown[film.number]:
            fits = shipped.match(film.title, film.year)
            assert film in fits or (not film.n_ratings and fits), film.name  # or with a film that people rated
            assert film in shipped.match(film.title), film.name


@pytest.mark.parametrize("off", [1, -1, 2, -2])
def test_a_wrong_year_never_leads_to_a_film_of_another_title(shipped, off):
    for film in itertools.islice(
        shipped.films, off % 4, shipped.n_items, 4
    ):  # a quarter, since each look takes a while
        if film.year is None:
            continue
        meant = int(shipped.canonical[film.number])
        for other in shipped.match(film.title, film.year + off):
            if other.number != meant:
                said = f"{film.name} with {film.year + off} found {other.name}"
                assert film.year + off in (other.year, *other.other_years) or other.title == film.title, said
                titles = (other.title, *other.other_titles)
                known = {key for title in titles for key in (*spellings(title), *loose(title))}
                assert known & {*spellings(film.title), *loose(film.title), *known_as(film.title)}, said
