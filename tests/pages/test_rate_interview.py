"""Rate asks screen by screen: what stays, what gives way, and what an address brings back."""

import json
import re

import pytest

from reelrec import app
from reelrec.interview import screens
from reelrec.interview.link import Questions
from reelrec.interview.replay import FILMS
from reelrec.interview.screens import Screen
from reelrec.serving import recorder, resources
from reelrec.telemetry.variants import Experiment
from reelrec.visitor.profile import Profile

FIRST, SECOND = 2, 7  # places on a screen


def asked(rate) -> list[int]:
    return [tile["number"] for tile in rate.tiles("interview")]


def slugs(numbers: list[int]) -> list[str]:
    return [app.catalogue().films[number].slug.replace("-", "_") for number in numbers]


def label(rate) -> str:
    """Of the button that leads to the next screen."""
    return next(button.label for button in rate.at.button if button.key.startswith("go-on-"))


def told(rate) -> str:
    return rate.at.get("progress")[0].proto.text


def rate_some(rate) -> dict[int, float]:
    """Give stars to two films of the screen."""
    films = asked(rate)
    rate.rate(**dict(zip(slugs([films[FIRST], films[SECOND]]), (4.5, 2.0), strict=True)))
    return {films[FIRST]: 4.5, films[SECOND]: 2.0}


def why(rate) -> str:
    """The line above the films."""
    return rate.given("why")["why"]


def steer(rate, to: str) -> None:
    rate.at.select_slider(key="enjoyment").set_value(to)
    rate.run()


def ask_by(rate, policy: str) -> None:
    rate.at.selectbox(key="asked-by").set_value(policy)
    rate.run()


def address_of(rate) -> str:
    """What the address carries of the interview."""
    return app.ask_link(rate.state.questions)


def test_a_first_visit_is_asked_by_the_default_policy(visit):
    rate = visit()
    screen = app.ask(Profile())
    assert asked(rate) == [film.number for film in screen.films]
    assert len(asked(rate)) == FILMS
    assert label(rate) == "None of these"


def test_a_screen_stays_while_it_is_answered(visit):
    rate = visit()
    before = asked(rate)
    rate_some(rate)
    assert asked(rate) == before
    assert label(rate) == "Next films"


def test_going_on_takes_the_films_without_an_answer_as_not_seen(visit):
    rate = visit()
    before = asked(rate)
    given = rate_some(rate)
    rate.press("Next films")
    assert rate.profile.ratings == given
    assert rate.profile.unseen == set(before) - given.keys()
    assert not set(asked(rate)) & set(before)
    assert "10 films marked as not seen." in rate.words()


def test_none_of_these_is_an_answer_about_all_of_them(visit):
    rate = visit()
    before = asked(rate)
    rate.press("None of these")
    assert rate.profile == Profile(unseen=frozenset(before))
    assert not set(asked(rate)) & set(before)


def test_a_film_marked_as_seen_is_answered(visit):
    rate = visit()
    film, *others = asked(rate)
    rate.become(Profile(seen=frozenset({film})))
    rate.press("Next films")
    assert rate.profile == Profile(seen=frozenset({film}), unseen=frozenset(others))


def test_undo_brings_back_the_screen_and_takes_back_its_marks(visit):
    rate = visit()
    before = asked(rate)
    given = rate_some(rate)
    rate.press("Next films")
    rate.press("Undo")
    assert asked(rate) == before
    assert rate.profile == Profile(ratings=given)


def test_the_slider_asks_about_other_films_and_the_answers_stay(visit):
    rate = visit()
    before = asked(rate)
    given = rate_some(rate)
    steer(rate, "Enjoy most")
    assert asked(rate) != before
    assert rate.profile == Profile(ratings=given)
    assert rate.state.questions.enjoyment == 1.0
    assert screens.LOVED in why(rate)


def test_another_policy_asks_about_other_films_and_says_why(visit):
    rate = visit()
    before = asked(rate)
    ask_by(rate, "popularity")
    screen = app.ask(Profile(), "popularity")
    assert asked(rate) == [film.number for film in screen.films] != before
    assert why(rate) == screen.why
    assert not rate.at.select_slider
    assert "“What most have seen” has no choice between learning and enjoying." in rate.words()


def test_the_slider_stands_where_it_stood_when_its_policy_is_chosen_again(visit):
    rate = visit()
    steer(rate, "Enjoy more")
    before = asked(rate)
    ask_by(rate, "popularity")
    ask_by(rate, "a-optimal")
    assert rate.at.select_slider(key="enjoyment").value == "Enjoy more"
    assert asked(rate) == before


def test_every_policy_can_be_chosen_and_asks(visit):
    rate = visit()
    choice = rate.at.selectbox(key="asked-by")
    assert choice.options == [policy.label for policy in app.policies()]
    for policy in app.policies():
        ask_by(rate, policy.name)
        assert len(asked(rate)) == FILMS


def test_the_meter_says_what_is_typical_now_and_after_the_screen(visit):
    rate = visit()
    screen = app.ask(Profile())
    promise = f"with your answers are typically {screen.error:.2f} stars off; after this screen, about "
    assert told(rate) == f"Nothing rated yet. Predictions for people {promise}{screen.error_after:.2f}."
    given = rate_some(rate)
    screen = app.ask_again(Profile(ratings=given), asked(rate))
    assert told(rate).startswith("2 films rated.")
    assert f"typically {screen.error:.2f} stars off" in told(rate)


@pytest.mark.parametrize("after", [0.61, 0.6149, 0.7])
def test_the_meter_promises_nothing_that_is_no_less(visit, monkeypatch, after):
    films = app.ask(Profile()).films
    monkeypatch.setattr(app, "ask", lambda *args, **more: Screen(films, "a-optimal", "", 0.6101, after))
    assert told(visit()).endswith("typically 0.61 stars off.")


def test_the_screen_is_worked_out_once_for_the_same_answers(visit, monkeypatch):
    rate = visit()
    rate_some(rate)
    before = asked(rate)
    monkeypatch.setattr(app, "ask", None)  # whoever calls them now fails
    monkeypatch.setattr(app, "ask_again", None)
    rate.at.text_input(key="search").set_value("alien")
    rate.run()
    assert asked(rate) == before


def test_nothing_is_guessed_anew_for_films_that_were_not_seen(visit, monkeypatch):
    rate = visit()
    rate_some(rate)
    before = rate.shelf("guesses")
    monkeypatch.setattr(app, "predict", None)  # whoever calls it now fails
    rate.press("Next films")
    assert rate.shelf("guesses") == before


def test_an_address_brings_back_the_screen_the_slider_and_the_policy(visit):
    rate = visit()
    steer(rate, "Enjoy more")
    rate.press("None of these")
    given = rate_some(rate)
    again = visit(p=app.link_token(rate.profile), ask=address_of(rate))
    assert asked(again) == asked(rate)
    assert again.profile.ratings == given
    assert again.at.select_slider(key="enjoyment").value == "Enjoy more"
    ask_by(rate, "entropy")
    again = visit(p=app.link_token(rate.profile), ask=address_of(rate))
    assert asked(again) == asked(rate)
    assert again.at.selectbox(key="asked-by").value == "entropy"


@pytest.mark.parametrize("text", ["<script>", "a-optimal.9.1.2", "nobody.0.1.2", "a-optimal.0.999999", "a" * 5000])
def test_an_address_that_cannot_be_read_is_ignored(visit, text):
    assert asked(visit(ask=text)) == asked(visit())


def test_films_that_nobody_asks_about_are_left_out_of_an_address(visit):
    known = asked(visit())
    pool = {film.number for policy in app.policies() for film in app.ask(Profile(), policy.name).films}
    rare = next(film.number for film in reversed(app.catalogue().films) if film.number not in pool)
    assert asked(visit(ask=app.ask_link(Questions("a-optimal", 0.0, (known[3], rare))))) == [known[3]]
    assert asked(visit(ask=app.ask_link(Questions("a-optimal", 0.0, (rare,))))) == known


def test_the_screen_is_still_there_after_a_look_at_another_page(visit):
    rate = visit()
    steer(rate, "Some of both")
    rate_some(rate)
    before = asked(rate)
    rate.open("about")
    rate.open("rate")
    assert asked(rate) == before
    assert rate.at.select_slider(key="enjoyment").value == "Some of both"


def test_starting_over_asks_from_the_beginning(visit):
    rate = visit()
    first = asked(rate)
    steer(rate, "Enjoy most")
    rate_some(rate)
    rate.press("Start over")
    assert asked(rate) == first
    assert rate.at.select_slider(key="enjoyment").value == "Learn most"


def test_other_ratings_are_asked_about_other_films(visit):
    rate = visit()
    rate.at.button(key="sample-horror").click()
    rate.run()
    rate.open("rate")
    assert asked(rate) == [film.number for film in app.ask(app.sample_profile("horror")).films]


def test_when_nothing_is_left_to_ask_the_page_says_what_else_there_is(visit, tiny_artifacts):
    rate = visit()
    while asked(rate):
        before = len(rate.profile.unseen)
        rate.press("None of these")
        assert len(rate.profile.unseen) > before
    assert "One list for all" in rate.words()
    assert rate.at.info[0].proto.title == "There is nothing left to ask"
    rate.press("Undo")
    assert asked(rate)


def test_the_last_few_films_are_said_to_be_the_last(visit, tiny_artifacts):
    films = {film.number for film in app.catalogue().films}
    kept = {film.number for film in app.ask(Profile()).films[:2]}
    rate = visit(p=app.link_token(Profile(unseen=frozenset(films - kept))))
    assert set(asked(rate)) == kept
    assert rate.at.info[0].proto.title == "These are the last films to ask about"


def test_without_what_the_interview_needs_the_list_for_all_is_shown(visit, tiny_artifacts):
    (tiny_artifacts / "interview.npz").rename(tiny_artifacts / "away.npz")
    try:
        rate = visit(p=app.link_token(Profile(ratings={0: 4.0})))
        (warning,) = rate.at.warning
        assert re.search(r"interview\.npz is missing.*train", warning.value)
        assert rate.tiles("starters")
        assert told(rate).startswith("1 film rated.")
    finally:
        (tiny_artifacts / "away.npz").rename(tiny_artifacts / "interview.npz")


def test_a_damaged_policy_stops_no_other_page(visit, tiny_artifacts, monkeypatch):
    manifest = tiny_artifacts / "manifest.json"
    whole = manifest.read_text()
    manifest.write_text(json.dumps(json.loads(whole) | {"policy": {"sha256": "0" * 64}}))
    (tiny_artifacts / "policy.npz").write_bytes(b"no weights")
    for cached in (resources.policies, recorder.experiment):
        cached.cache_clear()
    try:
        rate = visit(p=app.link_token(Profile(ratings={0: 4.0})), ask="a-optimal.2.1.2")
        (warning,) = rate.at.warning
        assert re.search(r"policy\.npz is damaged.*train policy", warning.value)
        assert rate.tiles("starters")
        rate.open("for_you")
        assert rate.tiles("picks-0")
    finally:
        manifest.write_text(whole)
        (tiny_artifacts / "policy.npz").unlink()


def test_a_screen_and_what_was_not_seen_are_told_to_the_hosts_events_once(visit, monkeypatch):
    events = []
    monkeypatch.setattr(recorder, "keeps_events", lambda: True)
    monkeypatch.setattr(recorder, "log", events.append)
    rate = visit()
    slugs = [app.catalogue().films[number].slug for number in asked(rate)]
    rate.run()
    (screen,) = events
    assert (screen.kind, screen.model, screen.chosen, screen.films) == ("screen", "a-optimal", False, tuple(slugs))
    rate.press("None of these")
    marks = events[1:-1]
    assert {mark.film for mark in marks if (mark.kind, mark.where) == ("unseen", "interview")} == set(slugs)
    steer(rate, "Enjoy most")
    assert (events[-1].kind, events[-1].chosen) == ("screen", True)


def test_an_experiment_says_who_asks_unless_the_visitor_does(visit, monkeypatch):
    monkeypatch.setattr(recorder, "experiment", lambda: Experiment("interview", ("popularity",)))
    rate = visit()
    assert asked(rate) == [film.number for film in app.ask(Profile(), "popularity").films]
    ask_by(rate, "a-optimal")
    assert asked(rate) == [film.number for film in app.ask(Profile()).films]
