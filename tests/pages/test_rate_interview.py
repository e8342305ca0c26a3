"""Rate asks screen by screen: what stays while a screen is answered, and what gives way."""

import pytest

from reelrec import app
from reelrec.interview.replay import FILMS
from reelrec.interview.screens import Screen
from reelrec.visitor.profile import Profile
from tests.pages.interview_page import asked, label, meter, rate_some


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


def test_the_meter_says_what_is_typical_now_and_after_the_screen(visit):
    rate = visit()
    screen = app.ask(Profile())
    promise = f"with your answers are typically {screen.error:.2f} stars off; after this screen, about "
    assert meter(rate) == f"Nothing rated yet. Predictions for people {promise}{screen.error_after:.2f}."
    given = rate_some(rate)
    screen = app.ask_again(Profile(ratings=given), asked(rate))
    assert meter(rate).startswith("2 films rated.")
    assert f"typically {screen.error:.2f} stars off" in meter(rate)


@pytest.mark.parametrize("after", [0.61, 0.6149, 0.7])
def test_the_meter_promises_nothing_that_is_no_less(visit, monkeypatch, after):
    films = app.ask(Profile()).films
    monkeypatch.setattr(app, "ask", lambda *args, **more: Screen(films, "a-optimal", "", 0.6101, after))
    assert meter(visit()).endswith("typically 0.61 stars off.")


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
