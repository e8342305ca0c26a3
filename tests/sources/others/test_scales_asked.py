"""Ratings whose scale no file says: the visitor is asked, and until then no star counts."""

import pytest

from reelrec.errors import ExportError
from reelrec.sources.log import Log
from reelrec.sources.others.loose import LooseTable
from reelrec.sources.others.registry import read_history
from reelrec.sources.scales import GRADES, LETTERS, Scale, guessed, question

HEAD = "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n"
IMDB = "Const,Your Rating,Date Rated,Title,Title Type,Year\n"


def read(name: str, text: str, scale: int | None = None) -> Log:
    log = read_history([(name, text.encode())], scale)
    assert isinstance(log, Log)
    return log


@pytest.mark.parametrize(
    ("values", "out_of"),
    [
        (["3.5", "4", "5"], 5),
        (["7", "10"], 10),
        (["35", "96"], 100),
        (["A", "B-", "F"], LETTERS),
        (["1", "2", "3"], 5),
        (["7.5", "6"], 10),
    ],
)
def test_a_guess_is_never_too_short_for_its_values_and_never_certain(values, out_of):
    guess = guessed(values)
    assert guess is not None
    assert (guess.out_of, guess.certain) == (out_of, False)


@pytest.mark.parametrize("values", [["great", "poor"], ["120", "7000"], []])
def test_values_of_no_known_scale_get_no_guess(values):
    assert guessed(values) is None


def test_a_question_shows_values_from_low_to_high():
    asked = question(["92", "13", "87", "92", "", "0"])
    assert asked.examples == ("13", "87", "92")


def test_a_site_that_says_its_scale_is_not_asked_about_and_says_it():
    log = read("x.csv", f"{IMDB}tt0113277,7,2024-01-01,Heat,Movie,1995\n")
    assert [film.stars for film in log.films] == [3.5]
    assert log.asks is None
    assert log.told == ("IMDb’s ratings are out of ten: 7 is 3.5 stars here.",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("movielens-ratings.csv", f"{HEAD}6,0113277,949,87,80.1,Heat (1995)\n5,0078748,348,3,4.1,Alien (1979)\n"),
        ("ratings.csv", f"{IMDB}tt0113277,87,2024-01-01,Heat,Movie,1995\ntt0078748,3,2024-01-01,Alien,Movie,1979\n"),
    ],
)
def test_one_value_above_the_scale_of_its_site_makes_it_a_question(name, text):
    log = read(name, text)
    assert [film.stars for film in log.films] == [None, None]
    assert log.asks is not None
    stars = {film.title: film.stars for film in log.on_scale(Scale(100)).films}
    assert stars == {"Heat": 4.5, "Alien": 0.5}


def test_somebody_who_says_the_scale_beforehand_is_not_asked():
    log = read("x.csv", f"{IMDB}tt0113277,87,2024-01-01,Heat,Movie,1995\n", scale=100)
    assert (log.films[0].stars, log.asks) == (4.5, None)


def test_ratings_that_are_none_on_the_scale_are_counted_in_one_sentence_and_their_films_kept():
    log = read("x.csv", IMDB + "".join(f"tt000{n},superb,2024-01-01,Film {n},Movie,1995\n" for n in range(3, 6)))
    assert log.faults == (
        "3 ratings, such as “superb”, are none out of ten, so their films count as seen without stars.",
    )
    assert [film.seen for film in log.films] == [True] * 3


def test_left_out_ratings_leave_their_films_seen():
    log = read("movielens-ratings.csv", f"{HEAD}6,0113277,949,87,80.1,Heat (1995)\n").without_ratings()
    assert [(film.stars, film.rating, film.seen) for film in log.films] == [(None, "", True)]
    assert log.asks is None


def test_letters_fall_with_their_stars():
    stars = list(GRADES.values())
    assert stars == sorted(stars, reverse=True)
    assert (stars[0], stars[-1]) == (5.0, 0.5)
    assert Scale(LETTERS).stars(" b– ") == 3.5
    assert Scale(LETTERS).stars("E") is None


def test_zero_is_the_worst_rating_only_where_a_site_begins_there():
    assert Scale(100, from_zero=True).stars("0") == 0.5
    assert Scale(100).stars("0") is None
    assert Scale(100).is_empty("0")
    assert not Scale(100, from_zero=True).is_empty("0")


def test_an_unknown_scale_is_refused_with_the_scales_there_are():
    with pytest.raises(ExportError, match=r"5, 10 or 100, not 7\."):
        read("x.csv", IMDB, scale=7)


@pytest.mark.parametrize(
    "text",
    [
        "Title,Year,Rating,URL\nHeat,1995,4,https://films.example/1\nAlien,1979,3,https://films.example/2\n",
        "Title,Year,Watched Date,Rating\nHeat,1995,2024-01-01,4\nAlien,1979,2024-01-02,3\n",
        "Title;Year;Watched date;Url;Rating\nHeat;1995;2024-01-01;;4\nAlien;1979;2024-01-02;;3\n",
    ],
)
def test_a_column_of_links_or_of_days_does_not_make_a_table_letterboxds(text):
    """Four may be out of ten here, and nothing says it."""
    assert isinstance(read_history([("films.csv", text.encode())]), LooseTable)


@pytest.mark.parametrize(
    "text",
    [
        "Title,Year,Rating,URL\nHeat,1995,4,https://letterboxd.com/film/heat-1995/\nAlien,1979,3,\n",
        "Title,Year,WatchedDate,Rating\nHeat,1995,2024-01-01,4\nAlien,1979,2024-01-02,3\n",
    ],
)
def test_a_table_made_for_letterboxd_has_its_stars(text):
    assert [film.stars for film in read("films.csv", text).films] == [4.0, 3.0]


def test_a_table_with_columns_like_trakts_that_does_not_name_it_is_asked_about():
    rows = "2024-01-01,movie,Heat,1995,tt0113277,4\n"
    assert read("x.csv", f"watched_at,type,title,year,imdb_id,rating\n{rows}").asks is not None
    own = "2024-01-01,movie,Heat,1995,1,tt0113277,4\n"
    log = read("x.csv", f"watched_at,type,title,year,trakt_id,imdb_id,rating\n{own}")
    assert (log.asks, log.films[0].stars) == (None, 2.0)
