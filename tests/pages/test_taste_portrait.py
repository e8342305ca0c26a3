"""The first tab of Taste, run from the entry point."""

import json

import pytest

from reelrec import app
from reelrec.visitor.profile import Profile


@pytest.fixture
def taste(visit):
    """The page as a visitor of this profile sees it."""

    def shown(profile: Profile):
        page = visit("taste", p=app.link_token(Profile(ratings={0: 3.0})))
        page.become(profile)
        return page

    return shown


def films(n: int) -> list:
    return list(app.catalogue().best_known(n))


def test_it_begins_with_sentences_and_shows_lifts_films_charts_and_years(taste):
    page = taste(app.sample_profile("horror"))
    first = next(part.value for part in page.at.main.markdown)
    assert first.startswith("**Parasite")
    assert "on average; others give the same films" in first
    bars = page.given("lifts")["bars"]
    horror = next(bar for bar in bars if bar["name"] == "Horror")
    assert horror["length"] > 0
    assert horror["detail"].startswith("24 films · you ")
    assert page.shelf("taste-dislikes")
    alts = page.alts()
    assert any("the mean is" in alt for alt in alts)
    assert any("Your stars against everybody’s means of 32 films" in alt for alt in alts)
    assert "When you watched films is not known here" in page.words()
    assert [link["href"] for link in page.given("taste-dates")["links"]] == ["letterboxd"]


def test_the_switch_shows_another_kind_of_group(taste):
    page = taste(app.sample_profile("world-cinema"))
    page.choose("taste-lifts", "language")
    data = page.given("lifts")
    assert data["label"] == "Stars above what is expected of you, by language"
    assert {"French", "Korean"} <= {bar["name"] for bar in data["bars"]}
    page.choose("taste-lifts", "decade")
    names = [bar["name"] for bar in page.given("lifts")["bars"]]
    assert names == sorted(names)


def test_bars_say_by_a_word_what_stands_out_and_end_at_the_longest(taste):
    ratings = {film.number: 4.5 if "Horror" in film.genres else 3.0 for film in films(400)}
    page = taste(Profile(ratings=ratings))
    bars = page.given("lifts")["bars"]
    assert bars[0]["name"] == "Horror"
    assert (bars[0]["out"], bars[0]["length"]) == (True, 1.0)
    said = next(part.value for part in page.at.markdown if "stars than expected" in part.value)
    assert said.startswith("You give **horror films**")
    assert all(-1 <= bar["length"] <= 1 for bar in bars)


def test_a_series_is_told_first_and_a_lone_group_is_no_kind(taste):
    ratings = {
        film.number: 3.5 if film.number % 2 else 3.0
        for film in films(200)
        if not app.catalogue().series.get(film.number)
    }
    saga = [number for number, names in app.catalogue().series.items() if "The Twilight Saga" in names]
    page = taste(Profile(ratings=ratings | dict.fromkeys(saga, 0.5)))
    first = next(part.value for part in page.at.main.markdown)
    assert first.startswith("You do not care for **The Twilight Saga**: **0.5** over 5 films, where we would expect ")
    kinds = page.at.get("button_group")[0].options
    assert "Series" not in kinds
    assert "Genre" in kinds


def test_tiles_lead_to_the_film_and_say_both_numbers(taste):
    ratings = {film.number: round(2 * film.mean) / 2 for film in films(100)} | {app.film("cats-2019").number: 5.0}
    page = taste(Profile(ratings=ratings))
    tile = page.tiles("taste-loves")[0]
    assert (tile["href"], tile["stars"], tile["word"]) == ("film?id=cats-2019", "You 5", "others 1.2")
    assert tile["why"].endswith("of 100 people gave it as much.")


def test_one_film_is_a_sentence_and_the_pictures_of_one_film(taste):
    page = taste(Profile(ratings={app.film("heat-1995").number: 4.5}))
    assert "You gave **4.5 stars** to the one film here" in page.words()
    assert "With 19 more films we can set you beside other people." in page.words()
    assert page.given("lifts") is None


def test_twenty_equal_stars_are_said_to_tell_little(taste):
    page = taste(Profile(ratings={film.number: 4.0 for film in films(20)}))
    assert "All your stars are the same so far" in page.words()
    assert page.given("lifts") is None


def test_two_thousand_ratings_are_drawn_as_cells(taste):
    page = taste(Profile(ratings={film.number: 0.5 + film.number % 10 / 2 for film in films(2000)}))
    assert len(page.figure("against")["data"][1]["x"]) < 150
    page.choose("taste-lifts", "actor")
    assert len(page.given("lifts")["bars"]) == 12
    assert "These are the 12 most telling of" in page.words()


def test_films_in_no_model_leave_one_sentence(taste):
    unrated = [number for number in range(app.catalogue().n_items, len(app.catalogue()))
               if not app.catalogue().n_ratings[number]]  # fmt: skip
    page = taste(Profile(ratings={unrated[0]: 4.0, unrated[1]: 3.0}))
    assert "Nobody else here has rated these films." in page.words()
    assert page.given("lifts") is None
    assert not page.alts()


def test_ratings_that_do_not_count_are_called_that(taste):
    page = taste(Profile(ratings={0: 4.0}, set_aside=frozenset({0})))
    assert "None of the films that you rated counts" in page.words()


def test_years_are_drawn_where_days_are_known(taste):
    shown = films(60)
    ratings = {film.number: 2.5 + film.number % 6 / 2 for film in shown}
    dates = {film.number: f"{2018 + place // 20}-05-01" for place, film in enumerate(shown)}
    page = taste(Profile(ratings=ratings, dates=dates))
    figure = page.figure("taste-years")
    assert [line["x"] for line in figure["data"]] == [["2018", "2019", "2020"]] * 2
    assert any("in 2018 you gave" in alt for alt in page.alts())
    one_year = Profile(ratings=ratings, dates=dict.fromkeys(ratings, "2024-03-01"))
    assert "All your films with a day are of 2024: 60 films" in taste(one_year).words()


def test_titles_of_films_reach_the_chart_as_text(taste, monkeypatch):
    page = taste(Profile(ratings={film.number: 4.0 - film.number % 2 for film in films(12)}))
    assert "&amp;" not in json.dumps(page.figure("against"))
    real = app.taste.portrait

    def hostile(profile):
        found = real(profile)
        from dataclasses import replace

        return replace(found, against=tuple(replace(cell, titles=("<b>x</b> & y",)) for cell in found.against))

    monkeypatch.setattr(app.taste, "portrait", hostile)
    page.run()
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in page.figure("against")["data"][1]["text"][0]


def test_without_the_measurement_of_others_nobody_is_compared(taste, monkeypatch):
    monkeypatch.setattr(app.taste.resources, "metrics", lambda name: None)
    page = taste(app.sample_profile("horror"))
    assert "on average; others give the same films" in page.words()
    assert "of 100 people" not in page.words()
