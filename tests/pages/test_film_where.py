"""Where to watch a film, and its trailer, on its page."""

import time

import pytest

from reelrec.ui.visit import Watching
from tests.fakes.tmdb import DOWN, says, slow, too_many
from tests.fakes.tmdb_watch import film_ending_in


def words(page) -> str:
    return page.words().replace("\\", "")


def urls(page) -> dict[str, str]:
    return {button.proto.label: button.proto.url for button in page.at.get("link_button")}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("US", ["**Stream** Lantern+, Free Reel", "**Rent** Shop of Films", "**Buy** Shop of Films"]),
        ("DE", ["**Stream** Otter Kino, Lantern+", "**Buy** Shop of Films"]),
        ("JP", ["**Rent** Lantern+"]),
        ("FR", ["Nobody in France streams, rents or sells it, as far as JustWatch knows."]),
    ],
)
def test_offers_are_those_of_the_country_with_their_source(visit, tmdb_here, code, told):
    film = film_ending_in(2)
    page = visit("film", id=film.slug, told={"tv": code})
    assert [line for line in words(page).splitlines() if line in told] == told
    assert len([line for line in words(page).splitlines() if line.startswith("**")]) == len(
        [line for line in told if line.startswith("**")]
    )
    assert "Offers by [JustWatch](https://www.justwatch.com), through TMDB." in page.words()
    assert f"https://www.themoviedb.org/movie/{film.tmdb_id}/watch?locale={code}" in page.words()


def test_the_visitor_s_services_come_first_and_stay_in_the_address(visit, tmdb_here):
    page = visit("film", id=film_ending_in(2).slug, told={"tv": "DE"})
    page.at.multiselect(key="services").set_value([8])
    page.run()
    assert "**Stream** **Lantern+** (yours), Otter Kino" in words(page)
    assert page.given("address")["carried"]["tv"] == "DE-8"
    again = visit("film", id=film_ending_in(2).slug, told={"tv": "DE-8"})
    assert "**Lantern+** (yours)" in words(again)


def test_another_country_is_a_choice_and_keeps_the_services(visit, tmdb_here):
    page = visit("film", id=film_ending_in(2).slug, told={"tv": "DE-8-337"})
    page.at.selectbox(key="country").set_value("JP")
    page.run()
    assert "**Rent** **Lantern+** (yours)" in words(page)
    assert page.state.watching == Watching("JP", frozenset({8, 337}))


def test_without_a_country_it_asks_for_one(visit, tmdb_here):
    page = visit("film", id=film_ending_in(2).slug, told={})
    assert page.popover("where") == "Choose your country"
    assert "your browser does not tell" in page.words()
    assert not [path for path in tmdb_here.paths if path.endswith("/watch/providers")]


def test_a_film_that_nobody_offers_is_said_so(visit, tmdb_here):
    page = visit("film", id=film_ending_in(0).slug, told={"tv": "US"})
    assert "Nobody in United States of America streams, rents or sells it" in words(page)


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [(DOWN, "ReelRec goes on without it"), (says({"results": 7}), "something else than film data"),
     (too_many(900), "asks this server to wait")],
)  # fmt: skip
def test_a_fault_is_a_sentence_and_the_page_stands(visit, tmdb_here, monkeypatch, trouble, sentence):
    film = film_ending_in(2)
    tmdb_here.trouble[f"/3/movie/{film.tmdb_id}/watch/providers"] = trouble
    page = visit("film", id=film.slug, told={"tv": "US"})
    assert sentence in words(page)
    assert page.at.title
    assert urls(page)["Trailer"]


def test_the_trailer_is_youtube_s_where_tmdb_knows_it_and_a_search_elsewhere(visit, tmdb_here):
    known, none = film_ending_in(2), film_ending_in(9)
    shown = urls(visit("film", id=known.slug, told={"tv": "US"}))
    assert shown["Trailer"] == f"https://www.youtube.com/watch?v=trailer{known.tmdb_id:04d}"
    assert "Where to watch" not in shown
    shown = urls(visit("film", id=none.slug, told={"tv": "US"}))
    assert shown["Trailer"].startswith("https://www.youtube.com/results?search_query=")


def test_without_a_key_there_are_plain_links_and_nobody_is_asked(visit):
    film = film_ending_in(2)
    page = visit("film", id=film.slug, told={"tv": "US-8"})
    assert urls(page)["Where to watch"] == f"https://www.themoviedb.org/movie/{film.tmdb_id}/watch"
    assert urls(page)["Trailer"].startswith("https://www.youtube.com/results?search_query=")
    assert "JustWatch" not in page.words()
    assert page.at.get("popover") == [] or "where" not in {part.key for part in page.at.get("popover")}


@pytest.mark.parametrize(
    "carried", ["", "de", "DE-", "DE-0", "DE-8-", "DEU-8", "DE" + "-1" * 41, "DE-8\n", "<b>", None, 7]
)
def test_what_cannot_be_read_in_the_address_counts_as_not_chosen(visit, carried):
    assert visit(told={"tv": carried}).state.watching == Watching()


def test_what_tmdb_is_asked_of_a_film_is_waited_for_once(visit, tmdb_here):
    film = film_ending_in(2)
    parts = ("", "/watch/providers", "/videos")
    tmdb_here.trouble |= {f"/3/movie/{film.tmdb_id}{part}": [slow(1.0)] for part in parts}
    visit(told={})  # what a process does once
    began = time.monotonic()
    page = visit("film", id=film.slug, told={"tv": "US"})
    assert time.monotonic() - began < 2.4  # one after another they take three seconds
    assert "**Stream** Lantern+, Free Reel" in words(page)
    assert urls(page)["Trailer"].startswith("https://www.youtube.com/watch")
    assert f"What happens in Invented Film {film.tmdb_id}." in words(page)
