"""The filter "On my services"."""

import pytest

from reelrec import app
from reelrec.ui.for_you import services
from tests.fakes.tmdb import slow
from tests.fakes.tmdb_watch import offers


def streams(film, country: str, ids: set[int]) -> bool:
    """Whether a service of these streams the film, by the fake TMDB."""
    here = offers(film.tmdb_id or 0)["results"].get(country, {})
    return bool(ids & {one["provider_id"] for way in ("flatrate", "ads") for one in here.get(way, [])})


def test_only_films_of_the_services_are_shown(visit, tmdb_here, horror_link):
    page = visit("for_you", told={"p": horror_link, "tv": "DE-337"}, view="Full list", **{services.KEY: "true"})
    films = [app.catalogue().films[tile["number"]] for tile in page.tiles("picks-0")]
    assert len(films) >= 12
    assert all(streams(film, "DE", {337}) for film in films if film.tmdb_id)
    every = app.recommend(page.profile, services.LISTED).picks
    assert not all(streams(pick.film, "DE", {337}) for pick in every)
    assert f"Of the {services.LISTED} likeliest films that were looked up" in page.words()
    assert "Offers by [JustWatch]" in page.words()
    assert page.popover("filters") == "Filters (1)"


def test_rows_and_tonight_have_them_too(visit, tmdb_here, horror_link):
    page = visit("for_you", told={"p": horror_link, "tv": "DE-337"}, **{services.KEY: "true"})
    rows = [data["films"] for key, data in page.components().items() if key.startswith("row-")]
    films = [app.catalogue().films[tile["number"]] for row in rows for tile in row]
    assert films
    assert all(streams(film, "DE", {337}) for film in films if film.tmdb_id)


@pytest.mark.parametrize("tv", ["", "DE"])
def test_without_services_it_says_what_to_do_and_shows_every_film(visit, tmdb_here, horror_link, tv):
    page = visit("for_you", told={"p": horror_link, "tv": tv}, view="Full list", **{services.KEY: "true"})
    assert "choose your country and your services" in page.words()
    assert page.numbers("picks-0") == visit("for_you", told={"p": horror_link}, view="Full list").numbers("picks-0")


def test_where_nothing_is_streamed_it_is_the_filter_to_loosen(visit, tmdb_here, horror_link):
    page = visit("for_you", told={"p": horror_link, "tv": "JP-8"}, view="Full list", **{services.KEY: "true"})
    assert page.given("picks-0") is None
    loosen = next(button for button in page.at.button if button.key == "loosen-only")
    assert loosen.label.startswith("Loosen “on my services”: ")
    loosen.click()
    page.run()
    assert len(page.tiles("picks-0")) == 24


def test_answers_that_are_late_are_not_waited_for(visit, tmdb_here, horror_link, monkeypatch):
    monkeypatch.setattr(services, "SECONDS", 0.05)
    tmdb_here.trouble[""] = [slow(0.5)] * 200
    page = visit("for_you", told={"p": horror_link, "tv": "DE-337"}, view="Full list", **{services.KEY: "true"})
    assert "likeliest films that were looked up" in page.words()
    assert f"Of the {services.LISTED} likeliest" not in page.words()


def test_without_a_key_there_is_no_such_filter(visit, horror_link):
    page = visit("for_you", told={"p": horror_link, "tv": "DE-337"}, view="Full list", **{services.KEY: "true"})
    assert services.KEY not in {toggle.key for toggle in page.at.toggle}
    assert page.tiles("picks-0")
    assert page.popover("filters") == "Filters"
