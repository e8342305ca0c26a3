import json
import re

import pytest

from reelrec import app
from reelrec.ui import text
from reelrec.ui.film import answer
from reelrec.visitor.profile import Profile


def head(page) -> dict:
    """The film's own tile."""
    (shelf,) = (data for data in page.components().values() if data.get("layout") == "head")
    return shelf["films"][0]


def bars(page, key: str) -> list[tuple[str, float, str]]:
    return [(bar["name"], bar["length"], bar["figure"]) for bar in page.given(key)["bars"]]


def test_a_deep_link_shows_the_film_with_facts_and_similar_films(visit):
    page = visit("film", id="heat-1995")
    assert page.at.title[0].value.replace("\\", "") == "Heat (1995)"
    assert "Michael Mann" in page.words()
    assert len(page.tiles("similar-" + str(app.film("heat-1995").number))) == 12
    assert head(page)["label"] == "A newcomer would give it"
    assert f"{app.film('heat-1995').mean:.1f} stars on average" in page.words()


def test_with_ratings_it_says_what_the_visitor_would_give(visit, horror_link):
    page = visit("film", id="the-thing", p=horror_link)
    expected = app.predict(app.sample_profile("horror"), app.film("the-thing"))
    assert (head(page)["label"], head(page)["stars"]) == ("You gave it", "★ 5.0")
    assert head(page)["word"] == f"we said {expected.stars:.1f}"
    page.answer(f"film-{expected.film.number}", the_thing=None)
    assert (head(page)["label"], head(page)["stars"]) == ("You would give it", f"★ {expected.stars:.1f}")
    assert head(page)["word"] == "very likely to please you"


def test_it_says_how_sure_it_is_and_draws_the_chances_over_everybodys_shares(visit, horror_link):
    page = visit("film", id="heat-1995", p=horror_link)
    guess = app.predict(app.sample_profile("horror"), app.film("heat-1995"))
    assert (
        f"8 of 10 times your stars would end up between {guess.low:.1f} and {guess.high:.1f}." in head(page)["chance"]
    )
    assert f"{text.percent(guess.chance)} you’ll like it." in head(page)["chance"]
    assert head(page)["picture"]["given"] is None
    everybody, chances, line = json.loads(page.at.get("plotly_chart")[0].proto.spec)["data"]
    assert (len(everybody["y"]), chances["y"]) == (10, pytest.approx(list(guess.distribution), abs=1e-4))
    assert line["x"] == [pytest.approx(end, abs=1e-4) for end in (guess.low, guess.stars, guess.high)]


def test_one_number_and_no_other_is_the_visitors(visit, horror_link):
    """The half-star that is likeliest is another number than the stars expected, so it is not told."""
    page = visit("film", id="heat-1995", p=horror_link)
    assert not page.at.metric
    assert "most likely" not in page.words()
    told = re.findall(r"★ \d\.\d", " ".join([page.words(), *(str(part) for part in head(page).values())]))
    assert len(set(told)) == 1


@pytest.mark.parametrize(("given", "surprised"), [(0.5, True), (5.0, False)])
def test_a_rating_is_held_against_what_was_said(visit, horror_link, given, surprised):
    page = visit("film", id="alien", p=horror_link)
    film = app.film("alien")
    page.answer(f"film-{film.number}", alien=given)
    guess = app.predict(page.profile, film)
    assert head(page)["stars"] == f"★ {given:.1f}"
    assert head(page)["word"] == f"we said {guess.stars:.1f}"
    assert f"we expected {guess.low:.1f} to {guess.high:.1f}" in head(page)["chance"]
    assert ("surprised" in head(page)["chance"]) == surprised
    assert head(page)["picture"]["given"] is not None


def test_with_few_ratings_it_says_that_its_range_is_wide_and_why(visit, horror_link):
    page = visit()
    page.rate(heat_1995=5.0)
    page.open("film", id="the-thing")
    assert "After 1 rating we know you little, so our ranges are wide: 8 of 10 times" in head(page)["chance"]
    assert "ranges are wide" not in head(visit("film", id="heat-1995", p=horror_link))["chance"]


def test_it_says_which_films_the_gpt_rater_looked_at(visit, horror_link):
    page = visit("film", id="the-thing", p=horror_link)
    looked = app.looked_at(app.sample_profile("horror"), app.film("the-thing"))
    assert len(looked) == 3
    assert [(name, figure) for name, _, figure in bars(page, "attention")] == [
        (film.name, text.share(share)) for film, share in looked
    ]


def test_without_ratings_it_speaks_of_newcomers(visit):
    page = visit("film", id="heat-1995")
    assert page.given("attention") is None
    assert head(page)["label"] == "A newcomer would give it"
    assert head(page)["word"] == ""
    assert "8 of 10 newcomers would give stars between" in head(page)["chance"]
    assert "of newcomers like it." in head(page)["chance"]


@pytest.mark.parametrize("slug", ["", "no-such-film", "../../etc/passwd", "<script>alert(1)</script>", "x" * 5000])
def test_an_unknown_film_is_a_sentence_and_a_way_back(visit, slug):
    page = visit("film", id=slug)
    assert page.at.title[0].value == "No such film"
    assert "There is no such film here" in page.words()
    assert [link["href"] for link in page.given("no-film")["links"]] == ["./", "for_you"]
    assert page.given("address")["page"] == "film"


def test_the_film_can_be_rated_marked_and_set_aside_where_it_is_shown(visit):
    page = visit("film", id="heat-1995")
    number = app.film("heat-1995").number
    shelf = f"film-{number}"
    assert page.given(shelf)["layout"] == "head"
    assert [action["answer"] for action in page.tiles(shelf)[0]["actions"]] == ["seen", "set_aside"]
    page.answer(shelf, heat_1995=4.5)
    assert page.profile.ratings == {number: 4.5}
    assert (head(page)["label"], head(page)["stars"]) == ("You gave it", "★ 4.5")
    assert page.tiles(shelf)[0]["actions"] == []


def test_a_film_of_which_too_little_is_known_has_its_facts_and_no_guess(visit):
    films = app.catalogue()
    film = next(film for film in films.films[films.n_items :] if not (film.n_ratings or film.genres or film.director))
    page = visit("film", id=film.slug)
    assert page.at.title[0].value.replace("\\", "") == film.name
    assert (head(page)["stars"], head(page)["picture"]) == ("", None)
    assert head(page)["why"] == answer.UNKNOWN


def test_a_series_says_what_it_is(visit):
    page = visit("film", id="squid-game")
    assert "Series" in page.words()
    assert answer.NOT_LEARNED in head(page)["why"]
    assert "If you like this one" not in page.words()
    assert "stars on average" in page.words()


def test_a_twin_address_opens_the_film_it_is_a_twin_of(visit):
    twin = next(film for film in app.catalogue().films if film.same_as is not None)
    main = app.catalogue().films[twin.same_as]
    assert visit("film", id=twin.slug).at.title[0].value.replace("\\", "") == main.name


def test_a_guess_that_follows_no_rating_is_a_newcomers(visit):
    unknown = Profile(ratings={app.film("carefree").number: 1.0})
    page = visit("film", id="barbie", p=app.link_token(unknown))
    assert head(page)["label"] == "A newcomer would give it"
    assert "Without your ratings we can only guess" in head(page)["chance"]
