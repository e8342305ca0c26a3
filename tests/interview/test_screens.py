"""What a visitor is asked about next, on the fourteen films, of which thirteen may be asked about."""

import numpy as np
import pytest

from reelrec import app
from reelrec.errors import OptionError
from reelrec.interview import screens
from reelrec.interview.policies import POLICIES
from reelrec.interview.replay import FILMS
from reelrec.interview.screens import DEFAULT_POLICY, LOVED, POLICY_WORDS, SLIDING, SPARE_POLICY, Screen, default_policy
from reelrec.serving import resources
from reelrec.visitor.profile import Profile

SOME = {0: 4.0, 3: 2.5}


@pytest.fixture(autouse=True)
def _small(tiny_artifacts):
    """Every test here runs on the fourteen films."""


def shown(screen: Screen) -> list[int]:
    return [film.number for film in screen.films]


def test_every_policy_has_words_of_its_own_and_the_default_comes_first():
    assert POLICY_WORDS.keys() >= POLICIES.keys() | SLIDING
    assert len({words.label for words in POLICY_WORDS.values()}) == len(POLICY_WORDS)
    sentences = [text for words in POLICY_WORDS.values() for text in (words.about, words.why)]
    assert all(text.endswith(".") for text in (LOVED, *sentences))
    names = [choice.name for choice in app.policies()]
    assert names[0] == resources.default_policy() == SPARE_POLICY  # nothing learned ships here
    assert sorted(names) == sorted(resources.policies())
    assert resources.policies().keys() >= POLICIES.keys()
    first = app.policies()[0]
    assert (first.label, first.about) == (POLICY_WORDS[SPARE_POLICY].label, POLICY_WORDS[SPARE_POLICY].about)


def test_the_default_asks_where_it_ships():
    assert default_policy([DEFAULT_POLICY, "popularity", SPARE_POLICY]) == DEFAULT_POLICY
    assert default_policy(["popularity", SPARE_POLICY]) == SPARE_POLICY
    assert SPARE_POLICY in POLICIES  # it ships with the interviewer


@pytest.mark.parametrize("policy", [None, *POLICIES])
def test_a_screen_is_films_and_what_their_answers_are_worth(policy):
    screen = app.ask(Profile(), policy)
    assert len(set(shown(screen))) == FILMS
    assert 9 not in shown(screen)  # a film under a second address
    assert screen.policy == (policy or SPARE_POLICY)
    assert screen.why == POLICY_WORDS[screen.policy].why
    assert 0 < screen.error_after < screen.error < 2
    assert all(isinstance(error, float) for error in (screen.error, screen.error_after))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("enjoyment", [0.0, 1.0])
def test_nobody_is_asked_about_what_they_saw_or_did_not_see_or_put_away(policy, enjoyment):
    profile = Profile(
        ratings={0: 4.0}, seen=frozenset({1}), liked=frozenset({2}), watchlist=frozenset({3}),
        set_aside=frozenset({4}), unseen=frozenset({5}),
    )  # fmt: skip
    assert sorted(shown(app.ask(profile, policy, enjoyment))) == [6, 7, 8, 10, 11, 12, 13]  # fewer: the pool ends


def test_where_the_pool_has_ended_the_screen_is_empty_and_worth_nothing():
    for policy in POLICIES:
        screen = app.ask(Profile(unseen=frozenset(range(14))), policy)
        assert screen.films == ()
        assert screen.error_after == screen.error


def test_the_more_films_are_closed_the_less_a_screen_is_worth():
    many, few = (app.ask(Profile(watchlist=frozenset(range(n)))) for n in (3, 10))
    assert many.error == few.error  # a watchlist tells nothing
    assert many.error_after < few.error_after < few.error


def test_a_policy_that_nobody_knows_is_named_with_those_that_are():
    for ask in (app.ask, lambda profile, policy: app.ask_again(profile, [0], policy)):
        with pytest.raises(OptionError, match=r"no policy called 'best'\. Known: random, .*a-optimal"):
            ask(Profile(), "best")


@pytest.mark.parametrize("enjoyment", [-0.01, 1.01, 7, float("nan")])
def test_the_slider_has_two_ends(enjoyment):
    with pytest.raises(OptionError, match=rf"from 0 \(learn\) to 1 \(enjoy\), not to {enjoyment:g}\."):
        app.ask(Profile(), enjoyment=enjoyment)
    with pytest.raises(OptionError, match="slider"):
        app.ask_again(Profile(), [0], enjoyment=enjoyment)


def test_the_slider_moves_the_films_and_past_its_middle_the_words():
    learn, middle, enjoy = (app.ask(Profile(ratings=SOME), "a-optimal", value) for value in (0, 0.5, 1))
    assert shown(learn) != shown(enjoy)
    assert learn.why == middle.why == POLICY_WORDS["a-optimal"].why
    assert enjoy.why == LOVED
    popular = [app.ask(Profile(ratings=SOME), "popularity", value) for value in (0, 1)]
    assert popular[0] == popular[1]


def test_a_policy_that_draws_lots_draws_again_after_an_answer_or_with_another_seed():
    first = app.ask(Profile(), "random")
    assert app.ask(Profile(), "random") == first
    assert shown(app.ask(Profile(), "random", seed=1)) != shown(first)
    answered = Profile(unseen=frozenset({9}))  # of no pool, so that the same films are free
    assert shown(app.ask(answered, "random")) != shown(first)


def test_every_twelve_answers_are_a_screen(monkeypatch):
    numbers = []

    def choose(state, n, rng):
        numbers.append(state.screens)
        return POLICIES["popularity"](state, n, rng)

    for ratings, unseen in ((0, 0), (5, 6), (6, 6), (10, 3), (8, 0)):
        profile = Profile(
            ratings=dict.fromkeys(range(ratings), 3.0), unseen=frozenset(range(ratings, ratings + unseen))
        )
        screens.ask(app.catalogue(), resources.interviewer(), {"popularity": choose}, profile, "popularity")
    assert numbers == [0, 0, 1, 1, 0]


def test_a_screen_shown_again_keeps_its_order_without_films_that_nobody_asks_about():
    again = app.ask_again(Profile(), [7, 9, 2, 99, 11, 0], "greedy")
    assert shown(again) == [7, 2, 11, 0]
    assert (again.policy, again.why) == ("greedy", POLICY_WORDS["greedy"].why)
    assert app.ask_again(Profile(), [7], enjoyment=1.0).why == LOVED


@pytest.mark.parametrize("policy", POLICIES)
def test_shown_again_at_once_it_is_the_same_screen(policy):
    screen = app.ask(Profile(ratings=SOME), policy, 0.7)
    again = app.ask_again(Profile(ratings=SOME), shown(screen), policy, 0.7)
    assert (again.films, again.why, again.error) == (screen.films, screen.why, screen.error)
    assert again.error_after == pytest.approx(screen.error_after)


def test_shown_again_only_the_open_films_are_worth_something():
    films = [7, 2, 11]
    whole, one = app.ask_again(Profile(), films), app.ask_again(Profile(), [2])
    assert whole.error_after < one.error_after < one.error
    left = app.ask_again(Profile(unseen=frozenset({7, 11})), films)
    assert shown(left) == films
    assert left.error == whole.error  # not to have seen a film says nothing of tastes
    np.testing.assert_allclose(left.error_after, app.ask_again(Profile(unseen=frozenset({7, 11})), [2]).error_after)
    done = app.ask_again(Profile(ratings={2: 3.5}, unseen=frozenset({7, 11})), films)
    assert done.error_after == done.error < whole.error


def test_nothing_to_show_again_is_an_empty_screen():
    for numbers in ([], [9], [9, 500]):
        again = app.ask_again(Profile(ratings=SOME), numbers)
        assert again.films == ()
        assert again.error_after == again.error
