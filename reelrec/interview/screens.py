"""Screens: the films to ask a visitor about next, the reason for these, and the error before and after the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from reelrec.data.catalogue import Catalogue
from reelrec.data.film import Film
from reelrec.errors import OptionError
from reelrec.interview.interviewer import Interviewer
from reelrec.interview.policies import Choice
from reelrec.interview.replay import FILMS
from reelrec.interview.state import State
from reelrec.translation import N_
from reelrec.visitor.profile import Profile

DEFAULT_POLICY = "policy"  # by the rule of `evaluate interview`; a test holds it to the verdict
SPARE_POLICY = "a-optimal"  # asks where that one does not ship
SLIDING = frozenset({"a-optimal", "policy"})  # the policies that depend on the slider
LOVING = 0.5  # enjoyment above which a screen's reason is that the visitor may love its films


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """What a visitor reads about a policy. label: its name. about: what it does. why: the reason for its screen."""

    label: str
    about: str
    why: str


SPLIT = N_("These split people like you: your stars for them would say most about all other films.")
LIST = N_("Your stars for these would say most about what belongs on your list.")
POLICY_WORDS = {
    "a-optimal": PolicyWords(
        N_("What tells most"), N_("Films whose stars would make all other predictions surer."), SPLIT
    ),
    "policy": PolicyWords(
        N_("What it learned to ask"),
        N_("Films chosen by a network that learned from interviews (reinforcement learning)."),
        SPLIT,
    ),
    "information-gain": PolicyWords(
        N_("What is least known"),
        N_("Films of which your stars are least known."),
        N_("Your stars for these are hard to guess."),
    ),
    "entropy": PolicyWords(
        N_("What divides"), N_("Well-known films that are rated high and low."), N_("People disagree on these.")
    ),
    "popularity": PolicyWords(
        N_("What most have seen"), N_("The most rated films."), N_("Most people have seen some of these.")
    ),
    "greedy": PolicyWords(
        N_("What you may love"), N_("The highest expected stars."), N_("You would probably love these.")
    ),
    "thompson": PolicyWords(
        N_("What you may love, by chance"),
        N_("The highest stars under one guess at your taste."),
        N_("You may well love these."),
    ),
    "linucb": PolicyWords(
        N_("A linear bandit"),
        N_("The highest hopes, from your answers alone (LinUCB)."),
        N_("Hopes are highest for these."),
    ),
    "lints": PolicyWords(
        N_("A linear bandit, by chance"),
        N_("The same bandit under one guess (Thompson)."),
        N_("These may be to your taste."),
    ),
    "greedy-slim": PolicyWords(
        N_("One list for all"), N_("The same films for everybody, those that say most about all lists."), LIST
    ),
    "list-a-optimal": PolicyWords(
        N_("What tells most about the list"), N_("Films that say most about which others you would love."), LIST
    ),
    "list-gain": PolicyWords(
        N_("What changes the list"), N_("Films whose stars, few or many, would change your list most."), LIST
    ),
    "random": PolicyWords(N_("Anything"), N_("Films drawn at random."), N_("These were drawn at random.")),
}
LOVED = N_("You probably love some of these, and the others tell a little more about you.")


@dataclass(frozen=True, slots=True)
class Screen:
    """The films to ask about at once: FILMS, or fewer where the pool ends.

    policy: its name. why: the reason for these films. error: the expected mean absolute error of predictions, in stars.
    error_after: the same after this screen's answers.
    """

    films: tuple[Film, ...]
    policy: str
    why: str
    error: float
    error_after: float


def default_policy(shipped: Collection[str]) -> str:
    """The policy that asks unless the visitor chooses another. shipped: the names of those that can."""
    return DEFAULT_POLICY if DEFAULT_POLICY in shipped else SPARE_POLICY


def ask(
    films: Catalogue,
    interviewer: Interviewer,
    policies: Mapping[str, Choice],
    profile: Profile,
    policy: str,
    enjoyment: float = 0.0,
    seed: int = 0,
) -> Screen:
    """The next screen. enjoyment: from 0 (learn most) to 1 (show films they will love). seed: of a random policy.

    Raises OptionError.
    """
    _check(policies, policy, enjoyment)
    answered = len(profile.ratings) + len(profile.unseen)
    screens = answered // FILMS
    state = interviewer.meet(profile.history(films.n_items), profile.unseen, _closed(profile), enjoyment, screens)
    n = min(FILMS, int(state.free.sum()))
    places = policies[policy](state, n, np.random.default_rng([seed, answered]))
    return _screen(films, interviewer, state, places, policy)


def again(
    films: Catalogue,
    interviewer: Interviewer,
    policies: Mapping[str, Choice],
    profile: Profile,
    numbers: Collection[int],
    policy: str,
    enjoyment: float = 0.0,
) -> Screen:
    """A screen that was shown before. numbers: of its films; those outside the pool are left out.

    error_after is for the films that are not answered yet. Raises OptionError.
    """
    _check(policies, policy, enjoyment)
    state = interviewer.meet(profile.history(films.n_items), profile.unseen, _closed(profile), enjoyment)
    place = {item: place for place, item in enumerate(interviewer.pool.items.tolist())}
    places = np.array([[place[number] for number in numbers if number in place]], dtype=np.int64)
    return _screen(films, interviewer, state, places, policy)


def _closed(profile: Profile) -> frozenset[int]:
    """Films that a visitor marked in a way that answers the question."""
    return profile.set_aside | profile.watchlist


def _check(policies: Mapping[str, Choice], policy: str, enjoyment: float) -> None:
    """Raises OptionError for an unknown policy or an enjoyment that is off the slider."""
    if not 0.0 <= enjoyment <= 1.0:
        raise OptionError(f"The slider goes from 0 (learn) to 1 (enjoy), not to {enjoyment:g}.")
    if policy not in policies:
        raise OptionError(f"There is no policy called {policy!r}. Known: {', '.join(policies)}.")


def _screen(films: Catalogue, interviewer: Interviewer, state: State, places: np.ndarray, policy: str) -> Screen:
    """The screen of these places, (1, n), in the state of one visitor."""
    unanswered = places[:, state.free[0, places[0]]]
    return Screen(
        films=tuple(films.films[item] for item in interviewer.pool.items[places[0]].tolist()),
        policy=policy,
        why=LOVED if policy in SLIDING and state.enjoyment[0] > LOVING else POLICY_WORDS[policy].why,
        error=float(interviewer.errors(state)[0]),
        error_after=float(interviewer.errors(state, unanswered)[0]),
    )
