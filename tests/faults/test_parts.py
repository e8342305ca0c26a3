"""A part that is missing or damaged takes only itself away: what the visitor reads then, and what the host does."""

from __future__ import annotations

import re

import pytest

from reelrec import app
from reelrec.models.registry import MODELS
from reelrec.serving import resources
from reelrec.visitor.profile import Profile
from tests.faults.breaking import WAYS
from tests.pages.visits import Visit

LIKES = Profile(ratings={1: 5.0, 3: 4.5, 8: 2.0, 20: 4.0, 21: 3.5})
SIMPLE_LISTS = "Lists are made in a simpler way than usual today."
SAME_LISTS = "Lists are the same for everybody today."
SIMPLE_STARS = "Predicted stars are simpler than usual today."
NO_STARS = "There are no predicted stars today."
NOT_ALIKE = "Which films go together is not known today."
NO_MAP = "There is no map of films today."
SAME_FILMS = "Rate asks everybody about the same films today."
TECHNICAL = re.compile(r"npz|json|artifact|train|python|Error|Traceback|bmf|dae|ranker|stack|blend")


def for_you(visit: type[Visit], **params: str) -> Visit:
    return visit("for_you", p=app.link_token(LIKES), **params)


def stars(page: Visit, key: str) -> set[str]:
    return {tile["stars"] for tile in page.tiles(key)}


def test_where_nothing_is_missing_nothing_is_said(visit, broken):
    broken()
    page = for_you(visit)
    assert app.missing() == ()
    assert "today" not in page.words()
    assert page.rows()


@pytest.mark.parametrize("how", WAYS, ids=lambda how: how.__name__)
def test_without_the_blended_stars_they_are_simpler_and_lists_stay_as_good(visit, broken, caplog, how):
    broken("stack", how=how)
    page = for_you(visit)
    page.run()  # what is only found out by loading the file, the next page says
    assert page.words().count(SIMPLE_STARS) == 1
    assert SIMPLE_LISTS not in page.words()
    assert page.rows()
    page.open("for_you", view="Full list")
    assert all(text.startswith("★") for text in stars(page, "picks-0"))
    assert app.recommend(LIKES, 5).model == "blend"
    told = [message for message in caplog.messages if "stack.npz" in message]
    assert len(told) == 1
    assert "ReelRec does without it" in told[0]
    assert not TECHNICAL.search(page.words())


@pytest.mark.parametrize("member", ["knn", "deepfm", "gpt"])
def test_without_a_part_of_the_blended_stars_they_are_simpler(visit, broken, member):
    broken(member)
    page = for_you(visit)
    assert SIMPLE_STARS in page.words()
    assert page.rows()
    assert stars(page, next(iter(page.rows()))) != {""}


@pytest.mark.parametrize("how", WAYS, ids=lambda how: how.__name__)
@pytest.mark.parametrize("name", ["dae", "blend"])
def test_without_what_makes_the_list_it_is_the_rankers(visit, broken, name, how):
    broken(name, how=how)
    assert app.recommend(LIKES, 5).model == "ranker"
    page = for_you(visit)
    assert SIMPLE_LISTS in page.words()
    assert page.rows()
    page.open("for_you", view="Full list")
    assert stars(page, "picks-0") != {""}
    page.choose("dial", "Specific")
    assert page.tiles("picks-0")
    page.choose("dial", "Balanced")
    page.choose("view", "Tonight")
    assert any(key.startswith("tonight-film") for key in page.components())


def test_without_the_ranker_lists_and_what_goes_together_come_from_another_model(visit, broken):
    broken("ranker")
    assert app.recommend(LIKES, 5).model == "ease"
    page = for_you(visit)
    assert SIMPLE_LISTS in page.words()
    assert NOT_ALIKE not in page.words()
    assert page.rows()


def test_without_any_model_of_lists_everybody_gets_the_same_and_is_told(visit, broken):
    broken("ranker", "ease")
    shelf = app.recommend(LIKES, 5)
    assert (shelf.model, shelf.personal) == ("popularity", False)
    page = for_you(visit)
    assert {SAME_LISTS, NOT_ALIKE} <= sentences(page)
    page.open("film", id=app.catalogue().films[7].slug)
    assert "If you like this one" not in page.headings()
    assert stars(page, "film-7") != {""}


def sentences(page: Visit) -> set[str]:
    """The sentences of the page, each with its full stop."""
    return {f"{sentence.strip()}." for sentence in re.split(r"[.\n]|:small\[", page.words())}


def test_without_the_popular_list_the_catalogue_knows_what_most_people_watch(visit, broken):
    broken("popularity", "blend", "ranker", "ease")
    # The catalogue’s counts of these films are in the order of their numbers.
    assert [pick.film.number for pick in app.recommend(Profile(), 20).picks] == list(range(20))
    assert "This is what most people watch" in visit("for_you").words()
    assert app.recommend(LIKES, 5).picks


def test_without_stars_there_are_lists_without_them(visit, broken):
    broken("bmf")
    page = for_you(visit)
    assert {NO_STARS, SIMPLE_LISTS, SAME_FILMS} <= sentences(page)
    assert stars(page, "picks-0") == {""}
    assert "★" not in page.words()
    page.open("film", id=app.catalogue().films[7].slug)
    assert page.tiles("film-7")[0]["why"] == NO_STARS
    page.open("rate")
    assert page.tiles("starters")
    assert not page.guesses()
    page.answer("starters", film_9=4.0)
    assert page.profile.ratings[9] == 4.0


@pytest.mark.parametrize("how", WAYS, ids=lambda how: how.__name__)
def test_without_the_interview_there_is_one_list_for_all(visit, broken, caplog, how):
    broken("interview", how=how)
    page = visit()
    assert SAME_FILMS in page.words()
    assert page.tiles("starters")
    assert not page.at.error
    assert not page.at.warning
    assert sum("interview.npz" in message for message in caplog.messages) == 1


def test_a_model_that_nobody_else_needs_is_not_offered(visit, broken):
    broken("svd")
    page = for_you(visit, view="Full list")
    assert "svd" in {model.name for model in app.models()}
    ranked_by = page.at.selectbox(key="ranked-by")
    assert "Tuned SVD" not in ranked_by.options
    assert "Nearest neighbours" in ranked_by.options
    assert app.missing() == ()
    assert page.tiles("picks-0")


@pytest.mark.parametrize("how", WAYS, ids=lambda how: how.__name__)
def test_an_address_that_names_a_model_that_is_gone_shows_the_usual_list(visit, broken, how):
    broken("svd", "knn", how=how)
    usual = for_you(visit, view="Full list").shelf("picks-0")
    page = for_you(visit, **{"view": "Full list", "ranked-by": "svd", "beside": "knn"})
    assert page.shelf("picks-0") == usual
    assert not page.tiles("picks-1")
    assert not page.at.error


def test_reviews_get_no_suggestion_without_the_model_of_words(visit, broken):
    broken("reviews")
    assert "No stars are suggested for reviews today." in visit("letterboxd").words()
    assert not app.can_suggest()


@pytest.mark.parametrize("how", WAYS, ids=lambda how: how.__name__)
def test_without_the_map_taste_says_so_and_the_host_is_told_once(visit, broken, caplog, how):
    broken("map", how=how)
    page = visit("taste", taste="Map", p=app.link_token(LIKES))
    page.run()
    assert app.taste.film_map(LIKES) is None
    assert app.taste.place_on_map(app.catalogue().films[7]) is None
    assert NO_MAP in page.words()
    assert page.given("film-map") is None
    assert not page.at.error
    assert sum("map.npz" in message for message in caplog.messages) == 1
    assert not TECHNICAL.search(page.words())


@pytest.mark.parametrize("name", ["blend", "ranker", "dae", "bmf", "stack"])
def test_the_map_is_drawn_without_a_model_that_makes_lists_or_stars(visit, broken, name):
    broken(name)
    page = visit("taste", taste="Map", p=app.link_token(LIKES))
    assert page.given("film-map")["films"]["n"]
    page.fire("film-map", "picked", 9)
    assert page.numbers("film-map-film") == [9]
    assert not page.at.error


@pytest.mark.filterwarnings("ignore:An ill-conditioned matrix")
@pytest.mark.parametrize("name", [*MODELS, "interview", "reviews", "map"])
@pytest.mark.parametrize("how", WAYS, ids=lambda how: how.__name__)
def test_whatever_part_breaks_in_whatever_way_a_list_is_made_and_a_film_shown(broken, name, how):
    broken(name, how=how)
    app.warm_up()
    resources.wait_for_loader()
    assert len(app.recommend(LIKES, 5).picks) == 5
    assert len(app.recommend(Profile(), 5).picks) == 5
    film = app.catalogue().films[7]
    app.predict(LIKES, film)
    app.similar(film, 5)
    app.looked_at(LIKES, film)
    app.taste.film_map(LIKES)
    if app.makes_rows():
        app.rows(LIKES, 6)
        app.tonight(LIKES)
    for model in app.models():
        if app.can_make_lists(model.name):
            assert app.recommend(LIKES, 5, model.name).picks


@pytest.mark.parametrize("page", [None, "for_you", "film", "letterboxd", "models", "about"])
def test_with_nothing_but_the_catalogue_every_page_is_there(visit, broken, page):
    broken(*(model.name for model in app.models()), "interview", "reviews")
    shown = visit(page, p=app.link_token(LIKES), **({"id": app.catalogue().films[7].slug} if page == "film" else {}))
    assert {NO_STARS, SAME_LISTS, NOT_ALIKE, SAME_FILMS} <= sentences(shown)
    assert not shown.at.error


def test_without_the_catalogue_the_app_says_that_it_cannot_start(visit, broken, caplog):
    (broken() / "catalogue.parquet").unlink()
    page = visit()
    (error,) = page.at.error
    assert error.proto.title == "ReelRec cannot start"
    assert "catalogue.parquet is missing" in error.value
    assert sum("catalogue.parquet is missing" in message for message in caplog.messages) == 1
