import csv

from reelrec import app
from reelrec.dataset import Profile


def numbers(visit, key="picks-0"):
    return [tile["number"] for tile in visit.tiles(key)]


def test_without_ratings_it_shows_popular_films_and_says_that_they_are_not_personal(visit):
    page = visit("for_you")
    assert "This is what most people watch" in page.words()
    popular = sorted(app.catalogue().films, key=lambda film: -film.n_ratings)[:5]
    assert set(numbers(page)[:5]) == {film.number for film in popular}


def test_one_rating_is_enough_for_a_list_with_stars_and_reasons(visit):
    page = visit()
    page.rate(heat_1995=5.0)
    page.open("for_you")
    tiles = page.tiles("picks-0")
    assert len(tiles) == 24
    assert app.film("heat-1995").number not in numbers(page)
    assert tiles[0]["why"] == "Because you liked Heat"
    assert all(tile["stars"].startswith("★ ") for tile in tiles)


def test_a_shared_link_brings_the_ratings_along(visit, horror_link):
    page = visit("for_you", p=horror_link)
    assert page.profile == app.sample_profile("horror")
    assert horror_link in page.tiles("picks-0")[0]["href"]


def test_a_damaged_link_is_refused_politely(visit, horror_link):
    page = visit(p=horror_link[: len(horror_link) // 2])
    assert "Open the whole link again" in page.words()
    assert page.profile == Profile()


def test_filters_hold(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.at.multiselect(key="genres").set_value(["Comedy"])
    page.at.multiselect(key="without").set_value(["Horror"])
    page.at.slider(key="years").set_range(1970, 1999)
    page.run()
    films = [app.catalogue().films[n] for n in numbers(page)]
    assert films
    assert all("Comedy" in film.genres and "Horror" not in film.genres and 1970 <= film.year <= 1999 for film in films)


def test_filters_that_leave_nothing_say_so(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.at.multiselect(key="genres").set_value(["Western"])
    page.at.multiselect(key="languages").set_value(["ko"])
    page.at.slider(key="years").set_range(1900, 1905)
    page.run()
    assert "Widen them" in page.words()


def test_the_dial_leads_to_lesser_known_films(visit, horror_link):
    page = visit("for_you", p=horror_link)
    fame = app.catalogue().n_ratings
    familiar = fame[numbers(page)].mean()
    page.at.select_slider(key="dial").set_value("Hidden gems")
    page.run()
    assert fame[numbers(page)].mean() < familiar / 2


def test_two_models_stand_side_by_side(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.at.selectbox(key="rival").set_value("svd")
    page.run()
    assert [heading.value for heading in page.at.subheader] == ["ReelRec’s picks", "Predicted stars"]
    assert numbers(page, "picks-0") != numbers(page, "picks-1")


def test_every_shipped_model_can_rank(visit, horror_link):
    page = visit("for_you", p=horror_link)
    for model in app.models():
        page.at.selectbox(key="ranker").set_value(model.name)
        page.run()
        assert len(numbers(page)) == 24, model.name


def test_a_film_marked_as_not_for_me_leaves_the_list_and_can_be_brought_back(visit, horror_link):
    page = visit("for_you", p=horror_link)
    first = numbers(page)[0]
    page.at.session_state["undo"] = {"profile": page.profile}
    page.at.session_state["notice"] = "Set aside."
    page.at.session_state["profile"] = Profile(ratings=page.profile.ratings, set_aside=frozenset({first}))
    page.run()
    assert first not in numbers(page)
    next(button for button in page.at.button if button.label == "Undo").click()
    page.run()
    assert numbers(page)[0] == first


def test_the_list_for_letterboxd_holds_ids_in_order_and_marks_nothing_as_seen():
    picks = app.recommend(app.sample_profile("horror"), 5).picks
    rows = list(csv.DictReader(app.letterboxd_list(picks).splitlines()))
    assert list(rows[0]) == ["tmdbID", "imdbID", "Title", "Year"]
    assert [row["Title"] for row in rows] == [pick.film.title for pick in picks]
