import csv

import pytest

from reelrec import app
from reelrec.ui import text
from reelrec.ui.shelf import tiles
from reelrec.visitor.profile import Profile


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


def test_a_pick_shows_its_range_and_the_chance_of_liking_it(visit, horror_link):
    tiles = visit("for_you", p=horror_link).tiles("picks-0")
    picks = app.recommend(app.sample_profile("horror"), 24).picks
    for tile, pick in zip(tiles, picks, strict=True):
        assert tile["stars"] == f"★ {pick.stars:.1f}"
        assert tile["note"] == f"{pick.low:.1f}–{pick.high:.1f}"
        assert tile["chance"] == f"{text.percent(pick.chance)} you’ll like it"
        assert tile["picture"]["low"] == pytest.approx((pick.low - 0.5) / 4.5 * 100, abs=0.1)
        assert f"most likely between {pick.low:.1f} and {pick.high:.1f}; " in tile["picture"]["says"]


def test_with_few_ratings_the_page_says_that_its_ranges_are_wide_and_why(visit, horror_link):
    page = visit()
    page.rate(heat_1995=5.0)
    page.open("for_you")
    assert "After 1 rating we know you little, so our ranges are wide: 8 of 10 times" in page.words()
    many = visit("for_you", p=horror_link).words()
    assert "8 of 10 times" in many
    assert "ranges are wide" not in many


def test_without_ratings_nothing_is_promised_to_the_visitor(visit):
    page = visit("for_you")
    assert "8 of 10 newcomers" in page.words()
    said = {words for tile in page.tiles("picks-0") for words in (tile["chance"], tile["picture"]["says"])}
    assert all("newcomers" in words and "you" not in words for words in said)


def test_a_ranker_that_knows_no_range_shows_none(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.at.selectbox(key="ranker").set_value("knn")
    page.run()
    assert {(tile["note"], tile["chance"], tile["picture"]) for tile in page.tiles("picks-0")} == {
        ("for you", "", None)
    }
    assert "8 of 10" not in page.words()


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
    assert "No film passes these filters" in page.words()
    loosen = [button for button in page.at.button if (button.key or "").startswith("loosen-")]
    assert loosen
    assert all(": " in button.label and button.label.endswith(" more") for button in loosen)


def test_a_filter_is_loosened_with_a_click(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.at.multiselect(key="genres").set_value(["Western"])
    page.at.slider(key="years").set_range(1900, 1901)
    page.run()
    (years,) = [button for button in page.at.button if button.key == "loosen-years"]
    more = int(years.label.split(": ")[1].split()[0].replace(",", ""))
    years.click()
    page.run()
    assert len(numbers(page)) == min(more, 24)
    assert all("Western" in app.catalogue().films[number].genres for number in numbers(page))
    page.at.button(key="clear-filters").click()
    page.run()
    assert page.at.multiselect(key="genres").value == []


def test_films_of_unknown_length_are_told_and_can_be_shown(visit, horror_link):
    page = visit("for_you", p=horror_link)
    assert "unknown" not in {toggle.key for toggle in page.at.toggle}
    page.at.slider(key="runtime").set_range(20, 30)
    page.run()
    toggle = page.at.toggle(key="unknown")
    assert toggle.label.endswith("of unknown year or length")
    assert not any(app.catalogue().films[number].runtime is None for number in numbers(page))
    toggle.set_value(True)
    page.run()
    assert any(app.catalogue().films[number].runtime is None for number in numbers(page))


def test_a_contradiction_is_told(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.at.multiselect(key="genres").set_value(["Comedy"])
    page.at.multiselect(key="without").set_value(["Comedy"])
    page.run()
    assert "Comedy is asked for and left out." in [warning.value for warning in page.at.warning]


def test_the_dial_leads_to_lesser_known_films(visit, horror_link):
    page = visit("for_you", p=horror_link)
    fame, means = app.catalogue().n_ratings, []
    for place in ("Safe", "Specific"):
        page.at.select_slider(key="dial").set_value(place)
        page.run()
        means.append(fame[numbers(page)].mean())
    assert means[1] < 0.95 * means[0]


def test_two_models_stand_side_by_side(visit, horror_link):
    page = visit("for_you", p=horror_link)
    page.at.selectbox(key="rival").set_value("knn")
    page.run()
    assert [heading.value for heading in page.at.subheader][:2] == ["ReelRec’s picks", "Nearest neighbours"]
    assert numbers(page, "picks-0") != numbers(page, "picks-1")


def test_every_shipped_model_can_rank(visit, horror_link):
    page = visit("for_you", p=horror_link)
    for model in app.models():
        page.at.selectbox(key="ranker").set_value(model.name)
        page.run()
        assert len(numbers(page)) == 24, model.name


def test_a_film_marked_as_not_for_me_leaves_the_list_and_can_be_brought_back(visit, horror_link, inside):
    page = visit("for_you", p=horror_link)
    first = numbers(page)[0]
    with inside(page):
        tiles.take_answers({str(first): "set_aside"}, "picks-0", announce=True)
    page.run()
    assert first not in numbers(page)
    assert "not for you." in page.words()
    page.press("Undo")
    assert numbers(page)[0] == first


def test_the_list_for_letterboxd_holds_ids_in_order_and_marks_nothing_as_seen():
    shelf = app.recommend(app.sample_profile("horror"), 5)
    rows = list(csv.DictReader(shelf.letterboxd_list().splitlines()))
    assert list(rows[0]) == ["tmdbID", "imdbID", "Title", "Year"]
    assert [row["Title"] for row in rows] == [pick.film.title for pick in shelf.picks]


def test_who_rated_only_films_that_no_model_knows_is_told_that_the_list_is_not_personal(visit):
    unknown = Profile(ratings={app.film("carefree").number: 1.0})
    page = visit("for_you", p=app.link_token(unknown))
    assert "Rate films that many people know" in page.words()
    assert "8 of 10 newcomers" in page.words()
    assert "New and not yet rated by many" not in [heading.value for heading in page.at.subheader]


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
