from reelrec import app
from reelrec.visitor.profile import Profile


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
    rate.press("More films")
    assert len(rate.tiles("starters")) == 36


def test_a_film_not_seen_gives_way_to_another(visit):
    rate = visit()
    rate.list_for_all()
    unseen = rate.tiles("starters")[0]["number"]
    rate.become(Profile(unseen=frozenset({unseen})))
    shown = [tile["number"] for tile in rate.tiles("starters")]
    assert unseen not in shown
    assert len(shown) == 24


def test_the_search_finds_a_title_without_its_accents(visit):
    rate = visit()
    rate.at.text_input(key="search").set_value("AMELIE")
    rate.run()
    assert rate.tiles("found")[0]["title"] == "Amélie"


def test_a_search_for_nothing_known_says_what_to_do(visit):
    rate = visit()
    rate.at.text_input(key="search").set_value("qqqqzzzz")
    rate.run()
    assert "Try fewer words" in rate.words()


def test_beside_the_list_the_meter_says_what_was_measured_for_more_ratings(visit):
    rate = visit()
    rate.list_for_all()
    assert f"typically {app.typical_error(0):.2f} stars off; with 5 ratings" in rate.at.get("progress")[0].proto.text
    rate.rate(heat_1995=4.5, parasite_2019=5.0, alien=4.0)
    told = rate.at.get("progress")[0].proto.text
    assert told.startswith("3 films rated.")
    assert f"typically {app.typical_error(3):.2f} stars off; with 5 ratings" in told
    assert app.typical_error(3) < app.typical_error(0)


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
    rate.at.text_input(key="search").set_value("alien")
    rate.run()
    assert rate.guesses() == before


def test_a_film_to_rate_carries_no_guess(visit, horror_link):
    rate = visit(p=horror_link)
    assert {tile["stars"] for tile in rate.tiles("interview")} == {""}
    rate.list_for_all()
    assert {tile["stars"] for tile in rate.tiles("starters")} == {""}


def test_a_sample_profile_opens_for_you_with_its_ratings(visit):
    rate = visit()
    rate.at.button(key="sample-horror").click()
    rate.run()
    assert rate.profile == app.sample_profile("horror")
    assert rate.tiles("picks-0")


def test_starting_over_can_be_undone(visit, horror_link):
    rate = visit(p=horror_link)
    before = rate.profile
    next(button for button in rate.at.button if button.label == "Start over").click()
    rate.run()
    assert rate.profile == Profile()
    next(button for button in rate.at.button if button.label == "Undo").click()
    rate.run()
    assert rate.profile == before


def test_a_downloaded_profile_can_be_dropped_back(visit):
    kept = app.profile_file(app.sample_profile("family-night")).encode()
    rate = visit()
    rate.at.file_uploader(key="profile-file").upload("reelrec-profile.json", kept)
    rate.run()
    next(button for button in rate.at.button if button.label == "Use them").click()
    rate.run()
    assert rate.profile == app.sample_profile("family-night")


def test_a_wrong_profile_file_is_refused_and_the_ratings_stay(visit, horror_link):
    rate = visit(p=horror_link)
    rate.at.file_uploader(key="profile-file").upload("holiday.json", b"{]")
    rate.run()
    assert "Your ratings here are unchanged" in rate.words()
    assert rate.profile == app.sample_profile("horror")


def test_more_ratings_than_a_link_holds_are_kept_and_the_page_says_so(visit):
    rate = visit()
    rate.become(Profile(ratings={number: 3.0 for number in range(2100)}))
    assert "Download your ratings" in rate.words()
    assert len(rate.profile.ratings) == 2100


def test_what_was_marked_is_listed_once_and_without_the_rated(visit):
    rate = visit()
    marks = {"seen": frozenset({5, 7}), "set_aside": frozenset({7}), "unseen": frozenset({9})}
    rate.become(Profile(ratings={5: 4.0}, **marks))
    assert [tile["number"] for tile in rate.tiles("marked")] == [7, 9]


def test_ratings_of_films_that_no_model_knows_are_counted_and_promise_nothing(visit):
    unknown = Profile(ratings={app.film(slug).number: 0.5 for slug in ("carefree", "goodbye-julia", "faya-dayi")})
    rate = visit("rate", p=app.link_token(unknown))
    rate.list_for_all()
    told = rate.at.get("progress")[0].proto.text
    assert told.startswith("3 films rated.")
    assert f"typically {app.typical_error(0):.2f} stars off" in told
    assert "What we would guess now" not in rate.words()
