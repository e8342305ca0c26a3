"""Answers about films, as tiles send them: taken into the profile, with a notice of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reelrec import app
from reelrec.translation import N_, _
from reelrec.ui import state, text

if TYPE_CHECKING:
    from reelrec.visitor.profile import Mark, Profile

# The marks that a tile can give a film, with words for a notice.
MARKS: dict[Mark, str] = {"seen": N_("marked as seen"), "set_aside": N_("not for you"), "unseen": N_("not seen")}

MOST_TOLD = 2_000  # films that one message may be about; no page shows so many


def told(state: object) -> Mapping[str, object]:
    """The answers in what a component of films holds; a browser sends it, so it may be anything."""
    films = state.get("films") if isinstance(state, Mapping) else None
    return films if isinstance(films, Mapping) and len(films) <= MOST_TOLD else {}


def take(answers: Mapping[str, object], announce: bool = False) -> list[int]:
    """Change the profile by these answers; the numbers of the films they are about, [] where nothing changed.

    answers: film number to stars, to a mark of MARKS, or to None, which takes an answer back. A browser sends them, so
    a film that does not exist is left out, and any other value counts as None. announce: give a notice of stars too,
    because the film leaves the shelf when it is rated.
    """
    old = new = state.profile()
    films = app.catalogue().films
    notices, numbers = [], []
    for key, answer in answers.items():
        number = int(key) if key.isascii() and key.isdigit() and len(key) < 9 else len(films)
        if number >= len(films):
            continue
        numbers.append(number)
        new, done = _answered(new, number, answer, announce)
        if done:
            notices.append(_("“{film}”: {done}.", film=films[number].name, done=done))
    if new == old:
        return []
    many = _("{n} films answered.", n=len(notices)) if notices else None
    state.change(new, notices[0] if len(notices) == 1 else many)
    return numbers


def _answered(profile: Profile, number: int, answer: object, announce: bool) -> tuple[Profile, str]:
    """The profile with one answer, and words for what was done; "" where no notice is needed."""
    if isinstance(answer, int | float) and answer in app.HALF_STARS:
        return profile.rated(number, answer), text.half_stars(answer) if announce else ""
    for mark, done in MARKS.items():
        if answer == mark:
            return profile.marked(number, mark), _(done)
    return profile.unanswered(number), _("stars taken back") if number in profile.ratings else ""
