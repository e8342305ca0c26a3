"""From a log to a profile: which film each row means, what could not be told, and what the profile then holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.sources.letterboxd.export import read_export
from reelrec.sources.log import Log, LoggedFilm
from reelrec.visitor.intake import Intake, take_in
from reelrec.visitor.profile import Profile
from tests.fakes import exports

LANTERN, FERRY, FERRY_2011, RIVERS, RIVERS_WESTERN, ELODIE, TWIN = 0, 1, 2, 3, 4, 5, 9


@pytest.fixture
def taken(films):
    """Take in these films, oldest first."""

    def take(*logged: LoggedFilm, fixes: dict[int, int] | None = None, origin: str = "export") -> Intake:
        return take_in(Log(origin, "", logged), films, fixes)

    return take


def seen(title: str, year: int | None = None, **facts) -> LoggedFilm:
    return LoggedFilm(title, year, **{"seen": True} | facts)


def why(intake: Intake) -> list[tuple[str, list[int]]]:
    return [(one.why, [film.number for film in one.candidates]) for one in intake.unmatched]


def test_an_empty_log_is_an_empty_profile(taken):
    intake = taken()
    assert (intake.profile, intake.matched, intake.unmatched) == (Profile(), 0, ())


def test_a_film_is_found_by_title_and_year(taken):
    intake = taken(seen("night ferry", 1979, stars=4.0), seen("Elodie a Paris", 2001, stars=3.0))
    assert intake.profile.ratings == {FERRY: 4.0, ELODIE: 3.0}
    assert intake.matched == 2


def test_a_code_counts_before_the_title(taken):
    assert taken(seen("Night Ferry", 1979, code="aaaa", stars=2.0)).profile.ratings == {LANTERN: 2.0}


def test_a_tmdb_id_and_an_address_count_before_the_title(taken):
    intake = taken(seen("Other", 1900, tmdb_id=505, stars=2.0), seen("Other", 2012, slug="night-ferry-2011", stars=3.0))
    assert intake.profile.ratings == {ELODIE: 2.0, FERRY_2011: 3.0}


@pytest.mark.parametrize("key", [{"code": "zzzz"}, {"tmdb_id": 99_999}, {"slug": "no-such-film"}])
def test_a_key_that_nobody_knows_leaves_title_and_year(taken, key):
    assert taken(seen("Night Ferry", 2011, stars=1.0, **key)).profile.ratings == {FERRY_2011: 1.0}


def test_an_imdb_id_counts_before_the_title(taken):
    assert taken(seen("Other", 1900, imdb_id=79001, stars=2.0)).profile.ratings == {FERRY: 2.0}


@pytest.mark.parametrize(("year", "found"), [(None, True), (2010, True), (2011, True), (2012, True), (1995, False)])
def test_an_address_names_a_film_only_where_the_year_agrees(taken, year, found):
    intake = taken(seen("Other", year, slug="night-ferry-2011", stars=3.0))
    assert intake.profile.ratings == ({FERRY_2011: 3.0} if found else {})


def test_an_address_that_the_site_gave_to_another_film_leaves_title_and_year(taken):
    assert taken(seen("The Harbour", 2003, slug="night-ferry-2011", stars=3.0)).profile.ratings == {6: 3.0}


@pytest.mark.parametrize("key", [{"code": "zzzz"}, {"tmdb_id": 99_999}])
def test_a_film_of_another_id_and_another_year_is_another_film(taken, key):
    assert why(taken(seen("The Lantern", 1995, stars=4.0, **key))) == [("unknown", [])]
    assert taken(seen("The Lantern", 1994, stars=4.0, **key)).profile.ratings == {LANTERN: 4.0}


def test_a_year_that_is_one_off_is_taken_where_no_id_speaks_against_it(taken):
    assert taken(seen("Élodie à Paris", 2002, stars=4.0)).profile.ratings == {ELODIE: 4.0}
    assert taken(seen("Élodie à Paris", 2002, code="zzzz", stars=4.0)).profile.ratings == {ELODIE: 4.0}  # no code here
    assert why(taken(seen("Élodie à Paris", 2002, tmdb_id=99_999, stars=4.0))) == [("unknown", [])]


def test_a_known_key_makes_up_for_a_missing_year(taken):
    assert taken(seen("Night Ferry", None, code="aaaa")).unmatched == ()


def test_two_films_of_one_title_and_year_are_asked_about(taken):
    intake = taken(seen("Twin Rivers", 1988, stars=4.0))
    assert why(intake) == [("ambiguous", [RIVERS, RIVERS_WESTERN])]
    assert intake.profile == Profile()


def test_a_film_without_a_year_is_asked_about_even_where_one_film_fits(taken):
    intake = taken(seen("Night Ferry"), seen("The Harbour"))
    assert why(intake) == [("no year", [FERRY, FERRY_2011]), ("no year", [6])]


def test_television_is_a_series_or_nothing(taken, films):
    rows = [replace(film, kind="series" if film.number == 2 else film.kind) for film in films.films]
    found = take_in(Log("rss", "ann", (seen("Night Ferry", 2011, television=True, stars=4.0),)), Catalogue(rows))
    assert found.profile.ratings == {2: 4.0}
    assert why(taken(seen("Night Ferry", 1979, tmdb_id=501, television=True))) == [("television", [])]


def test_a_film_that_is_not_in_the_catalogue_is_told(taken):
    intake = taken(seen("Never Made", 2000, stars=4.0), seen("Never Made"), seen("Night Ferry", 1950))
    assert why(intake) == [("unknown", [])] * 3
    assert intake.matched == 0


def test_what_was_not_found_keeps_its_place_in_the_log(taken):
    films = seen("Night Ferry", 1979), seen("Never Made", 2000), seen("Grey Dawn", 1990), seen("Twin Rivers", 1988)
    intake = taken(*films)
    assert [(one.place, one.film) for one in intake.unmatched] == [(1, films[1]), (3, films[3])]
    assert intake.matched == 2


def test_what_the_visitor_says_counts_before_everything(taken):
    films = (
        seen("Twin Rivers", 1988, stars=4.0),
        seen("Night Ferry", 1979, stars=2.0),
        seen("Never Made", 2000, stars=1.0),
    )
    intake = taken(*films, fixes={0: RIVERS_WESTERN, 1: FERRY_2011})
    assert intake.profile.ratings == {RIVERS_WESTERN: 4.0, FERRY_2011: 2.0}
    assert (intake.fixes, intake.matched) == ({0: RIVERS_WESTERN, 1: FERRY_2011}, 2)
    assert why(intake) == [("unknown", [])]


def test_a_fix_may_be_added_to_those_that_were_there(taken):
    films = seen("Twin Rivers", 1988, stars=4.0), seen("Night Ferry", None, stars=2.0)
    first = taken(*films, fixes={0: RIVERS})
    second = taken(*films, fixes={**first.fixes, 1: FERRY})
    assert first.fixes == {0: RIVERS}
    assert second.profile.ratings == {RIVERS: 4.0, FERRY: 2.0}
    assert second.unmatched == ()


def test_of_two_addresses_of_one_film_the_newer_rating_stays(taken):
    old = seen("The Lantern", 1994, slug="the-lantern-1", stars=1.0, date="2020-01-01", liked=True)
    new = seen("The Lantern", 1994, code="aaaa", stars=5.0, date="2024-01-01", rewatched=True)
    profile = taken(old, new).profile
    assert profile.ratings == {LANTERN: 5.0}
    assert profile.dates == {LANTERN: "2024-01-01"}
    assert (profile.liked, profile.rewatched) == ({LANTERN}, {LANTERN})
    assert TWIN not in profile.watched


def test_a_newer_row_without_stars_leaves_the_older_stars(taken):
    profile = taken(seen("The Lantern", 1994, stars=2.0), seen("The Lantern", 1994, tmdb_id=509)).profile
    assert (profile.ratings, profile.seen) == ({LANTERN: 2.0}, frozenset())


def test_ratings_keep_the_order_of_the_log_and_a_newer_one_comes_last(taken):
    profile = taken(
        seen("The Lantern", 1994, stars=1.0), seen("Night Ferry", 1979, stars=2.0), seen("The Lantern", 1994, stars=3.0)
    ).profile
    assert list(profile.ratings.items()) == [(FERRY, 2.0), (LANTERN, 3.0)]


def test_seen_liked_and_wanted_are_kept_apart(taken):
    profile = taken(
        seen("Night Ferry", 1979),
        LoggedFilm("Night Ferry", 2011, liked=True),
        seen("Grey Dawn", 1990, liked=True, stars=4.0),
        LoggedFilm("Grey Dawn", 1992, watchlist=True),
        seen("The Harbour", 2003, watchlist=True),
    ).profile
    assert profile == Profile(
        ratings={12: 4.0},
        seen=frozenset({FERRY, 6}),
        liked=frozenset({FERRY_2011, 12}),
        watchlist=frozenset({13}),  # and not the seen one
        origin=dict.fromkeys((FERRY, FERRY_2011, 12, 13, 6), "export"),
    )


def test_dates_marks_and_origin_land_in_the_profile(taken):
    profile = taken(
        seen("Night Ferry", 1979, date="2021-02-03", rewatched=True),
        seen("Grey Dawn", 1990, date="2022-02-03", reviewed=True, stars=4.0),
        LoggedFilm("Grey Dawn", 1992, watchlist=True, date="2023-02-03"),
        origin="rss",
    ).profile
    assert profile.dates == {FERRY: "2021-02-03", 12: "2022-02-03"}
    assert (profile.rewatched, profile.reviewed) == ({FERRY}, {12})
    assert set(profile.origin.values()) == {"rss"}


def test_the_history_of_a_log_is_oldest_first(taken):
    history = taken(
        seen("Grey Dawn", 1990, stars=4.0, date="2020-01-01"),
        seen("Night Ferry", 1979, date="2021-01-01"),
        seen("The Lantern", 1994, stars=5.0, date="2022-01-01"),
    ).profile.history(14)
    assert history.items.tolist() == [12, FERRY, LANTERN]


def test_a_whole_export_is_taken_in(films):
    known = [(film.title, film.year, film.boxd_code) for film in films.films if film.year and film.same_as is None]
    intake = take_in(read_export([("e.zip", exports.real_format(known, 5))]), films)
    assert {one.why for one in intake.unmatched} <= {"ambiguous"}
    assert len(intake.profile.ratings) + len([one for one in intake.unmatched if one.film.stars]) == 5
    assert len(intake.profile.watchlist) <= 1


def test_reviews_without_stars_are_told_by_film_the_newest_first(taken):
    intake = taken(
        seen("Night Ferry", 1979, review="Old words."),
        seen("Grey Dawn", 1990, review="New words."),
        seen("Élodie à Paris", 2001, stars=3.0),
        seen("Nobody Knows It", 1990, review="Lost words."),
    )
    assert list(intake.reviews.items()) == [(12, "New words."), (FERRY, "Old words.")]
    assert (
        taken(seen("Night Ferry", 1979, review="Words.", code="zz"), seen("Night Ferry", 1979, stars=2.0)).reviews == {}
    )


def test_a_review_of_a_film_that_was_said_by_hand_is_told(taken):
    assert taken(seen("Nobody Knows It", 1990, review="Lost words."), fixes={0: RIVERS}).reviews == {
        RIVERS: "Lost words."
    }
