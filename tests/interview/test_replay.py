from dataclasses import fields

import numpy as np
import pytest

from reelrec.data.catalogue import Catalogue
from reelrec.data.history import History
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import POLICIES
from reelrec.interview.replay import answers, halves, interview
from reelrec.interview.state import State
from tests.fakes import corrections, list_models


def lots() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.fixture
def interviewer(make_film, people) -> Interviewer:
    films = Catalogue(make_film(i, n_ratings=1000 - 20 * i) for i in range(40))
    return Interviewer.fit(people, corrections.random_bmf(40), list_models.random_dae(40), films)


@pytest.fixture
def some(people) -> list[History]:
    """Five people with 25 ratings each, in random order."""
    found = []
    for user in range(5):
        history, order = people.history(user), np.random.default_rng(user).permutation(25)
        found.append(history.take(order))
    return found


def test_the_halves_share_no_film_and_together_are_the_history(some):
    shown, hidden = halves(some[0])
    assert (len(shown), len(hidden)) == (12, 13)
    assert not set(shown.items.tolist()) & set(hidden.items.tolist())
    for part in ("items", "ratings", "liked"):
        joined = np.r_[getattr(shown, part), getattr(hidden, part)]
        np.testing.assert_array_equal(joined, getattr(some[0], part))


def test_people_answer_with_their_stars_and_to_all_else_with_nothing(interviewer):
    pool = interviewer.pool.at(np.array([4, 0, 9]))
    histories = [History.of([0, 4, 39], [2.5, 5.0, 1.0]), History.empty(), History.of([9, 0], [3.0, np.nan])]
    nan = np.nan
    np.testing.assert_array_equal(answers(pool, histories), [[5.0, 2.5, nan], [nan] * 3, [nan, nan, 3.0]])


@pytest.mark.parametrize("name", POLICIES)
def test_each_screen_is_a_state_and_no_film_is_asked_about_twice(interviewer, some, name):
    stars = answers(interviewer.pool, some)
    states = list(interview(interviewer, POLICIES[name], stars, lots(), screens=4, films=6, enjoyment=0.5))
    assert [state.screens for state in states] == [1, 2, 3, 4]
    assert [state.asked.shape for state in states] == [(5, 6), (5, 12), (5, 18), (5, 24)]
    last = states[-1]
    assert (last.enjoyment == 0.5).all()
    for row, asked in enumerate(last.asked):
        assert len(set(asked.tolist())) == 24
        given = ~np.isnan(stars[row, asked])
        assert last.had[row].tolist() == given.tolist()
        kept = last.items[row] >= 0
        assert last.items[row, kept].tolist() == interviewer.pool.items[asked[given]].tolist()
        assert last.ratings[row, kept].tolist() == stars[row, asked[given]].tolist()


@pytest.mark.parametrize("name", POLICIES)
def test_a_hidden_rating_changes_nothing_that_a_policy_sees(interviewer, some, name):
    rng = np.random.default_rng(7)
    others = []
    for history in some:
        hidden = np.arange(len(history)) >= 12
        items, ratings = history.items.copy(), history.ratings.copy()
        items[hidden] = rng.permutation(np.setdiff1d(np.arange(40), items[~hidden]))[: hidden.sum()]
        ratings[hidden] = 5.5 - ratings[hidden]
        others.append(History(items, ratings, history.liked))

    def seen_by_the_policy(people: list[History]) -> list[np.ndarray]:
        stars = answers(interviewer.pool, [halves(history)[0] for history in people])
        found = []
        for state in interview(interviewer, POLICIES[name], stars, lots(), screens=3, films=6):
            shared = {"pool", "aim", "lister", "relevance"}  # nobody's answers change these
            beliefs = {"belief", "list_belief"}
            own = [field.name for field in fields(State) if field.name not in shared | beliefs]
            found += [*state.belief, *state.list_belief, *(getattr(state, name) for name in own)]
        return found

    one, other = seen_by_the_policy(some), seen_by_the_policy(others)
    assert one
    for part, same in zip(one, other, strict=True):
        np.testing.assert_array_equal(part, same)
    changed = answers(interviewer.pool, some), answers(interviewer.pool, others)
    assert (np.nan_to_num(changed[0]) != np.nan_to_num(changed[1])).any()
