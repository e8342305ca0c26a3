"""The slider and the policy of the interview on Rate, and what an address brings back."""

import pytest

from reelrec import app
from reelrec.interview import screens
from reelrec.interview.link import Questions
from reelrec.interview.replay import FILMS
from reelrec.visitor.profile import Profile
from tests.pages.interview_page import address_of, ask_by, asked, label, rate_some, steer, why


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
    rate, usual = visit(), app.policies()[0].name
    steer(rate, "Enjoy more")
    before = asked(rate)
    ask_by(rate, "popularity")
    ask_by(rate, usual)
    assert rate.at.select_slider(key="enjoyment").value == "Enjoy more"
    assert asked(rate) == before


def test_every_policy_can_be_chosen_and_asks(visit):
    rate = visit()
    choice = rate.at.selectbox(key="asked-by")
    assert choice.options == [policy.label for policy in app.policies()]
    for policy in app.policies():
        ask_by(rate, policy.name)
        assert len(asked(rate)) == FILMS


def test_an_address_brings_back_the_screen_the_slider_and_the_policy(visit):
    rate = visit()
    steer(rate, "Enjoy more")
    rate.press(label(rate))
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
    usual = app.policies()[0].name
    assert asked(visit(ask=app.ask_link(Questions(usual, 0.0, (known[3], rare))))) == [known[3]]
    assert asked(visit(ask=app.ask_link(Questions(usual, 0.0, (rare,))))) == known


def test_the_screen_is_still_there_after_a_look_at_another_page(visit):
    rate = visit()
    steer(rate, "Some of both")
    rate_some(rate)
    before = asked(rate)
    rate.open("about")
    rate.open("rate")
    assert asked(rate) == before
    assert rate.at.select_slider(key="enjoyment").value == "Some of both"


def test_who_is_forgotten_is_asked_from_the_beginning(visit):
    rate = visit()
    first = asked(rate)
    steer(rate, "Enjoy most")
    rate_some(rate)
    rate.press("Forget me")
    assert asked(rate) == first
    assert rate.at.select_slider(key="enjoyment").value == "Learn most"


def test_other_ratings_are_asked_about_other_films(visit):
    rate = visit()
    first = asked(rate)
    rate.at.button(key="sample-horror").click()
    rate.run()
    rate.open("rate")
    assert asked(rate) == [film.number for film in app.ask(app.sample_profile("horror")).films]
    rate.press("Back to myself")
    assert asked(rate) == first
