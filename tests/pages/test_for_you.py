"""For you: its full list, whose stars it shows, and the models that can make it."""

import csv

import pytest

from reelrec import app
from reelrec.ui import text
from reelrec.ui.shelf import stars
from reelrec.visitor.profile import Profile

LIST = {"view": "Full list"}


def test_without_ratings_it_shows_popular_films_and_says_that_they_are_not_personal(visit):
    page = visit("for_you")
    assert "This is what most people watch" in page.words()
    popular = sorted(app.catalogue().films, key=lambda film: -film.n_ratings)[:5]
    assert set(page.numbers("picks-0")[:5]) == {film.number for film in popular}
    assert not page.at.pills
    assert page.given("to-rate")["links"][0]["href"] == "./"


@pytest.mark.parametrize("view", ["For you", "Tonight", "Gems"])
def test_without_ratings_no_other_view_can_be_had_by_the_address(visit, view):
    page = visit("for_you", view=view)
    assert page.shelf("picks-0") == visit("for_you").shelf("picks-0")
    assert not page.rows()


def test_one_rating_is_enough_for_a_list_with_stars_and_reasons(visit):
    page = visit()
    page.rate(heat_1995=5.0)
    page.open("for_you", **LIST)
    tiles = page.tiles("picks-0")
    assert len(tiles) == 24
    assert app.film("heat-1995").number not in page.numbers("picks-0")
    assert tiles[0]["why"] == "Because you liked Heat"
    assert all(tile["stars"].startswith("★ ") for tile in tiles)


def test_a_pick_shows_its_range_and_the_chance_of_liking_it(visit, horror_link):
    tiles = visit("for_you", p=horror_link, **LIST).tiles("picks-0")
    picks = app.recommend(app.sample_profile("horror"), 24).picks
    for tile, pick in zip(tiles, picks, strict=True):
        assert tile["stars"] == f"★ {pick.stars:.1f}"
        assert tile["word"] == stars.word(pick.chance) != ""
        between = f"Most likely {pick.low:.1f} to {pick.high:.1f} stars"
        assert tile["chance"] == f"{between}; {text.percent(pick.chance)} you’ll like it"
        assert tile["picture"]["low"] == pytest.approx((pick.low - 0.5) / 4.5 * 100, abs=0.1)
        assert f"most likely between {pick.low:.1f} and {pick.high:.1f}; " in tile["picture"]["says"]


def test_the_page_says_whose_the_stars_are(visit, horror_link):
    assert "★ is what you would give" in visit("for_you", p=horror_link).words()
    newcomer = visit("for_you").words()
    assert "The stars are for a newcomer." in newcomer
    assert "you would give" not in newcomer
    seen = visit("for_you", p=app.link_token(Profile(seen=frozenset({app.film("heat-1995").number})))).words()
    assert "You have given no stars yet, so these are a newcomer’s who has seen the same." in seen
    assert "you would give" not in seen


@pytest.mark.parametrize("seen", [frozenset(), frozenset({1})])
def test_without_ratings_nothing_is_promised_to_the_visitor(visit, seen):
    page = visit("for_you", p=app.link_token(Profile(seen=seen)), **LIST)
    said = {words for tile in page.tiles("picks-0") for words in (tile["chance"], tile["picture"]["says"])}
    assert said
    assert all("newcomers" in words and "you" not in words for words in said)
    assert {tile["word"] for tile in page.tiles("picks-0")} == {""}


def test_a_ranker_that_knows_no_range_shows_none(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.choose("ranked-by", "knn")
    shown = {(tile["word"], tile["chance"], tile["picture"]) for tile in page.tiles("picks-0")}
    assert shown == {("", "", None)}
    assert all(tile["stars"].startswith("★ ") for tile in page.tiles("picks-0"))


def test_a_shared_link_brings_the_ratings_along(visit, horror_link):
    page = visit("for_you", p=horror_link)
    assert page.profile == app.sample_profile("horror")
    assert page.given("address")["carried"]["p"] == horror_link


def test_a_damaged_link_is_refused_politely(visit, horror_link):
    page = visit(p=horror_link[: len(horror_link) // 2])
    assert "Open the whole link again" in page.words()
    assert page.profile == Profile()


def test_the_dial_leads_to_lesser_known_films(visit, horror_link):
    page = visit("for_you", p=horror_link)
    fame, means = app.catalogue().n_ratings, []
    for place in ("Safe", "Specific"):
        page.choose("dial", place)
        means.append(fame[page.numbers("picks-0")].mean())
    assert means[1] < 0.95 * means[0]


def test_two_models_stand_side_by_side(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.choose("beside", "knn")
    assert page.headings()[:2] == ["ReelRec’s picks", "Nearest neighbours"]
    assert page.numbers("picks-0") != page.numbers("picks-1")


def test_every_shipped_model_can_rank(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    for model in app.models():
        page.choose("ranked-by", model.name)
        assert len(page.numbers("picks-0")) == 24, model.name


def test_dial_and_models_are_in_the_address_in_words(visit, horror_link):
    labels = {model.name: model.label for model in app.models()}
    chosen = {"dial": "Specific", "ranked-by": labels["ease"], "beside": labels["knn"]}
    page = visit("for_you", p=horror_link, **chosen)
    expected = app.recommend(page.profile, 24, "ease", 1.0).picks
    assert page.numbers("picks-0") == [pick.film.number for pick in expected]
    assert page.headings()[:2] == [labels["ease"], labels["knn"]]


def test_a_film_marked_as_not_for_me_leaves_the_list_and_can_be_brought_back(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    first = page.tiles("picks-0")[0]
    page.answer("picks-0", **{first["slug"].replace("-", "_"): "set_aside"})
    assert first["number"] not in page.numbers("picks-0")
    assert page.notice == f"“{app.catalogue().films[first['number']].name}”: not for you."
    page.undo()
    assert page.numbers("picks-0")[0] == first["number"]
    assert page.notice == ""


def test_a_film_rated_on_the_list_leaves_it_with_a_notice(visit, horror_link):
    page = visit("for_you", p=horror_link, **LIST)
    first = page.tiles("picks-0")[0]
    page.answer("picks-0", **{first["slug"].replace("-", "_"): 3.5})
    assert first["number"] not in page.numbers("picks-0")
    assert page.profile.ratings[first["number"]] == 3.5
    assert page.notice.endswith(": ★★★½.")


def test_the_list_for_letterboxd_holds_ids_in_order_and_marks_nothing_as_seen():
    shelf = app.recommend(app.sample_profile("horror"), 5)
    rows = list(csv.DictReader(shelf.letterboxd_list().splitlines()))
    assert list(rows[0]) == ["tmdbID", "imdbID", "Title", "Year"]
    assert [row["Title"] for row in rows] == [pick.film.title for pick in shelf.picks]


def test_who_rated_only_films_that_no_model_knows_is_told_that_the_list_is_not_personal(visit):
    unknown = Profile(ratings={app.film("carefree").number: 1.0})
    page = visit("for_you", p=app.link_token(unknown))
    assert "Rate films that many people know" in page.words()
    assert all("of newcomers like it" in tile["chance"] for tile in page.tiles("picks-0"))
    assert "New and not yet rated by many" not in page.headings()


@pytest.mark.parametrize("model", [None, app.DEFAULT_MODEL, app.STARS_MODEL])
def test_no_list_follows_films_that_no_model_knows(model):
    unknown = Profile(ratings={app.film("carefree").number: 1.0}, seen=frozenset({app.film("goodbye-julia").number}))
    shelf = app.recommend(unknown, 3, model)
    assert not shelf.personal
    assert not shelf.stars_are_theirs


def test_every_film_of_the_new_row_is_more_likely_liked_than_not(horror_link):
    rows = app.unrated_films(app.from_link(horror_link), 24)
    assert rows["new"]
    assert all(pick.chance >= 0.5 for pick in rows["new"])
