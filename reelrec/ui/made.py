"""What was worked out last in a visit, so that a page drawn again need not work it out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelrec.interview.link import Questions
    from reelrec.interview.screens import Screen
    from reelrec.serving.page.own_lists import Ordered
    from reelrec.serving.picks.predictions import Prediction
    from reelrec.serving.portrait.backtest import Backtest
    from reelrec.serving.portrait.film_map import View
    from reelrec.serving.review_stars import Suggestion
    from reelrec.visitor.intake import Intake
    from reelrec.visitor.profile import Profile


@dataclass(frozen=True, slots=True)
class MadeToken:
    """What a link carries for this profile."""

    profile: Profile
    token: str


@dataclass(frozen=True, slots=True)
class MadeScreen:
    """The screen of an interview for this profile."""

    profile: Profile
    questions: Questions
    screen: Screen


@dataclass(frozen=True, slots=True)
class MadeGuesses:
    """The predictions that Rate shows for this profile: of the film rated last, and of the next films of the list."""

    profile: Profile
    last: Prediction
    following: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True)
class MadeSuggestions:
    """The stars suggested for the reviews of this intake. others: the ratings of the other films, by number."""

    intake: Intake
    others: Mapping[int, float]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class MadeCard:
    """The picture of this profile's taste under this name. alt: its words. notes: what had to be left out."""

    profile: Profile
    name: str
    tall: bool
    png: bytes
    alt: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeBacktest:
    """What the models would have said of the ratings of this profile. result: None where it has too few."""

    profile: Profile
    result: Backtest | None


@dataclass(frozen=True, slots=True)
class MadeMap:
    """The map of films for this profile."""

    profile: Profile
    view: View


@dataclass(frozen=True, slots=True)
class MadeOrder:
    """Films that the visitor chose, best first for this profile, of which the lists do not matter."""

    profile: Profile
    numbers: frozenset[int]
    ordered: Ordered
