"""What the server remembers of one visit, as plain records."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reelrec import app
from reelrec.translation import ENGLISH
from reelrec.ui.made import (
    MadeBacktest,
    MadeCard,
    MadeGuesses,
    MadeMap,
    MadeOrder,
    MadeScreen,
    MadeSuggestions,
    MadeToken,
)

if TYPE_CHECKING:
    from reelrec.interview.link import Questions
    from reelrec.serving.limits.token_bucket import TokenBucket
    from reelrec.serving.together.people import Person
    from reelrec.serving.together.swiping import Round
    from reelrec.sources.others.loose import LooseTable
    from reelrec.sources.scales import ScaleQuestion
    from reelrec.visitor.intake import Intake
    from reelrec.visitor.profile import Answer, Profile

RERUNS_AT_ONCE, RERUNS_A_SECOND = 60, 5.0  # more than a person clicks
FEEDS_AT_ONCE, FEEDS_A_SECOND = 20, 1 / 60
ROOMS_AT_ONCE, ROOMS_A_SECOND = 5, 1 / 300


class IntakeUse(enum.Enum):
    """What the visitor decided about the films that were read."""

    UNDECIDED = "undecided"
    TAKEN = "taken"
    LOOKED_AT = "looked at"


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done. number: tells two notices of the same text apart. lasting: it is to stay for longer."""

    number: int
    text: str
    lasting: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What undo brings back. undoes: the notice of what was done; "" where none was given. lasting: it made another
    profile altogether. kept: on the device.
    """

    undoes: str
    lasting: bool
    kept: bool
    profile: Profile
    questions: Questions | None
    intake: Intake | None
    intake_use: IntakeUse


@dataclass(slots=True)
class Letterboxd:
    """The history that was read. table: one whose columns the visitor is asked about, instead. asked: of its ratings,
    by the column. sample: the sample visitor’s name. problem: why none was read. refused: why files of the last upload
    did not arrive. uploads: so far.
    """

    intake: Intake | None = None
    table: LooseTable | None = None
    asked: dict[int, ScaleQuestion] = field(default_factory=dict)
    sample: str = ""
    use: IntakeUse = IntakeUse.UNDECIDED
    problem: str | None = None
    refused: str = ""
    uploads: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The film whose stars the visitor asks about. number: of the film. model: of the list that shows them.

    before: the stars before a film was told not to count, while the answer is read; else 0.
    """

    number: int
    model: str
    before: float = 0.0


@dataclass(slots=True)
class Posters:
    """The posters that one run of a page asks for. wanted: film numbers. rounds: how often TMDB was asked."""

    wanted: frozenset[int] = frozenset()
    rounds: int = 0
    fault: str = ""


@dataclass(slots=True)
class Logged:
    """What the host's events say of the visit so far. slates, screen: what was shown last."""

    answers: dict[int, Answer | None] = field(default_factory=dict)
    slates: object = None
    screen: object = None


@dataclass(slots=True)
class AskedAgain:
    """Rated films that were asked about once more. first, second: stars by film number. open: films that are asked."""

    first: dict[int, float] = field(default_factory=dict)
    second: dict[int, float] = field(default_factory=dict)
    open: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """A look through somebody else's eyes. sample: a name. own, questions: what comes back afterwards."""

    sample: str
    own: Profile
    questions: Questions | None


@dataclass(slots=True)
class Keeping:
    """The browser's storage, which the visitor may ask to hold the ratings.

    on: it holds them, as they change. other: the token of other ratings that it holds; "" for none. forget: it is to
    forget what it holds.
    """

    on: bool = False
    other: str = ""
    forget: bool = False


@dataclass(slots=True)
class Returned:
    """The profile file that was brought back. unknown: how many of its films are. problem: why it could not be read.

    files: how many were brought so far.
    """

    profile: Profile | None = None
    unknown: int = 0
    problem: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class Watching:
    """Where the visitor watches films. country: two capital letters, "" until one is chosen. services: TMDB's ids."""

    country: str = ""
    services: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Shared:
    """A list that somebody gave away. token: what its link carries. films: their numbers. problem: why it is unread."""

    token: str = ""
    films: tuple[int, ...] = ()
    name: str = ""
    problem: str = ""


@dataclass(slots=True)
class Company:
    """Who is here besides the visitor, and what they swipe.

    others: the other people. problem: why somebody could not be added, or a room not be entered. forms: sent so far.
    room, key: the address of the room that the visitor is in or about to enter, and of their seat there. round: the
    swiping on one screen. opened: how often the visitor may open a room.
    """

    others: tuple[Person, ...] = ()
    problem: str = ""
    forms: int = 0
    room: str = ""
    key: str = ""
    round: Round | None = None
    opened: TokenBucket = field(default_factory=lambda: app.TokenBucket(ROOMS_AT_ONCE, ROOMS_A_SECOND))


@dataclass(slots=True)
class Visit:
    """One visitor's visit, from the first page to the last.

    session: names the session to the browser. number: names the visit to the host's events; random, in no address.
    language: that texts are in, by its code. language_chosen: by the visitor, not by what the browser asks for.
    arrived: whether the browser has told what its address holds; before that, nothing of the visitor is known.
    problem: why the ratings of an address could not be read. looking: the sample whose taste the visitor looks through,
    and what is theirs meanwhile. keeping: what the visitor's device has to do with the ratings.
    went_on: how many screens of the interview were left. films_shown: how many films a page shows, by the page's key.
    not_tonight: the films that Tonight offered and the visitor swapped for others. watching: where they watch films.
    asked: the film about whose stars the visitor just asked.
    on_map: the film that was chosen on the map, by its number.
    reruns, feeds: how often the visitor may have a page drawn, and a feed read.
    asked_again: the visitor's second look at films they rated. shared: the list of somebody else that is open.
    company: who they look for films with. first_list: the tab of Lists that is open where the address names none.
    The fields named made_… keep what was worked out last, so that a page drawn again need not work it out again.
    """

    session: str
    number: str
    profile: Profile
    language: str = ENGLISH
    language_chosen: bool = False
    questions: Questions | None = None
    arrived: bool = False
    problem: str | None = None
    looking: Looking | None = None
    keeping: Keeping = field(default_factory=Keeping)
    page: str = ""
    notice: Notice | None = None
    before: Before | None = None
    went_on: int = 0
    films_shown: dict[str, int] = field(default_factory=dict)
    not_tonight: frozenset[int] = frozenset()
    watching: Watching = Watching()
    asked: Asked | None = None
    on_map: int | None = None
    first_list: str = ""
    letterboxd: Letterboxd = field(default_factory=Letterboxd)
    returned: Returned = field(default_factory=Returned)
    posters: Posters = field(default_factory=Posters)
    logged: Logged = field(default_factory=Logged)
    reruns: TokenBucket = field(default_factory=lambda: app.TokenBucket(RERUNS_AT_ONCE, RERUNS_A_SECOND))
    feeds: TokenBucket = field(default_factory=lambda: app.TokenBucket(FEEDS_AT_ONCE, FEEDS_A_SECOND))
    made_token: MadeToken | None = None
    made_screen: MadeScreen | None = None
    made_guesses: MadeGuesses | None = None
    made_suggestions: MadeSuggestions | None = None
    made_card: MadeCard | None = None
    made_backtest: MadeBacktest | None = None
    asked_again: AskedAgain = field(default_factory=AskedAgain)
    made_map: MadeMap | None = None
    shared: Shared = Shared()
    made_orders: dict[str, MadeOrder] = field(default_factory=dict)
    company: Company = field(default_factory=Company)
