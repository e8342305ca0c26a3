import pytest

from reelrec import app
from reelrec.ui.browser import answers
from reelrec.ui.rate.meter import WORDS
from reelrec.visitor.profile import Profile
from tests.pages.interview_page import measured, meter


def test_the_list_for_all_has_24_films_over_many_decades_and_genres(visit):
    rate = visit()
    rate.list_for_all()
    films = [app.catalogue().films[tile["number"]] for tile in rate.tiles("starters")]
    assert len(films) == 24
    assert len({film.year // 10 for film in films}) >= 7
    assert len({genre for film in films for genre in film.genres}) >= 12


def test_more_films_are_shown_on_demand(visit):
    rate = visit()
    rate.list_for_all()
    rate.press("12 more")
    assert len(rate.tiles("starters")) == 36


def test_a_film_not_seen_gives_way_to_another(visit):
    rate = visit()
    rate.list_for_all()
    unseen = rate.tiles("starters")[0]["number"]
    rate.become(Profile(unseen=frozenset({unseen})))
    shown = [tile["number"] for tile in rate.tiles("starters")]
    assert unseen not in shown
    assert len(shown) == 24


def test_the_way_of_asking_is_in_the_address_in_words(visit):
    rate = visit(way="One list for all")
    assert rate.tiles("starters")
    assert not rate.tiles("interview")
    assert visit(way="<script>").tiles("interview")


@pytest.mark.parametrize("way", ["screens", "list"])
def test_the_meter_speaks_in_words_and_says_after_a_tap_what_was_measured(visit, way):
    rate = visit()
    rate.at.segmented_control(key="way").set_value(way)
    rate.run()
    assert (meter(rate), measured(rate)) == ("", "Tap the stars of what you have seen.")
    shelf = rate.given("meter")["shelf"]
    assert rate.tiles(shelf)
    ahead = rate.given("meter")["readings"][3]
    rate.rate(heat_1995=4.5, parasite_2019=5.0, alien=4.0)
    assert meter(rate) == "3 rated: good start"
    assert rate.given("meter")["readings"][0] == ahead
    assert measured(rate).startswith("We know you a little.")
    now, later = app.typical_error(3), app.typical_error(5)
    assert f"typically {now:.2f} stars off; with 5 ratings, {later:.2f}." in measured(rate)
    assert later < now < app.typical_error(0)


def test_the_film_rated_last_is_guessed_as_if_it_had_not_been(visit):
    rate = visit()
    assert rate.guesses() == []
    rate.rate(parasite_2019=5.0)
    rate.rate(heat_1995=4.5)
    first, *following = rate.guesses()
    guess = app.predict(Profile(ratings={app.film("parasite-2019").number: 5.0}), app.film("heat-1995"))
    assert (first["name"], first["stars"], first["note"]) == ("Heat (1995)", f"★ {guess.stars:.1f}", "you gave 4.5")
    assert first["picture"]["says"].endswith("you gave 4.5")
    picks = app.recommend(rate.profile, 3).picks
    assert [line["name"] for line in following] == [pick.film.name for pick in picks]
    assert "After 2 ratings we know you little" in rate.words()


def test_stars_outside_of_the_range_are_called_a_surprise(visit):
    rate = visit()
    rate.rate(heat_1995=0.5)
    assert "You surprised us with Heat" in rate.words()
    rate.rate(heat_1995=4.0)
    assert "surprised" not in rate.words()


def test_guesses_are_made_once_for_the_same_ratings(visit, monkeypatch):
    rate = visit()
    rate.rate(heat_1995=4.5)
    before = rate.guesses()
    monkeypatch.setattr(app, "predict", None)  # whoever calls it now fails
    assert rate.search("alien")
    assert rate.guesses() == before


def test_a_film_to_rate_carries_no_guess(visit, horror_link):
    rate = visit(p=horror_link)
    assert {tile["stars"] for tile in rate.tiles("interview")} == {""}
    rate.list_for_all()
    assert {tile["stars"] for tile in rate.tiles("starters")} == {""}


def test_ratings_of_films_that_no_model_knows_are_counted_and_promise_nothing(visit):
    unknown = Profile(ratings={app.film(slug).number: 0.5 for slug in ("carefree", "goodbye-julia", "faya-dayi")})
    rate = visit("rate", p=app.link_token(unknown))
    assert meter(rate) == "3 rated: a start"
    assert measured(rate).startswith("No model knows these films yet.")
    assert f"typically {app.typical_error(0):.2f} stars off" in measured(rate)
    assert "What we would guess now" not in rate.words()


def test_with_more_ratings_the_meter_never_says_less(visit):
    rate, order, before = visit(), [words for _, words, _ in WORDS], -1
    for n in (1, 2, 3, 4, 9, 10, 11, 29, 30, 31, 50, 51, 120):
        rate.become(Profile(ratings={number: 3.0 for number in range(n)}))
        counted, words = meter(rate).split(" rated: ")
        assert counted == str(n)
        assert order.index(words) >= before
        before = order.index(words)
    assert before == len(order) - 1


def test_a_rating_of_a_film_that_no_model_knows_takes_nothing_from_the_meter(visit):
    rate = visit()
    rate.rate(heat_1995=4.5, parasite_2019=5.0, alien=4.0)
    before = measured(rate)
    rate.rate(carefree=1.0)
    assert meter(rate) == "4 rated: good start"
    assert measured(rate) == before


def test_the_ways_to_begin_stand_in_one_row(visit):
    rate = visit()
    links = rate.given("ways-to-begin")["links"]
    assert [(link["label"], link["current"]) for link in links] == [("Rate films", True), ("Bring Letterboxd", False)]
    assert rate.popover("examples") == "Try an example"
    rate.follow(links[1]["href"])
    assert rate.state.page == "Letterboxd"


def test_the_way_to_the_films_is_there_from_the_first_rating_on(visit):
    rate = visit()
    assert not rate.given("see-films")
    rate.rate(heat_1995=4.5)
    rate.follow(rate.given("see-films")["links"][0]["href"])
    assert rate.state.page == "For you"
    assert rate.rows()


@pytest.mark.parametrize(
    "told",
    [
        None, 5, "films", [], {"films": None}, {"films": [1]}, {"films": {"9" * 5000: 4.0}},
        {"films": {"-1": 4.0, "²": 4.0}}, {"films": {"5": [4.0]}}, {"films": {"5": float("nan")}},
    ],
    ids=range(10),
)  # fmt: skip
def test_whatever_a_browser_says_of_films_is_no_error_and_changes_nothing(visit, inside, told):
    page = visit()
    with inside(page):
        assert answers.take(answers.told(told)) in ([], [5])
    assert not page.profile.watched
