"""Files that real members brought, one folder a case; each has a README that says what is expected of it.

They lie in $REELREC_CASES, or in `../shared/cases/letterboxd` without that variable. They are not part of the project.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reelrec import app
from reelrec.errors import UnexpectedAnswerError
from reelrec.paths import ROOT
from reelrec.sources.letterboxd.feed_items import logged_films
from reelrec.visitor.intake import Intake

FOLDER = Path(os.environ.get("REELREC_CASES") or ROOT.parent / "shared" / "cases" / "letterboxd")
FIVE = {"Heat": 4.5, "Parasite": 5.0, "The Social Network": 4.0, "Paddington 2": 3.5, "GoodFellas": 4.0}


def stars(taken: Intake) -> dict[str, float]:
    """The stars as they were read."""
    return {film.title: film.stars for film in taken.log.films if film.stars is not None}


def found(taken: Intake) -> dict[str, float]:
    """The stars of the films that were found, by the catalogue's name."""
    return {app.catalogue().films[number].name: rating for number, rating in taken.profile.ratings.items()}


def five_and_a_sentence(about: str) -> Callable[[Intake], None]:
    def check(taken: Intake) -> None:
        assert stars(taken) == FIVE
        assert len([fault for fault in taken.log.faults if about in fault]) == (1 if about else 0)

    return check


def four_of_four(taken: Intake) -> None:
    assert taken.matched == 4
    assert sorted(found(taken).values()) == [3.5, 4.0, 4.5, 5.0]


def halved(taken: Intake) -> None:
    assert stars(taken) == {
        "Heat": 4.5, "Arrival": 4.0, "Parasite": 5.0, "Paddington 2": 2.5, "Up": 1.5, "Alien": 3.5,
    }  # fmt: skip
    assert taken.log.scales


def with_commas(taken: Intake) -> None:
    assert stars(taken) == {"Heat": 4.5, "Parasite": 5.0, "Up": 3.5, "Her": 4.0}
    assert not taken.log.faults


def not_found(taken: Intake) -> None:
    names = {"Wanted (2008)", "The Island (2005)", "Love (2015)"}
    assert not names & found(taken).keys()


def beast(taken: Intake) -> None:
    assert found(taken) == {"Beast (2022)": 4.0}


def precious(taken: Intake) -> None:
    assert found(taken) == {"Precious (2009)": 4.0}


def never_again(taken: Intake) -> None:
    films = app.catalogue()
    assert taken.matched == 3
    listed = {pick.film.slug for pick in app.recommend(taken.profile, len(films)).picks}
    shown_again = (FOLDER / "10-one-film-under-two-addresses" / "NOT-SHOWN").read_text().split()
    assert not listed & set(shown_again)


def three_wanted(taken: Intake) -> None:
    assert (len(taken.profile.watchlist), len(taken.profile.watched)) == (3, 0)


def heat_with_four_and_a_half(taken: Intake) -> None:
    assert stars(taken) == {"Heat": 4.5}
    assert found(taken) == {"Heat (1995)": 4.5}


def two_wanted(taken: Intake) -> None:
    assert [(film.title, film.watchlist, film.seen) for film in taken.log.films] == [
        ("Heat", True, False),
        ("Up", True, False),
    ]


def decoded(taken: Intake) -> None:
    names = {app.catalogue().films[number].name for number in taken.profile.watched}
    assert {name.replace("’", "'") for name in names} >= {"Howl's Moving Castle (2004)"}
    assert len(names) == 2


EXPECTED = {
    "01-zip-watchlist-of-a-scraper": five_and_a_sentence("watchlist.csv was not read"),
    "02-zip-empty-diary": five_and_a_sentence("diary.csv was not read"),
    "03-zip-one-review-over-131072-characters": five_and_a_sentence(""),
    "04-ratings-years-with-point-zero": four_of_four,
    "05-ratings-of-ten": halved,
    "06-ratings-decimal-comma": with_commas,
    "07-another-film-one-year-later": not_found,
    "08-film-with-another-films-ids": beast,
    "09-precious-is-of-2009": precious,
    "10-one-film-under-two-addresses": never_again,
    "11-watchlist-alone": three_wanted,
    "12-zip-two-folders-deep": five_and_a_sentence(""),
    "13-diary-2.csv": heat_with_four_and_a_half,
    "14-diary-with-other-dates": heat_with_four_and_a_half,
    "14b-diary-with-dotted-dates": heat_with_four_and_a_half,
    "17-list-called-watchlist": two_wanted,
    "18-titles-with-html-entities": decoded,
}


def folder(name: str) -> Path:
    if not FOLDER.is_dir():
        pytest.skip(f"The members' files are not on this machine: {FOLDER} is missing. Set REELREC_CASES.")
    return FOLDER / name


@pytest.mark.parametrize("name", EXPECTED)
def test_a_members_files_give_what_is_expected_of_them(name):
    files = [path for path in folder(name).iterdir() if path.suffix in (".zip", ".csv")]
    EXPECTED[name](app.read_export([(path.name, path.read_bytes()) for path in files]))


def test_a_heading_with_spoilers_has_its_title_year_and_stars():
    (film,) = logged_films((folder("15-feed-heading-with-spoilers") / "ann_b.xml").read_bytes())
    assert (film.title, film.year, film.stars) == ("Heat", 1995, 4.5)


def test_a_maintenance_page_is_told_with_the_way_to_the_export():
    data = (folder("16-feed-is-a-maintenance-page") / "ann_b.xml").read_bytes()
    with pytest.raises(UnexpectedAnswerError, match="Your export has all your films: use that instead"):
        logged_films(data)


def test_every_case_has_its_test():
    names = {path.name for path in folder("").iterdir() if path.is_dir()}
    assert names == EXPECTED.keys() | {"15-feed-heading-with-spoilers", "16-feed-is-a-maintenance-page"}
