"""What a visit shows, opens and answers, for the host's events. Nothing is kept where the host keeps no events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from reelrec import app
from reelrec.ui import state

if TYPE_CHECKING:
    from reelrec.data.film import Film
    from reelrec.serving.picks.exploration import Exploration
    from reelrec.serving.recorder import Recorder
    from reelrec.serving.shelf import Shelf


def recorder() -> Recorder:
    """The host's side of this visit."""
    return app.recorder(state.visit().number)


def slates(shelves: Sequence[Shelf], exploration: Exploration | None, chosen: bool) -> None:
    """For You showed these shelves. chosen: the visitor chose the model of the first."""
    shown = [(shelf.model, *(pick.film.slug for pick in shelf.picks)) for shelf in shelves]
    now = (shown, exploration and exploration.candidates)
    logged = state.visit().logged
    if recorder().keeps_events and now != logged.slates:  # a page is drawn again at every click
        logged.slates = now
        for shelf in shelves:
            recorder().log_slate(shelf, exploration, chosen)


def screen(policy: str, films: Sequence[Film], chosen: bool) -> None:
    """The interview showed this screen. chosen: the visitor chose the policy or moved its slider."""
    now = (policy, [film.number for film in films])
    logged = state.visit().logged
    if recorder().keeps_events and now != logged.screen:
        logged.screen = now
        recorder().log_screen(policy, films, chosen)


def opened(slug: object, shelf: str) -> None:
    """The visitor opened a film. shelf: the key of its tiles, "" where it was on none."""
    films = app.catalogue()
    if isinstance(slug, str) and (number := films.number(slug)) is not None:  # only a tampered page names another
        recorder().log_opened(films.films[number], shelf)


def answered(numbers: Collection[int], shelf: str) -> None:
    """The visitor answered about these films on a shelf. shelf: the key of its tiles."""
    _log_answers(numbers, shelf)


def profile_changed() -> None:
    """The profile changed in another way: say what became of answers that were logged. Imports are never logged."""
    _log_answers((), "")


def _log_answers(numbers: Collection[int], shelf: str) -> None:
    if not recorder().keeps_events or state.visit().looking:  # what is said for somebody else says nothing
        return
    profile, films, logged = state.profile(), app.catalogue().films, state.visit().logged.answers
    for number in {**logged, **dict.fromkeys(numbers)}:
        answer = profile.answer(number)
        if answer != logged.get(number):
            logged[number] = answer
            recorder().log_answer(films[number], answer, shelf)
