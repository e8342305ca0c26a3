"""Rate asks screen by screen: what stays while a screen is answered, and what gives way."""

from reelrec import app
from reelrec.interview.replay import FILMS
from reelrec.ui.rate import interview
from reelrec.visitor.profile import Profile
from tests.pages.interview_page import asked, label, rate_some, slugs


def test_a_first_visit_is_asked_by_the_default_policy(visit):
    rate = visit()
    screen = app.ask(Profile())
    assert asked(rate) == [film.number for film in screen.films]
    assert len(asked(rate)) == FILMS
    assert label(rate) == f"Next {FILMS}"


def test_a_screen_stays_while_it_is_answered(visit):
    rate = visit()
    before = asked(rate)
    rate_some(rate)
    assert asked(rate) == before
    assert label(rate) == f"Next {FILMS}"


def test_going_on_takes_the_films_without_an_answer_as_not_seen(visit):
    rate = visit()
    before = asked(rate)
    given = rate_some(rate)
    rate.press(f"Next {FILMS}")
    assert rate.profile.ratings == given
    assert rate.profile.unseen == set(before) - given.keys()
    assert not set(asked(rate)) & set(before)
    assert rate.notice == "10 films marked as not seen."


def test_going_on_without_any_stars_is_an_answer_about_all_of_them(visit):
    rate = visit()
    before = asked(rate)
    rate.press(f"Next {FILMS}")
    assert rate.profile == Profile(unseen=frozenset(before))
    assert not set(asked(rate)) & set(before)


def test_a_film_marked_as_seen_is_answered(visit):
    rate = visit()
    film, *others = asked(rate)
    rate.become(Profile(seen=frozenset({film})))
    rate.press(f"Next {FILMS}")
    assert rate.profile == Profile(seen=frozenset({film}), unseen=frozenset(others))


def test_undo_brings_back_the_screen_and_takes_back_its_marks(visit):
    rate = visit()
    before = asked(rate)
    given = rate_some(rate)
    rate.press(f"Next {FILMS}")
    rate.undo()
    assert asked(rate) == before
    assert rate.profile == Profile(ratings=given)


def test_the_screen_is_worked_out_once_for_the_same_answers(visit, monkeypatch):
    rate = visit()
    rate_some(rate)
    before = asked(rate)
    monkeypatch.setattr(app, "ask", None)  # whoever calls them now fails
    monkeypatch.setattr(app, "ask_again", None)
    assert rate.search("alien")
    assert asked(rate) == before


def test_nothing_is_guessed_anew_for_films_that_were_not_seen(visit, monkeypatch):
    rate = visit()
    rate_some(rate)
    before = rate.shelf("guesses")
    monkeypatch.setattr(app, "predict", None)  # whoever calls it now fails
    rate.press(f"Next {FILMS}")
    assert rate.shelf("guesses") == before


def test_a_second_click_on_a_screen_says_nothing_about_the_next_one(visit, inside):
    rate = visit()
    before, questions = asked(rate), rate.state.questions
    rate.press(f"Next {FILMS}")
    with inside(rate):
        interview._go_on(questions)
    rate.run()
    assert rate.profile.unseen == set(before)
    assert rate.state.went_on == 1


def test_a_film_that_was_not_seen_can_be_marked_so_on_the_screen(visit):
    rate = visit()
    film, *_ = before = asked(rate)
    rate.answer("interview", **{slugs([film])[0]: "unseen"})
    assert rate.profile == Profile(unseen=frozenset({film}))
    assert asked(rate) == before
    assert rate.tiles("interview")[0]["answer"] == "unseen"
