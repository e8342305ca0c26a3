"""The page Bring your history with other files than Letterboxd's: IMDb's, of unknown scales, and any table."""

import json

import pytest

from reelrec import app
from tests.fakes import other_sites

HEAT, ALIEN = (app.film(slug).number for slug in ("heat-1995", "alien"))
IMDB = (
    b"Const,Your Rating,Date Rated,Title,Title Type,Year\ntt0113277,9,2024-01-01,Heat,Movie,1995\n"
    b"tt0078748,4,2024-01-02,Alien,Movie,1979\ntt0903747,10,2024-01-02,Breaking Bad,TV Series,2008\n"
)
HUNDRED = (
    b"movie_id,imdb_id,tmdb_id,rating,average_rating,title\n6,0113277,949,87,80.1,Heat (1995)\n"
    b"1214,0078748,348,35,80.1,Alien (1979)\n"
)
TABLE = b"Film;Jahr;Note\nHeat;1995;87\nAlien;1979;35\nNo Such Film;1990;\n"
LETTERS = b"Title,Grade\nHeat (1995),A-\nAlien (1979),F\n"


@pytest.fixture
def page(visit):
    return visit("letterboxd")


def test_the_page_names_the_sites_and_tells_how_to_get_each_file(page):
    words = page.words()
    for site in ("IMDb", "Trakt", "TMDB", "MovieLens", "Simkl", "TV Time", "Criticker", "FilmAffinity", "Filmweb"):
        assert f"**{site}.**" in words
        assert words.count(site) > 1


def test_imdbs_ratings_are_the_visitors_at_once_with_their_scale_said(page):
    page.upload(("x.csv", IMDB))
    assert dict(page.profile.ratings) == {HEAT: 4.5, ALIEN: 2.0}
    assert page.notice == "2 films from IMDb are yours now."
    words = page.words().replace("\\", "")
    assert "**2 of 3 rated films are here.**" in words
    assert "IMDb: 3 rows were read. IMDb’s ratings are out of ten: 7 is 3.5 stars here." in words
    assert "1 film not found" in "".join(fold.label for fold in page.at.expander)


def test_200_rows_are_counted(page):
    sample = other_sites.imdb(app.catalogue().films)
    page.upload((sample.name, sample.data))
    assert "**181 of 190 rated films are here, 4 of 4 seen without stars.**" in page.words()
    assert "200 rows were read" in page.words().replace("\\", "")


def test_ratings_of_unknown_height_are_asked_about_before_any_star_counts(page):
    page.upload(("movielens-ratings.csv", HUNDRED))
    assert page.profile.is_empty
    assert "no star counts before you do" in page.words()
    assert "These films are not yours yet" not in page.words()
    assert page.at.radio(key="scale-of").value == 100  # a guess, which nothing takes
    assert "87 is ★★★★½" in page.words()
    page.press("Use this scale")
    assert dict(page.profile.ratings) == {HEAT: 4.5, ALIEN: 2.0}
    assert "What are these ratings out of?" not in page.words()


def test_ratings_of_unknown_height_may_be_left_out(page):
    page.upload(("movielens-ratings.csv", HUNDRED))
    page.press("Leave the stars out")
    assert (dict(page.profile.ratings), set(page.profile.seen)) == ({}, {HEAT, ALIEN})


def test_somebody_with_films_is_asked_about_the_scale_first_and_then_about_merging(page):
    page.rate(jaws=4.0)
    page.upload(("movielens-ratings.csv", HUNDRED))
    assert "Are these films yours too?" not in page.words()
    page.press("Use this scale")
    assert "Are these films yours too?" in page.words()
    assert len(page.profile.ratings) == 1
    page.press("Mine too: add them")
    assert page.profile.ratings[HEAT] == 4.5


def test_a_table_asks_which_column_is_what_and_takes_nothing_unasked(page):
    page.upload(("my <b>films</b>.csv", TABLE))
    assert page.profile.is_empty
    assert "Which column is what?" in page.headings()
    assert "<b>" not in page.words().replace("\\<b\\>", "")
    chosen = {box.label: box.value for box in page.at.selectbox}
    assert (chosen["Title"], chosen["Year"], chosen["Rating"], chosen["IMDb’s number"]) == (0, 1, 2, -1)
    page.press("Use these")
    assert dict(page.profile.ratings) == {HEAT: 4.5, ALIEN: 2.0}
    assert page.notice == "2 films from a table are yours now."
    assert "Which column is what?" not in page.headings()


def test_another_scale_than_the_guess_may_be_chosen(page):
    page.upload(("t.csv", b"Title,Year,Stars\nHeat,1995,4\nAlien,1979,3\n"))
    assert page.at.radio(key="scale-2").value == 5
    page.at.radio(key="scale-2").set_value(10)
    page.run()
    assert "3 is ★½ · 4 is ★★" in page.words()
    page.press("Use these")
    assert dict(page.profile.ratings) == {HEAT: 2.0, ALIEN: 1.5}


def test_letters_are_shown_with_their_stars(page):
    page.upload(("t.csv", LETTERS))
    assert page.at.radio(key="scale-1").value == app.history.LETTERS
    assert "C\\+ is ★★★" in page.words()
    page.press("Use these")
    assert dict(page.profile.ratings) == {HEAT: 4.5, ALIEN: 0.5}


def test_without_a_column_of_titles_nothing_can_be_used(page):
    page.upload(("t.csv", b"a,b\n1,2\n"))
    assert "Choose the column with the titles" in page.words()
    assert next(button for button in page.at.button if button.label == "Use these").disabled
    page.press("Put the table away")
    assert "Which column is what?" not in page.headings()


def test_one_column_cannot_be_two_things(page):
    page.upload(("t.csv", TABLE))
    page.choose("column-year", 0)
    assert "One column is chosen twice" in page.words()
    assert next(button for button in page.at.button if button.label == "Use these").disabled


def test_ratings_on_no_scale_are_told_and_the_films_can_be_kept(page):
    page.upload(("t.csv", b"Title,Rating\nHeat (1995),superb\nAlien (1979),poor\n"))
    assert "The ratings look like no scale that is known here: poor, superb." in page.words()
    assert next(button for button in page.at.button if button.label == "Use these").disabled
    page.at.selectbox(key="column-rating").set_value(-1)
    page.run()
    page.press("Use these")
    assert set(page.profile.seen) == {HEAT, ALIEN}


def test_a_film_of_another_site_that_was_not_found_may_be_named(page):
    listed = {"title": "Heet", "year": 1995, "ids": {"trakt": 1}}
    entry = {"rated_at": "2024-01-01T00:00:00.000Z", "rating": 8, "type": "movie", "movie": listed}
    page.upload(("ratings-movies.json", json.dumps([entry]).encode()))
    page.choose_place("lost", 0)
    page.at.text_input(key="lost-search-0").set_value("heat 1995")
    page.run()
    page.choose_place("lost-film-0", 0)
    page.press("This is the one")
    assert len(page.state.letterboxd.intake.profile.ratings) == 1
    assert "Heet" not in page.words()


def test_files_of_two_sites_are_told_and_nothing_is_lost(page):
    page.rate(jaws=4.0)
    page.upload(("a.csv", IMDB), ("b.csv", HUNDRED))
    (error,) = page.at.error
    assert "files of IMDb and MovieLens" in error.value
    assert len(page.profile.ratings) == 1


def test_of_two_columns_of_one_name_each_can_be_chosen(page):
    page.upload(("mine.csv", b"Title,Year,Rating,Rating\nHeat,1995,2,9\nAlien,1979,3,8\n"))
    chosen = page.at.selectbox(key="column-rating")
    assert chosen.options.count("Rating") == 1
    assert (chosen.value, page.at.radio[0].value) == (2, 5)
    page.choose("column-rating", 3)
    assert page.at.radio[0].value == 10
