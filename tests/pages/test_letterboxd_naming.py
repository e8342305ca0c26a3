"""Films of a history that were not found, and saying which is meant."""

import pytest

from reelrec import app
from reelrec.sources.log import Log, LoggedFilm
from tests.fakes.exports import RATED, film, table
from tests.fakes.known_export import EXPORT


@pytest.fixture
def page(visit):
    return visit("letterboxd")


def log(*films: LoggedFilm) -> Log:
    return Log("rss", "alice", films)


def test_a_film_that_was_not_found_can_be_named(page):
    page.upload(("letterboxd.zip", EXPORT))
    assert page.at.selectbox(key="lost").options == ["Nothing Anybody Knows (2011)"]
    place = page.state.letterboxd.intake.unmatched[0].place
    page.choose_place("lost", 0)
    page.at.text_input(key=f"lost-search-{place}").set_value("jaws")
    page.run()
    assert page.at.selectbox(key=f"lost-film-{place}").options[0] == "Jaws (1975) · Steven Spielberg"
    page.choose_place(f"lost-film-{place}", 0)
    page.press("This is the one")
    assert page.profile.ratings[app.film("jaws").number] == 3.0
    assert "**4 of 4 rated films are here, 1 of 1 seen without stars, 1 of 1 wanted.**" in page.words()


def test_no_film_is_chosen_until_the_visitor_chooses_one(page):
    """The first that is offered may be a wrong one, and a hurried click would rate it."""
    page.upload(("ratings.csv", table(RATED, [film("The Big Fish", 1961, "2", "3.5")])))
    assert page.at.selectbox(key="lost").value is None
    assert "This is the one" not in [button.label for button in page.at.button]
    page.choose_place("lost", 0)
    assert page.at.selectbox(key="lost-film-0").value is None
    (fix,) = [button for button in page.at.button if button.label == "This is the one"]
    assert fix.disabled


def test_naming_a_film_keeps_what_was_rated_since(page):
    page.upload(("letterboxd.zip", EXPORT))
    page.rate(heat_1995=1.0)
    place = page.state.letterboxd.intake.unmatched[0].place
    page.choose_place("lost", 0)
    page.at.text_input(key=f"lost-search-{place}").set_value("jaws")
    page.run()
    page.choose_place(f"lost-film-{place}", 0)
    page.press("This is the one")
    assert page.profile.ratings[app.film("heat-1995").number] == 1.0


def test_the_search_for_it_begins_with_what_is_near(page):
    page.upload(("ratings.csv", table(RATED, [film("The Big Fish", 1961, "2", "3.5")])))
    page.choose_place("lost", 0)
    assert page.at.selectbox(key="lost-film-0").options[0] == "Big Fish (2003) · Tim Burton"


def test_a_film_that_is_searched_for_in_vain_is_told(page):
    page.upload(("letterboxd.zip", EXPORT))
    place = page.state.letterboxd.intake.unmatched[0].place
    page.choose_place("lost", 0)
    page.at.text_input(key=f"lost-search-{place}").set_value("qqqq")
    page.run()
    assert "No film is like that" in page.words()
    assert "This is the one" not in [button.label for button in page.at.button]


def test_hostile_names_are_shown_as_text(page, feed):
    feed(log(LoggedFilm("<img src=x onerror=alert(1)> **bold** :smile:", 2001, seen=True, stars=4.0)))
    page.ask("alice")
    assert page.at.selectbox(key="lost").options == ["<img src=x onerror=alert(1)> **bold** :smile: (2001)"]
    assert not any("<img" in markdown.value for markdown in page.at.markdown)


@pytest.mark.parametrize("title", ["=1+1", "+1", "-30-", "@home", "＝1"])
def test_no_title_is_a_formula_in_the_table_which_can_be_saved_as_csv(page, feed, title):
    feed(log(LoggedFilm(title, 1890, seen=True, stars=4.0), LoggedFilm("Plain = plain", 1890, seen=True, stars=4.0)))
    page.ask("alice")
    assert sorted(page.at.dataframe[0].value["Film"]) == ["Plain = plain", f"“{title}”"]
    assert f"{title} (1890)" in page.at.selectbox(key="lost").options


def test_a_title_longer_than_a_search_keeps_its_candidates(page, feed, monkeypatch):
    long = LoggedFilm("Heat " * 60, None, seen=True)
    monkeypatch.setattr("reelrec.visitor.intake._decided", lambda row, films: ("ambiguous", (app.film("heat-1995"),)))
    feed(log(long))
    page.ask("alice")
    page.choose_place("lost", 0)
    assert page.at.selectbox(key="lost-film-0").options == ["Heat (1995) · Michael Mann"]
