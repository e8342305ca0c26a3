import json

import pytest

from reelrec import app
from reelrec.ui import text
from reelrec.ui.film import figures
from reelrec.visitor.profile import Profile


def test_a_deep_link_shows_the_film_with_facts_and_similar_films(visit):
    page = visit("film", id="heat-1995")
    assert page.at.title[0].value.replace("\\", "") == "Heat (1995)"
    assert "Michael Mann" in page.words()
    assert len(page.tiles("similar-" + str(app.film("heat-1995").number))) == 12
    labels = [metric.label for metric in page.at.metric]
    assert labels[0] == "A newcomer would give it"
    assert labels[-1] == "People give it"


def test_with_ratings_it_says_what_the_visitor_would_give(visit, horror_link):
    page = visit("film", id="the-thing", p=horror_link)
    expected = app.predict(app.sample_profile("horror"), app.film("the-thing")).stars
    assert page.at.metric[0].value == f"★ {expected:.1f}"


def test_it_says_how_sure_it_is_and_draws_the_chances_over_everybodys_shares(visit, horror_link):
    page = visit("film", id="the-thing", p=horror_link)
    seen = app.predict(app.sample_profile("horror"), app.film("the-thing"))
    metrics = {metric.label: metric.value for metric in page.at.metric}
    assert metrics["Chance you’ll like it"] == text.percent(seen.chance)
    assert f"8 of 10 times your stars would end up between {seen.low:.1f} and {seen.high:.1f}." in page.words()
    everybody, guess, line = json.loads(page.at.get("plotly_chart")[0].proto.spec)["data"]
    assert (len(everybody["y"]), guess["y"]) == (10, pytest.approx(list(seen.distribution), abs=1e-4))
    assert line["x"] == [pytest.approx(end, abs=1e-4) for end in (seen.low, seen.stars, seen.high)]
    assert "our guess, most likely" in page.words()


def test_with_few_ratings_it_says_that_its_range_is_wide_and_why(visit, horror_link):
    page = visit()
    page.rate(heat_1995=5.0)
    page.open("film", id="the-thing")
    assert "After 1 rating we know you little, so our ranges are wide: 8 of 10 times" in page.words()
    assert "ranges are wide" not in visit("film", id="the-thing", p=horror_link).words()


def test_it_says_which_films_the_gpt_rater_looked_at(visit, horror_link):
    page = visit("film", id="the-thing", p=horror_link)
    looked = app.looked_at(app.sample_profile("horror"), app.film("the-thing"))
    assert len(looked) == 3
    assert all(f"{film.title} ({text.share(share)})" in page.words() for film, share in looked)


def test_without_ratings_it_speaks_of_newcomers(visit):
    page = visit("film", id="heat-1995")
    assert "looked most at" not in page.words()
    assert "Chance a newcomer likes it" in [metric.label for metric in page.at.metric]
    assert "8 of 10 newcomers would give stars between" in page.words()


@pytest.mark.parametrize("slug", ["", "no-such-film", "../../etc/passwd", "<script>alert(1)</script>", "x" * 5000])
def test_an_unknown_film_is_a_sentence_and_a_way_back(visit, slug):
    page = visit("film", id=slug)
    assert page.at.title[0].value == "No such film"
    assert "There is no such film here" in page.words()
    assert [link["href"] for link in page.given("no-film")["links"]] == ["./", "for_you"]


def test_the_film_can_be_rated_marked_and_set_aside_where_it_is_shown(visit):
    page = visit("film", id="heat-1995")
    number = app.film("heat-1995").number
    shelf = f"film-{number}"
    assert page.given(shelf)["layout"] == "single"
    assert [action["answer"] for action in page.tiles(shelf)[0]["actions"]] == ["seen", "set_aside"]
    page.answer(shelf, heat_1995=4.5)
    assert page.profile.ratings == {number: 4.5}
    assert {metric.label: metric.value for metric in page.at.metric}["You gave it"] == "★ 4.5"
    assert page.tiles(shelf)[0]["actions"] == []


def test_a_film_of_which_too_little_is_known_has_its_facts_and_no_guess(visit):
    films = app.catalogue()
    film = next(film for film in films.films[films.n_items :] if not (film.n_ratings or film.genres or film.director))
    page = visit("film", id=film.slug)
    assert page.at.title[0].value.replace("\\", "") == film.name
    assert not page.at.metric
    assert figures.UNKNOWN in page.words()


def test_a_series_says_what_it_is(visit):
    page = visit("film", id="squid-game")
    assert "Series" in page.words()
    assert figures.NOT_LEARNED in page.words()
    assert "If you like this one" not in page.words()
    assert "People give it" in [metric.label for metric in page.at.metric]


def test_a_twin_address_opens_the_film_it_is_a_twin_of(visit):
    twin = next(film for film in app.catalogue().films if film.same_as is not None)
    main = app.catalogue().films[twin.same_as]
    assert visit("film", id=twin.slug).at.title[0].value.replace("\\", "") == main.name


def test_a_guess_that_follows_no_rating_is_a_newcomers(visit):
    unknown = Profile(ratings={app.film("carefree").number: 1.0})
    page = visit("film", id="barbie", p=app.link_token(unknown))
    assert "A newcomer would give it" in [figure.label for figure in page.at.metric]
    assert "Without your ratings we can only guess" in page.words()
