"""Somebody's files on the page Together: their stars count only where it is certain what they are out of."""

import pytest

from reelrec import app
from reelrec.ui.together import agree

HEAT, ALIEN = (app.film(slug).number for slug in ("heat-1995", "alien"))
TRAKT = """\
rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,rating
2024-01-01T00:00:00Z,movie,Heat,1995,8.1,1,tt0113277,949,4
"""
TMDB = """\
TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated
949,tt0113277,movie,Heat,1995-12-15,,,7.9,4,2024-01-01
"""
SIMKL = """\
SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB
1,Heat,movie,1995,completed,,2024-01-01,4,,,949,tt0113277
"""


@pytest.fixture
def page(visit):
    page = visit("together")
    page.become(app.sample_profile("horror"))
    page.choose("together-way", "A file")
    return page


def bring(page, name: str, text: str) -> None:
    page.at.file_uploader[0].upload(name, text.encode())
    page.press("Add")


@pytest.mark.parametrize("text", [TRAKT, TMDB, SIMKL])
def test_the_files_of_a_site_are_read_on_its_scale(page, text):
    bring(page, "ratings.csv", text)
    (person,) = page.state.company.others
    assert person.profile.ratings == {HEAT: 2.0}


@pytest.mark.parametrize(
    "text",
    [
        "Title,Year,Rating\nHeat,1995,8\nAlien,1979,3\n",
        "Title,Year,Rating\nHeat,1995,4\nAlien,1979,3\n",
        "Title,Year,Rating,WatchedDate\nHeat,1995,8,2024-01-01\nAlien,1979,3,2024-01-01\n",
        "Score,Film Name,Year\n8,Heat,1995\n3,Alien,1979\n",
    ],
)
def test_where_the_page_would_have_to_guess_nobody_is_added(page, text):
    bring(page, "ratings.csv", text)
    assert page.state.company.others == ()
    assert "where it is asked" in page.at.error[0].value.replace("\\", "")


def test_a_person_called_as_the_column_of_films_takes_it_from_nobody(page):
    page.choose("together-way", "An invented visitor")
    page.at.selectbox[0].set_value("family-night")
    page.at.text_input[-1].set_value("Film")
    page.press("Add")
    for table in page.at.table:
        assert list(table.value.columns) == ["Film", "You", "Film 2"]
        assert all("(" in film for film in table.value["Film"])
    assert len(page.at.table) == 2
    assert agree.PAIR not in page.at.session_state
